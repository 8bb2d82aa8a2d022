"""A recorded graph as nodes: what was computed of what, with values and gradients."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from reference_impl._array import Array, as_array
from reference_impl._checks import refuse
from reference_impl.autograd import engine
from reference_impl.autograd.hazards import Edges, edges_of
from reference_impl.autograd.tensor import Tensor, starting_gradient

MOST = 200


@dataclass
class Node:
    """One value of a graph."""

    label: str
    value: Any
    """An array, or a Python number."""
    gradient: Array | None
    inputs: list["Node"]


def trace(root: Tensor, gradient: Any, names: Mapping[str, Tensor]) -> list[Node]:
    """List the nodes of the graph of `root`, inputs first; the last one is `root`."""
    gradients = gradients_of_all(root, gradient)
    labels = {tensor: name for name, tensor in names.items()}
    nodes: dict[int, Node] = {}
    waiting: list[tuple[Any, bool]] = [(root, False)]
    while waiting:
        value, has_inputs = waiting.pop()
        inputs = _inputs(value)
        if id(value) in nodes:
            continue
        if not has_inputs:
            waiting.append((value, True))
            waiting += [(one, False) for one in reversed(inputs)]
            continue
        nodes[id(value)] = _node(value, labels, gradients, [nodes[id(one)] for one in inputs])
        if len(nodes) > MOST:
            refuse(
                "root",
                root.op,
                f"has a graph of more than {MOST} nodes",
                "draw a part of it, or a smaller one",
            )
    return list(nodes.values())


def gradients_of_all(root: Tensor, gradient: Any) -> dict[Tensor, Array]:
    """Return the gradient of every tensor of the graph, and leave the graph and every `.grad` as they are."""
    found: dict[Tensor, Array] = {}

    def watched(tensor: Tensor) -> Edges:
        def watching(derivative: Callable[[Any], Any]) -> Callable[[Any], Any]:
            def watched_derivative(gradient: Any) -> Any:
                found[tensor] = gradient
                return derivative(gradient)

            return watched_derivative

        return [(parent, watching(derivative)) for parent, derivative in edges_of(tensor)]

    ends, _ = engine.propagate(root, starting_gradient(root, gradient), edges_of=watched)
    return {tensor: as_array(one) for tensor, one in (found | ends).items()}


def _inputs(value: Any) -> list[Any]:
    """Return the tensors, arrays and numbers that a value was computed from."""
    if not isinstance(value, Tensor):
        return []
    _, inputs, *_ = value.recipe
    return [one for one in inputs if one is not None]


def _node(
    value: Any, labels: Mapping[Tensor, str], gradients: Mapping[Tensor, Array], inputs: list[Node]
) -> Node:
    if not isinstance(value, Tensor):
        return Node("constant", value, None, inputs)
    made = value.op or ("leaf" if value.requires_grad else "constant")
    return Node(labels.get(value, made), value.data, gradients.get(value), inputs)
