"""How an operation on arrays becomes an operation on tensors."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from reference_impl._array import as_array, common_namespace, counting_changes, fingerprint, own
from reference_impl.autograd.engine import mode
from reference_impl.autograd.hazards import Edges, edges_of
from reference_impl.autograd.tensor import Tensor

Derivative = Callable[[Any], Any]
Result = tuple[Any, Sequence[Derivative]]


def primitive(text: Callable[..., Result], *, fresh: bool = False) -> Callable[..., Tensor]:
    """Turn `text`, an operation on arrays with its derivatives, into an operation on tensors.

    A text reads `(xp, *arrays, **options) -> result, derivatives`: `xp` is the namespace of the arrays, and
    `derivatives` holds for each array a function from the gradient of the result to the gradient of that array
    (before broadcasting: the engine sums over what was broadcast).

    The text runs on arrays, so that first derivatives are as fast as the array library. Where a derivative is to be
    differentiated itself, the same text runs again on tensors, with the primitives as its `xp`.

    The fingerprints of arrays are kept to notice changes before the way back: on NumPy, where they cost most, those of
    leaves alone, because nothing else is changed in ordinary use.

    A leaf keeps its gradient, so it gets a copy, unless `fresh` says that derivatives never return their argument or
    a view of it.
    """

    @wraps(text)
    def operation(*inputs: Any, **options: Any) -> Tensor:
        arrays = [value.data if isinstance(value, Tensor) else value for value in inputs]
        data, derivatives = text(common_namespace(arrays), *arrays, **options)
        result = Tensor.constant(as_array(data))
        if mode.recording:
            edges, kept = [], []
            for value, derivative in zip(inputs, derivatives, strict=True):
                if isinstance(value, Tensor) and value.requires_grad:
                    if not value.edges or type(value.data) in counting_changes:
                        kept.append((value.data, fingerprint(value.data)))
                    edges.append((value, derivative if fresh or value.edges else _copied(derivative)))
            if edges:
                result.requires_grad = True
                result.edges = edges
                result.recipe = (operation, inputs, options, kept)
        return result

    operation.__name__ = text.__name__.lstrip("_")
    operation.text = text  # type: ignore[attr-defined]
    return operation


def _copied(derivative: Derivative) -> Derivative:
    return lambda gradient: own(derivative(gradient))


def differentiable_edges(tensor: Tensor) -> Edges:
    """Pair the inputs of `tensor` with derivatives that compute with tensors, and so can be differentiated again."""
    edges_of(tensor)  # raises if an array was changed
    operation, inputs, options, kept = tensor.recipe
    now = [value.data for value in inputs if isinstance(value, Tensor)]
    for array, _ in kept:
        if not any(array is data for data in now):
            raise RuntimeError(
                f"`data` of an input of `{tensor.op}` was replaced after it was used, so that the operation cannot be "
                "differentiated again; ask for the gradient before, or compute the value again"
            )
    _, derivatives = operation.text(Tensor.namespace, *inputs, **options)
    return [
        (value, derivative)
        for value, derivative in zip(inputs, derivatives, strict=True)
        if isinstance(value, Tensor) and value.requires_grad
    ]


def apply(operation: Callable[..., Tensor], *inputs: Any, **options: Any) -> Any:
    """Run an operation on tensors; where there are none but arrays, return an array, from its text if it has one."""
    if any(isinstance(value, Tensor) for value in inputs):
        return operation(*inputs, **options)
    text = getattr(operation, "text", None)
    if text is None:
        return operation(*inputs, **options).data
    return text(common_namespace(inputs), *inputs, **options)[0]


def array_of(value: Any) -> Any:
    """Return the array of a tensor, cut off from how it was computed; anything else as it is."""
    return value.data if isinstance(value, Tensor) else value
