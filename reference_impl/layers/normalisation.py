"""Layers of normalisation with statistics of one sample."""

from typing import Any

from reference_impl import functional as F
from reference_impl._array import Array, namespace
from reference_impl._checks import check_size, refuse
from reference_impl.autograd import Tensor
from reference_impl.layers.module import Module
from reference_impl.layers.parameters import example, parameter


def ones(like: Array, *shape: int) -> Tensor:
    """Make a parameter of ones."""
    return Tensor(namespace(like).ones(shape, dtype=like.dtype, device=like.device), requires_grad=True)


def lengths(normalized_shape: Any) -> tuple[int, ...]:
    """Return the lengths of the axes of the features."""
    shape = tuple(normalized_shape) if isinstance(normalized_shape, tuple | list) else (normalized_shape,)
    for length in shape:
        check_size("normalized_shape", length)
    return shape


class LayerNorm(Module):
    r"""Mean 0 and variance 1 over the features of each sample, then a learned scale and shift of each feature.

    $$y = \gamma \odot \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$

    The layer of [`layer_norm`][reference_impl.functional.layer_norm]. At first, $\gamma = 1$ and $\beta = 0$.

    Args:
        normalized_shape: The lengths of the last axes, those of the features; an int for one axis.
        eps: The number $\epsilon$ that keeps the root away from 0.
        elementwise_affine: Whether there are scales and shifts.
        bias: Whether there are shifts.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The scales $\gamma$, or None.
        bias: The shifts $\beta$, or None.

    Raises:
        ValueError: A length is below 1.
        TypeError: A length isn't an int.

    Shape:
        `input` $(*, d)$ with the axes $d$ of `normalized_shape`, `weight` and `bias` $(d)$; result $(*, d)$.

    Examples:
        >>> import torch
        >>> from reference_impl.layers import LayerNorm
        >>> x = torch.tensor([[0.0, 4.0], [10.0, 10.0]])
        >>> layer = LayerNorm(2, eps=12.0, like=x)
        >>> layer(x).tolist()  # -2 / sqrt(4 + 12), 2 / sqrt(4 + 12)
        [[-0.5, 0.5], [0.0, 0.0]]
        >>> layer.load_state_dict({"weight": torch.tensor([3.0, 6.0]), "bias": torch.tensor([0.0, 0.5])})
        >>> layer(x).tolist()  # 3 * -0.5, 6 * 0.5 + 0.5
        [[-1.5, 3.5], [0.0, 0.5]]
        >>> round(LayerNorm(2, elementwise_affine=False)(x.double())[0, 0].item(), 8)  # -2 / sqrt(4 + 0.00001)
        -0.99999875

    Source:
        Ba, Kiros and Hinton, [Layer normalization](https://arxiv.org/abs/1607.06450), 2016.
    """

    def __init__(
        self,
        normalized_shape: int | tuple[int, ...],
        eps: float = 1e-5,
        elementwise_affine: bool = True,
        bias: bool = True,
        *,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        self.normalized_shape, self.eps = lengths(normalized_shape), eps
        model = example(like, dtype)
        self.weight = ones(model, *self.normalized_shape) if elementwise_affine else None
        self.bias = parameter(model, *self.normalized_shape) if elementwise_affine and bias else None

    def forward(self, input: Tensor | Array) -> Tensor:
        """Normalise each sample."""
        return F.layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """Return the settings, as torch prints them."""
        affine = self.weight is not None
        return f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={affine}, bias={self.bias is not None}"


class RMSNorm(Module):
    r"""Root mean square 1 over the features of each sample, then a learned scale of each feature.

    $$y = \gamma \odot \frac{x}{\sqrt{\frac1d \sum_i x_i^2 + \epsilon}}$$

    The layer of [`rms_norm`][reference_impl.functional.rms_norm]. At first, $\gamma = 1$.

    Args:
        normalized_shape: The lengths of the last axes, those of the $d$ features; an int for one axis.
        eps: The number $\epsilon$ that keeps the root away from 0; None for the spacing of the dtype at 1.
        elementwise_affine: Whether there are scales.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The scales $\gamma$, or None.

    Raises:
        ValueError: A length is below 1.
        TypeError: A length isn't an int.

    Shape:
        `input` $(*, d)$ with the axes $d$ of `normalized_shape`, `weight` $(d)$; result $(*, d)$.

    Examples:
        The mean square of 1 and 7 is 25.

        >>> import torch
        >>> from reference_impl.layers import RMSNorm
        >>> x = torch.tensor([[1.0, 7.0]], dtype=torch.float64)
        >>> layer = RMSNorm(2, eps=11.0, like=x)
        >>> layer.load_state_dict({"weight": torch.tensor([3.0, 12.0])})
        >>> layer(x).tolist()  # 3 * 1/6, 12 * 7/6
        [[0.5, 14.0]]

    Source:
        Zhang and Sennrich, [Root mean square layer normalization](https://arxiv.org/abs/1910.07467), NeurIPS 2019.
    """

    def __init__(
        self,
        normalized_shape: int | tuple[int, ...],
        eps: float | None = None,
        elementwise_affine: bool = True,
        *,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        self.normalized_shape, self.eps = lengths(normalized_shape), eps
        self.weight = ones(example(like, dtype), *self.normalized_shape) if elementwise_affine else None

    def forward(self, input: Tensor | Array) -> Tensor:
        """Normalise each sample."""
        return F.rms_norm(input, self.normalized_shape, self.weight, self.eps)

    def extra_repr(self) -> str:
        """Return the settings, as torch prints them."""
        return f"{self.normalized_shape}, eps={self.eps}, elementwise_affine={self.weight is not None}"


class GroupNorm(Module):
    r"""Mean 0 and variance 1 over each group of channels of a sample, then a learned scale and shift of each channel.

    $$y = \gamma \, \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$

    The layer of [`group_norm`][reference_impl.functional.group_norm]. At first, $\gamma = 1$ and $\beta = 0$.

    Args:
        num_groups: How many groups the channels form, neighbours together.
        num_channels: The number $C$ of channels.
        eps: The number $\epsilon$ that keeps the root away from 0.
        affine: Whether there are scales and shifts.
        bias: Whether there are shifts.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The scales $\gamma$, or None.
        bias: The shifts $\beta$, or None.

    Raises:
        ValueError: A number is below 1, or `num_groups` doesn't divide the channels.
        TypeError: A number isn't an int.

    Shape:
        `input` $(N, C, *)$, `weight` and `bias` $(C)$; result $(N, C, *)$.

    Examples:
        The groups are (0, 4), with mean 2 and variance 4, and (10, 10).

        >>> import torch
        >>> from reference_impl.layers import GroupNorm
        >>> x = torch.tensor([[0.0, 4.0, 10.0, 14.0]])
        >>> layer = GroupNorm(2, 4, eps=5.0, like=x)
        >>> weight, bias = torch.tensor([3.0, 6.0, 9.0, 12.0]), torch.tensor([0.0, 0.5, 2.0, 8.0])
        >>> layer.load_state_dict({"weight": weight, "bias": bias})
        >>> layer(x).tolist()  # 3 * -2/3, 6 * 2/3 + 0.5
        [[-2.0, 4.5, -4.0, 16.0]]
        >>> round(GroupNorm(2, 4, affine=False)(x.double())[0, 0].item(), 8)  # -2 / sqrt(4 + 0.00001)
        -0.99999875

    Source:
        Wu and He, [Group normalization](https://arxiv.org/abs/1803.08494), ECCV 2018.
    """

    def __init__(
        self,
        num_groups: int,
        num_channels: int,
        eps: float = 1e-5,
        affine: bool = True,
        *,
        bias: bool = True,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        check_size("num_groups", num_groups)
        check_size("num_channels", num_channels)
        if num_channels % num_groups:
            refuse(
                "num_channels",
                num_channels,
                f"must be divisible by `num_groups` (={num_groups})",
                "change one",
            )
        self.num_groups, self.num_channels, self.eps = num_groups, num_channels, eps
        model = example(like, dtype)
        self.weight = ones(model, num_channels) if affine else None
        self.bias = parameter(model, num_channels) if affine and bias else None

    def forward(self, input: Tensor | Array) -> Tensor:
        """Normalise each group of each sample."""
        return F.group_norm(input, self.num_groups, self.weight, self.bias, self.eps)

    def extra_repr(self) -> str:
        """Return the settings, as torch prints them."""
        affine, bias = self.weight is not None, self.bias is not None
        return f"{self.num_groups}, {self.num_channels}, eps={self.eps}, affine={affine}, bias={bias}"
