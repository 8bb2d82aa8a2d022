"""Costs of layers in multiply-adds or floating-point operations."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import dimensions, flag, refuse, spread, whole
from reference_impl.shapes.convolution import conv_output_size, conv_transpose_output_size
from reference_impl.shapes.derivation import evaluate
from reference_impl.shapes.parameters import grouped
from reference_impl.shapes.terms import exact_quotient, lettered, product

UNITS = ("mac", "flop")


def conv_cost(
    size: int | tuple[int, ...],
    kernel_size: int | tuple[int, ...],
    stride: int | tuple[int, ...] = 1,
    padding: int | str | tuple[int | tuple[int, int], ...] = 0,
    dilation: int | tuple[int, ...] = 1,
    *,
    in_channels: int,
    out_channels: int,
    groups: int = 1,
    unit: str = "mac",
    count_bias: bool = False,
) -> int:
    r"""Count the multiply-adds of a convolution for one example.

    Each of $F \prod_d M_d$ outputs adds up $C / g$ channels and $\prod_d K_d$ taps, the zeros of the padding included:

    $$F \cdot \frac{C}{g} \prod_d M_d \prod_d K_d$$

    A floating-point count is twice that: a multiplication and an addition. With `count_bias` each output costs one
    operation more, in either unit.

    Args:
        size: The input size, or one for each of up to three dimensions; the output size is $M$.
        kernel_size: The kernel size $K$, or one for each dimension.
        stride: The stride, or one for each dimension.
        padding: The padding, in the forms that `conv_output_size` takes.
        dilation: The dilation, or one for each dimension.
        in_channels: The number $C$ of input channels.
        out_channels: The number $F$ of filters.
        groups: The number $g$ of groups.
        unit: `"mac"` for multiply-adds, `"flop"` for floating-point operations.
        count_bias: Whether adding the bias counts.

    Returns:
        The number of operations.

    Raises:
        ValueError: If a number is out of range, the kernel does not fit, or `unit` is unknown.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from torch.utils.flop_counter import FlopCounterMode
        >>> from reference_impl.shapes import conv_cost
        >>> with FlopCounterMode(display=False) as counter:
        ...     output = torch.nn.Conv1d(6, 4, 3, stride=2, padding=1, groups=2)(torch.zeros(1, 6, 10))
        >>> tuple(output.shape), counter.get_total_flops()
        ((1, 4, 5), 360)
        >>> conv_cost(10, 3, 2, 1, in_channels=6, out_channels=4, groups=2, unit="flop")  # 2 * 4 * 6/2 * 5 * 3
        360
        >>> conv_cost((5, 7), 3, in_channels=2, out_channels=4, count_bias=True)  # 4 * 2 * 3*5 * 3*3 + 4 * 3*5
        1140

    Source:
        The convention is that of `torch.utils.flop_counter`.
    """
    grouped(in_channels, out_channels, groups)
    sizes = dimensions("size", size)
    outputs: Any = conv_output_size(sizes, kernel_size, stride, padding, dilation)
    kernel = spread("kernel_size", kernel_size, len(sizes))
    return conv_cost_of(outputs, kernel, [out_channels, in_channels, groups], unit, count_bias)


def conv_cost_of(
    outputs: tuple[int, ...], kernel: tuple[int, ...], channels: list[int], unit: str, count_bias: bool
) -> int:
    """Count the same from the output size and from filters, input channels and groups, which are checked."""
    macs = _multiply_adds("F C g", channels, "M", outputs, kernel)
    return _counted(macs, product(channels[0], *outputs), unit, count_bias)


def conv_transpose_cost(
    size: int | tuple[int, ...],
    kernel_size: int | tuple[int, ...],
    stride: int | tuple[int, ...] = 1,
    padding: int | str | tuple[int | tuple[int, int], ...] = 0,
    dilation: int | tuple[int, ...] = 1,
    *,
    in_channels: int,
    out_channels: int,
    groups: int = 1,
    output_padding: int | tuple[int, ...] = 0,
    unit: str = "mac",
    count_bias: bool = False,
) -> int:
    r"""Count the multiply-adds of a transposed convolution for one example.

    Each of $C \prod_d W_d$ inputs is multiplied with $\prod_d K_d$ taps for $F / g$ output channels, those that the
    padding cuts off included:

    $$C \cdot \frac{F}{g} \prod_d W_d \prod_d K_d$$

    The number of outputs does not matter: the count grows with the input.

    Args:
        size: The input size $W$, or one for each of up to three dimensions.
        kernel_size: The kernel size $K$, or one for each dimension.
        stride: The stride, or one for each dimension.
        padding: The outputs that are cut off on each side.
        dilation: The dilation, or one for each dimension.
        in_channels: The number $C$ of input channels.
        out_channels: The number $F$ of output channels.
        groups: The number $g$ of groups.
        output_padding: The extra outputs at the end.
        unit: `"mac"` for multiply-adds, `"flop"` for floating-point operations.
        count_bias: Whether adding the bias counts, once for each output.

    Returns:
        The number of operations.

    Raises:
        ValueError: If a number is out of range, nothing is left of the output, or `unit` is unknown.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from torch.utils.flop_counter import FlopCounterMode
        >>> from reference_impl.shapes import conv_transpose_cost
        >>> with FlopCounterMode(display=False) as counter:
        ...     output = torch.nn.ConvTranspose1d(6, 4, 3, stride=2, padding=1, groups=2)(torch.zeros(1, 6, 10))
        >>> tuple(output.shape), counter.get_total_flops()
        ((1, 4, 19), 720)
        >>> conv_transpose_cost(10, 3, 2, 1, in_channels=6, out_channels=4, groups=2, unit="flop")  # 2*6*2 * 30
        720
        >>> conv_transpose_cost((5, 7), 3, in_channels=2, out_channels=4, count_bias=True)  # 2*4 * 35 * 9 + 4 * 7*9
        2772

    Source:
        The convention is that of `torch.utils.flop_counter`.
    """
    grouped(in_channels, out_channels, groups)
    sizes = dimensions("size", size)
    outputs: Any = conv_transpose_output_size(
        sizes, kernel_size, stride, padding, dilation, output_padding=output_padding
    )
    kernel = spread("kernel_size", kernel_size, len(sizes))
    macs = _multiply_adds("C F g", [in_channels, out_channels, groups], "W", sizes, kernel)
    return _counted(macs, product(out_channels, *outputs), unit, count_bias)


def _multiply_adds(
    letters: str, channels: list[int], letter: str, positions: tuple[int, ...], kernel: tuple[int, ...]
) -> int:
    named = f"{letters} {lettered(letter, len(positions))} {lettered('K', len(kernel))}"
    return evaluate("multiply-adds", _grouped_product, named, *channels, *positions, *kernel)


def _grouped_product(each: Any, shared: Any, groups: Any, *factors: Any) -> Any:
    return each * exact_quotient(shared, groups) * product(*factors)


def linear_cost(
    in_features: int, out_features: int, *, positions: int = 1, unit: str = "mac", count_bias: bool = False
) -> int:
    r"""Count the multiply-adds of a dense layer: $N \cdot M \cdot C$ for $N$ positions, $M$ outputs and $C$ inputs.

    Args:
        in_features: The number $C$ of inputs.
        out_features: The number $M$ of outputs.
        positions: The number $N$ of vectors that the layer is applied to.
        unit: `"mac"` for multiply-adds, `"flop"` for floating-point operations, two for each multiply-add.
        count_bias: Whether adding the bias counts, once for each output.

    Returns:
        The number of operations.

    Raises:
        ValueError: If a number is out of range, or `unit` is unknown.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from torch.utils.flop_counter import FlopCounterMode
        >>> from reference_impl.shapes import linear_cost
        >>> with FlopCounterMode(display=False) as counter:
        ...     output = torch.nn.Linear(30, 7)(torch.zeros(5, 30))
        >>> tuple(output.shape), counter.get_total_flops()
        ((5, 7), 2100)
        >>> linear_cost(30, 7, positions=5, unit="flop"), linear_cost(30, 7, count_bias=True)  # 2*5*7*30, 7*30 + 7
        (2100, 217)

    Source:
        The convention is that of `torch.utils.flop_counter`.
    """
    numbers = (
        whole("positions", positions),
        whole("out_features", out_features),
        whole("in_features", in_features),
    )
    return _counted(
        evaluate("multiply-adds", product, "N M C", *numbers), positions * out_features, unit, count_bias
    )


def attention_cost(
    length: int,
    embed_dim: int,
    *,
    source_length: int | None = None,
    unit: str = "mac",
    count_bias: bool = False,
) -> int:
    r"""Count the multiply-adds of multi-head attention.

    Queries and outputs are mapped for $L$ positions, keys and values for $T$; scores and weighted sums are
    $L \times T$ products of length $E$, whatever the number of heads:

    $$2 E^2 (L + T) + 2 L T E$$

    The softmax is not counted.

    Args:
        length: The number $L$ of queries.
        embed_dim: The length $E$ of queries, keys, values and outputs.
        source_length: The number $T$ of keys and values; `length` by default, as in self-attention.
        unit: `"mac"` for multiply-adds, `"flop"` for floating-point operations, two for each multiply-add.
        count_bias: Whether adding the biases of the four maps counts.

    Returns:
        The number of operations.

    Raises:
        ValueError: If a number is out of range, or `unit` is unknown.
        TypeError: If something is not an int.

    Examples:
        >>> import torch
        >>> from torch.utils.flop_counter import FlopCounterMode
        >>> from reference_impl.shapes import attention_cost
        >>> layer, query, source = torch.nn.MultiheadAttention(8, 2), torch.zeros(5, 1, 8), torch.zeros(3, 1, 8)
        >>> with FlopCounterMode(display=False) as counter:
        ...     output, weights = layer(query, source, source)
        >>> tuple(weights.shape), counter.get_total_flops()
        ((1, 5, 3), 2528)
        >>> attention_cost(5, 8, source_length=3, unit="flop")  # 2 * (2*64 * 8 + 2 * 15 * 8)
        2528
        >>> attention_cost(5, 8, count_bias=True)  # 2*64 * 10 + 2 * 25 * 8 + 2*8 * 10
        1840

    Source:
        Vaswani et al., [Attention is all you need](https://arxiv.org/abs/1706.03762), NeurIPS 2017.
    """
    queries, width = whole("length", length), whole("embed_dim", embed_dim)
    source = queries if source_length is None else whole("source_length", source_length)
    macs = evaluate("multiply-adds", _attention, "L T E", queries, source, width)
    return _counted(macs, 2 * width * (queries + source), unit, count_bias)


def _attention(queries: int, source: int, width: int) -> int:
    return 2 * width * width * (queries + source) + 2 * queries * source * width


def _counted(macs: int, outputs: int, unit: str, count_bias: bool) -> int:
    check_convention(unit, count_bias)
    extra = outputs if count_bias else 0
    if unit == "flop":
        return evaluate("operations", _flops, "m B", macs, extra)
    return evaluate("multiply-adds and biases", _macs, "m B", macs, extra) if extra else macs


def check_convention(unit: Any, count_bias: Any) -> None:
    """Refuse a way of counting that there is not."""
    if unit not in UNITS:
        refuse("unit", unit, "is unknown", "choose 'mac' or 'flop'")
    flag("count_bias", count_bias)


def _flops(macs: int, biases: int) -> int:
    return 2 * macs + biases


def _macs(macs: int, biases: int) -> int:
    return macs + biases
