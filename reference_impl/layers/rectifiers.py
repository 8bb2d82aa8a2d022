"""Kinsfolk of ReLU as layers."""

from reference_impl import functional as F
from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module


class LeakyReLU(Module):
    r"""Keep what is positive and multiply the rest by a small slope: $y = \max(x, 0) + s \min(x, 0)$.

    The layer of [`leaky_relu`][reference_impl.functional.leaky_relu].

    Args:
        negative_slope: The slope $s$.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import LeakyReLU
        >>> LeakyReLU(negative_slope=0.25)(torch.tensor([-8.0, 3.0])).tolist()  # -8 * 0.25 = -2
        [-2.0, 3.0]
        >>> round(LeakyReLU()(torch.tensor([-8.0])).item(), 6)  # -8 * 0.01
        -0.08
    """

    def __init__(self, negative_slope: float = 0.01) -> None:
        self.negative_slope = negative_slope

    def forward(self, input: Tensor | Array) -> Tensor:
        """Apply the function to each entry of `input`."""
        return F.leaky_relu(input, self.negative_slope)

    def extra_repr(self) -> str:
        """Return the settings, as torch prints them."""
        return f"negative_slope={self.negative_slope}"


class ELU(Module):
    r"""Keep what is positive and bend the rest towards $-\alpha$: $y = \alpha (e^x - 1)$ for $x \le 0$.

    The layer of [`elu`][reference_impl.functional.elu].

    Args:
        alpha: The depth $\alpha$ of the negative side.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import ELU
        >>> ELU(alpha=3.0)(torch.tensor([0.25, 1.0], dtype=torch.float64).log()).tolist()  # 3 * (1/4 - 1)
        [-2.25, 0.0]
        >>> ELU()(torch.tensor([0.25], dtype=torch.float64).log()).tolist()  # 1/4 - 1
        [-0.75]
    """

    def __init__(self, alpha: float = 1.0) -> None:
        self.alpha = alpha

    def forward(self, input: Tensor | Array) -> Tensor:
        """Apply the function to each entry of `input`."""
        return F.elu(input, self.alpha)

    def extra_repr(self) -> str:
        """Return the settings, as torch prints them."""
        return f"alpha={self.alpha}"


class SELU(Module):
    r"""Apply the scaled ELU: $y = \lambda x$ for $x > 0$, else $\lambda \alpha (e^x - 1)$.

    The layer of [`selu`][reference_impl.functional.selu].

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        On the far left it is $-1.6733 \cdot 1.0507$.

        >>> import torch
        >>> from reference_impl.layers import SELU
        >>> [round(y, 4) for y in SELU()(torch.tensor([-1.0, 2.0], dtype=torch.float64)).tolist()]
        [-1.1113, 2.1014]
    """

    def forward(self, input: Tensor | Array) -> Tensor:
        """Apply the function to each entry of `input`."""
        return F.selu(input)
