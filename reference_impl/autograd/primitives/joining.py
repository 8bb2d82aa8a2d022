"""Joining, cutting and padding, each with the derivative that undoes it."""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Any

from reference_impl._array import Array, Namespace, namespace
from reference_impl._checks import check_size, refuse
from reference_impl.autograd.primitive import Derivative, Result, array_of, primitive
from reference_impl.autograd.primitives.indexing import getitem
from reference_impl.autograd.primitives.shaping import expand_dims
from reference_impl.autograd.tensor import Tensor


@primitive
def _concat(xp: Namespace, *arrays: Array, axis: int) -> Result:
    ends = [0, *accumulate(array.shape[axis] for array in arrays)]
    before = (slice(None),) * (axis % arrays[0].ndim)

    def cut(start: int, end: int) -> Derivative:
        return lambda g: g[(*before, slice(start, end), ...)]

    return xp.concat(arrays, axis=axis), [cut(start, end) for start, end in pairwise(ends)]


def concat(arrays: Sequence[Array], *, axis: int = 0) -> Tensor:
    """Join arrays along an axis that they have; each gets its stretch of the gradient."""
    return _concat(*arrays, axis=axis)


def stack(arrays: Sequence[Array], *, axis: int = 0) -> Tensor:
    """Join arrays along a new axis; each gets its slice of the gradient."""
    return concat([expand_dims(array, axis=axis) for array in arrays], axis=axis)


def split(x: Array, sizes: int | Sequence[int], *, axis: int = 0) -> list[Tensor]:
    """Cut an axis into pieces of these `sizes`, or into pieces of one size, the last of which may be smaller."""
    length = x.shape[axis]
    if isinstance(sizes, int):
        check_size("sizes", sizes)
        sizes = [sizes] * (length // sizes) + [length % sizes] * bool(length % sizes)
    if sum(sizes) != length:
        refuse(
            "sizes", list(sizes), f"must add up to the {length} entries of axis {axis}", "change one of them"
        )
    before = (slice(None),) * (axis % x.ndim)
    ends = [0, *accumulate(sizes)]
    return [getitem(x, (*before, slice(start, end), ...)) for start, end in pairwise(ends)]


def unstack(x: Array, *, axis: int = 0) -> list[Tensor]:
    """Cut an axis into its entries, each without that axis."""
    before = (slice(None),) * (axis % x.ndim)
    return [getitem(x, (*before, number, ...)) for number in range(x.shape[axis])]


@primitive
def _pad(xp: Namespace, x: Array, *, pad_width: Sequence[tuple[int, int]], value: float) -> Result:
    """Write the entries into a larger array that is filled with `value`."""
    values = array_of(x)
    shape = tuple(size + sum(pair) for size, pair in zip(values.shape, pad_width, strict=True))
    inside = tuple(
        slice(start, start + size) for size, (start, _) in zip(values.shape, pad_width, strict=True)
    )
    padded = namespace(values).full(shape, value, dtype=values.dtype, device=values.device)
    padded[inside] = values
    return padded, (lambda g: g[inside],)


def pad(x: Array, pad_width: Any, *, constant_values: float = 0.0) -> Tensor:
    """Put `constant_values` around the entries: one number of them, a pair, or a pair (before, after) for each axis."""
    if isinstance(pad_width, int):
        pad_width = (pad_width, pad_width)
    if isinstance(pad_width[0], int):
        pad_width = (pad_width,) * x.ndim
    widths = tuple((before, after) for before, after in pad_width)
    if len(widths) != x.ndim or min((min(pair) for pair in widths), default=0) < 0:
        rule = f"must hold one pair of whole numbers from 0 for each of the {x.ndim} axes"
        refuse("pad_width", pad_width, rule, "cut with a slice instead of padding by less than nothing")
    return _pad(x, pad_width=widths, value=constant_values)
