"""Output sizes of convolutions and transposed convolutions."""

from reference_impl.shapes.arguments import as_given, dimensions, paddings, refuse, spread
from reference_impl.shapes.derivation import evaluate


def conv_output_size(
    size: int | tuple[int, ...],
    kernel_size: int | tuple[int, ...],
    stride: int | tuple[int, ...] = 1,
    padding: int | str | tuple[int | tuple[int, int], ...] = 0,
    dilation: int | tuple[int, ...] = 1,
) -> int | tuple[int, ...]:
    r"""Compute the output size of a convolution.

    A kernel of $K$ taps with dilation $D$ spans $D(K - 1) + 1$ inputs. With $P$ zeros on each side it is moved by
    the stride $S$ as long as it fits:

    $$\left\lfloor \frac{W + 2P - D(K - 1) - 1}{S} \right\rfloor + 1$$

    With unequal padding, $2P$ is the sum of what stands before and after; `'same'` makes it $D(K - 1)$, the odd one
    after, so that the size stays.

    Args:
        size: The input size $W$, or one for each of up to three dimensions.
        kernel_size: The kernel size $K$, or one for each dimension.
        stride: The stride $S$, or one for each dimension.
        padding: The zeros $P$ on each side, one number for each dimension, one pair `(before, after)` for each
            dimension, `'valid'` (none) or `'same'` (with stride 1 only).
        dilation: The distance $D$ of two taps, or one for each dimension.

    Returns:
        The output size: an int for an int, a tuple for a tuple.

    Raises:
        ValueError: If a number is out of range, the kernel does not fit, or `'same'` meets a stride.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import conv_output_size
        >>> layer = torch.nn.Conv2d(3, 8, kernel_size=(5, 3), stride=2, padding=(3, 0), dilation=(2, 3))
        >>> tuple(layer(torch.zeros(1, 3, 28, 16)).shape)
        (1, 8, 13, 5)
        >>> conv_output_size((28, 16), (5, 3), 2, (3, 0), (2, 3))  # ⌊(28 + 6 - 8 - 1) / 2⌋ + 1, ⌊(16 - 6 - 1) / 2⌋ + 1
        (13, 5)
        >>> conv_output_size(9, 4), conv_output_size(9, 4, padding=((1, 3),)), conv_output_size(9, 4, padding="same")
        (6, 10, 9)

    Source:
        Dumoulin and Visin, [A guide to convolution arithmetic for deep learning](https://arxiv.org/abs/1603.07285),
        2016; the limits are those of `torch.nn.Conv2d`.
    """
    sizes = dimensions("size", size)
    count = len(sizes)
    kernel, steps = spread("kernel_size", kernel_size, count), spread("stride", stride, count)
    gaps = spread("dilation", dilation, count)
    pads = paddings(padding, kernel, steps, gaps)
    return as_given(size, list(map(convolved, sizes, kernel, steps, pads, gaps)))


def convolved(size: int, kernel: int, stride: int, padding: tuple[int, int], dilation: int) -> int:
    """Give the output size of one dimension; the numbers are checked except that the kernel fits."""
    before, after = padding
    span, padded = dilation * (kernel - 1) + 1, size + before + after
    if span > padded:
        rule = f"with dilation {dilation} spans {span} inputs, but the padded input has only {padded}"
        refuse("kernel_size", kernel, rule, f"add at least {span - padded} to the padding or the input size")
    if before == after:
        return evaluate("size", _symmetric, "W K S P D", size, kernel, stride, before, dilation)
    return evaluate("size", _asymmetric, "W K S P₁ P₂ D", size, kernel, stride, before, after, dilation)


def _symmetric(size: int, kernel: int, stride: int, padding: int, dilation: int) -> int:
    return (size + 2 * padding - dilation * (kernel - 1) - 1) // stride + 1


def _asymmetric(size: int, kernel: int, stride: int, before: int, after: int, dilation: int) -> int:
    return (size + before + after - dilation * (kernel - 1) - 1) // stride + 1


