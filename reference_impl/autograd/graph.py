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


@dataclass(eq=False)
class Node:
    """One value of a graph."""

    label: str
    value: Any
    """An array, or a Python number."""
    gradient: Array | None
    inputs: list["Node"]


def trace(root: Tensor, gradient: Any, names: Mapping[str, Tensor]) -> list[Node]:
    """List the nodes of the graph of `root`, inputs first; the last one is `root`."""
    gradients = gradients_of_all(root, gradient) if root.requires_grad else {}
    labels = {tensor: name for name, tensor in names.items()}
    listed: list[Node] = []
    nodes: dict[Tensor, Node] = {}
    waiting = [(root, False)]
    while waiting:
        tensor, inputs_are_listed = waiting.pop()
        if tensor in nodes:
            continue
        if not inputs_are_listed:
            waiting += [(tensor, True), *((parent, False) for parent in reversed(tensor.parents))]
            continue
        _, values, *_ = tensor.recipe
        inputs = []
        for value in values:
            if isinstance(value, Tensor):
                inputs.append(nodes[value])
            elif value is not None:
                inputs.append(Node("constant", value, None, []))
                listed.append(inputs[-1])
        made = tensor.op or ("leaf" if tensor.requires_grad else "constant")
        nodes[tensor] = Node(labels.get(tensor, made), tensor.data, gradients.get(tensor), inputs)
        listed.append(nodes[tensor])
        if len(listed) > MOST:
            refuse(
                "root",
                root.op,
                f"has a graph of more than {MOST} nodes",
                "draw a part of it, or a smaller one",
            )
    return listed


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
