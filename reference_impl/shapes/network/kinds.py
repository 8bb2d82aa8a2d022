"""The kinds of layers that a network is made of: their arguments, output shape, parameters and multiply-adds."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import refuse, spread, whole
from reference_impl.shapes.convolution import conv_output_size, conv_transpose_output_size
from reference_impl.shapes.costs import attention_cost, conv_cost_of, conv_transpose_cost, linear_cost
from reference_impl.shapes.derivation import evaluate
from reference_impl.shapes.parameters import (
    conv_parameters,
    conv_transpose_parameters,
    embedding_parameters,
    linear_parameters,
    norm_parameters,
)
from reference_impl.shapes.pooling import adaptive_pool_windows, pool_output_size
from reference_impl.shapes.resampling import upsample_output_size
from reference_impl.shapes.sequences import attention_parameters
from reference_impl.shapes.terms import product


class Kind:
    """What is known of one kind of layer.

    Args:
        required: names of the arguments that must be given, in the order in which the text form has them.
        optional: the other arguments with their defaults, torch's.
        shape: computes the output shape from the input shapes and the arguments.
        parameters: computes the number of parameters from the same, or None.
        cost: computes the operations from the same, the way of counting and the output shape, or None.
    """

    def __init__(
        self,
        required: list[str],
        optional: dict[str, Any],
        shape: Any,
        parameters: Any = None,
        cost: Any = None,
    ) -> None:
        self.required, self.optional = required, optional
        self.shape, self.parameters, self.cost = shape, parameters, cost


def _only(shapes: list[Any], least: int, form: str) -> Any:
    """Give the one input shape, once it is seen to have enough axes."""
    if len(shapes[0]) < least:
        refuse("shape", shapes[0], f"must be {form}", f"pass an input of {least} axes or more")
    return shapes[0]


def _channels_and_size(shapes: list[Any], given: dict[str, Any]) -> tuple[int, Any]:
    shape = _only(shapes, 2, "channels first, then a size")
    declared = given.get("in_channels")
    if declared is not None and declared != shape[0]:
        refuse(
            "in_channels",
            declared,
            f"must be the {shape[0]} channels of {shape}",
            f"pass in_channels={shape[0]}",
        )
    return shape[0], shape[1:]


def _with_channels(channels: int, size: Any) -> Any:
    result = [channels]
    result.extend(size)
    return tuple(result)


def _picked(given: dict[str, Any], names: str) -> dict[str, Any]:
    return {name: given[name] for name in names.split(" ")}


WINDOW = "kernel_size stride padding dilation"


def _conv_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    _, size = _channels_and_size(shapes, given)
    return _with_channels(given["out_channels"], conv_output_size(size, **_picked(given, WINDOW)))


def _conv_parameters(shapes: list[Any], given: dict[str, Any]) -> int:
    channels, size = _channels_and_size(shapes, given)
    options = _picked(given, "kernel_size groups bias")
    return conv_parameters(channels, given["out_channels"], **options, dimensions=len(size))


def _conv_cost(shapes: list[Any], given: dict[str, Any], counted: dict[str, Any], output: Any) -> int:
    kernel = spread("kernel_size", given["kernel_size"], len(output) - 1)
    channels = [output[0], shapes[0][0], given["groups"]]
    return conv_cost_of(output[1:], kernel, channels, **_with_bias(given, counted))


def _conv_transpose_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    _, size = _channels_and_size(shapes, given)
    options = _picked(given, WINDOW + " output_padding")
    return _with_channels(given["out_channels"], conv_transpose_output_size(size, **options))


def _conv_transpose_parameters(shapes: list[Any], given: dict[str, Any]) -> int:
    channels, size = _channels_and_size(shapes, given)
    options = _picked(given, "kernel_size groups bias")
    return conv_transpose_parameters(channels, given["out_channels"], **options, dimensions=len(size))


def _conv_transpose_cost(
    shapes: list[Any], given: dict[str, Any], counted: dict[str, Any], output: Any
) -> int:
    channels, size = _channels_and_size(shapes, given)
    options = _picked(given, WINDOW + " out_channels groups output_padding")
    return conv_transpose_cost(size, in_channels=channels, **options, **_with_bias(given, counted))


def _with_bias(given: dict[str, Any], counted: dict[str, Any]) -> dict[str, Any]:
    """Give the way of counting; a layer without bias has none to count."""
    return counted | {"count_bias": counted["count_bias"] and given["bias"]}


def _pool_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    channels, size = _channels_and_size(shapes, given)
    return _with_channels(channels, pool_output_size(size, **given))


def _adaptive_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    channels, size = _channels_and_size(shapes, given)
    adaptive_pool_windows(size, given["output_size"])
    return _with_channels(channels, spread("output_size", given["output_size"], len(size)))


def _upsample_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    channels, size = _channels_and_size(shapes, given)
    return _with_channels(channels, upsample_output_size(size, **given))


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
    return _with_channels(channels, wanted)


def _linear_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    shape = _only(shapes, 1, "features last")
    declared = given["in_features"]
    if declared is not None and declared != shape[-1]:
        fix = f"pass in_features={shape[-1]}"
        if product(*shape) == declared:
            fix = "put a flatten before it"
        refuse("in_features", declared, f"must be the last axis of {shape}, {shape[-1]}", fix)
    result = list(shape[:-1])
    result.append(whole("out_features", given["out_features"]))
    return tuple(result)


def _linear_parameters(shapes: list[Any], given: dict[str, Any]) -> int:
    return linear_parameters(shapes[0][-1], given["out_features"], bias=given["bias"])


def _linear_cost(shapes: list[Any], given: dict[str, Any], counted: dict[str, Any], output: Any) -> int:
    shape = shapes[0]
    options = _with_bias(given, counted)
    return linear_cost(shape[-1], given["out_features"], positions=product(*shape[:-1]), **options)


def _same_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    return shapes[0]


def _flat_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    letters = " ".join(["N" + "₁₂₃₄₅₆₇₈₉"[at % 9] for at in range(len(shapes[0]))])
    return (evaluate("features", product, letters, *shapes[0]),)


def _norm_parameters(shapes: list[Any], given: dict[str, Any]) -> int:
    return norm_parameters(shapes[0][0], affine=given["affine"])


def _layer_norm_parameters(shapes: list[Any], given: dict[str, Any]) -> int:
    return norm_parameters(shapes[0][-1], affine=given["affine"], bias=given["bias"])


def _sequence(shapes: list[Any], given: dict[str, Any]) -> Any:
    shape = shapes[0]
    if len(shape) != 2:
        refuse("shape", shape, "must be (length, features)", "pass an input of two axes")
    attention_parameters(shape[1], given["num_heads"])
    return shape


def _attention_parameters(shapes: list[Any], given: dict[str, Any]) -> int:
    return attention_parameters(shapes[0][1], given["num_heads"], bias=given["bias"])


def _attention_cost(shapes: list[Any], given: dict[str, Any], counted: dict[str, Any], output: Any) -> int:
    return attention_cost(shapes[0][0], shapes[0][1], **_with_bias(given, counted))


def _embedding_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    result = list(shapes[0])
    result.append(whole("embedding_dim", given["embedding_dim"]))
    return tuple(result)


def _embedding_parameters(shapes: list[Any], given: dict[str, Any]) -> int:
    return embedding_parameters(given["num_embeddings"], given["embedding_dim"])


def _sum_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    for shape in shapes[1:]:
        if shape != shapes[0]:
            refuse("shapes", tuple(shapes), "must be equal to be added", _join_fix(shapes[0], shape))
    return shapes[0]


def _joined_shape(shapes: list[Any], given: dict[str, Any]) -> Any:
    for shape in shapes[1:]:
        if shape[1:] != shapes[0][1:]:
            rule = "must be equal but for the channels to be concatenated"
            refuse("shapes", tuple(shapes), rule, _join_fix(shapes[0], shape))
    return _with_channels(sum([shape[0] for shape in shapes]), shapes[0][1:])


def _join_fix(one: Any, other: Any) -> str:
    if len(one) != len(other):
        return "pass inputs with the same number of axes"
    if one[1:] == other[1:]:
        return f"put a conv {one[0]} 1 behind the one of {other[0]} channels"
    smaller, larger = (one, other) if product(*one[1:]) < product(*other[1:]) else (other, one)
    size = "x".join([str(number) for number in smaller[1:]])
    return f"crop the one of {larger[1:]} to {size}, or give its path the stride that leads there"


CONV = {"stride": 1, "padding": 0, "dilation": 1, "groups": 1, "bias": True, "in_channels": None}
POOL = {"stride": None, "padding": 0, "ceil_mode": False}
KINDS = {
    "conv": Kind(["out_channels", "kernel_size"], CONV, _conv_shape, _conv_parameters, _conv_cost),
    "conv_transpose": Kind(
        ["out_channels", "kernel_size"],
        CONV | {"output_padding": 0},
        _conv_transpose_shape,
        _conv_transpose_parameters,
        _conv_transpose_cost,
    ),
    "linear": Kind(
        ["out_features"], {"bias": True, "in_features": None}, _linear_shape, _linear_parameters, _linear_cost
    ),
    "max_pool": Kind(["kernel_size"], POOL | {"dilation": 1}, _pool_shape),
    "avg_pool": Kind(["kernel_size"], POOL, _pool_shape),
    "adaptive_pool": Kind(["output_size"], {}, _adaptive_shape),
    "upsample": Kind([], {"scale_factor": None, "output_size": None}, _upsample_shape),
    "crop": Kind(["output_size"], {}, _crop_shape),
    "norm": Kind([], {"affine": True}, _same_shape, _norm_parameters),
    "layer_norm": Kind([], {"affine": True, "bias": True}, _same_shape, _layer_norm_parameters),
    "attention": Kind(["num_heads"], {"bias": True}, _sequence, _attention_parameters, _attention_cost),
    "embedding": Kind(["num_embeddings", "embedding_dim"], {}, _embedding_shape, _embedding_parameters),
    "flatten": Kind([], {}, _flat_shape),
    "add": Kind([], {}, _sum_shape),
    "concat": Kind([], {}, _joined_shape),
}
ELEMENTWISE = ["identity", "relu", "relu6", "leaky_relu", "gelu", "sigmoid", "tanh", "softmax", "dropout"]
for _name in ELEMENTWISE:
    KINDS[_name] = Kind([], {}, _same_shape)
JOINS = ("add", "concat")
