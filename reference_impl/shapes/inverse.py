"""The way back: arguments that lead from one size to another, and inputs that lead to a size."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import dimensions, paddings, refuse, spread
from reference_impl.shapes.convolution import conv_output_size, conv_transpose_output_size
from reference_impl.shapes.derivation import evaluate
from reference_impl.shapes.pooling import pool_output_size
from reference_impl.shapes.solution import Solution, axis, limits_with, search

LIMITS = {"kernel_size": 7, "stride": 4, "padding": 3, "dilation": 2}
POOL_LIMITS = {"kernel_size": 7, "stride": 4, "padding": 3, "dilation": 1}
TRANSPOSE_LIMITS = {"kernel_size": 7, "stride": 4, "padding": 3, "dilation": 2, "output_padding": 3}
MOST_INPUTS = 100_000


def solve_conv(
    input_size: int | tuple[int, ...],
    output_size: int | tuple[int, ...],
    *,
    kernel_size: int | tuple[int, ...] | None = None,
    stride: int | tuple[int, ...] | None = None,
    padding: int | str | tuple[int | tuple[int, int], ...] | None = None,
    dilation: int | tuple[int, ...] | None = None,
    limits: dict[str, int] | None = None,
) -> Solution:
    r"""Find all convolutions that lead from one size to another.

    That is, all arguments within the limits for which

    $$\left\lfloor \frac{W + 2P - D(K - 1) - 1}{S} \right\rfloor + 1 = M$$

    They are sorted by dilation, then kernel size, stride and padding, so that the simplest comes first. An argument
    that is searched has the same value in all dimensions.

    Args:
        input_size: The input size $W$, or one for each of up to three dimensions.
        output_size: The size $M$ that is wanted, in the same form.
        kernel_size: The kernel size $K$; it is searched if it is not given, and so are the next three.
        stride: The stride $S$.
        padding: The padding $P$, in the forms that `conv_output_size` takes.
        dilation: The dilation $D$.
        limits: The largest values to try; by default kernel_size 7, stride 4, padding 3, dilation 2.

    Returns:
        A [Solution][reference_impl.shapes.Solution] with `options`, `nearest` and `searched`.

    Raises:
        ValueError: If a number is out of range, or the limits allow more than 200,000 combinations.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import solve_conv
        >>> found = solve_conv(33, 16, kernel_size=4, limits={"dilation": 1})
        >>> found.options == [{"kernel_size": 4, "stride": 2, "padding": 1, "dilation": 1}]
        True
        >>> tuple(torch.nn.Conv1d(1, 1, **found.options[0])(torch.zeros(1, 33)).shape)
        (1, 16)
        >>> solve_conv(10, 13, kernel_size=3).nearest, solve_conv((9, 8), (5, 4), stride=2).options[0]["padding"]
        ([12, 14], 0)

    Source:
        The formula is that of `conv_output_size`; the search is complete.
    """
    bounds = limits_with(LIMITS, limits)
    _check(input_size, output_size, kernel_size, stride, padding, dilation)
    axes = [
        axis("dilation", dilation, 1, bounds),
        axis("kernel_size", kernel_size, 1, bounds),
        axis("stride", stride, 1, bounds),
        axis("padding", padding, 0, bounds),
    ]
    return search(conv_output_size, input_size, output_size, axes)


def solve_conv_transpose(
    input_size: int | tuple[int, ...],
    output_size: int | tuple[int, ...],
    *,
    kernel_size: int | tuple[int, ...] | None = None,
    stride: int | tuple[int, ...] | None = None,
    padding: int | tuple[int | tuple[int, int], ...] | None = None,
    dilation: int | tuple[int, ...] | None = None,
    output_padding: int | tuple[int, ...] | None = None,
    limits: dict[str, int] | None = None,
) -> Solution:
    r"""Find all transposed convolutions that lead from one size to another.

    That is, all arguments within the limits for which

    $$(W - 1) S - 2P + D(K - 1) + O + 1 = M$$

    They are sorted by dilation, then output padding, kernel size, stride and padding. An argument that is searched
    has the same value in all dimensions.

    Args:
        input_size: The input size $W$, or one for each of up to three dimensions.
        output_size: The size $M$ that is wanted, in the same form.
        kernel_size: The kernel size $K$; it is searched if it is not given, and so are the next four.
        stride: The stride $S$.
        padding: The outputs $P$ that are cut off on each side.
        dilation: The dilation $D$.
        output_padding: The extra outputs $O$ at the end.
        limits: The largest values to try; by default kernel_size 7, stride 4, padding 3, dilation 2, output_padding 3.

    Returns:
        A [Solution][reference_impl.shapes.Solution] with `options`, `nearest` and `searched`.

    Raises:
        ValueError: If a number is out of range, or the limits allow more than 200,000 combinations.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import solve_conv_transpose
        >>> found = solve_conv_transpose(7, 14, stride=2, padding=1, limits={"dilation": 1})
        >>> [(option["kernel_size"], option["output_padding"]) for option in found.options]  # 6*2 - 2 + K - 1 + O + 1
        [(4, 0), (3, 1)]
        >>> [tuple(torch.nn.ConvTranspose1d(1, 1, **option)(torch.zeros(1, 7)).shape) for option in found.options]
        [(1, 14), (1, 14)]
        >>> found = solve_conv_transpose(7, 7, limits={"dilation": 1, "kernel_size": 3})  # 6*S - 2*P + K - 1 + O + 1
        >>> [(option["kernel_size"], option["stride"], option["padding"]) for option in found.options]
        [(1, 1, 0), (1, 2, 3), (3, 1, 1)]

    Source:
        The formula is that of `conv_transpose_output_size`; the search is complete.
    """
    bounds = limits_with(TRANSPOSE_LIMITS, limits)
    _check(input_size, output_size, kernel_size, stride, padding, dilation, output_padding)
    if padding == "same":
        refuse("padding", padding, "has no meaning for a transposed convolution", "pass numbers")
    axes = [
        axis("dilation", dilation, 1, bounds),
        axis("output_padding", output_padding, 0, bounds),
        axis("kernel_size", kernel_size, 1, bounds),
        axis("stride", stride, 1, bounds),
        axis("padding", padding, 0, bounds),
    ]
    return search(conv_transpose_output_size, input_size, output_size, axes)


def solve_pool(
    input_size: int | tuple[int, ...],
    output_size: int | tuple[int, ...],
    *,
    kernel_size: int | tuple[int, ...] | None = None,
    stride: int | tuple[int, ...] | None = None,
    padding: int | str | tuple[int | tuple[int, int], ...] | None = None,
    dilation: int | tuple[int, ...] | None = None,
    ceil_mode: bool | None = None,
    limits: dict[str, int] | None = None,
) -> Solution:
    r"""Find all poolings that lead from one size to another.

    That is, all arguments within the limits for which

    $$\left\lfloor \frac{W + 2P - D(K - 1) - 1}{S} \right\rfloor + 1 = M,$$

    or, with `ceil_mode`, the rule that `pool_output_size` describes. They are sorted by dilation, then `ceil_mode`,
    kernel size, stride and padding. An argument that is searched has the same value in all dimensions.

    Args:
        input_size: The input size $W$, or one for each of up to three dimensions.
        output_size: The size $M$ that is wanted, in the same form.
        kernel_size: The kernel size $K$; it is searched if it is not given, and so are the next four.
        stride: The stride $S$.
        padding: The padding $P$, in the forms that `pool_output_size` takes.
        dilation: The dilation $D$.
        ceil_mode: Whether an incomplete window at the end counts.
        limits: The largest values to try; by default kernel_size 7, stride 4, padding 3, dilation 1.

    Returns:
        A [Solution][reference_impl.shapes.Solution] with `options`, `nearest` and `searched`.

    Raises:
        ValueError: If a number is out of range, or the limits allow more than 200,000 combinations.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import solve_pool
        >>> found = solve_pool(112, 56, stride=2, limits={"kernel_size": 3})
        >>> [(option["kernel_size"], option["padding"], option["ceil_mode"]) for option in found.options]
        [(1, 0, False), (2, 0, False), (3, 1, False), (1, 0, True), (2, 0, True), (3, 0, True)]
        >>> {tuple(torch.nn.MaxPool1d(**option)(torch.zeros(1, 112)).shape) for option in found.options}
        {(1, 56)}

    Source:
        The rule is that of `pool_output_size`; the search is complete.
    """
    bounds = limits_with(POOL_LIMITS, limits)
    _check(input_size, output_size, kernel_size, stride, padding, dilation)
    axes = [
        axis("dilation", dilation, 1, bounds),
        ("ceil_mode", [False, True] if ceil_mode is None else ceil_mode),
        axis("kernel_size", kernel_size, 1, bounds),
        axis("stride", stride, 1, bounds),
        axis("padding", padding, 0, bounds),
    ]
    return search(pool_output_size, input_size, output_size, axes)


def _check(
    size: Any,
    wanted: Any,
    kernel_size: Any,
    stride: Any,
    padding: Any,
    dilation: Any,
    output_padding: Any = 0,
) -> None:
    """Check what was given, so that bad input is an error and not a search without result."""
    count = len(dimensions("input_size", size))
    paired = isinstance(size, (tuple, list)) == isinstance(wanted, (tuple, list))
    if not paired or len(dimensions("output_size", wanted)) != count:
        refuse("output_size", wanted, f"must have the form of input_size ({size})", f"pass e.g. {size}")
    for name, given in (("kernel_size", kernel_size), ("stride", stride), ("dilation", dilation)):
        if given is not None:
            spread(name, given, count)
    if output_padding is not None:
        spread("output_padding", output_padding, count, 0)
    if padding is not None:
        ones = (1,) * count
        paddings(padding, ones, ones, ones)


def inputs_for(
    output_size: int | tuple[int, ...],
    kernel_size: int | tuple[int, ...],
    stride: int | tuple[int, ...] = 1,
    padding: int | str | tuple[int | tuple[int, int], ...] = 0,
    dilation: int | tuple[int, ...] = 1,
) -> list[tuple[int, int]] | tuple[list[tuple[int, int]], ...]:
    r"""List the input sizes that a convolution maps to one output size.

    There are up to $S$ of them, for $O = 0, \dots, S - 1$:

    $$(M - 1) S - 2P + D(K - 1) + 1 + O$$

    and $O$ is the `output_padding` with which a transposed convolution of the same arguments leads back.

    Args:
        output_size: The output size $M$, or one for each of up to three dimensions.
        kernel_size: The kernel size $K$, or one for each dimension.
        stride: The stride $S$, or one for each dimension.
        padding: The padding $P$, in the forms that `conv_output_size` takes.
        dilation: The dilation $D$, or one for each dimension.

    Returns:
        Pairs of an input size and its output padding, smallest first; for a tuple of sizes one list for each
        dimension. A list is empty if the padding alone gives more than the output.

    Raises:
        ValueError: If a number is out of range.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import inputs_for
        >>> inputs_for(4, 3, stride=2, padding=1)  # 3*2 - 2 + 2 + 1 = 7
        [(7, 0), (8, 1)]
        >>> layer, back = torch.nn.Conv1d(1, 1, 3, 2, 1), torch.nn.ConvTranspose1d(1, 1, 3, 2, 1, output_padding=1)
        >>> tuple(layer(torch.zeros(1, 7)).shape), tuple(back(layer(torch.zeros(1, 8))).shape)
        ((1, 4), (1, 8))
        >>> inputs_for((4, 2), 3, dilation=(2, 1))
        ([(8, 0)], [(4, 0)])

    Source:
        Dumoulin and Visin, [A guide to convolution arithmetic for deep learning](https://arxiv.org/abs/1603.07285),
        2016.
    """
    sizes = dimensions("output_size", output_size)
    count = len(sizes)
    kernel, steps = spread("kernel_size", kernel_size, count), spread("stride", stride, count)
    gaps = spread("dilation", dilation, count)
    pads = paddings(padding, kernel, steps, gaps)
    for step in steps:
        if step > MOST_INPUTS:
            refuse("stride", step, f"gives a list of more than {MOST_INPUTS} inputs", "pass a smaller stride")
    lists = list(map(_inputs, sizes, kernel, steps, pads, gaps))
    return tuple(lists) if isinstance(output_size, (tuple, list)) else lists[0]


def _inputs(
    size: int, kernel: int, stride: int, padding: tuple[int, int], dilation: int
) -> list[tuple[int, int]]:
    before, after = padding
    if before == after:
        numbers: tuple[int, ...] = (size, stride, before, dilation, kernel)
        smallest = evaluate("smallest input", _smallest, "M S P D K", *numbers)
    else:
        numbers = (size, stride, before, after, dilation, kernel)
        smallest = evaluate("smallest input", _smallest_uneven, "M S P₁ P₂ D K", *numbers)
    return [(smallest + extra, extra) for extra in range(stride) if smallest + extra >= 1]


def _smallest(size: int, stride: int, padding: int, dilation: int, kernel: int) -> int:
    return (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1


def _smallest_uneven(size: int, stride: int, before: int, after: int, dilation: int, kernel: int) -> int:
    return (size - 1) * stride - before - after + dilation * (kernel - 1) + 1
