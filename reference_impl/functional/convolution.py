"""Convolutions over one to three spatial axes."""

import math
from typing import Any

from reference_impl._array import Array
from reference_impl._checks import check_size, refuse
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitives import add, reshape
from reference_impl.functional.correlation import correlate
from reference_impl.functional.samples import check_axes, with_samples
from reference_impl.functional.windows import conv_windows, settled

Numbers = int | tuple[int, ...]
Padding = int | str | tuple[int | tuple[int, int], ...]


def conv1d(
    input: Array | Tensor,
    weight: Array | Tensor,
    bias: Array | Tensor | None = None,
    stride: Numbers = 1,
    padding: Padding = 0,
    dilation: Numbers = 1,
    groups: int = 1,
) -> Tensor:
    r"""Slide a kernel along a sequence.

    $$y_{o,i} = b_o + \sum_{c} \sum_{k} w_{o,c,k} \; x_{c,\, iS + kD - P}$$

    Entries of $x$ outside the input are zero. The kernel isn't flipped: what deep learning calls a convolution is a
    cross-correlation.

    Args:
        input: The samples $x$, or one sample.
        weight: The kernels $w$.
        bias: The vector $b$; None adds nothing.
        stride: The distance $S$ of two windows.
        padding: The zeros $P$ on each side: one number, one for each axis, one pair `(before, after)` for each axis,
            `"valid"` (none), or `"same"`, which keeps the size and needs stride 1.
        dilation: The distance $D$ of two taps of the kernel.
        groups: How many groups $G$ the channels form; outputs of a group see only inputs of that group.

    Returns:
        The outputs $y$.

    Raises:
        RuntimeError: The channels of `input` and `weight` don't fit, the axes of `input` are too few or too many, or
            the arrays are on several devices.
        ValueError: A number is out of range, or the kernel is larger than the padded input.
        TypeError: The arrays differ in library or dtype, or a number isn't an int.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$, `weight` $(O, C/G, K)$, `bias` $(O)$; result
        $(N, O, L')$ or $(O, L')$ with sizes by
        [`conv_output_size`][reference_impl.shapes.conv_output_size].

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> signal, kernel = torch.tensor([[[1.0, 2.0, 4.0, 7.0, 11.0]]]), torch.tensor([[[-1.0, 1.0]]])
        >>> F.conv1d(signal, kernel).tolist()  # differences of neighbours
        [[[1.0, 2.0, 3.0, 4.0]]]
        >>> F.conv1d(signal, kernel, bias=torch.tensor([0.5]), stride=2, padding=1, dilation=3).tolist()
        [[[4.5, 9.5]]]
        >>> # 4 - 0 + 0.5 and 11 - 2 + 0.5: the padded signal is 0, 1, 2, 4, 7, 11, 0
    """
    return _convolution(1, input, weight, bias, stride, padding, dilation, groups)


def conv2d(
    input: Array | Tensor,
    weight: Array | Tensor,
    bias: Array | Tensor | None = None,
    stride: Numbers = 1,
    padding: Padding = 0,
    dilation: Numbers = 1,
    groups: int = 1,
) -> Tensor:
    r"""Slide a kernel over an image.

    $$y_{o,i,j} = b_o + \sum_{c} \sum_{k,l} w_{o,c,k,l} \; x_{c,\, iS + kD - P,\, jS + lD - P}$$

    Entries of $x$ outside the input are zero. The kernel isn't flipped: what deep learning calls a convolution is a
    cross-correlation.

    Args:
        input: The samples $x$, or one sample.
        weight: The kernels $w$.
        bias: The vector $b$; None adds nothing.
        stride: The distance $S$ of two windows, or one for each axis.
        padding: The zeros $P$ on each side: one number, one for each axis, one pair `(before, after)` for each axis,
            `"valid"` (none), or `"same"`, which keeps the size and needs stride 1.
        dilation: The distance $D$ of two taps of the kernel, or one for each axis.
        groups: How many groups $G$ the channels form; outputs of a group see only inputs of that group.

    Returns:
        The outputs $y$.

    Raises:
        RuntimeError: The channels of `input` and `weight` don't fit, the axes of `input` are too few or too many, or
            the arrays are on several devices.
        ValueError: A number is out of range, or the kernel is larger than the padded input.
        TypeError: The arrays differ in library or dtype, or a number isn't an int.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$, `weight` $(O, C/G, K_1, K_2)$, `bias` $(O)$; result
        $(N, O, H', W')$ or $(O, H', W')$ with sizes by
        [`conv_output_size`][reference_impl.shapes.conv_output_size].

    Examples:
        Sobel's kernel sees the step from 0 to 3; a second group of channels averages two entries of a diagonal.

        >>> import torch
        >>> from reference_impl import functional as F
        >>> image = torch.tensor([[0.0, 0.0, 3.0, 3.0]] * 3)
        >>> sobel = torch.tensor([[[[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]]]])
        >>> F.conv2d(image[None], sobel, padding=(0, 1)).tolist()  # (1 + 2 + 1) * (right - left)
        [[[0.0, 12.0, 12.0, -12.0]]]
        >>> pair, weight = torch.arange(18.0).reshape(1, 2, 3, 3), torch.tensor([[[[0.5]]], [[[4.0]]]])
        >>> F.conv2d(pair, weight, bias=torch.tensor([0.0, 1.0]), stride=2, groups=2).tolist()  # 2*0.5; 9*4 + 1
        [[[[0.0, 1.0], [3.0, 4.0]], [[37.0, 45.0], [61.0, 69.0]]]]
        >>> sides = F.conv2d(image[None, None], torch.ones(1, 1, 2, 2), padding=((0, 0), (1, 0)), dilation=(2, 1))
        >>> sides.tolist()  # rows 0 and 2, each with a zero before it
        [[[[0.0, 0.0, 6.0, 12.0]]]]
    """
    return _convolution(2, input, weight, bias, stride, padding, dilation, groups)


