"""The kinds of layers that move a window over a size."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import refuse, spread
from reference_impl.shapes.convolution import conv_output_size, conv_transpose_output_size
from reference_impl.shapes.costs import conv_cost_of, conv_transpose_cost
from reference_impl.shapes.network.kind import Kind, only_shape, picked, with_bias, with_channels
from reference_impl.shapes.parameters import conv_parameters, conv_transpose_parameters
from reference_impl.shapes.pooling import adaptive_pool_windows, pool_output_size
from reference_impl.shapes.resampling import fold_output_shape, unfold_output_shape, upsample_output_size


def _channels_and_size(shapes: list[Any], given: dict[str, Any]) -> tuple[int, Any]:
    shape = only_shape(shapes, 2, "channels first, then a size")
    declared = given.get("in_channels")
    if declared is not None and declared != shape[0]:
        refuse(
            "in_channels",
            declared,
            f"must be the {shape[0]} channels of {shape}",
            f"pass in_channels={shape[0]}",
        )
    return shape[0], shape[1:]


WINDOW = "kernel_size stride padding dilation"


def _conv_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    _, size = _channels_and_size(shapes, given)
    return with_channels(given["out_channels"], conv_output_size(size, **picked(given, WINDOW)))


def _conv_parameters(shapes: list[Any], given: dict[str, Any]) -> int:
    channels, size = _channels_and_size(shapes, given)
    options = picked(given, "kernel_size groups bias")
    return conv_parameters(channels, given["out_channels"], **options, dimensions=len(size))


def _conv_cost(shapes: list[Any], given: dict[str, Any], counted: dict[str, Any], output: Any) -> int:
    kernel = spread("kernel_size", given["kernel_size"], len(output) - 1)
    channels = [output[0], shapes[0][0], given["groups"]]
    return conv_cost_of(output[1:], kernel, channels, **with_bias(given, counted))


def _conv_transpose_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    _, size = _channels_and_size(shapes, given)
    options = picked(given, WINDOW + " output_padding")
    return with_channels(given["out_channels"], conv_transpose_output_size(size, **options))


def _conv_transpose_parameters(shapes: list[Any], given: dict[str, Any]) -> int:
    channels, size = _channels_and_size(shapes, given)
    options = picked(given, "kernel_size groups bias")
    return conv_transpose_parameters(channels, given["out_channels"], **options, dimensions=len(size))


def _conv_transpose_cost(
    shapes: list[Any], given: dict[str, Any], counted: dict[str, Any], output: Any
) -> int:
    channels, size = _channels_and_size(shapes, given)
    options = picked(given, WINDOW + " out_channels groups output_padding")
    return conv_transpose_cost(size, in_channels=channels, **options, **with_bias(given, counted))


def _pool_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    channels, size = _channels_and_size(shapes, given)
    return with_channels(channels, pool_output_size(size, **given))


def _adaptive_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    channels, size = _channels_and_size(shapes, given)
    adaptive_pool_windows(size, given["output_size"])
    return with_channels(channels, spread("output_size", given["output_size"], len(size)))


def _upsample_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    channels, size = _channels_and_size(shapes, given)
    return with_channels(channels, upsample_output_size(size, **given))


def _crop_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    channels, size = _channels_and_size(shapes, given)
    wanted = spread("output_size", given["output_size"], len(size))
    for at in range(len(size)):
        if wanted[at] > size[at]:
            refuse(
                "output_size",
                wanted[at],
                f"must be at most the {size[at]} there are",
                f"pass {size[at]} or less",
            )
    return with_channels(channels, wanted)


def _unfold_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    channels, size = _channels_and_size(shapes, given)
    return unfold_output_shape(channels, size, **given)


def _fold_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    return fold_output_shape(only_shape(shapes, 2, "rows and columns"), **given)


CONV = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1, "bias": True, "in_channels": None}
POOL = {"stride": None, "padding": 0, "ceil_mode": False}
FOLD = {"stride": 1, "padding": 0, "dilation": 1}
WINDOW_KINDS = {
    "conv": Kind(["out_channels", "kernel_size"], CONV, _conv_shape, _conv_parameters, _conv_cost),
    "conv_transpose": Kind(
        ["out_channels", "kernel_size"],
        CONV | {"output_padding": 0},
        _conv_transpose_shape,
        _conv_transpose_parameters,
        _conv_transpose_cost,
    ),
    "max_pool": Kind(["kernel_size"], POOL | {"dilation": 1}, _pool_shape),
    "avg_pool": Kind(["kernel_size"], POOL, _pool_shape),
    "adaptive_pool": Kind(["output_size"], {}, _adaptive_shape),
    "upsample": Kind([], {"scale_factor": None, "output_size": None}, _upsample_shape),
    "crop": Kind(["output_size"], {}, _crop_shape),
    "unfold": Kind(["kernel_size"], FOLD, _unfold_shape),
    "fold": Kind(["output_size", "kernel_size"], FOLD, _fold_shape),
}
