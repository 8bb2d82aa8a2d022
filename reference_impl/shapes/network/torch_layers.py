"""Which kind of layer a layer or function of torch is, and with which arguments."""

from reference_impl.shapes.annotations import Any, NoReturn
from reference_impl.shapes.arguments import refuse
from reference_impl.shapes.network.kinds import ELEMENTWISE

WINDOW = "kernel_size stride padding dilation"
RECURRENT = "hidden_size num_layers bias bidirectional"
MODULES = {
    "Conv": ("conv", WINDOW + " groups out_channels"),
    "ConvTranspose": ("conv_transpose", WINDOW + " groups out_channels output_padding"),
    "MaxPool": ("max_pool", WINDOW + " ceil_mode"),
    "AvgPool": ("avg_pool", "kernel_size stride padding ceil_mode"),
    "AdaptiveAvgPool": ("adaptive_pool", "output_size"),
    "AdaptiveMaxPool": ("adaptive_pool", "output_size"),
    "Unfold": ("unfold", WINDOW),
    "Fold": ("fold", WINDOW),
    "BatchNorm": ("norm", "affine"),
    "InstanceNorm": ("norm", "affine"),
    "GroupNorm": ("norm", "affine"),
    "LayerNorm": ("layer_norm", ""),
    "Linear": ("linear", "out_features"),
    "Embedding": ("embedding", "num_embeddings embedding_dim"),
    "Flatten": ("flatten", ""),
    "MultiheadAttention": ("attention", "num_heads"),
    "RNN": ("rnn", RECURRENT),
    "GRU": ("gru", RECURRENT),
    "LSTM": ("lstm", RECURRENT + " proj_size"),
    "LeakyReLU": ("leaky_relu", ""),
    "Upsample": ("upsample", ""),
}
PLAIN = ("relu", "relu6", "gelu", "sigmoid", "tanh", "softmax", "dropout", "identity")
FUNCTIONS = {"add": "add", "iadd": "add", "cat": "concat", "concat": "concat", "flatten": "flatten"}
TUPLES = ("attention", "rnn", "gru", "lstm")
"""Layers that return their output first, and something else after it."""


def kind_of(module: Any) -> tuple[str, str] | None:
    """Give kind and names of arguments of a torch layer, found by its class name without the dimensions."""
    name = type(module).__name__
    plain = name[:-2] if name[-2:] in ("1d", "2d", "3d") else name
    return MODULES.get(plain) or ((plain.lower(), "") if plain.lower() in PLAIN else None)


def layer_of(module: Any, whole: Any) -> dict[str, Any]:
    """Give the layer that a module of torch is; the whole is named if it is none."""
    found = kind_of(module)
    if not found:
        rule = f"in {type(whole).__name__} is no layer that is known"
        refuse("module", type(module).__name__, rule, "replace it by layers of torch.nn that are")
    kind, names = found
    layer: dict[str, Any] = {"kind": kind}
    for name in names.split():
        layer[name] = getattr(module, name)
    if kind in ("conv", "conv_transpose", "linear"):
        layer["bias"] = module.bias is not None
    if kind == "attention":
        layer["bias"] = module.in_proj_bias is not None
        if module.bias_k is not None or not module._qkv_same_embed_dim:
            refuse_use(
                "MultiheadAttention", "has keys and values of its own", "leave out kdim, vdim, add_bias_kv"
            )
    if kind in ("rnn", "gru", "lstm") and not module.batch_first:
        refuse_use(
            type(module).__name__, "takes the length before the batch", "make it with batch_first=True"
        )
    if kind == "upsample":
        layer |= {"scale_factor": module.scale_factor, "output_size": module.size}
    if kind == "fold":
        size = module.output_size
        layer["output_size"] = size if isinstance(size, tuple) else (size, size)
    if kind == "layer_norm":
        if len(module.normalized_shape) != 1:
            refuse_use("LayerNorm", "normalises several axes", "normalise the last one")
        layer |= {"affine": module.elementwise_affine, "bias": module.bias is not None}
    if kind == "flatten" and (module.start_dim, module.end_dim) != (1, -1):
        refuse_use("Flatten", "leaves axes as they are", "flatten all axes of an example")
    return layer


def function_of(node: Any) -> dict[str, Any]:
    """Give the layer that a function or method of torch is."""
    name = node.target if isinstance(node.target, str) else getattr(node.target, "__name__", str(node.target))
    kind = FUNCTIONS.get(name, name if name in ELEMENTWISE else None)
    if kind is None:
        refuse_use(name, "is nothing that a layer of a network does", "use a module of torch.nn in its place")
    others = list(node.args[1:])
    others.extend(node.kwargs.values())
    if kind == "concat" and others != [1]:
        refuse_use(name, "joins another axis than the channels", "pass 1 as its axis")
    if kind == "flatten" and others != [1]:
        refuse_use(name, "does not flatten all axes of an example", "pass 1 as its first axis")
    return {"kind": kind}


def refuse_use(name: str, rule: str, fix: str) -> NoReturn:
    """Refuse what a module does."""
    refuse("module", name, rule, fix)
