"""Answers about one layer: convolution, transposed convolution and pooling."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import whole
from reference_impl.shapes.convolution import conv_output_size, conv_transpose_output_size
from reference_impl.shapes.costs import conv_cost, conv_transpose_cost
from reference_impl.shapes.derivation import derive
from reference_impl.shapes.parameters import conv_parameters, conv_transpose_parameters
from reference_impl.shapes.pooling import pool_output_size
from reference_impl.shapes.terms import product
from sitebuild.calculators.in_page.markup import derivation, figures, shape_text
from sitebuild.calculators.in_page.pictures import landings, windows
from sitebuild.calculators.in_page.reading import as_tuple, given, is_set, value
from sitebuild.calculators.in_page.torch_code import layer_code

WINDOW = "kernel_size stride padding dilation"
COUNTED = {"mac": "multiply-adds", "flop": "operations"}


def convolution(values: dict[str, str]) -> dict[str, Any]:
    """Answer for a convolution."""
    return _weighted(values, "Conv", given(values, WINDOW))


def transposed_convolution(values: dict[str, str]) -> dict[str, Any]:
    """Answer for a transposed convolution."""
    return _weighted(values, "ConvTranspose", given(values, WINDOW + " output_padding"))


def _weighted(values: dict[str, str], layer: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """Answer for a layer with weights: output size, parameters and cost."""
    is_transposed = layer == "ConvTranspose"
    functions: Any = (conv_output_size, conv_parameters, conv_cost)
    if is_transposed:
        functions = (conv_transpose_output_size, conv_transpose_parameters, conv_transpose_cost)
    size = value(values["size"])
    arguments["kernel_size"] = value(values["kernel_size"])
    found = derive(functions[0], size, **arguments)
    sizes, outputs = as_tuple(size), as_tuple(found.result)
    channels = {name: value(values[name]) for name in ("in_channels", "out_channels")}
    channels["groups"] = value(values["groups"])
    unit, bias = values["unit"], is_set(values, "bias")
    counted = derive(
        functions[1],
        channels["in_channels"],
        channels["out_channels"],
        arguments["kernel_size"],
        groups=channels["groups"],
        bias=bias,
        dimensions=len(sizes),
    )
    count_bias = bias and is_set(values, "count_bias")
    cost = derive(functions[2], size, **arguments, **channels, unit=unit, count_bias=count_bias)
    cost.steps = [step for step in cost.steps if step.name != "size"]
    output = (channels["out_channels"],) + outputs
    options = arguments | {"groups": channels["groups"], "bias": bias}
    both = (channels["in_channels"], channels["out_channels"])
    drawn = landings if is_transposed else windows
    return {
        "status": f"Output {shape_text(output)}, {counted.result:,} parameters, {cost.result:,} {COUNTED[unit]}",
        "html": figures(
            [
                ("output", shape_text(output)),
                ("parameters", f"{counted.result:,}"),
                (COUNTED[unit], f"{cost.result:,}"),
            ]
        )
        + drawn(values, sizes, outputs, arguments)
        + derivation([found, counted, cost]),
        "code": layer_code(layer, both, sizes, output, options, counted.result),
        "windows": product(*(sizes if is_transposed else outputs)),
    }


def pooling(values: dict[str, str]) -> dict[str, Any]:
    """Answer for a pooling."""
    size, ceil_mode = value(values["size"]), is_set(values, "ceil_mode")
    arguments = given(values, WINDOW)
    arguments["kernel_size"] = value(values["kernel_size"])
    found = derive(pool_output_size, size, **arguments, ceil_mode=ceil_mode)
    sizes, outputs = as_tuple(size), as_tuple(found.result)
    channels = whole("channels", value(values["channels"]))
    output = (channels,) + outputs
    drawn = arguments | {"stride": arguments.get("stride", arguments["kernel_size"])}
    answer = {
        "status": f"Output {shape_text(output)}",
        "html": figures([("output", shape_text(output))])
        + windows(values, sizes, outputs, drawn)
        + derivation([found]),
        "windows": product(*outputs),
    }
    uneven = isinstance(arguments.get("padding"), tuple) and "," in values["padding"]
    if uneven and ceil_mode:
        return answer | {
            "no_code": "torch's pooling has no uneven padding, and padding beforehand moves the last window"
        }
    options = arguments | {"ceil_mode": ceil_mode}
    return answer | {"code": layer_code("MaxPool", (channels,), sizes, output, options, 0)}
