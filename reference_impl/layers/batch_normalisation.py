"""Layers of batch normalisation."""

from typing import Any

from reference_impl import functional as F
from reference_impl._array import Array
from reference_impl.autograd import Tensor
from reference_impl.layers.channel_normalisation import ChannelNormalisation


class BatchNormalisation(ChannelNormalisation):
    """Batch normalisation; a subclass says how many axes an input has."""

    def __init__(
        self,
        num_features: int,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        track_running_stats: bool = True,
        *,
        bias: bool = True,
        like: Array | None = None,
        dtype: Any = None,
    ) -> None:
        self.set_up(
            num_features, (eps, momentum), (affine, affine and bias), track_running_stats, like, dtype
        )

    def forward(self, input: Tensor | Array) -> Tensor:
        """Normalise a batch with its own statistics in training, and with the running averages in evaluation."""
        self.check_input(input)
        by_batch = self.training or self.running_mean is None
        share = self.share_of_batch() if self.training else 0.0
        mean, var = self.running_mean, self.running_var
        return F.batch_norm(input, mean, var, self.weight, self.bias, by_batch, share, self.eps)


class BatchNorm1d(BatchNormalisation):
    r"""Mean 0 and variance 1 for each channel of vectors or sequences in a batch, then a learned scale and shift.

    $$y = \gamma \, \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$

    The layer of [`batch_norm`][reference_impl.functional.batch_norm]. In training, $\mu$ and $\sigma^2$ are those
    of the batch, and running averages of them are kept, for evaluation. At first, $\gamma = 1$ and $\beta = 0$.

    Args:
        num_features: The number $C$ of channels.
        eps: The number $\epsilon$ that keeps the root away from 0.
        momentum: The share of a batch in the running averages; None weighs all batches alike.
        affine: Whether there are scales and shifts.
        track_running_stats: Whether there are running averages; without, evaluation uses the batch as well.
        bias: Whether there are shifts.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The scales $\gamma$, or None.
        bias: The shifts $\beta$, or None.
        running_mean: The running averages of $\mu$, or None.
        running_var: The running averages of $\sigma^2$, unbiased, or None.
        num_batches_tracked: How many batches were seen in training, or None.

    Raises:
        ValueError: A number is out of range, the input has another number of axes, or a channel of it has one entry.
        TypeError: `num_features` isn't an int.

    Shape:
        `input` $(N, C)$ or $(N, C, L)$, `weight` and `bias` $(C)$; result alike.

    Examples:
        The first channel has mean 2 and variance 4, the second mean 10 and variance 0.

        >>> import torch
        >>> from reference_impl.layers import BatchNorm1d
        >>> x = torch.tensor([[0.0, 10.0], [4.0, 10.0]])
        >>> layer = BatchNorm1d(2, eps=5.0, momentum=0.25, like=x)
        >>> layer(x).tolist()  # -2 / sqrt(4 + 5), 2 / sqrt(4 + 5)
        [[-0.6666666865348816, 0.0], [0.6666666865348816, 0.0]]
        >>> layer.running_mean.tolist(), layer.running_var.tolist()  # 2/4, 10/4; 3/4 + 4*2/1/4, 3/4
        ([0.5, 2.5], [2.75, 0.75])
        >>> layer.eval()(torch.tensor([[0.5, 2.5]])).tolist(), int(layer.num_batches_tracked)
        ([[0.0, 0.0]], 1)

    Source:
        Ioffe and Szegedy, [Batch normalization](https://arxiv.org/abs/1502.03167), ICML 2015.
    """

    axes = (2, 3)


