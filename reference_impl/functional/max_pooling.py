"""Max pooling over one to three spatial axes."""

import math
from functools import partial, reduce
from typing import Any

from reference_impl._array import Array, Namespace, describe, is_floating, namespace
from reference_impl._checks import refuse
from reference_impl.autograd import Tensor
from reference_impl.autograd.primitive import Result, apply, array_of, primitive
from reference_impl.functional.columns import padded
from reference_impl.functional.samples import with_samples
from reference_impl.functional.windows import Windows, pool_windows, settled

Numbers = int | tuple[int, ...]


def max_pool1d(
    input: Array | Tensor,
    kernel_size: Numbers,
    stride: Numbers | None = None,
    padding: Numbers = 0,
    dilation: Numbers = 1,
    ceil_mode: bool = False,
) -> Tensor:
    r"""Take the largest entry of each window of a sequence.

    $$y_n = \max_k x_{nS + kD - P}, \qquad \bar x_{nS + k^*D - P} \mathrel{+}= \bar y_n$$

    The gradient goes to one entry $k^*$ of each window: the first of those that tie, as in torch.

    Args:
        input: The samples $x$, or one sample.
        kernel_size: How many taps $k$ a window has.
        stride: The distance $S$ of two windows; that of `kernel_size` by default.
        padding: How far $P$ windows may begin before the input, and end behind it; entries there
            never win.
        dilation: The distance $D$ of two taps of a window.
        ceil_mode: Whether a last, incomplete window counts.

    Returns:
        The largest entries $y$.

    Raises:
        ValueError: A number is out of range, `padding` is more than half of `kernel_size`, or no window fits.
        TypeError: A number isn't an int, or `input` isn't floating-point.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, L)$ or $(C, L)$; result $(N, C, L')$ or
        $(C, L')$ with sizes by [`pool_output_size`][reference_impl.shapes.pool_output_size].

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[3.0, 1.0, 4.0, 1.0, 9.0, 5.0]])
        >>> F.max_pool1d(x, 3, stride=2, padding=1, dilation=2).tolist()  # places -1, 1, 3 and 1, 3, 5
        [[1.0, 5.0]]
        >>> F.max_pool1d(x, 4).tolist(), F.max_pool1d(x, 4, ceil_mode=True).tolist()  # a last window of two entries
        ([[4.0]], [[4.0, 9.0]])
    """
    return _max_pool(1, input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool2d(
    input: Array | Tensor,
    kernel_size: Numbers,
    stride: Numbers | None = None,
    padding: Numbers = 0,
    dilation: Numbers = 1,
    ceil_mode: bool = False,
) -> Tensor:
    r"""Take the largest entry of each window of an image.

    $$y_n = \max_k x_{nS + kD - P}, \qquad \bar x_{nS + k^*D - P} \mathrel{+}= \bar y_n$$

    The gradient goes to one entry $k^*$ of each window: the first of those that tie, as in torch.

    Args:
        input: The samples $x$, or one sample.
        kernel_size: How many taps $k$ a window has, along every axis or along each.
        stride: The distance $S$ of two windows, or one for each axis; that of `kernel_size` by default.
        padding: How far $P$ windows may begin before the input, and end behind it, or one for each axis; entries there
            never win.
        dilation: The distance $D$ of two taps of a window, or one for each axis.
        ceil_mode: Whether a last, incomplete window counts.

    Returns:
        The largest entries $y$.

    Raises:
        ValueError: A number is out of range, `padding` is more than half of `kernel_size`, or no window fits.
        TypeError: A number isn't an int, or `input` isn't floating-point.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, H, W)$ or $(C, H, W)$; result $(N, C, H', W')$ or
        $(C, H', W')$ with sizes by [`pool_output_size`][reference_impl.shapes.pool_output_size].

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.tensor([[[3.0, 1.0, 4.0], [1.0, 5.0, 9.0], [2.0, 6.0, 5.0]]])
        >>> F.max_pool2d(x, 2, stride=1).tolist()  # of 3, 1, 1, 5; of 1, 4, 5, 9; and of the two rows below
        [[[5.0, 9.0], [6.0, 9.0]]]
        >>> F.max_pool2d(x, (2, 1), stride=2, padding=(1, 0)).tolist()  # row 0; rows 1 and 2
        [[[3.0, 4.0], [2.0, 9.0]]]
        >>> F.max_pool2d(x, 2, stride=1, dilation=2).tolist()  # of the corners
        [[[5.0]]]
    """
    return _max_pool(2, input, kernel_size, stride, padding, dilation, ceil_mode)


def max_pool3d(
    input: Array | Tensor,
    kernel_size: Numbers,
    stride: Numbers | None = None,
    padding: Numbers = 0,
    dilation: Numbers = 1,
    ceil_mode: bool = False,
) -> Tensor:
    r"""Take the largest entry of each window of a volume.

    $$y_n = \max_k x_{nS + kD - P}, \qquad \bar x_{nS + k^*D - P} \mathrel{+}= \bar y_n$$

    The gradient goes to one entry $k^*$ of each window: the first of those that tie, as in torch.

    Args:
        input: The samples $x$, or one sample.
        kernel_size: How many taps $k$ a window has, along every axis or along each.
        stride: The distance $S$ of two windows, or one for each axis; that of `kernel_size` by default.
        padding: How far $P$ windows may begin before the input, and end behind it, or one for each axis; entries there
            never win.
        dilation: The distance $D$ of two taps of a window, or one for each axis.
        ceil_mode: Whether a last, incomplete window counts.

    Returns:
        The largest entries $y$.

    Raises:
        ValueError: A number is out of range, `padding` is more than half of `kernel_size`, or no window fits.
        TypeError: A number isn't an int, or `input` isn't floating-point.
        RuntimeError: The axes of `input` are too few or too many.

    Shape:
        `input` $(N, C, D, H, W)$ or $(C, D, H, W)$; result $(N, C, D', H', W')$ or
        $(C, D', H', W')$ with sizes by [`pool_output_size`][reference_impl.shapes.pool_output_size].

    Examples:
        >>> import torch
        >>> from reference_impl import functional as F
        >>> x = torch.arange(24.0).reshape(1, 2, 3, 4) % 11  # of 0, 1, ..., 10, 0, 1, ...
        >>> F.max_pool3d(x, (1, 1, 3), stride=(1, 2, 1)).tolist()  # of 0, 1, 2; of 1, 2, 3; ...
        [[[[2.0, 3.0], [10.0, 10.0]], [[3.0, 4.0], [10.0, 10.0]]]]
        >>> F.max_pool3d(x, 2, padding=(0, 1, 0), dilation=(1, 2, 1), ceil_mode=True).tolist()
        [[[[6.0, 8.0], [6.0, 8.0]]]]
        >>> # of rows -1 and 1 and of rows 1 and 3, where only row 1 exists
    """
    return _max_pool(3, input, kernel_size, stride, padding, dilation, ceil_mode)


def _max_pool(
    axes: int, input: Array | Tensor, kernel: Any, stride: Any, padding: Any, dilation: Any, ceil_mode: bool
) -> Tensor:
    if not is_floating(array_of(input)):
        refuse("input", describe(array_of(input)), "must be floating-point", "convert it first", TypeError)

    def of_batch(batch: Tensor | Array) -> Tensor:
        numbers = map(settled, (kernel, stride, padding, dilation))
        return largest(batch, windows=pool_windows(tuple(batch.shape[2:]), *numbers, ceil_mode))

    return with_samples(f"max_pool{axes}d", axes, input, of_batch)


@partial(primitive, fresh=True)
def largest(xp: Namespace, x: Array, *, windows: Windows) -> Result:
    """Take the largest entry of each window; NaN is larger than any number, as everywhere in the array libraries."""
    surrounded = padded(array_of(x), windows, -math.inf)
    taps = [surrounded[(..., *tap)] for tap in windows.taps()]
    result = reduce(namespace(surrounded).maximum, taps)

    def derivative(g: Array) -> Array:
        return apply(_put, g, chosen=_winners(taps, result, windows), windows=windows)

    return result, (derivative,)


def _winners(taps: list[Array], result: Array, windows: Windows) -> Array:
    """Number the tap that each window takes its largest entry from: the first one, of NaNs the last."""
    xp = namespace(result)
    ones = xp.ones((1, 1, *windows.size), dtype=xp.bool, device=result.device)
    inside = padded(ones, windows, False)
    chosen = xp.full(result.shape, -1, dtype=xp.int32, device=result.device)
    for number, (tap, value) in reversed(list(enumerate(zip(windows.taps(), taps, strict=True)))):
        wins = (value == result) | ((value != value) & (chosen < 0))
        chosen = xp.where(wins & inside[(..., *tap)], number, chosen)
    return chosen


@partial(primitive, fresh=True)
def _put(xp: Namespace, g: Array, *, chosen: Array, windows: Windows) -> Result:
    """Add one entry for each window to the tap that was chosen there."""
    values, arrays = array_of(g), namespace(array_of(g))
    shape = (*values.shape[:2], *windows.padded)
    result = arrays.zeros(shape, dtype=values.dtype, device=values.device)
    for number, tap in enumerate(windows.taps()):
        result[(..., *tap)] += arrays.where(chosen == number, values, 0.0)
    return result[(..., *windows.inside)], (lambda x: apply(_pick, x, chosen=chosen, windows=windows),)


@partial(primitive, fresh=True)
def _pick(xp: Namespace, x: Array, *, chosen: Array, windows: Windows) -> Result:
    """Take the entry of each window at the tap that was chosen there."""
    surrounded = padded(array_of(x), windows)
    result = namespace(surrounded).zeros_like(surrounded[(..., *next(windows.taps()))])
    for number, tap in enumerate(windows.taps()):
        result = namespace(surrounded).where(chosen == number, surrounded[(..., *tap)], result)
    return result, (lambda g: apply(_put, g, chosen=chosen, windows=windows),)