def conv_transpose_output_size(
    size: int | tuple[int, ...],
    kernel_size: int | tuple[int, ...],
    stride: int | tuple[int, ...] = 1,
    padding: int | str | tuple[int | tuple[int, int], ...] = 0,
    dilation: int | tuple[int, ...] = 1,
    *,
    output_padding: int | tuple[int, ...] = 0,
) -> int | tuple[int, ...]:
    r"""Compute the output size of a transposed convolution.

    Each input writes a kernel that spans $D(K - 1) + 1$ outputs, $S$ further than the one before. Then $P$ outputs
    are cut off on each side, and $O$ are kept or added at the end:

    $$(W - 1) S - 2P + D(K - 1) + O + 1$$

    Several inputs of a convolution share an output size; the output padding chooses which of them comes back.
    An empty output is an error here; in torch it is one on some backends only.

    Args:
        size: The input size $W$, or one for each of up to three dimensions.
        kernel_size: The kernel size $K$, or one for each dimension.
        stride: The stride $S$, or one for each dimension.
        padding: The outputs $P$ that are cut off on each side, one number for each dimension, one pair
            `(before, after)` for each dimension, or `'valid'` (none). There is no `'same'`, as in torch.
        dilation: The distance $D$ of two taps, or one for each dimension.
        output_padding: The extra outputs $O$ at the end, fewer than the stride or the dilation.

    Returns:
        The output size: an int for an int, a tuple for a tuple.

    Raises:
        ValueError: If a number is out of range, or nothing is left of the output.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import conv_transpose_output_size
        >>> layer = torch.nn.ConvTranspose1d(4, 2, kernel_size=3, stride=2, padding=1, output_padding=1, dilation=3)
        >>> tuple(layer(torch.zeros(1, 4, 8)).shape)
        (1, 2, 20)
        >>> conv_transpose_output_size(8, 3, 2, 1, 3, output_padding=1)  # 7*2 - 2 + 3*2 + 1 + 1
        20
        >>> conv_transpose_output_size((8, 5), (3, 4)), conv_transpose_output_size(8, 3, padding=((2, 1),))
        ((10, 8), 7)

    Source:
        Dumoulin and Visin, [A guide to convolution arithmetic for deep learning](https://arxiv.org/abs/1603.07285),
        2016; the limits are those of `torch.nn.ConvTranspose2d`.
    """
    sizes = dimensions("size", size)
    count = len(sizes)
    kernel, steps = spread("kernel_size", kernel_size, count), spread("stride", stride, count)
    gaps, extra = spread("dilation", dilation, count), spread("output_padding", output_padding, count, 0)
    if padding == "same":
        refuse("padding", padding, "has no meaning for a transposed convolution", "pass numbers")
    pads = paddings(padding, kernel, steps, gaps)
    return as_given(size, list(map(transposed, sizes, kernel, steps, pads, gaps, extra)))


def transposed(
    size: int, kernel: int, stride: int, padding: tuple[int, int], dilation: int, output_padding: int
) -> int:
    """Give the output size of one dimension; the numbers are checked except for how they go together."""
    if output_padding >= max(stride, dilation):
        rule = f"must be smaller than stride ({stride}) or dilation ({dilation})"
        refuse("output_padding", output_padding, rule, f"pass at most {max(stride, dilation) - 1}")
    before, after = padding
    numbers = (dilation, output_padding)
    if before == after:
        result = evaluate("size", _transposed, "W K S P D O", size, kernel, stride, before, *numbers)
    else:
        result = evaluate("size", _cropped, "W K S P₁ P₂ D O", size, kernel, stride, before, after, *numbers)
    if result < 1:
        rule = f"cuts off the whole output of {result + before + after}, which leaves {result}"
        refuse("padding", padding if before != after else before, rule, "pass a smaller padding")
    return result


def _transposed(size: int, kernel: int, stride: int, padding: int, dilation: int, output_padding: int) -> int:
    return (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + output_padding + 1


def _cropped(
    size: int, kernel: int, stride: int, before: int, after: int, dilation: int, output_padding: int
) -> int:
    return (size - 1) * stride - before - after + dilation * (kernel - 1) + output_padding + 1
