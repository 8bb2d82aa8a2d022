"""A map that is linear in each of two inputs."""

from reference_impl._array import Array
from reference_impl.autograd import Tensor, primitives


def bilinear(
    input1: Tensor | Array, input2: Tensor | Array, weight: Tensor | Array, bias: Tensor | Array | None = None
) -> Tensor:
    r"""Combine two vectors by one matrix for each output, and add a vector.

    $$y_k = u^\top W_k v + b_k$$

    Args:
        input1: The vectors $u$, along the last axis.
        input2: The vectors $v$, along the last axis.
        weight: The matrices $W_k$.
        bias: The vector $b$; None adds nothing.

    Returns:
        The vectors $y$.

    Raises:
        ValueError: The sizes don't fit.
        TypeError: The arrays differ in library or dtype.

    Shape:
        `input1` $(*, n_1)$, `input2` $(*, n_2)$, `weight` $(m, n_1, n_2)$, `bias` $(m)$; result $(*, m)$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> u, v = torch.tensor([[2.0, 1.0]]), torch.tensor([[5.0, -1.0, 3.0]])
        >>> weight = torch.tensor([[[1.0, 0.0, 4.0], [0.0, 7.0, 0.0]]])
        >>> F.bilinear(u, v, weight, bias=torch.tensor([0.5])).item()  # 2*(1*5 + 4*3) + 1*7*(-1) + 0.5
        27.5
    """
    outputs, first, second = weight.shape
    before = tuple(input1.shape[:-1])
    if tuple(input1.shape[-1:]) != (first,) or tuple(input2.shape) != (*before, second):
        raise ValueError(
            f"`input1` (of shape {tuple(input1.shape)}) and `input2` (of shape {tuple(input2.shape)}) must have "
            f"{first} and {second} features as `weight` (of shape {tuple(weight.shape)}) says, and agree in other axes"
        )
    u = primitives.reshape(input1, shape=(-1, 1, first, 1))
    v = primitives.reshape(input2, shape=(-1, 1, second, 1))
    wv = primitives.matmul(primitives.reshape(weight, shape=(1, outputs, first, second)), v)
    y = primitives.sum(u * wv, axis=(2, 3))
    return primitives.reshape(y if bias is None else y + bias, shape=(*before, outputs))
