"""Output sizes of pooling, unpooling and adaptive pooling."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import as_given, dimensions, flag, paddings, refuse, spread
from reference_impl.shapes.derivation import evaluate
from reference_impl.shapes.terms import ceiling_of_quotient

MOST_WINDOWS = 100_000


def pool_output_size(
    size: int | tuple[int, ...],
    kernel_size: int | tuple[int, ...],
    stride: int | tuple[int, ...] | None = None,
    padding: int | str | tuple[int | tuple[int, int], ...] = 0,
    dilation: int | tuple[int, ...] = 1,
    *,
    ceil_mode: bool = False,
) -> int | tuple[int, ...]:
    r"""Compute the output size of max or average pooling.

    The formula is that of a convolution, with a stride as large as the kernel unless another is given:

    $$\left\lfloor \frac{W + 2P - D(K - 1) - 1}{S} \right\rfloor + 1$$

    With `ceil_mode` the quotient is rounded up, and a last window that would start beyond the input and its left
    padding is dropped. (Torch's average pooling in three dimensions refuses, in addition, a kernel that is larger than
    the input without its padding.)

    Args:
        size: The input size $W$, or one for each of up to three dimensions.
        kernel_size: The kernel size $K$, or one for each dimension.
        stride: The stride $S$, or one for each dimension; the kernel size by default.
        padding: The padding $P$ on each side, in the forms that `conv_output_size` takes; at most half of the
            kernel size, as in torch.
        dilation: The distance $D$ of two taps, or one for each dimension.
        ceil_mode: Whether an incomplete window at the end counts.

    Returns:
        The output size: an int for an int, a tuple for a tuple.

    Raises:
        ValueError: If a number is out of range, the padding is too large, or no window fits.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import pool_output_size
        >>> layer = torch.nn.MaxPool2d((3, 2), stride=2, padding=(1, 0), dilation=(2, 3), ceil_mode=True)
        >>> tuple(layer(torch.zeros(1, 1, 111, 10)).shape)
        (1, 1, 55, 4)
        >>> pool_output_size((111, 10), (3, 2), 2, (1, 0), (2, 3), ceil_mode=True)  # ⌈108 / 2⌉ + 1, ⌈6 / 2⌉ + 1
        (55, 4)
        >>> pool_output_size(14, 3), pool_output_size(2, 1, 2, ceil_mode=True)  # ⌊11 / 3⌋ + 1, ⌈1 / 2⌉ + 1 - 1
        (4, 1)

    Source:
        The rules of `torch.nn.MaxPool2d` and `torch.nn.AvgPool2d`.
    """
    sizes = dimensions("size", size)
    count = len(sizes)
    kernel, gaps = spread("kernel_size", kernel_size, count), spread("dilation", dilation, count)
    steps = kernel if stride is None else spread("stride", stride, count)
    pads = _paddings_of_windows(padding, kernel, steps, gaps)
    round_up = flag("ceil_mode", ceil_mode)
    results = map(lambda *numbers: pooled(*numbers, ceil_mode=round_up), sizes, kernel, steps, pads, gaps)
    return as_given(size, list(results))


def _paddings_of_windows(
    padding: Any, kernel: tuple[int, ...], stride: tuple[int, ...], dilation: tuple[int, ...]
) -> list[tuple[int, int]]:
    pads = paddings(padding, kernel, stride, dilation)
    for at in range(0 if padding == "same" else len(kernel)):
        half = kernel[at] // 2
        if max(pads[at]) > half:
            shown = pads[at][0] if pads[at][0] == pads[at][1] else pads[at]
            rule = f"must be at most half of kernel_size ({kernel[at]})"
            refuse("padding", shown, rule, f"pass at most {half}, or pad the input beforehand")
    return pads


def pooled(
    size: int, kernel: int, stride: int, padding: tuple[int, int], dilation: int, *, ceil_mode: bool
) -> int:
    """Give the output size of one dimension; the numbers are checked except that a window fits."""
    before, after = padding
    span, padded = dilation * (kernel - 1) + 1, size + before + after
    if ceil_mode:
        formula, uneven = _rounded_up, _uneven_rounded_up
    else:
        formula, uneven = _rounded_down, _uneven_rounded_down
    if span > padded + (stride - 1 if ceil_mode else 0):
        rule = f"with dilation {dilation} spans {span} inputs, but the padded input has only {padded}"
        refuse("kernel_size", kernel, rule, "pass a smaller kernel or a larger input")
    if before == after:
        length = evaluate("size", formula, "W K S P D", size, kernel, stride, before, dilation)
    else:
        length = evaluate("size", uneven, "W K S P₁ P₂ D", size, kernel, stride, before, after, dilation)
    if ceil_mode and (length - 1) * stride >= size + before:
        return evaluate("without the window that would start beyond the input", _one_fewer, "M", length)
    return length


def _rounded_down(size: int, kernel: int, stride: int, padding: int, dilation: int) -> int:
    return (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def _rounded_up(size: int, kernel: int, stride: int, padding: int, dilation: int) -> int:
    return ceiling_of_quotient(size + 2 * padding - dilation * (kernel - 1) - 1, stride) + 1


def _uneven_rounded_down(size: int, kernel: int, stride: int, before: int, after: int, dilation: int) -> int:
    return (size + before + after - dilation * (kernel - 1) - 1) // stride + 1


def _uneven_rounded_up(size: int, kernel: int, stride: int, before: int, after: int, dilation: int) -> int:
    return ceiling_of_quotient(size + before + after - dilation * (kernel - 1) - 1, stride) + 1


def _one_fewer(length: int) -> int:
    return length - 1


def unpool_output_size(
    size: int | tuple[int, ...],
    kernel_size: int | tuple[int, ...],
    stride: int | tuple[int, ...] | None = None,
    padding: int | tuple[int, ...] = 0,
    *,
    output_size: int | tuple[int, ...] | None = None,
) -> int | tuple[int, ...]:
    r"""Compute the output size of max unpooling.

    $$(W - 1) S - 2P + K$$

    Another `output_size` may be asked for if it is less than one stride away.

    Args:
        size: The input size $W$, or one for each of up to three dimensions.
        kernel_size: The kernel size $K$, or one for each dimension.
        stride: The stride $S$, or one for each dimension; the kernel size by default.
        padding: The padding $P$ of the pooling that is undone, or one for each dimension.
        output_size: The size that is wanted, or one for each dimension.

    Returns:
        The output size: an int for an int, a tuple for a tuple.

    Raises:
        ValueError: If a number is out of range, or `output_size` is a stride or more away.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import unpool_output_size
        >>> values, places = torch.nn.MaxPool1d(3, 2, padding=1, return_indices=True)(torch.ones(1, 1, 8))
        >>> tuple(values.shape), tuple(torch.nn.MaxUnpool1d(3, 2, padding=1)(values, places).shape)
        ((1, 1, 4), (1, 1, 7))
        >>> unpool_output_size(4, 3, 2, 1), unpool_output_size(4, 3, 2, 1, output_size=6)  # 3*2 - 2 + 3
        (7, 6)
        >>> unpool_output_size((4, 5), (3, 2))
        (12, 10)

    Source:
        The rules of `torch.nn.MaxUnpool2d`.
    """
    sizes = dimensions("size", size)
    count = len(sizes)
    kernel, pads = spread("kernel_size", kernel_size, count), spread("padding", padding, count, 0)
    steps = kernel if stride is None else spread("stride", stride, count)
    wanted = (None,) * count if output_size is None else spread("output_size", output_size, count, 0)
    return as_given(size, list(map(_unpooled, sizes, kernel, steps, pads, wanted)))


def _unpooled(size: int, kernel: int, stride: int, padding: int, wanted: int | None) -> int:
    usual = evaluate("size", _unpooled_size, "W K S P", size, kernel, stride, padding)
    if usual < 0 and wanted is None:
        refuse("padding", padding, f"leaves an output of {usual}", "pass a smaller padding")
    if wanted is not None and not usual - stride < wanted < usual + stride:
        rule = f"must lie between {max(usual - stride + 1, 0)} and {usual + stride - 1}"
        refuse("output_size", wanted, rule, f"pass e.g. output_size={usual}")
    return usual if wanted is None else wanted


def _unpooled_size(size: int, kernel: int, stride: int, padding: int) -> int:
    return (size - 1) * stride - 2 * padding + kernel


def adaptive_pool_windows(
    size: int | tuple[int, ...], output_size: int | tuple[int, ...]
) -> tuple[tuple[int, int], ...] | tuple[tuple[tuple[int, int], ...], ...]:
    r"""List the windows of adaptive pooling: where each begins, and where it ends.

    Of $W$ inputs and $M$ outputs, output $i$ sees the inputs from the first of these to before the second:

    $$\left\lfloor \frac{i W}{M} \right\rfloor, \qquad \left\lceil \frac{(i + 1) W}{M} \right\rceil$$

    Windows overlap when $M$ does not divide $W$.

    Args:
        size: The input size $W$, or one for each of up to three dimensions.
        output_size: The output size $M$, or one for each dimension.

    Returns:
        One pair `(start, end)` for each output; for a tuple of sizes one tuple of pairs for each dimension.

    Raises:
        ValueError: If a number is out of range.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import adaptive_pool_windows
        >>> adaptive_pool_windows(7, 3)  # 7/3 = 2.33, 14/3 = 4.67
        ((0, 3), (2, 5), (4, 7))
        >>> torch.nn.AdaptiveAvgPool1d(3)(torch.arange(7.0).reshape(1, 7)).tolist()  # the means of 0..2, 2..4, 4..6
        [[1.0, 3.0, 5.0]]
        >>> adaptive_pool_windows((2, 4), (1, 2))
        (((0, 2),), ((0, 2), (2, 4)))

    Source:
        The rule of `torch.nn.AdaptiveAvgPool2d`.
    """
    sizes = dimensions("size", size)
    wanted = spread("output_size", output_size, len(sizes))
    for number in wanted:
        if number > MOST_WINDOWS:
            rule = f"asks for a list of more than {MOST_WINDOWS} windows"
            refuse("output_size", number, rule, "pass a smaller one")
    windows = tuple([_windows(sizes[at], wanted[at]) for at in range(len(sizes))])
    return windows if isinstance(size, (tuple, list)) else windows[0]


def _windows(size: int, count: int) -> tuple[tuple[int, int], ...]:
    return tuple(
        [
            (
                evaluate("start", _start, "i W M", at, size, count),
                evaluate("end", _end, "i W M", at, size, count),
            )
            for at in range(count)
        ]
    )


def _start(at: int, size: int, count: int) -> int:
    return at * size // count


def _end(at: int, size: int, count: int) -> int:
    return ceiling_of_quotient((at + 1) * size, count)
