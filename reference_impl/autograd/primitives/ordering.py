"""Entries in another order along an axis, with the derivative that puts the gradient back."""

from reference_impl._array import Array, Namespace, namespace
from reference_impl.autograd.primitive import Result, apply, array_of, primitive
from reference_impl.autograd.tensor import Tensor


@primitive
def flip(xp: Namespace, x: Array, *, axis: int | tuple[int, ...] | None = None) -> Result:
    """Turn the order of the entries round; the gradient's is turned back."""
    return xp.flip(x, axis=axis), (lambda g: xp.flip(g, axis=axis),)


def sort(x: Array, *, axis: int = -1, descending: bool = False) -> Tensor:
    """Sort the entries; each gets the gradient of the place that it went to. Entries that tie keep their order."""
    xp, order = namespace(array_of(x)), argsort(x, axis=axis, descending=descending)
    return _reorder(x, order=order, back=xp.argsort(order, axis=axis), axis=axis)


def argsort(x: Array, *, axis: int = -1, descending: bool = False) -> Array:
    """Return the positions of the entries in their order, a plain array of integers."""
    return namespace(array_of(x)).argsort(array_of(x), axis=axis, descending=descending, stable=True)


@primitive
def _reorder(xp: Namespace, x: Array, *, order: Array, back: Array, axis: int) -> Result:
    """Put the entries into an order; `back` is the order that undoes it."""
    values = array_of(x)
    return namespace(values).take_along_axis(values, order, axis=axis), (
        lambda g: apply(_reorder, g, order=back, back=order, axis=axis),
    )
