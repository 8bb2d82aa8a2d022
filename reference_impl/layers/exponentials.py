"""Softmax and its logarithm as layers."""

from reference_impl import functional as F
from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module


class Softmax(Module):
    r"""Turn scores into probabilities along one axis: $y_i = e^{x_i} / \sum_k e^{x_k}$.

    The layer of [`softmax`][reference_impl.functional.softmax].

    Args:
        dim: The axis along which the probabilities add up to 1; torch guesses one where none is given.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import Softmax
        >>> Softmax(dim=1)(torch.tensor([[1.0, 2.0, 5.0]], dtype=torch.float64).log()).tolist()  # 1/8, 2/8, 5/8
        [[0.125, 0.25, 0.625]]
    """

    def __init__(self, dim: int) -> None:
        self.dim = dim

    def forward(self, input: Tensor | Array) -> Tensor:
        """Apply softmax to `input`."""
        return F.softmax(input, dim=self.dim)

    def extra_repr(self) -> str:
        """Return the settings, as torch prints them."""
        return f"dim={self.dim}"


class LogSoftmax(Module):
    r"""Compute the logarithm of softmax along one axis: $y_i = x_i - \ln \sum_k e^{x_k}$.

    The layer of [`log_softmax`][reference_impl.functional.log_softmax].

    Args:
        dim: The axis along which the probabilities add up to 1.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import LogSoftmax
        >>> LogSoftmax(dim=0)(torch.tensor([[1000.0], [0.0]])).tolist()
        [[0.0], [-1000.0]]
    """

    def __init__(self, dim: int) -> None:
        self.dim = dim

    def forward(self, input: Tensor | Array) -> Tensor:
        """Apply the logarithm of softmax to `input`."""
        return F.log_softmax(input, dim=self.dim)

    def extra_repr(self) -> str:
        """Return the settings, as torch prints them."""
        return f"dim={self.dim}"
