"""Operators and methods of tensors, each a thin call of the primitive of the same name."""

from typing import Any, ClassVar

from reference_impl._array import Array, Namespace

Tensor = Any
Axis = int | tuple[int, ...] | None


class Operators:
    """What a tensor can do; `namespace` holds the primitives that do it."""

    __slots__ = ()
    __array_ufunc__ = None  # NumPy's arrays leave `array + tensor` to the tensor

    namespace: ClassVar[Namespace]
    data: Array

    def __array_namespace__(self, api_version: str | None = None) -> Namespace:
        return self.namespace

    def __neg__(self) -> Tensor:
        return self.namespace.negative(self)

    def __abs__(self) -> Tensor:
        return self.namespace.abs(self)

    def __add__(self, other: Any) -> Tensor:
        return self.namespace.add(self, other)

    def __radd__(self, other: Any) -> Tensor:
        return self.namespace.add(other, self)

    def __sub__(self, other: Any) -> Tensor:
        return self.namespace.subtract(self, other)

    def __rsub__(self, other: Any) -> Tensor:
        return self.namespace.subtract(other, self)

    def __mul__(self, other: Any) -> Tensor:
        return self.namespace.multiply(self, other)

    def __rmul__(self, other: Any) -> Tensor:
        return self.namespace.multiply(other, self)

    def __truediv__(self, other: Any) -> Tensor:
        return self.namespace.divide(self, other)

    def __rtruediv__(self, other: Any) -> Tensor:
        return self.namespace.divide(other, self)

    def __pow__(self, other: Any) -> Tensor:
        return self.namespace.pow(self, other)

    def __rpow__(self, other: Any) -> Tensor:
        return self.namespace.pow(other, self)

    def __matmul__(self, other: Any) -> Tensor:
        return self.namespace.matmul(self, other)

    def __rmatmul__(self, other: Any) -> Tensor:
        return self.namespace.matmul(other, self)

    def __getitem__(self, key: Any) -> Tensor:
        return self.namespace.getitem(self, key)

    # A comparison has no gradient: it gives a plain array of booleans.

    def __lt__(self, other: Any) -> Array:
        return self.data < getattr(other, "data", other)

    def __le__(self, other: Any) -> Array:
        return self.data <= getattr(other, "data", other)

    def __gt__(self, other: Any) -> Array:
        return self.data > getattr(other, "data", other)

    def __ge__(self, other: Any) -> Array:
        return self.data >= getattr(other, "data", other)

    def exp(self) -> Tensor:
        """Compute $e^x$ of each entry."""
        return self.namespace.exp(self)

    def log(self) -> Tensor:
        """Compute the natural logarithm of each entry."""
        return self.namespace.log(self)

    def sqrt(self) -> Tensor:
        """Compute the square root of each entry."""
        return self.namespace.sqrt(self)

    def abs(self) -> Tensor:
        """Compute the absolute value of each entry."""
        return self.namespace.abs(self)

    def sin(self) -> Tensor:
        """Compute the sine of each entry."""
        return self.namespace.sin(self)

    def cos(self) -> Tensor:
        """Compute the cosine of each entry."""
        return self.namespace.cos(self)

    def tanh(self) -> Tensor:
        """Compute the hyperbolic tangent of each entry."""
        return self.namespace.tanh(self)

    def sum(self, axis: Axis = None, keepdims: bool = False) -> Tensor:
        """Add the entries up, over all axes or over those given."""
        return self.namespace.sum(self, axis=axis, keepdims=keepdims)

    def mean(self, axis: Axis = None, keepdims: bool = False) -> Tensor:
        """Average the entries, over all axes or over those given."""
        return self.namespace.mean(self, axis=axis, keepdims=keepdims)

    def var(self, axis: Axis = None, correction: float = 0.0, keepdims: bool = False) -> Tensor:
        """Average the squared distances from the mean; `correction` 1 estimates from a sample, as torch does."""
        return self.namespace.var(self, axis=axis, correction=correction, keepdims=keepdims)

    def max(self, axis: Axis = None, keepdims: bool = False) -> Tensor:
        """Take the largest entry; entries that tie share its gradient equally, as in `torch.amax`."""
        return self.namespace.max(self, axis=axis, keepdims=keepdims)

    def min(self, axis: Axis = None, keepdims: bool = False) -> Tensor:
        """Take the smallest entry; entries that tie share its gradient equally, as in `torch.amin`."""
        return self.namespace.min(self, axis=axis, keepdims=keepdims)

    def reshape(self, *shape: Any) -> Tensor:
        """Arrange the entries in another shape, given as a tuple or as separate numbers."""
        return self.namespace.reshape(self, shape=shape[0] if isinstance(shape[0], tuple) else shape)

    def transpose(self, dim0: int, dim1: int) -> Tensor:
        """Swap two axes."""
        axes = list(range(self.data.ndim))
        axes[dim0], axes[dim1] = axes[dim1], axes[dim0]
        return self.namespace.permute_dims(self, axes=tuple(axes))

    @property
    def mT(self) -> Tensor:
        """The tensor with its last two axes swapped."""
        return self.namespace.matrix_transpose(self)
