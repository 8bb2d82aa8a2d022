"""The same entries in other shapes or as another dtype, each operation with its derivative."""

from typing import Any

from reference_impl._array import Array, Namespace
from reference_impl.autograd.primitive import Result, primitive
from reference_impl.autograd.tensor import Tensor

Shape = tuple[int, ...]


@primitive
def alias(xp: Namespace, x: Array) -> Result:
    """Return $x$ as a tensor of its own, at which a gradient can stop."""
    return x, (lambda g: g,)


@primitive
def reshape(xp: Namespace, x: Array, *, shape: Shape) -> Result:
    """Arrange the entries in another shape; the gradient is arranged back."""
    before = tuple(x.shape)
    return xp.reshape(x, shape=shape), (lambda g: xp.reshape(g, shape=before),)


@primitive
def expand_dims(xp: Namespace, x: Array, *, axis: int) -> Result:
    """Insert an axis of length one; the gradient loses it."""
    return xp.expand_dims(x, axis=axis), (lambda g: xp.squeeze(g, axis=axis),)


@primitive
def squeeze(xp: Namespace, x: Array, *, axis: int) -> Result:
    """Drop an axis of length one; the gradient gets it back."""
    return xp.squeeze(x, axis=axis), (lambda g: xp.expand_dims(g, axis=axis),)


@primitive
def permute_dims(xp: Namespace, x: Array, *, axes: Shape) -> Result:
    """Put the axes in another order; the gradient's go back."""
    back = tuple(sorted(range(len(axes)), key=lambda position: axes[position] % len(axes)))
    return xp.permute_dims(x, axes=axes), (lambda g: xp.permute_dims(g, axes=back),)


@primitive
def matrix_transpose(xp: Namespace, x: Array) -> Result:
    """Swap the last two axes; the gradient's are swapped back."""
    return x.mT, (lambda g: g.mT,)


@primitive
def broadcast_to(xp: Namespace, x: Array, *, shape: Shape) -> Result:
    """Repeat the entries to fill a shape; the engine sums the gradient over the repetitions."""
    return xp.broadcast_to(x, shape=shape), (lambda g: g,)


@primitive
def _astype(xp: Namespace, x: Array, *, dtype: Any) -> Result:
    before = x.dtype
    return xp.astype(x, dtype), (lambda g: xp.astype(g, before),)


def astype(x: Array, dtype: Any) -> Tensor:
    """Convert the entries to another dtype; the gradient is converted back."""
    return _astype(x, dtype=dtype)


def moveaxis(x: Array, source: int, destination: int) -> Tensor:
    """Move one axis to another place; the others keep their order."""
    axes = [axis for axis in range(x.ndim) if axis != source % x.ndim]
    axes.insert(destination % x.ndim, source % x.ndim)
    return permute_dims(x, axes=tuple(axes))
