"""Layers of instance normalisation."""

from typing import Any

from reference_impl import functional as F
from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitives import expand_dims, squeeze
from reference_impl.layers.channel_normalisation import ChannelNormalisation


class InstanceNormalisation(ChannelNormalisation):
    """Instance normalisation; a subclass says how many axes an input has."""

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float = 0.1,
        affine: bool = False,
        track_running_stats: bool = False,
        *,
        bias: bool = True,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        self.set_up(
            num_features, (eps, momentum), (affine, affine and bias), track_running_stats, like, dtype
        )

    def forward(self, input: Tensor | Array) -> Tensor:
        """Normalise each channel of samples, or of one sample."""
        self.check_input(input)
        if input.ndim == self.axes[0]:
            return squeeze(self.forward(expand_dims(input, axis=0)), axis=0)
        by_input = self.training or self.running_mean is None
        share = 0.0 if self.momentum is None else self.momentum
        mean, var = self.running_mean, self.running_var
        return F.instance_norm(input, mean, var, self.weight, self.bias, by_input, share, self.eps)


class InstanceNorm1d(InstanceNormalisation):
    r"""Mean 0 and variance 1 for each channel of each of the sequences; on request a learned scale and shift.

    $$y = \gamma \, \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$

    The layer of [`instance_norm`][reference_impl.functional.instance_norm]. At first, $\gamma = 1$ and $\beta = 0$.

    Args:
        num_features: The number $C$ of channels.
        eps: The number $\epsilon$ that keeps the root away from 0.
        momentum: The share of a batch in the running averages.
        affine: Whether there are scales and shifts.
        track_running_stats: Whether there are running averages, which are used in evaluation.
        bias: Whether there are shifts, where there are scales.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The scales $\gamma$, or None.
        bias: The shifts $\beta$, or None.
        running_mean: The running averages of $\mu$, or None.
        running_var: The running averages of $\sigma^2$, unbiased, or None.
        num_batches_tracked: Always 0, as in torch, or None.

    Raises:
        ValueError: A number is out of range, the input has another number of axes, or a channel of it has one place.
        TypeError: `num_features` isn't an int.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$, `weight` and `bias` $(C)$; result alike.

    Examples:
        The first channel has mean 2 and variance 4, the second mean 10 and variance 0.

        >>> import torch
        >>> from reference_impl.layers import InstanceNorm1d
        >>> x = torch.tensor([[0.0, 4.0], [10.0, 10.0]])
        >>> layer = InstanceNorm1d(2, eps=12.0, momentum=0.25, track_running_stats=True, like=x)
        >>> layer(x).tolist()  # -2 / sqrt(4 + 12), 2 / sqrt(4 + 12)
        [[-0.5, 0.5], [0.0, 0.0]]
        >>> layer.running_mean.tolist(), layer.running_var.tolist()  # 2/4, 10/4; 3/4 + 4*2/1/4, 3/4
        ([0.5, 2.5], [2.75, 0.75])

    Source:
        Ulyanov, Vedaldi and Lempitsky, [Instance normalization](https://arxiv.org/abs/1607.08022), 2016.
    """

    axes = (2, 3)


class InstanceNorm2d(InstanceNormalisation):
    r"""Mean 0 and variance 1 for each channel of each of the images; on request a learned scale and shift.

    $$y = \gamma \, \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$

    The layer of [`instance_norm`][reference_impl.functional.instance_norm]. At first, $\gamma = 1$ and $\beta = 0$.

    Args:
        num_features: The number $C$ of channels.
        eps: The number $\epsilon$ that keeps the root away from 0.
        momentum: The share of a batch in the running averages.
        affine: Whether there are scales and shifts.
        track_running_stats: Whether there are running averages, which are used in evaluation.
        bias: Whether there are shifts, where there are scales.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The scales $\gamma$, or None.
        bias: The shifts $\beta$, or None.
        running_mean: The running averages of $\mu$, or None.
        running_var: The running averages of $\sigma^2$, unbiased, or None.
        num_batches_tracked: Always 0, as in torch, or None.

    Raises:
        ValueError: A number is out of range, the input has another number of axes, or a channel of it has one place.
        TypeError: `num_features` isn't an int.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$, `weight` and `bias` $(C)$; result alike.

    Examples:
        The first channel has mean 2 and variance 4, the second mean 10 and variance 0.

        >>> import torch
        >>> from reference_impl.layers import InstanceNorm2d
        >>> x = torch.tensor([0.0, 4.0, 10.0, 10.0]).reshape(2, 2, 1)
        >>> layer = InstanceNorm2d(2, eps=12.0, affine=True, like=x)
        >>> layer.load_state_dict({"weight": torch.tensor([3.0, 7.0]), "bias": torch.tensor([0.0, 0.5])})
        >>> layer(x).reshape(4).tolist()  # 3 * -2 / sqrt(4 + 12), 3 * 2 / sqrt(4 + 12)
        [-1.5, 1.5, 0.5, 0.5]

    Source:
        Ulyanov, Vedaldi and Lempitsky, [Instance normalization](https://arxiv.org/abs/1607.08022), 2016.
    """

    axes = (3, 4)


class InstanceNorm3d(InstanceNormalisation):
    r"""Mean 0 and variance 1 for each channel of each of the volumes; on request a learned scale and shift.

    $$y = \gamma \, \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$

    The layer of [`instance_norm`][reference_impl.functional.instance_norm]. At first, $\gamma = 1$ and $\beta = 0$.

    Args:
        num_features: The number $C$ of channels.
        eps: The number $\epsilon$ that keeps the root away from 0.
        momentum: The share of a batch in the running averages.
        affine: Whether there are scales and shifts.
        track_running_stats: Whether there are running averages, which are used in evaluation.
        bias: Whether there are shifts, where there are scales.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The scales $\gamma$, or None.
        bias: The shifts $\beta$, or None.
        running_mean: The running averages of $\mu$, or None.
        running_var: The running averages of $\sigma^2$, unbiased, or None.
        num_batches_tracked: Always 0, as in torch, or None.

    Raises:
        ValueError: A number is out of range, the input has another number of axes, or a channel of it has one place.
        TypeError: `num_features` isn't an int.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$, `weight` and `bias` $(C)$; result alike.

    Examples:
        The first channel has mean 2 and variance 4, the second mean 10 and variance 0.

        >>> import torch
        >>> from reference_impl.layers import InstanceNorm3d
        >>> x = torch.tensor([0.0, 4.0, 10.0, 10.0]).reshape(2, 1, 1, 2)
        >>> layer = InstanceNorm3d(2, eps=12.0, like=x)
        >>> layer(x).reshape(4).tolist(), layer.state_dict()  # -2 / sqrt(4 + 12), 2 / sqrt(4 + 12); no parameters
        ([-0.5, 0.5, 0.0, 0.0], {})

    Source:
        Ulyanov, Vedaldi and Lempitsky, [Instance normalization](https://arxiv.org/abs/1607.08022), 2016.
    """

    axes = (4, 5)
