"""Code in torch for one layer, with its output size asserted, so that it proves itself when it is run."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import paddings, spread
from reference_impl.shapes.terms import product

LARGEST = 4_000_000
USUAL = {
    "stride": 1,
    "padding": 0,
    "output_padding": 0,
    "dilation": 1,
    "groups": 1,
    "bias": True,
    "ceil_mode": False,
}


def layer_code(
    layer: str,
    channels: tuple[int, ...],
    size: tuple[int, ...],
    output: tuple[int, ...],
    arguments: dict[str, Any],
    parameters: int,
) -> str:
    """Write a layer, its use and what is asserted of it.

    Args:
        layer: the name in `torch.nn` without the dimensions, such as `Conv`.
        channels: the channels of input and output, or those of both for a layer that keeps them.
        size: the input size.
        output: the output shape, channels first.
        arguments: the layer's arguments; a padding that torch's layers don't have is put around the layer.
        parameters: the number of parameters.
    """
    count = len(size)
    padding = arguments.get("padding", 0)
    around = _around(padding, arguments, count) if _is_uneven(padding, layer) else []
    words = [str(number) for number in channels] if len(channels) > 1 else []
    words.append(f"kernel_size={arguments['kernel_size']!r}")
    for name in ("stride", "padding", "output_padding", "dilation", "groups", "bias", "ceil_mode"):
        is_usual = name not in arguments or arguments[name] == USUAL[name]
        if name == "stride" and "Pool" in layer:
            is_usual = arguments.get("stride") in (None, arguments["kernel_size"])
        if not is_usual and not (name == "padding" and (around or padding == "valid")):
            words.append(f"{name}={arguments[name]!r}")
    made = f"nn.{layer}{count}d({', '.join(words)})"
    if around and layer == "ConvTranspose":
        made = (
            f"nn.Sequential({made}, nn.ConstantPad{count}d({_one_or_all([-number for number in around])}, 0))"
        )
    elif around:
        fill = 'float("-inf")' if layer == "MaxPool" else "0"
        made = f"nn.Sequential(nn.ConstantPad{count}d({_one_or_all(around)}, {fill}), {made})"
    shape = (1, channels[0]) + size
    lines = ["import torch", "from torch import nn", ""]
    if max(product(*shape), product(*output), parameters) > LARGEST:
        lines.append('torch.set_default_device("meta")  # sizes alone: the numbers would fill much memory')
    lines.append(f"layer = {made}")
    lines.append(f"output = layer(torch.zeros{shape})")
    lines.append(f"assert tuple(output.shape) == {(1,) + output}")
    if len(channels) > 1:
        lines.append(f"assert sum(weight.numel() for weight in layer.parameters()) == {parameters}")
    return "\n".join(lines) + "\n"


def _is_uneven(padding: Any, layer: str) -> bool:
    if padding == "same":
        return layer == "MaxPool" or layer == "AvgPool"
    return isinstance(padding, tuple) and any(isinstance(entry, tuple) for entry in padding)


def _around(padding: Any, arguments: dict[str, Any], count: int) -> list[int]:
    """Give what stands before and after each dimension, the last dimension first, as torch's padding has it."""
    kernel = spread("kernel_size", arguments["kernel_size"], count)
    ones = (1,) * count
    pairs = paddings(padding, kernel, ones, spread("dilation", arguments.get("dilation", 1), count))
    return [number for pair in reversed(pairs) for number in pair]


def _one_or_all(numbers: list[int]) -> str:
    return str(tuple(numbers))
