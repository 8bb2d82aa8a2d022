"""Softmax and its logarithm, over one axis, with their derivatives."""

from functools import partial

from reference_impl._array import Array, Namespace
from reference_impl.autograd import Tensor, primitives
from reference_impl.autograd.primitive import Result, array_of, primitive


def softmax(input: Tensor | Array, dim: int) -> Tensor:
    r"""Turn scores into probabilities: positive, and with sum 1 along one axis.

    $$y_i = \frac{e^{x_i}}{\sum_k e^{x_k}}, \qquad \bar x = y \odot (\bar y - \langle \bar y, y \rangle)$$

    The largest score is subtracted first. This changes nothing but that no power overflows.

    Args:
        input: The scores $x$.
        dim: The axis along which the probabilities add up to 1.

    Returns:
        The probabilities $y$.

    Raises:
        TypeError: `input` isn't an array or a Tensor.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> counts = torch.tensor([[1.0, 2.0, 5.0], [3.0, 3.0, 0.0]], dtype=torch.float64)
        >>> F.softmax(counts.log(), dim=1).tolist()  # 1/8, 2/8, 5/8; 3/6, 3/6, 0/6
        [[0.125, 0.25, 0.625], [0.5, 0.5, 0.0]]
    """
    return _softmax(input, dim=dim)


@partial(primitive, fresh=True)
def _softmax(xp: Namespace, x: Array, *, dim: int) -> Result:
    powers = xp.exp(x - array_of(xp.max(x, axis=dim, keepdims=True)))
    y = powers / xp.sum(powers, axis=dim, keepdims=True)
    return y, (lambda g: y * (g - xp.sum(g * y, axis=dim, keepdims=True)),)


def log_softmax(input: Tensor | Array, dim: int) -> Tensor:
    r"""Compute the logarithm of softmax, in a way that stays finite where softmax underflows.

    $$y_i = x_i - \ln \sum_k e^{x_k}, \qquad \bar x = \bar y - e^y \textstyle\sum_k \bar y_k$$

    Args:
        input: The scores $x$.
        dim: The axis along which the probabilities $e^y$ add up to 1.

    Returns:
        The logarithms $y$ of the probabilities.

    Raises:
        TypeError: `input` isn't an array or a Tensor.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        The smaller probability, $e^{-1000}$, is 0 in floating point; its logarithm isn't.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> F.log_softmax(torch.tensor([[1000.0, 7.0], [0.0, 7.0]]), dim=0).tolist()
        [[0.0, -0.6931472], [-1000.0, -0.6931472]]
    """
    return _log_softmax(input, dim=dim)


@partial(primitive, fresh=True)
def _log_softmax(xp: Namespace, x: Array, *, dim: int) -> Result:
    shifted = x - array_of(xp.max(x, axis=dim, keepdims=True))
    y = shifted - xp.log(xp.sum(xp.exp(shifted), axis=dim, keepdims=True))
    return y, (lambda g: g - xp.exp(y) * xp.sum(g, axis=dim, keepdims=True),)


def logsumexp(input: Tensor | Array, dim: int, keepdim: bool = False) -> Tensor:
    r"""Compute the logarithm of a sum of powers, a smooth maximum.

    $$y = \ln \sum_k e^{x_k}, \qquad \bar x = \bar y \, \mathrm{softmax}(x)$$

    Args:
        input: The exponents $x$.
        dim: The axis to sum over.
        keepdim: Keep that axis, with length 1.

    Returns:
        The logarithms $y$.

    Raises:
        TypeError: `input` isn't an array or a Tensor.

    Shape:
        `input` $(*, n, *)$; result $(*, *)$, or $(*, 1, *)$ with `keepdim`.

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> counts = torch.tensor([[1.0, 2.0, 5.0], [3.0, 3.0, 4.0]], dtype=torch.float64)
        >>> F.logsumexp(counts.log(), dim=1, keepdim=True).exp().tolist()  # 1 + 2 + 5, 3 + 3 + 4
        [[8.0], [10.0]]
    """
    return primitives.logsumexp(input, axis=dim, keepdims=keepdim)
