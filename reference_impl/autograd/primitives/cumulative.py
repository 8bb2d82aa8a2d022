"""Sums and products that run along an axis, and the product of all entries of it, with their derivatives."""

from reference_impl._array import Array, Namespace
from reference_impl.autograd.primitive import Result, primitive
from reference_impl.autograd.primitives.arithmetic import multiply
from reference_impl.autograd.primitives.indexing import getitem
from reference_impl.autograd.primitives.joining import concat
from reference_impl.autograd.primitives.reductions import Axis
from reference_impl.autograd.primitives.shaping import alias, reshape, squeeze
from reference_impl.autograd.tensor import Tensor


@primitive
def cumulative_sum(xp: Namespace, x: Array, *, axis: int) -> Result:
    """Add up the entries before and at each; the gradient is added up from the other end."""
    return xp.cumulative_sum(x, axis=axis), (
        lambda g: xp.flip(xp.cumulative_sum(xp.flip(g, axis=axis), axis=axis), axis=axis),
    )


def cumulative_prod(x: Array, *, axis: int) -> Tensor:
    """Multiply the entries before and at each, in rounds that double how far each entry has looked back.

    Nothing is divided, so that zeros have gradients too.
    """
    product, reach = alias(x), 1
    while reach < x.shape[axis]:
        earlier, later = _stretch(product, axis, None, -reach), _stretch(product, axis, reach, None)
        product = concat([_stretch(product, axis, None, reach), multiply(earlier, later)], axis=axis)
        reach *= 2
    return product


def prod(x: Array, *, axis: Axis = None, keepdims: bool = False) -> Tensor:
    """Multiply the entries, half of them with the other half until one is left.

    Nothing is divided, so that zeros have gradients too.
    """
    if axis is None:
        product = prod(reshape(x, shape=(-1,)), axis=0)
        return reshape(product, shape=(1,) * x.ndim) if keepdims else product
    if isinstance(axis, tuple):
        for one in sorted((number % x.ndim for number in axis), reverse=True):
            x = prod(x, axis=one, keepdims=keepdims)
        return alias(x)
    product = alias(x)
    while product.shape[axis] > 1:
        half = product.shape[axis] // 2
        pairs = multiply(_stretch(product, axis, None, half), _stretch(product, axis, half, 2 * half))
        rest = _stretch(product, axis, 2 * half, None)
        product = concat([pairs, rest], axis=axis) if rest.shape[axis] else pairs
    return product if keepdims else squeeze(product, axis=axis)


def _stretch(x: Tensor, axis: int, start: int | None, stop: int | None) -> Tensor:
    return getitem(x, (*(slice(None),) * (axis % x.ndim), slice(start, stop), ...))
