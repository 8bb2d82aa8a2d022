"""The affine map."""

import math
from collections.abc import Sequence
from functools import partial

from reference_impl._array import Array, Namespace
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitive import Result, primitive
from reference_impl.autograd.primitives import reshape


def linear(input: Array | Tensor, weight: Array | Tensor, bias: Array | Tensor | None = None) -> Tensor:
    r"""Multiply each input vector by a matrix and add a vector.

    $$y = x W^\top + b$$

    Args:
        input: The vectors $x$, along the last axis.
        weight: The matrix $W$, with one row for each output feature.
        bias: The vector $b$; None adds nothing.

    Returns:
        The vectors $y$.

    Raises:
        RuntimeError: The sizes don't fit, or the arrays are on several devices.
        TypeError: The arrays differ in library or dtype.

    Shape:
        `input` $(*, n)$, `weight` $(m, n)$, `bias` $(m)$; result $(*, m)$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> weight = torch.tensor([[1.0, 2.0, 3.0], [0.0, -1.0, 5.0]])
        >>> F.linear(torch.tensor([[2.0, 1.0, 10.0]]), weight, bias=torch.tensor([0.5, 7.0])).tolist()
        [[34.5, 56.0]]
        >>> # 1*2 + 2*1 + 3*10 + 0.5 = 34.5 and 0*2 - 1*1 + 5*10 + 7 = 56
        >>> y = F.linear(torch.arange(12.0).reshape(2, 2, 3), weight)
        >>> y.shape, y[1, 1].tolist()  # 1*9 + 2*10 + 3*11, 5*11 - 10
        ((2, 2, 2), [62.0, 45.0])
    """
    if input.ndim == 2:
        return _linear(input, weight, bias)
    rows = reshape(input, shape=(math.prod(input.shape[:-1]), *input.shape[-1:]))
    return reshape(_linear(rows, weight, bias), shape=(*input.shape[:-1], weight.shape[0]))


@partial(primitive, fresh=True)
def _linear(xp: Namespace, x: Array, w: Array, b: Array | None) -> Result:
    if x.shape[-1] != w.shape[-1]:
        _refuse(x.shape, w.shape)
    y = x @ w.mT
    if b is not None:
        y += b
    return y, (lambda g: g @ w, lambda g: g.mT @ x, lambda g: xp.sum(g, axis=0))


def _refuse(input_shape: Sequence[int], weight_shape: Sequence[int]) -> None:
    rows, columns = "x".join(map(str, input_shape)), "x".join(map(str, reversed(weight_shape)))
    raise RuntimeError(
        f"mat1 and mat2 shapes cannot be multiplied ({rows} and {columns}): the last axis of `input` must have the "
        f"{weight_shape[-1]} features that `weight` (of shape {tuple(weight_shape)}) takes"
    )
