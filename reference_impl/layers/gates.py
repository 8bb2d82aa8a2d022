"""Smooth activations and their piecewise linear relative as layers."""

from reference_impl import functional as F
from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module


class Hardsigmoid(Module):
    r"""Squash each entry into $[0, 1]$ by a line with two bends: $y = \min(\max(x + 3, 0), 6) / 6$.

    The layer of [`hardsigmoid`][reference_impl.functional.hardsigmoid].

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import Hardsigmoid
        >>> x = torch.tensor([-4.0, 1.5, 7.0])
        >>> list(zip(x.tolist(), Hardsigmoid()(x).tolist()))  # (1.5 + 3) / 6 = 0.75
        [(-4.0, 0.0), (1.5, 0.75), (7.0, 1.0)]
    """

    def forward(self, input: Tensor | Array) -> Tensor:
        """Apply the function to each entry of `input`."""
        return F.hardsigmoid(input)


class SiLU(Module):
    r"""Multiply each entry by its own sigmoid: $y = x \sigma(x)$.

    The layer of [`silu`][reference_impl.functional.silu].

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        The sigmoid of $\ln 3$ is 3/4, that of $-\ln 4$ is 1/5.

        >>> import torch
        >>> from reference_impl.layers import SiLU
        >>> x = torch.tensor([3.0, 0.25], dtype=torch.float64).log()
        >>> [round(share, 12) for share in (SiLU()(x) / x).tolist()]
        [0.75, 0.2]
    """

    def forward(self, input: Tensor | Array) -> Tensor:
        """Apply the function to each entry of `input`."""
        return F.silu(input)


class Softplus(Module):
    r"""Round the corner of ReLU off: $y = \ln(1 + e^{\beta x}) / \beta$.

    The layer of [`softplus`][reference_impl.functional.softplus].

    Args:
        beta: How sharp the corner is: $\beta$.
        threshold: Where the line $y = x$ takes over.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        $e^{2 y} = 1 + e^{2 x}$ for $\beta = 2$.

        >>> import torch
        >>> from reference_impl.layers import Softplus
        >>> x = torch.tensor([3.0, 8.0], dtype=torch.float64).log() / 2
        >>> [round(power, 12) for power in (2 * Softplus(beta=2.0)(x)).exp().tolist()]
        [4.0, 9.0]
        >>> Softplus(threshold=4.0)(torch.tensor([5.0])).item()
        5.0
        >>> far = torch.arange(19.0, 22.0, dtype=torch.float64)  # the line takes over at 20 unless told otherwise
        >>> (Softplus()(far).data == far).tolist()
        [False, False, True]
    """

    def __init__(self, beta: float = 1.0, threshold: float = 20.0) -> None:
        self.beta, self.threshold = beta, threshold

    def forward(self, input: Tensor | Array) -> Tensor:
        """Apply the function to each entry of `input`."""
        return F.softplus(input, self.beta, self.threshold)

    def extra_repr(self) -> str:
        """Return the settings, as torch prints them."""
        return f"beta={self.beta}, threshold={self.threshold}"


class GELU(Module):
    r"""Multiply each entry by the probability that a standard normal number is below it: $y = x \Phi(x)$.

    The layer of [`gelu`][reference_impl.functional.gelu].

    Args:
        approximate: `"none"` or `"tanh"`.

    Shape:
        `input` $(*)$; result $(*)$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import GELU
        >>> x = torch.tensor([-1.0, 2.0], dtype=torch.float64)
        >>> [round(y, 5) for y in GELU()(x).tolist()]  # -1 * 0.15866, 2 * 0.97725
        [-0.15866, 1.9545]
        >>> [round(y, 5) for y in GELU(approximate="tanh")(x).tolist()]
        [-0.15881, 1.9546]
    """

    def __init__(self, approximate: str = "none") -> None:
        self.approximate = approximate

    def forward(self, input: Tensor | Array) -> Tensor:
        """Apply the function to each entry of `input`."""
        return F.gelu(input, self.approximate)

    def extra_repr(self) -> str:
        """Return the settings, as torch prints them."""
        return f"approximate={self.approximate!r}"
