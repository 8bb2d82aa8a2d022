"""Average pooling over one to three spatial axes."""

from functools import partial
from typing import Any

import numpy

from reference_impl._array import Array, Namespace, from_numpy, namespace
from reference_impl._checks import check_size
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitive import Result, apply, array_of, primitive
from reference_impl.autograd.primitives import divide
from reference_impl.functional.columns import padded
from reference_impl.functional.samples import with_samples
from reference_impl.functional.windows import Windows, pool_windows, settled

Numbers = int | tuple[int, ...]


def avg_pool1d(
    input: Array | Tensor,
    kernel_size: Numbers,
    stride: Numbers | None = None,
    padding: Numbers = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Tensor:
    r"""Average each window of a sequence.

    $$y_n = \frac1{|K_n|} \sum_{k \in K_n} x_{nS + k - P}$$

    Args:
        input: The samples $x$, or one sample.
        kernel_size: How many taps $k$ a window has.
        stride: The distance $S$ of two windows; that of `kernel_size` by default.
        padding: How far $P$ windows may begin before the input and end behind it. Zeros
            stand there.
        ceil_mode: Whether a last, incomplete window counts. What it lacks is no padding and isn't counted.
        count_include_pad: Whether the zeros of the padding count in $|K_n|$.

    Returns:
        The averages $y$.

    Raises:
        ValueError: A number is out of range, `padding` is more than half of `kernel_size`, or no window fits.
        TypeError: A number isn't an int.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$; result $(N, C, L')$ or
        $(C, L')$ with sizes by [`pool_output_size`][reference_impl.shapes.pool_output_size].

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[3.0, 1.0, 5.0, 1.0, 5.0, 9.0]])
        >>> F.avg_pool1d(x, 3, stride=2).tolist()  # (3 + 1 + 5) / 3, (5 + 1 + 5) / 3 = 3.67
        [[3.0, 3.6666667461395264]]
        >>> F.avg_pool1d(x, 4, stride=3, padding=2, ceil_mode=True, count_include_pad=False).tolist()
        [[2.0, 3.0, 7.0]]
        >>> # (3 + 1) / 2, (1 + 5 + 1 + 5) / 4 and (5 + 9) / 2: what lies outside isn't counted
    """
    settings = (kernel_size, stride, padding, ceil_mode)
    return _average(1, input, settings, count_include_pad, None)


def avg_pool2d(
    input: Array | Tensor,
    kernel_size: Numbers,
    stride: Numbers | None = None,
    padding: Numbers = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Tensor:
    r"""Average each window of an image.

    $$y_n = \frac1{|K_n|} \sum_{k \in K_n} x_{nS + k - P}$$

    Args:
        input: The samples $x$, or one sample.
        kernel_size: How many taps $k$ a window has, along every axis or along each.
        stride: The distance $S$ of two windows, or one for each axis; that of `kernel_size` by default.
        padding: How far $P$ windows may begin before the input and end behind it, or one for each axis. Zeros
            stand there.
        ceil_mode: Whether a last, incomplete window counts. What it lacks is no padding and isn't counted.
        count_include_pad: Whether the zeros of the padding count in $|K_n|$.
        divisor_override: What to divide every sum by, in place of the number of entries.

    Returns:
        The averages $y$.

    Raises:
        ValueError: A number is out of range, `padding` is more than half of `kernel_size`, or no window fits.
        TypeError: A number isn't an int.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$; result $(N, C, H', W')$ or
        $(C, H', W')$ with sizes by [`pool_output_size`][reference_impl.shapes.pool_output_size].

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[[4.0, 1.0, 5.0], [2.0, 5.0, 9.0]]])
        >>> F.avg_pool2d(x, 2, stride=1).tolist()  # 12 / 4, 20 / 4
        [[[3.0, 5.0]]]
        >>> F.avg_pool2d(x, 2, padding=1).tolist(), F.avg_pool2d(x, 2, padding=1, count_include_pad=False).tolist()
        ([[[1.0, 1.5], [0.5, 3.5]]], [[[4.0, 3.0], [2.0, 7.0]]])
        >>> F.avg_pool2d(x, (1, 2), ceil_mode=True).tolist()  # the last windows are half outside and have one entry
        [[[2.5, 5.0], [3.5, 9.0]]]
        >>> F.avg_pool2d(x, 2, divisor_override=3).tolist()
        [[[4.0]]]
    """
    settings = (kernel_size, stride, padding, ceil_mode)
    return _average(2, input, settings, count_include_pad, divisor_override)


def avg_pool3d(
    input: Array | Tensor,
    kernel_size: Numbers,
    stride: Numbers | None = None,
    padding: Numbers = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
    divisor_override: int | None = None,
) -> Tensor:
    r"""Average each window of a volume.

    $$y_n = \frac1{|K_n|} \sum_{k \in K_n} x_{nS + k - P}$$

    Args:
        input: The samples $x$, or one sample.
        kernel_size: How many taps $k$ a window has, along every axis or along each.
        stride: The distance $S$ of two windows, or one for each axis; that of `kernel_size` by default.
        padding: How far $P$ windows may begin before the input and end behind it, or one for each axis. Zeros
            stand there.
        ceil_mode: Whether a last, incomplete window counts. What it lacks is no padding and isn't counted.
        count_include_pad: Whether the zeros of the padding count in $|K_n|$.
        divisor_override: What to divide every sum by, in place of the number of entries.

    Returns:
        The averages $y$.

    Raises:
        ValueError: A number is out of range, `padding` is more than half of `kernel_size`, or no window fits.
        TypeError: A number isn't an int.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$; result $(N, C, D', H', W')$ or
        $(C, D', H', W')$ with sizes by [`pool_output_size`][reference_impl.shapes.pool_output_size].

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.arange(12.0).reshape(1, 2, 2, 3)
        >>> F.avg_pool3d(x, 2, stride=1).tolist()  # (0 + 1 + 3 + 4 + 6 + 7 + 9 + 10) / 8, and one more
        [[[[5.0, 6.0]]]]
        >>> F.avg_pool3d(x, (2, 1, 2), padding=(0, 0, 1), ceil_mode=True, count_include_pad=False).tolist()
        [[[[3.0, 4.5], [6.0, 7.5]]]]
        >>> F.avg_pool3d(x, (1, 2, 3), divisor_override=5).tolist()  # 15 / 5, 51 / 5
        [[[[3.0]], [[10.199999809265137]]]]
    """
    settings = (kernel_size, stride, padding, ceil_mode)
    return _average(3, input, settings, count_include_pad, divisor_override)


def _average(
    axes: int,
    input: Array | Tensor,
    settings: tuple[Any, ...],
    count_include_pad: bool,
    divisor_override: int | None,
) -> Tensor:
    kernel, stride, padding, ceil_mode = map(settled, settings)
    if divisor_override is not None:
        check_size("divisor_override", divisor_override)

    def of_batch(batch: Tensor | Array) -> Tensor:
        windows = pool_windows(tuple(batch.shape[2:]), kernel, stride, padding, 1, ceil_mode)
        counts = _counts(windows, count_include_pad)
        return divide(
            _add_up(batch, windows=windows),
            divisor_override or from_numpy(counts, like=array_of(batch)),
        )

    return with_samples(f"avg_pool{axes}d", axes, input, of_batch)


def _counts(windows: Windows, count_include_pad: bool) -> numpy.ndarray:
    """Count the entries of each window, with the padding or without it."""
    counts = numpy.ones(())
    axes = zip(windows.size, windows.kernel, windows.stride, windows.before, windows.count, strict=True)
    for size, kernel, stride, padding, count in axes:
        starts = numpy.arange(count) * stride - padding
        outside = padding if count_include_pad else 0
        entries = numpy.minimum(starts + kernel, size + outside) - numpy.maximum(starts, -outside)
        counts = counts[..., None] * entries
    return counts


@partial(primitive, fresh=True)
def _add_up(xp: Namespace, x: Array, *, windows: Windows) -> Result:
    """Add up the entries of each window."""
    surrounded = padded(array_of(x), windows)
    result = sum(surrounded[(..., *tap)] for tap in windows.taps())
    return result, (lambda g: apply(_spread_out, g, windows=windows),)


@partial(primitive, fresh=True)
def _spread_out(xp: Namespace, g: Array, *, windows: Windows) -> Result:
    """Add the entry of each window to all its taps."""
    values = array_of(g)
    shape = (*values.shape[:2], *windows.padded)
    result = namespace(values).zeros(shape, dtype=values.dtype, device=values.device)
    for tap in windows.taps():
        result[(..., *tap)] += values
    return result[(..., *windows.inside)], (lambda x: apply(_add_up, x, windows=windows),)
