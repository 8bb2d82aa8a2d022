"""Picking entries, with the derivative that adds the gradient up where they came from."""

import math
from types import EllipsisType
from typing import Any

from reference_impl._array import Array, Namespace, add_rows, is_array, is_integer, namespace
from reference_impl.autograd.primitive import Result, apply, array_of, primitive
from reference_impl.autograd.primitives.shaping import permute_dims, reshape
from reference_impl.autograd.tensor import Tensor


def getitem(x: Tensor, key: Any) -> Tensor:
    """Pick the entries at `key`: integers, slices, None and an ellipsis, or one mask, or integer arrays alone."""
    keys = tuple(array_of(part) for part in (key if isinstance(key, tuple) else (key,)))
    if all(is_array(part) and is_integer(part) for part in keys):
        return _pick(x, keys)
    one_mask = len(keys) == 1 and is_array(keys[0])
    if not one_mask and not all(
        part is None or isinstance(part, int | slice | EllipsisType) for part in keys
    ):
        raise TypeError(
            f"a tensor cannot be indexed with {key!r}; use integers and slices, or one mask, or integer arrays alone, "
            "and take two steps for a mixture"
        )
    if not one_mask and not any(part is ... for part in keys):
        keys = (*keys, ...)
    return _slice(x, key=keys[0] if one_mask else keys)


@primitive
def _slice(xp: Namespace, x: Array, *, key: Any) -> Result:
    shape = tuple(x.shape)
    return x[key], (lambda g: apply(_place, g, key=key, shape=shape),)


@primitive
def _place(xp: Namespace, x: Array, *, key: Any, shape: tuple[int, ...]) -> Result:
    """Put the entries of `x` at `key` into an array of zeros."""
    values = array_of(x)
    placed = namespace(values).zeros(shape, dtype=values.dtype, device=values.device)
    where = tuple(part for part in key if part is not None) if isinstance(key, tuple) else key
    placed[where] = namespace(values).reshape(values, shape=tuple(placed[where].shape))
    return placed, (lambda g: g[key],)


def take(x: Tensor, indices: Array, *, axis: int) -> Tensor:
    """Pick the entries with these `indices` (one axis of them) along `axis`."""
    first = (axis % x.ndim, *(other for other in range(x.ndim) if other != axis % x.ndim))
    back = tuple(sorted(range(x.ndim), key=first.__getitem__))
    return permute_dims(_pick(permute_dims(x, axes=first), (array_of(indices),)), axes=back)


def _pick(x: Tensor, indices: tuple[Array, ...]) -> Tensor:
    """Pick entries by their first coordinates: count those in one number, and take rows of a matrix."""
    counted, features = x.shape[: len(indices)], x.shape[len(indices) :]
    number: Any = 0
    for axis, (index, size) in enumerate(zip(indices, counted, strict=True)):
        xp = namespace(index)
        if xp.any((index < -size) | (index >= size)):
            raise IndexError(f"an index is out of bounds for axis {axis} with size {size}")
        number = number * size + xp.where(index < 0, index + size, index)
    rows = reshape(x, shape=(math.prod(counted), math.prod(features)))
    picked = _take_rows(rows, numbers=xp.reshape(number, shape=(-1,)))
    return reshape(picked, shape=tuple(number.shape) + features)


@primitive
def _take_rows(xp: Namespace, x: Array, *, numbers: Array) -> Result:
    count = x.shape[0]
    return xp.take(x, numbers, axis=0), (lambda g: apply(_add_rows, g, numbers=numbers, count=count),)


@primitive
def _add_rows(xp: Namespace, x: Array, *, numbers: Array, count: int) -> Result:
    """Add each row of `x` to the row of that number in a matrix of zeros."""
    values = array_of(x)
    total = namespace(values).zeros((count, *values.shape[1:]), dtype=values.dtype, device=values.device)
    add_rows(total, numbers, values)
    return total, (lambda g: apply(_take_rows, g, numbers=numbers),)
