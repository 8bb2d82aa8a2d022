"""The tensor: an array that remembers how it was computed."""

import math
from itertools import count
from typing import Any

from reference_impl._array import (
    Array,
    as_array,
    common_namespace,
    describe,
    device,
    is_array,
    is_floating,
    namespace,
    own,
    to_numpy,
)
from reference_impl.autograd import engine
from reference_impl.autograd.operators import Operators

NO_RECIPE: tuple[Any, tuple[Any, ...], dict[str, Any], list[Any]] = (None, (), {}, [])
"""What a tensor was made of: the operation, its inputs and options, and the arrays whose changes would matter."""
_numbers = count(0, -1)  # the younger a tensor, the lower its number: the first of a heap


class Tensor(Operators):
    r"""An array that remembers how it was computed, so that gradients can flow back through it.

    Operators and methods compute with `data`, an array of NumPy, torch or another library of the array API standard;
    library, dtype and device of every result and gradient are those that came in. Where an input needs a gradient,
    the result keeps that input and the derivative of the operation. From these, `backward` computes, for each leaf
    $x$ and the result $y$ with gradient $\bar y$,

    $$\bar x = \left(\frac{\partial y}{\partial x}\right)^{\!\top} \bar y$$

    Comparisons give plain arrays of booleans. Arrays and Python numbers beside a tensor are constants. Change `data`
    in place after `backward`, never before: derivatives use the arrays themselves.

    Args:
        data: The array. It isn't copied.
        requires_grad: Whether the tensor is a leaf that collects its gradient in `grad`.

    Attributes:
        data: The array.
        grad: The gradient that `backward` collected, an array like `data`; None before that.
        requires_grad: Whether a gradient flows to or through this tensor.

    Raises:
        TypeError: `data` isn't an array.
        ValueError: `data` is a torch tensor that torch itself differentiates.
        RuntimeError: `requires_grad` is asked of an array of integers or booleans.

    Examples:
        The gradient of $\sum_i w_i x_i^2$ with respect to $x$ is $2 w_i x_i$; the constant `w` gets none.

        >>> import torch
        >>> from reference_impl.autograd import Tensor
        >>> x = Tensor(torch.tensor([1.0, 2.0, 5.0]), requires_grad=True)
        >>> w = torch.tensor([3.0, 0.5, 7.0])
        >>> y = (w * x**2).sum()
        >>> y.op, y.parents[0].op, len(y.parents[0])
        ('sum', 'multiply', 3)
        >>> y.backward()
        >>> y.item(), x.grad.tolist()  # 3*1 + 0.5*4 + 7*25; 2*3*1, 2*0.5*2, 2*7*5
        (180.0, [6.0, 2.0, 70.0])
    """

    __slots__ = ("data", "edges", "grad", "number", "recipe", "requires_grad")

    def __init__(self, data: Array, requires_grad: bool = False) -> None:
        if not is_array(data) or isinstance(data, Tensor):
            raise TypeError(
                f"`data` (a {type(data).__name__}) must be an array; pass e.g. numpy.asarray([1.0, 2.0])"
            )
        if getattr(data, "requires_grad", False):
            raise ValueError("`data` (a torch tensor with requires_grad=True) must not; pass its .detach()")
        if requires_grad and not is_floating(data):
            raise RuntimeError(
                "Only Tensors of floating point dtype can require gradients; "
                f"`data` (={describe(data)}) must be converted to a floating dtype first"
            )
        self.data = as_array(data)
        self.grad: Array | None = None
        self.requires_grad = requires_grad
        self.edges: engine.Edges | None = ()
        self.recipe = NO_RECIPE
        self.number = next(_numbers)

    @classmethod
    def constant(cls, data: Array) -> "Tensor":
        """Make a constant without checking `data`."""
        tensor = cls.__new__(cls)
        tensor.data = data
        tensor.requires_grad = False
        tensor.edges = ()
        tensor.recipe = NO_RECIPE
        tensor.grad = None
        tensor.number = next(_numbers)
        return tensor

    @property
    def shape(self) -> tuple[int, ...]:
        """The number of entries along each axis."""
        return tuple(self.data.shape)

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return self.data.ndim

    @property
    def dtype(self) -> Any:
        """The dtype of `data`."""
        return self.data.dtype

    @property
    def device(self) -> Any:
        """The device of `data`."""
        return device(self.data)

    @property
    def op(self) -> str | None:
        """The name of the operation that made this tensor; None for a leaf or a constant."""
        operation, *_ = self.recipe
        return None if operation is None else operation.__name__

    @property
    def parents(self) -> tuple["Tensor", ...]:
        """The tensors that it was made from; none for a leaf, for a constant, and after the graph was freed."""
        _, inputs, *_ = self.recipe
        return tuple(value for value in inputs if isinstance(value, Tensor))

    def backward(self, gradient: Any = None, retain_graph: bool = False) -> None:
        r"""Add the gradient of this tensor to `grad` of each leaf that it was computed from.

        Args:
            gradient: The gradient $\bar y$ of this tensor, of its shape; a scalar needs none, its gradient is 1.
            retain_graph: Keep the graph for another backward instead of freeing it.

        Raises:
            RuntimeError: The tensor doesn't depend on a leaf that requires a gradient, or isn't a scalar and no
                `gradient` is given, or the shape or device of `gradient` differs, or the graph was freed, or an array
                was changed in place after it was used.
            TypeError: Library or dtype of `gradient` differ.

        Examples:
            The gradient of a vector weighs its entries; here $\bar y_i = 10^i$ and $y_i = x_i^3$.

            >>> import torch
            >>> from reference_impl.autograd import Tensor
            >>> x = Tensor(torch.tensor([1.0, 2.0, 3.0]), requires_grad=True)
            >>> (x**3).backward(torch.tensor([1.0, 10.0, 100.0]))
            >>> x.grad.tolist()  # 3*1*1, 3*4*10, 3*9*100
            [3.0, 120.0, 2700.0]
        """
        if not self.requires_grad:
            raise RuntimeError(
                "element 0 of tensors does not require grad and does not have a grad_fn: no leaf that it was "
                "computed from has requires_grad=True, or it was computed under no_grad"
            )
        engine.backward(self, starting_gradient(self, gradient), retain_graph)

    def free(self) -> None:
        """Forget how this tensor was computed, all but the operation."""
        self.edges = None
        self.recipe = (self.recipe[0], (), {}, [])

    def detach(self) -> "Tensor":
        """Return a constant that shares `data`: no gradient flows through it."""
        return Tensor(self.data)

    def item(self) -> Any:
        """Return the only entry as a Python number."""
        return to_numpy(self.data).item()

    def tolist(self) -> Any:
        """Return the entries as nested lists of Python numbers."""
        return to_numpy(self.data).tolist()

    def __float__(self) -> float:
        return float(self.item())

    def __len__(self) -> int:
        return self.data.shape[0]

    def __repr__(self) -> str:
        made = f", op={self.op}" if self.op else ", requires_grad=True" if self.requires_grad else ""
        return f"Tensor({self.data}{made})"


def starting_gradient(tensor: Tensor, gradient: Any) -> Array:
    """Return `gradient` as an array like the data of `tensor`, or 1 where a scalar was given none."""
    data = tensor.data
    if gradient is None:
        if data.ndim and math.prod(data.shape) != 1:
            raise RuntimeError(
                f"grad can be implicitly created only for scalar outputs, and this one has shape {tensor.shape}; "
                "reduce it, e.g. with .sum(), or pass its `gradient`"
            )
        xp = namespace(data)
        one = xp.asarray(1.0, dtype=data.dtype, device=data.device)
        return xp.reshape(one, shape=tensor.shape) if data.ndim else one
    array = gradient.data if isinstance(gradient, Tensor) else gradient
    common_namespace((data, array))
    if array.shape != data.shape:
        raise RuntimeError(
            f"Mismatch in shape: `gradient` has shape {tuple(array.shape)}, and the tensor {tensor.shape}"
        )
    return own(array)
