"""What the losses of classes share: classes on the last of two axes, and how much each class counts."""

import math
from functools import partial

from reference_impl._array import (
    Array,
    Namespace,
    as_array,
    check_same_place,
    common_namespace,
    describe,
    is_integer,
    namespace,
)
from reference_impl.autograd import Tensor, primitives
from reference_impl.autograd.primitive import Result, array_of, primitive


def check_classes(input: Tensor | Array, target: Array) -> None:
    """Raise unless `target` holds one class number for each sample of `input`."""
    check_same_place(array_of(input), target)
    if not is_integer(target):
        raise TypeError(f"`target` (={describe(target)}) must hold class numbers; convert it to integers")
    shape = tuple(input.shape)
    without_classes = shape[:1] + shape[2:] if len(shape) > 1 else ()
    if not shape or tuple(target.shape) != without_classes:
        raise ValueError(
            f"`target` (of shape {tuple(target.shape)}) must have the shape of `input` {shape} without its classes, "
            f"{without_classes}"
        )


def checked_weight(input: Tensor | Array, weight: Tensor | Array | None) -> Array | None:
    """Return the array of `weight`, once it is seen to have one entry for each class."""
    if weight is None:
        return None
    array, classes = array_of(weight), input.shape[min(1, input.ndim - 1)]
    common_namespace((array_of(input), array))
    if tuple(array.shape) != (classes,):
        raise ValueError(
            f"`weight` (of shape {tuple(array.shape)}) must have shape ({classes},): one weight for each class"
        )
    return array


def in_rows(input: Tensor | Array) -> Tensor | Array:
    """Return `input` with one row for each sample and one column for each class."""
    if input.ndim == 2:
        return input
    classes_last = (0, *range(2, input.ndim), 1) if input.ndim > 1 else (0,)
    classes = input.shape[min(1, input.ndim - 1)]
    samples = math.prod(input.shape[:1] + input.shape[2:]) if input.ndim > 1 else 1
    return primitives.reshape(primitives.permute_dims(input, axes=classes_last), shape=(samples, classes))


def shares_of_classes(
    numbers: Array, weight: Array | None, ignore_index: int, smoothing: float, like: Array
) -> tuple[Array, Array]:
    """Return how much of each logarithm the loss of each sample takes, and the weights of the true classes added up."""
    xp, classes = namespace(like), like.shape[1]
    numbers = xp.astype(numbers, xp.int64)
    one_hot = numbers[:, None] == xp.arange(classes, dtype=xp.int64, device=like.device)
    counted = numbers != ignore_index
    if xp.any(counted & ~xp.any(one_hot, axis=1)):
        raise IndexError(f"Target is out of bounds: every class must be at least 0 and below {classes}")
    rows = xp.astype(counted, like.dtype)[:, None]
    shares = xp.astype(one_hot, like.dtype) * rows
    if weight is not None:
        shares, rows = shares * weight, rows * weight
    total = as_array(xp.sum(shares))
    return (1.0 - smoothing) * shares + (smoothing / classes) * rows if smoothing else shares, total


@partial(primitive, fresh=True)
def weighed(xp: Namespace, x: Array, *, shares: Array) -> Result:
    r"""Compute $-\sum_k s_k x_k$ of each row; what has no share may be infinite."""
    taken = xp.where(shares != 0, x, 0.0)
    return -xp.sum(taken * shares, axis=1), (lambda g: -g[:, None] * shares,)


def restored(losses: Tensor, shape: tuple[int, ...], total: Array | float, reduction: str) -> Tensor:
    """Return the losses of the samples in their shape, or their sum, or their mean by weight."""
    if reduction == "none":
        return primitives.reshape(losses, shape=shape)
    return primitives.sum(losses) if reduction == "sum" else primitives.sum(losses) / total
