"""Normalisation with statistics of a channel: over a batch, or over each sample."""

import math
from collections.abc import Sequence

from reference_impl._array import Array, assign, namespace
from reference_impl._checks import refuse
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitive import array_of
from reference_impl.autograd.primitives import divide, subtract
from reference_impl.functional.standardising import scaled_and_shifted, standardise


def batch_norm(
    input: Array | Tensor,
    running_mean: Array | None,
    running_var: Array | None,
    weight: Array | Tensor | None = None,
    bias: Array | Tensor | None = None,
    training: bool = False,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    r"""Give each channel mean 0 and variance 1 over the batch, then a learned scale and shift.

    $$y = \gamma \, \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$

    In training, $\mu$ and $\sigma^2$ are mean and variance of the channel over samples and places, and running
    averages of them are kept, in place: $r \leftarrow (1 - m) \, r + m \mu$, and likewise of the variance, there
    divided by $n - 1$ instead of the number $n$ of entries. Otherwise the running averages take their place.

    Args:
        input: The samples $x$.
        running_mean: The running averages of the mean, one for each channel; None keeps none.
        running_var: The running averages of the variance.
        weight: The scales $\gamma$, one for each channel; None for 1.
        bias: The shifts $\beta$, one for each channel; None for 0.
        training: Whether to use the statistics of the batch.
        momentum: The share $m$ of the new statistics.
        eps: The number $\epsilon$ that keeps the root away from 0.

    Returns:
        The normalised samples $y$.

    Raises:
        ValueError: A channel has one entry only in training, or running averages are missing in evaluation.
        TypeError: The arrays differ in library or dtype.
        RuntimeError: An array hasn't one entry for each channel, `input` has less than two axes, or the arrays are on
            several devices.

    Shape:
        `input` $(N, C, *)$, the others $(C)$; result $(N, C, *)$.

    Examples:
        The first channel has mean 2 and variance 4, the second mean 10 and variance 0.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[0.0, 10.0], [4.0, 14.0]], dtype=torch.float64)
        >>> mean, var = torch.tensor([1.0, 2.0]).double(), torch.tensor([5.0, 6.0]).double()
        >>> weight, bias = torch.tensor([3.0, 6.0]).double(), torch.tensor([0.0, 0.5]).double()
        >>> F.batch_norm(x, mean, var, weight, bias, True, momentum=0.25, eps=5.0).tolist()  # 3 * 2 / sqrt(4 + 5)
        [[-2.0, -3.5], [2.0, 4.5]]
        >>> mean.tolist(), var.tolist()  # 0.75*1 + 0.25*2, 0.75*2 + 0.25*12; 0.75*5 + 0.25*4*2/1, ...
        ([1.25, 4.5], [5.75, 6.5])
        >>> F.batch_norm(x, mean, var, eps=0.5).tolist()  # (0 - 1.25) / sqrt(6.25), (10 - 4.5) / sqrt(7)
        [[-0.5, 2.0788046015507495], [1.1, 3.5906624935876583]]
        >>> y = F.batch_norm(x.reshape(2, 2, 1), mean, var, weight, training=True)  # with the usual eps and momentum
        >>> round(y[0, 0, 0].item(), 8), mean.tolist()  # 3 * -2 / sqrt(4 + 0.00001); 0.9*1.25 + 0.1*2, ...
        (-2.99999625, [1.325, 5.25])

    Source:
        Ioffe and Szegedy, [Batch normalization](https://arxiv.org/abs/1502.03167), ICML 2015.
    """
    channels = _channels(input, 2, (running_mean, running_var, weight, bias))
    axes, along = (0, *range(2, input.ndim)), (channels,) + (1,) * (input.ndim - 2)
    if not training:
        normalised = _by_running(input, running_mean, running_var, along, eps)
        return scaled_and_shifted(normalised, weight, bias, along)
    count = math.prod(input.shape) // channels
    if count == 1:
        raise ValueError(
            f"Expected more than 1 value per channel when training, got input size {list(input.shape)}; "
            "give the batch more samples, or use running averages"
        )
    if running_mean is not None and running_var is not None:
        _keep_running(running_mean, running_var, array_of(input), axes, momentum, count)
    return scaled_and_shifted(standardise(input, axes=axes, eps=eps), weight, bias, along)


def instance_norm(
    input: Array | Tensor,
    running_mean: Array | None = None,
    running_var: Array | None = None,
    weight: Array | Tensor | None = None,
    bias: Array | Tensor | None = None,
    use_input_stats: bool = True,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Tensor:
    r"""Give each channel of each sample mean 0 and variance 1, then a learned scale and shift.

    $$y = \gamma \, \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta$$

    Here $\mu$ and $\sigma^2$ are mean and variance of one channel of one sample over its places. Running averages,
    where asked for, are kept in place as in [`batch_norm`][reference_impl.functional.batch_norm], of the statistics
    averaged over the samples.

    Args:
        input: The samples $x$.
        running_mean: The running averages of the mean, one for each channel; None keeps none.
        running_var: The running averages of the variance.
        weight: The scales $\gamma$, one for each channel; None for 1.
        bias: The shifts $\beta$, one for each channel; None for 0.
        use_input_stats: Whether to use the statistics of `input`, not the running averages.
        momentum: The share of the new statistics in the running averages.
        eps: The number $\epsilon$ that keeps the root away from 0.

    Returns:
        The normalised samples $y$.

    Raises:
        ValueError: A channel has one place only, or running averages are needed and missing.
        TypeError: The arrays differ in library or dtype.
        RuntimeError: An array hasn't one entry for each channel, `input` has less than three axes, or the arrays are
            on several devices.

    Shape:
        `input` $(N, C, *)$, the others $(C)$; result $(N, C, *)$.

    Examples:
        The means are 2 and 10, the variances 4 and 0.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> x, var = torch.tensor([[[0.0, 4.0], [10.0, 14.0]]], dtype=torch.float64), torch.ones(2).double()
        >>> mean, weight = torch.zeros(2).double(), torch.tensor([3.0, 6.0]).double()
        >>> F.instance_norm(x, mean, var, weight, momentum=0.5, eps=5.0).tolist()  # 3 * -2 / sqrt(4 + 5), ...
        [[[-2.0, 2.0], [-4.0, 4.0]]]
        >>> mean.tolist(), var.tolist()  # half of 2 and of 12; half of 1 + 8
        ([1.0, 6.0], [4.5, 4.5])
        >>> F.instance_norm(x, mean, var, use_input_stats=False, eps=3.5).tolist()  # -1 / sqrt(8), 3 / sqrt(8), ...
        [[[-0.35355339059327373, 1.0606601717798212], [1.414213562373095, 2.82842712474619]]]
        >>> y = F.instance_norm(x, mean, var)  # with the usual eps and momentum
        >>> round(y[0, 0, 0].item(), 8), mean[0].item()  # -2 / sqrt(4 + 0.00001); 0.9*1 + 0.1*2
        (-0.99999875, 1.1)

    Source:
        Ulyanov, Vedaldi and Lempitsky, [Instance normalization](https://arxiv.org/abs/1607.08022), 2016.
    """
    channels = _channels(input, 3, (running_mean, running_var, weight, bias))
    axes, along = tuple(range(2, input.ndim)), (channels,) + (1,) * (input.ndim - 2)
    if not use_input_stats:
        normalised = _by_running(input, running_mean, running_var, along, eps)
        return scaled_and_shifted(normalised, weight, bias, along)
    count = math.prod(input.shape[2:])
    if count == 1:
        raise ValueError(
            f"Expected more than 1 spatial element when training, got input size {list(input.shape)}; "
            "normalise before the places are pooled, or use running averages"
        )
    if running_mean is not None and running_var is not None:
        _keep_running(running_mean, running_var, array_of(input), axes, momentum, count)
    return scaled_and_shifted(standardise(input, axes=axes, eps=eps), weight, bias, along)


def _channels(input: Array | Tensor, least: int, others: Sequence[Array | Tensor | None]) -> int:
    """Return the number of channels, once every other array is seen to have one entry for each."""
    shape = tuple(input.shape)
    if len(shape) < least:
        rule = f"must have at least {least} axes: samples, channels{', places' * (least - 2)}"
        refuse("input", shape, rule, "reshape it", RuntimeError)
    for name, array in zip(("running_mean", "running_var", "weight", "bias"), others, strict=True):
        if array is not None and tuple(array.shape) != shape[1:2]:
            rule = f"must have shape ({shape[1]},)"
            refuse(name, tuple(array.shape), rule, "one entry for each channel of `input`", RuntimeError)
    return shape[1]


def _by_running(
    input: Array | Tensor, mean: Array | None, var: Array | None, along: tuple[int, ...], eps: float
) -> Tensor:
    """Normalise with running averages, which are constants."""
    if mean is None or var is None:
        raise ValueError(
            "Expected running_mean and running_var to be defined when training=False; pass both, or use the "
            "statistics of the input"
        )
    centre, scale = array_of(mean), array_of(var)
    xp = namespace(centre)
    root = xp.sqrt(scale + eps)
    return divide(subtract(input, xp.reshape(centre, along)), xp.reshape(root, along))


def _keep_running(
    running_mean: Array, running_var: Array, x: Array, axes: tuple[int, ...], momentum: float, count: int
) -> None:
    """Move the running averages towards the statistics of `x`, in place."""
    xp = namespace(x)
    mean, var = xp.mean(x, axis=axes), xp.var(x, axis=axes, correction=0.0) * (count / (count - 1))
    for running, new in ((running_mean, mean), (running_var, var)):
        each = new if new.ndim == 1 else xp.mean(new, axis=0)  # of the samples, where each has its own
        old = array_of(running)
        assign(old, (1 - momentum) * old + momentum * each)
