"""Functions whose derivative is zero. Real numbers come out as constant tensors, the rest as plain arrays."""

from reference_impl._array import Array, Namespace, namespace
from reference_impl.autograd.primitive import array_of
from reference_impl.autograd.tensor import Tensor


def _library(x: Array) -> Namespace:
    return namespace(array_of(x))


def sign(x: Array) -> Tensor:
    """Compute the sign of each entry: -1, 0 or 1."""
    return Tensor(_library(x).sign(array_of(x)))


def zeros_like(x: Array) -> Tensor:
    """Make zeros, shaped like $x$."""
    return Tensor(_library(x).zeros_like(array_of(x)))


def ones_like(x: Array) -> Tensor:
    """Make ones, shaped like $x$."""
    return Tensor(_library(x).ones_like(array_of(x)))


def equal(x: Array, y: Array) -> Array:
    """Say which entries are equal; `==` of tensors asks whether they are one and the same."""
    return array_of(x) == array_of(y)


def argmax(x: Array, *, axis: int | None = None, keepdims: bool = False) -> Array:
    """Return the position of the largest entry; of those that tie, the first."""
    return _library(x).argmax(array_of(x), axis=axis, keepdims=keepdims)


def argmin(x: Array, *, axis: int | None = None, keepdims: bool = False) -> Array:
    """Return the position of the smallest entry; of those that tie, the first."""
    return _library(x).argmin(array_of(x), axis=axis, keepdims=keepdims)


def isfinite(x: Array) -> Array:
    """Say which entries are neither infinite nor NaN."""
    return _library(x).isfinite(array_of(x))


def isnan(x: Array) -> Array:
    """Say which entries are NaN, that is, no numbers."""
    return _library(x).isnan(array_of(x))
