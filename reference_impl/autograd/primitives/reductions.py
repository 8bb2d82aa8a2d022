"""Reductions over all axes or some, each with its derivative."""

import math

from reference_impl._array import Array, Namespace, namespace
from reference_impl.autograd.primitive import Result, array_of, primitive

Axis = int | tuple[int, ...] | None


def with_axes_kept(shape: tuple[int, ...], axis: Axis) -> tuple[int, ...]:
    """Return the `shape` after a reduction over `axis` that keeps the reduced axes with length one."""
    if axis is None:
        return (1,) * len(shape)
    reduced = {number % len(shape) for number in ((axis,) if isinstance(axis, int) else axis)}
    return tuple(1 if number in reduced else size for number, size in enumerate(shape))


def without_axes(shape: tuple[int, ...], axis: Axis) -> tuple[int, ...]:
    """Return the `shape` after a reduction over `axis` that drops the reduced axes."""
    if axis is None:
        return ()
    reduced = {number % len(shape) for number in ((axis,) if isinstance(axis, int) else axis)}
    return tuple(size for number, size in enumerate(shape) if number not in reduced)


def reduced_count(shape: tuple[int, ...], axis: Axis) -> int:
    """Return how many entries of an array of this `shape` a reduction over `axis` puts into one."""
    kept = with_axes_kept(shape, axis)
    return math.prod(size for size, left in zip(shape, kept, strict=True) if left != size)


@primitive
def sum(xp: Namespace, x: Array, *, axis: Axis = None, keepdims: bool = False) -> Result:
    """Add the entries up; each gets the gradient of its sum."""
    shape = tuple(x.shape)
    kept = with_axes_kept(shape, axis)
    return xp.sum(x, axis=axis, keepdims=keepdims), (
        lambda g: xp.broadcast_to(xp.reshape(g, shape=kept), shape=shape),
    )


@primitive
def mean(xp: Namespace, x: Array, *, axis: Axis = None, keepdims: bool = False) -> Result:
    """Average $n$ entries; each gets $1/n$ of the gradient of its mean."""
    shape = tuple(x.shape)
    kept, count = with_axes_kept(shape, axis), reduced_count(shape, axis)
    return xp.mean(x, axis=axis, keepdims=keepdims), (
        lambda g: xp.broadcast_to(xp.reshape(g / count, shape=kept), shape=shape),
    )


@primitive
def max(xp: Namespace, x: Array, *, axis: Axis = None, keepdims: bool = False) -> Result:
    """Take the largest entry; entries that tie share its gradient equally."""
    result = xp.max(x, axis=axis, keepdims=keepdims)
    return result, (lambda g: shared_by_ties(xp, g, x, result, axis),)


@primitive
def min(xp: Namespace, x: Array, *, axis: Axis = None, keepdims: bool = False) -> Result:
    """Take the smallest entry; entries that tie share its gradient equally."""
    result = xp.min(x, axis=axis, keepdims=keepdims)
    return result, (lambda g: shared_by_ties(xp, g, x, result, axis),)


@primitive
def logsumexp(xp: Namespace, x: Array, *, axis: Axis = None, keepdims: bool = False) -> Result:
    r"""Compute $\ln \sum_k e^{x_k}$, where no power overflows; the derivative is $\mathrm{softmax}(x)$."""
    kept = with_axes_kept(tuple(x.shape), axis)
    peak = finite_or_zero(array_of(xp.max(x, axis=axis, keepdims=True)))
    result = xp.log(xp.sum(xp.exp(x - peak), axis=axis, keepdims=True)) + peak
    shape = kept if keepdims else without_axes(tuple(x.shape), axis)
    return xp.reshape(result, shape=shape), (lambda g: xp.reshape(g, shape=kept) * xp.exp(x - result),)


def shared_by_ties(xp: Namespace, g: Array, x: Array, chosen: Array, axis: Axis) -> Array:
    """Give the gradient of the `chosen` entries to those of `x` that equal them, in equal shares."""
    kept = with_axes_kept(tuple(x.shape), axis)
    values, ties = array_of(x), namespace(array_of(x))
    equal = ties.astype(values == ties.reshape(array_of(chosen), shape=kept), values.dtype)
    share = equal / ties.sum(equal, axis=axis, keepdims=True)
    return xp.reshape(g, shape=kept) * share


def finite_or_zero(array: Array) -> Array:
    """Replace what is infinite or not a number by 0."""
    xp = namespace(array)
    return xp.where(xp.isfinite(array), array, 0.0)