def conv3d(
    input: Array | Tensor,
    weight: Array | Tensor,
    bias: Array | Tensor | None = None,
    stride: Numbers = 1,
    padding: Padding = 0,
    dilation: Numbers = 1,
    groups: int = 1,
) -> Tensor:
    r"""Slide a kernel through a volume.

    $$y_{o,i,j,m} = b_o + \sum_{c} \sum_{k,l,n} w_{o,c,k,l,n} \; x_{c,\, iS + kD - P,\, jS + lD - P,\, mS + nD - P}$$

    Entries of $x$ outside the input are zero. The kernel isn't flipped: what deep learning calls a convolution is a
    cross-correlation.

    Args:
        input: The samples $x$, or one sample.
        weight: The kernels $w$.
        bias: The vector $b$; None adds nothing.
        stride: The distance $S$ of two windows, or one for each axis.
        padding: The zeros $P$ on each side: one number, one for each axis, one pair `(before, after)` for each axis,
            `"valid"` (none), or `"same"`, which keeps the size and needs stride 1.
        dilation: The distance $D$ of two taps of the kernel, or one for each axis.
        groups: How many groups $G$ the channels form; outputs of a group see only inputs of that group.

    Returns:
        The outputs $y$.

    Raises:
        RuntimeError: The channels of `input` and `weight` don't fit, the axes of `input` are too few or too many, or
            the arrays are on several devices.
        ValueError: A number is out of range, or the kernel is larger than the padded input.
        TypeError: The arrays differ in library or dtype, or a number isn't an int.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$, `weight` $(O, C/G, K_1, K_2, K_3)$, `bias` $(O)$; result
        $(N, O, D', H', W')$ or $(O, D', H', W')$ with sizes by
        [`conv_output_size`][reference_impl.shapes.conv_output_size].

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> volume, kernel = torch.arange(18.0).reshape(1, 1, 3, 2, 3), torch.ones(1, 1, 2, 1, 2)
        >>> F.conv3d(volume, kernel, stride=(1, 2, 1)).tolist()  # 0 + 1 + 6 + 7, 1 + 2 + 7 + 8; 6 + 7 + 12 + 13, ...
        [[[[[14.0, 18.0]], [[38.0, 42.0]]]]]
        >>> kernels, bias = torch.ones(2, 1, 3, 1, 1), torch.tensor([0.0, 0.5])
        >>> two = F.conv3d(volume, kernels, bias, padding=(0, 0, 1))
        >>> two[0, :, 0, 1].tolist()  # 3 + 9 + 15, 4 + 10 + 16, ... between two zeros; half more in the second channel
        [[0.0, 27.0, 30.0, 33.0, 0.0], [0.5, 27.5, 30.5, 33.5, 0.5]]
    """
    return _convolution(3, input, weight, bias, stride, padding, dilation, groups)


def _convolution(
    axes: int,
    input: Array | Tensor,
    weight: Array | Tensor,
    bias: Array | Tensor | None,
    stride: Any,
    padding: Any,
    dilation: Any,
    groups: int,
) -> Tensor:
    check_axes("weight", weight, axes + 2)

    def of_batch(batch: Tensor | Array) -> Tensor:
        _check_channels(tuple(batch.shape), tuple(weight.shape), groups)
        size, kernel = tuple(batch.shape[2:]), tuple(weight.shape[2:])
        windows = conv_windows(size, kernel, settled(stride), settled(padding), settled(dilation))
        return with_bias(correlate(batch, weight, windows=windows, groups=groups), bias)

    return with_samples(f"conv{axes}d", axes, input, of_batch)


def with_bias(result: Tensor, bias: Array | Tensor | None) -> Tensor:
    """Add to each channel its entry of `bias`."""
    if bias is None:
        return result
    channels = result.shape[1]
    if tuple(bias.shape) != (channels,):
        refuse(
            "bias",
            tuple(bias.shape),
            f"must have shape ({channels},)",
            "one for each output channel",
            RuntimeError,
        )
    return add(result, reshape(bias, shape=(channels,) + (1,) * (result.ndim - 2)))


def check_groups(groups: int, channels: int, name: str) -> None:
    """Raise unless `groups` is an int that divides the channels of `name`."""
    check_size("groups", groups)
    if channels % groups:
        fix = f"pass e.g. groups={math.gcd(channels, groups)}"
        refuse("groups", groups, f"must divide the {channels} channels of `{name}`", fix, RuntimeError)


def _check_channels(shape: tuple[int, ...], kernel: tuple[int, ...], groups: int) -> None:
    check_groups(groups, kernel[0], "weight")
    if shape[1] != kernel[1] * groups:
        raise RuntimeError(
            f"Given groups={groups}, weight of size {list(kernel)}, expected input{list(shape)} to have "
            f"{kernel[1] * groups} channels, but got {shape[1]} channels instead; `weight` must have shape "
            "(outputs, inputs / groups, *kernel)"
        )
