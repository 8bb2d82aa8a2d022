"""The rectifier whose slope is learned."""

from typing import Any

from reference_impl import functional as F
from reference_impl import init as first_values
from reference_impl._array import Array
from reference_impl._checks import check_size
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module
from reference_impl.layers.parameters import example, parameter


class PReLU(Module):
    r"""Keep what is positive and multiply the rest by a slope that is learned: $y = \max(x, 0) + w \min(x, 0)$.

    The layer of [`prelu`][reference_impl.functional.prelu].

    Args:
        num_parameters: 1 for a slope that all entries share, or the number of channels for one slope each.
        init: The first value of the slopes.
        like: An array whose library, dtype and device the slopes take; NumPy's float32 without it.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The slopes $w$.

    Raises:
        ValueError: `num_parameters` is below 1.

    Shape:
        `input` $(*)$ or, for several slopes, $(N, C, *)$; `weight` $(1)$ or $(C)$; result as `input`.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import PReLU
        >>> x = torch.tensor([[-8.0, 3.0]])
        >>> layer = PReLU(num_parameters=2, init=0.5, like=x)
        >>> layer(x).tolist(), layer.weight.tolist()  # -8 * 0.5
        ([[-4.0, 3.0]], [0.5, 0.5])
        >>> usual = PReLU(like=x)  # one slope for all channels
        >>> usual(x).tolist(), usual.weight.tolist()
        ([[-2.0, 3.0]], [0.25])

    Source:
        He et al., [Delving deep into rectifiers](https://arxiv.org/abs/1502.01852), ICCV 2015.
    """

    def __init__(
        self, num_parameters: int = 1, init: float = 0.25, *, like: Array | None = None, dtype: Any = None
    ) -> None:
        check_size("num_parameters", num_parameters)
        self.num_parameters, self.init = num_parameters, init
        self.weight = first_values.constant_(parameter(example(like, dtype), num_parameters), init)

    def forward(self, input: Tensor | Array) -> Tensor:
        """Apply the function to each entry of `input`."""
        return F.prelu(input, self.weight)

    def extra_repr(self) -> str:
        """Return the number of slopes, as torch prints it."""
        return f"num_parameters={self.num_parameters}"
