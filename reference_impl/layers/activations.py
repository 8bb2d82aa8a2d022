"""Activation functions as layers."""

from reference_impl import functional as F
from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module


class ReLU(Module):
    r"""Keep what is positive and set the rest to zero: $y = \max(x, 0)$.

    The layer of [`relu`][reference_impl.functional.relu].

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import ReLU
        >>> layer, x = ReLU(), torch.tensor([[-3.0, 4.0]])
        >>> layer(x).tolist(), layer(-x).tolist()
        ([[0.0, 4.0]], [[3.0, 0.0]])
    """

    def forward(self, input: Tensor | Array) -> Tensor:
        """Apply the function to each entry of `input`."""
        return F.relu(input)


class Sigmoid(Module):
    r"""Squash each entry into $(0, 1)$: $y = 1 / (1 + e^{-x})$.

    The layer of [`sigmoid`][reference_impl.functional.sigmoid].

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        Odds of 3 to 1 and of 1 to 4 are probabilities of 3/4 and 1/5.

        >>> import torch
        >>> from reference_impl.layers import Sigmoid
        >>> odds = torch.tensor([3.0, 0.25], dtype=torch.float64)
        >>> Sigmoid()(odds.log()).tolist()
        [0.75, 0.2]
    """

    def forward(self, input: Tensor | Array) -> Tensor:
        """Apply the function to each entry of `input`."""
        return F.sigmoid(input)


class Tanh(Module):
    r"""Squash each entry into $(-1, 1)$: $y = (e^x - e^{-x}) / (e^x + e^{-x})$.

    The layer of [`tanh`][reference_impl.functional.tanh].

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        For $x = \ln 3$ it is $(3 - 1/3) / (3 + 1/3) = 0.8$.

        >>> import torch
        >>> from reference_impl.layers import Tanh
        >>> Tanh()(torch.tensor([3.0], dtype=torch.float64).log()).tolist()
        [0.8]
    """

    def forward(self, input: Tensor | Array) -> Tensor:
        """Apply the function to each entry of `input`."""
        return F.tanh(input)