class BatchNorm2d(BatchNormalisation):
    r"""Mean 0 and variance 1 for each channel of images in a batch, then a learned scale and shift.

    $$y = \gamma \, \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$

    The layer of [`batch_norm`][reference_impl.functional.batch_norm]. In training, $\mu$ and $\sigma^2$ are those
    of the batch, and running averages of them are kept, for evaluation. At first, $\gamma = 1$ and $\beta = 0$.

    Args:
        num_features: The number $C$ of channels.
        eps: The number $\epsilon$ that keeps the root away from 0.
        momentum: The share of a batch in the running averages; None weighs all batches alike.
        affine: Whether there are scales and shifts.
        track_running_stats: Whether there are running averages; without, evaluation uses the batch as well.
        bias: Whether there are shifts.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The scales $\gamma$, or None.
        bias: The shifts $\beta$, or None.
        running_mean: The running averages of $\mu$, or None.
        running_var: The running averages of $\sigma^2$, unbiased, or None.
        num_batches_tracked: How many batches were seen in training, or None.

    Raises:
        ValueError: A number is out of range, the input has another number of axes, or a channel of it has one entry.
        TypeError: `num_features` isn't an int.

    Shape:
        `input` $(N, C, H, W)$, `weight` and `bias` $(C)$; result alike.

    Examples:
        The first channel has mean 2 and variance 4, the second mean 10 and variance 0.

        >>> import torch
        >>> from reference_impl.layers import BatchNorm2d
        >>> x = torch.tensor([0.0, 4.0, 10.0, 10.0]).reshape(1, 2, 2, 1)
        >>> layer = BatchNorm2d(2, eps=12.0, momentum=None, like=x)
        >>> layer(x).reshape(4).tolist()  # -2 / sqrt(4 + 12), 2 / sqrt(4 + 12)
        [-0.5, 0.5, 0.0, 0.0]
        >>> layer(-x).shape, layer.running_mean.tolist()  # the average of 2 and -2, and of 10 and -10
        ((1, 2, 2, 1), [0.0, 0.0])
        >>> layer.running_var.tolist()  # twice 4 * 2/1
        [8.0, 0.0]

    Source:
        Ioffe and Szegedy, [Batch normalization](https://arxiv.org/abs/1502.03167), ICML 2015.
    """

    axes = (4,)


class BatchNorm3d(BatchNormalisation):
    r"""Mean 0 and variance 1 for each channel of volumes in a batch, then a learned scale and shift.

    $$y = \gamma \, \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$

    The layer of [`batch_norm`][reference_impl.functional.batch_norm]. In training, $\mu$ and $\sigma^2$ are those
    of the batch, and running averages of them are kept, for evaluation. At first, $\gamma = 1$ and $\beta = 0$.

    Args:
        num_features: The number $C$ of channels.
        eps: The number $\epsilon$ that keeps the root away from 0.
        momentum: The share of a batch in the running averages; None weighs all batches alike.
        affine: Whether there are scales and shifts.
        track_running_stats: Whether there are running averages; without, evaluation uses the batch as well.
        bias: Whether there are shifts.
        like: An array whose library, dtype and device the parameters take; without it, NumPy's float32.
        dtype: A dtype that takes the place of that of `like`.

    Attributes:
        weight: The scales $\gamma$, or None.
        bias: The shifts $\beta$, or None.
        running_mean: The running averages of $\mu$, or None.
        running_var: The running averages of $\sigma^2$, unbiased, or None.
        num_batches_tracked: How many batches were seen in training, or None.

    Raises:
        ValueError: A number is out of range, the input has another number of axes, or a channel of it has one entry.
        TypeError: `num_features` isn't an int.

    Shape:
        `input` $(N, C, D, H, W)$, `weight` and `bias` $(C)$; result alike.

    Examples:
        The first channel has mean 2 and variance 4, the second mean 10 and variance 0.

        >>> import torch
        >>> from reference_impl.layers import BatchNorm3d
        >>> x = torch.tensor([0.0, 4.0, 10.0, 10.0]).reshape(1, 2, 1, 1, 2)
        >>> layer = BatchNorm3d(2, eps=12.0, affine=False, track_running_stats=False, like=x)
        >>> layer.eval()(x).reshape(4).tolist()  # the statistics of the batch, as there are no others
        [-0.5, 0.5, 0.0, 0.0]

    Source:
        Ioffe and Szegedy, [Batch normalization](https://arxiv.org/abs/1502.03167), ICML 2015.
    """

    axes = (5,)
