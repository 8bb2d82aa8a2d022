"""Receptive fields: which inputs an output depends on."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import paddings, refuse, spread
from reference_impl.shapes.derivation import about, evaluate
from reference_impl.shapes.network.kinds import ELEMENTWISE, JOINS
from reference_impl.shapes.network.spec import Network, read_layers
from reference_impl.shapes.terms import ceiling_of_quotient, exact_quotient

WINDOWS = ("conv", "max_pool", "avg_pool")
MOST_PHASES = 4096


class ReceptiveField:
    r"""What one output sees of the input; the arguments are attributes as well.

    Without upsampling, output $i$ sees the inputs from $i \cdot \text{jump} + \text{offset}$ on.

    Args:
        size: How many inputs, from the first to the last; one for each dimension if dimensions differ. Where outputs
            differ, as after upsampling, it is the largest.
        jump: By how many inputs the field moves from one output to the next, on average.
        offset: The position of the first input that output 0 sees; below 0 it lies in the padding.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import receptive_field
        >>> receptive_field("conv 1 4 stride=3 padding=1; avg_pool 2")  # 4 + 3
        ReceptiveField(size=7, jump=6, offset=-1)
        >>> line = torch.zeros(1, 20, requires_grad=True)
        >>> torch.nn.Sequential(torch.nn.Conv1d(1, 1, 4, 3, 1), torch.nn.AvgPool1d(2))(line)[..., 1].backward()
        >>> line.grad[0].nonzero().flatten().tolist(), tuple(line.grad.shape)  # from 1*6 - 1
        ([5, 6, 7, 8, 9, 10, 11], (1, 20))
    """

    def __init__(self, size: Any, jump: Any, offset: Any) -> None:
        self.size, self.jump, self.offset = size, jump, offset

    def __repr__(self) -> str:
        return f"ReceptiveField(size={self.size!r}, jump={self.jump!r}, offset={self.offset!r})"


def receptive_field(layers: Network | str | list[dict[str, Any]], *, dimensions: int = 1) -> ReceptiveField:
    r"""Compute the receptive field of a network's last layer.

    The outputs from $a$ to $b$ of a convolution or pooling see the inputs from $aS - P$ to $bS - P + D(K - 1)$; so a
    span of outputs is followed back through all layers to the input, and where branches join, the span covers all of
    them. After a chain of layers with spans $k_l = D_l (K_l - 1) + 1$, the field has

    $$1 + \sum_l (k_l - 1) \prod_{m < l} S_m$$

    inputs. Nothing is cut off at the borders.

    Args:
        layers: A [Network][reference_impl.shapes.Network], its text form (the shape of the input may be left out) or
            its layers.
        dimensions: The number of dimensions; results are ints for one, tuples for more.

    Returns:
        A [ReceptiveField][reference_impl.shapes.ReceptiveField] with `size`, `jump` and `offset`.

    Raises:
        ValueError: If a layer sees everything, such as a dense layer, or its reach depends on the size of its input.
        TypeError: If something has the wrong type.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import receptive_field
        >>> field = receptive_field("conv 1 5 stride=2 padding=2; max_pool 2; conv 1 3 dilation=2")
        >>> field.size, field.jump, field.offset  # 1 + 4 + 1*2 + 4*4
        (23, 4, -2)
        >>> nn, line = torch.nn, torch.zeros(1, 60, requires_grad=True)
        >>> model = nn.Sequential(nn.Conv1d(1, 1, 5, 2, 2), nn.AvgPool1d(2), nn.Conv1d(1, 1, 3, dilation=2))
        >>> model(line)[..., 5].backward()
        >>> seen = line.grad[0].nonzero().flatten().tolist()
        >>> seen[0], seen[-1] + 1 - seen[0], tuple(line.grad.shape)  # 5*4 - 2
        (18, 23, (1, 60))
        >>> receptive_field("conv 1 3x5; conv 1 3", dimensions=2).size
        (5, 7)

    Source:
        Araujo et al., [Computing receptive fields of convolutional neural
        networks](https://distill.pub/2019/computing-receptive-fields), Distill 2019.
    """
    if isinstance(layers, str):
        layers = read_layers(layers)[1]
    network = layers if isinstance(layers, Network) else Network((1,), layers)
    found = [_along(network, at, dimensions) for at in range(dimensions)]
    if dimensions == 1:
        return found[0]
    size, jump, offset = [
        tuple([getattr(field, name) for field in found]) for name in ("size", "jump", "offset")
    ]
    return ReceptiveField(size, jump, offset)


def _along(network: Network, at: int, count: int) -> ReceptiveField:
    """Compute the field along one of several dimensions, from one period of the outputs."""
    steps = {layer["name"]: _step(layer, at, count) for layer in network.layers}
    period = 1
    for kind, numbers in steps.values():
        period *= numbers[1] if kind == "spread" else 1
    if period > MOST_PHASES:
        refuse(
            "layers",
            period,
            f"outputs repeat only after more than {MOST_PHASES}",
            "pass fewer upsampling layers",
        )
    spans = [
        _seen(network, steps, output, evaluate if output == 0 else _computed)
        for output in range(-period, 2 * period)
    ]
    sizes = [span[1] - span[0] + 1 for span in spans if span]
    first, again = spans[period], spans[2 * period]
    if not first or not again:
        refuse(
            "layers",
            len(network.layers),
            "leave output 0 without any input",
            "pass a kernel as large as the stride",
        )
    about("")
    size = max(sizes)
    if size == first[1] - first[0] + 1:
        evaluate("size", _length, "b a", first[1], first[0])
    moved = again[0] - first[0]
    if moved % period:
        return ReceptiveField(size, moved / period, first[0])
    return ReceptiveField(size, evaluate("jump", _moved, "a′ a n", again[0], first[0], period), first[0])


def _computed(name: str, formula: Any, symbols: str, *numbers: int) -> Any:
    """Compute a formula as evaluate does, but for no derivation."""
    return formula(*numbers)


def _length(last: Any, first: Any) -> Any:
    return last - first + 1


def _moved(again: Any, first: Any, period: Any) -> Any:
    return exact_quotient(again - first, period)


def _step(layer: dict[str, Any], at: int, count: int) -> tuple[str, tuple[int, ...]]:
    """Give how a layer leads from outputs to inputs, along one dimension."""
    kind = layer["kind"]
    if kind in ELEMENTWISE or kind in JOINS or kind == "norm":
        return "same", ()
    if kind in WINDOWS or kind == "conv_transpose":
        kernel = spread("kernel_size", layer["kernel_size"], count)
        stride = kernel if layer["stride"] is None else spread("stride", layer["stride"], count)
        dilation = spread("dilation", layer.get("dilation", 1), count)
        before = paddings(layer["padding"], kernel, stride, dilation)[at][0]
        way = "spread" if kind == "conv_transpose" else "window"
        return way, (dilation[at] * (kernel[at] - 1), stride[at], before)
    factor: Any = layer.get("scale_factor")
    scale: Any = factor[at] if isinstance(factor, tuple) and len(factor) == count else factor
    if kind == "upsample" and isinstance(scale, (int, float)) and scale == int(scale):
        return "spread", (int(scale) - 1, int(scale), 0)
    refuse(
        "layers",
        layer["name"],
        f"({kind}) sees everything, or what it sees depends on the size",
        "end before it",
    )


def _seen(network: Network, steps: dict[str, Any], output: int, compute: Any) -> Any:
    """Follow one output of the last layer back to the first and last input that it sees."""
    needed: dict[str, Any] = {network.layers[-1]["name"] if network.layers else "input": (output, output)}
    for layer in reversed(network.layers):
        span = needed.get(layer["name"])
        about(layer["name"])
        back = span and _back(steps[layer["name"]], span, compute)
        if back:
            for name in layer["inputs"]:
                known = needed.get(name) or back
                needed[name] = (min(known[0], back[0]), max(known[1], back[1]))
    return needed.get("input")


def _back(step: tuple[str, Any], span: tuple[int, int], compute: Any) -> Any:
    """Give the inputs of one layer that a span of its outputs sees, or None."""
    way, numbers = step
    if way == "same":
        return span
    reach, stride, before = numbers
    if way == "window":
        first = compute("first input", _window_start, "a S P", span[0], stride, before)
        return first, compute("last input", _window_end, "b S P R", span[1], stride, before, reach)
    first = compute("first input", _spread_start, "a P R S", span[0], before, reach, stride)
    last = compute("last input", _spread_end, "b P S", span[1], before, stride)
    return (first, last) if first <= last else None


def _window_start(first: Any, stride: Any, before: Any) -> Any:
    return first * stride - before


def _window_end(last: Any, stride: Any, before: Any, reach: Any) -> Any:
    return last * stride - before + reach


def _spread_start(first: Any, before: Any, reach: Any, stride: Any) -> Any:
    return ceiling_of_quotient(first + before - reach, stride)


def _spread_end(last: Any, before: Any, stride: Any) -> Any:
    return (last + before) // stride
