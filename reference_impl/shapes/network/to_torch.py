"""Code that builds a network in torch."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import paddings, refuse, spread
from reference_impl.shapes.network.spec import Network, check_network
from reference_impl.shapes.network.table import network_table

ACTIVATIONS = {
    "identity": "Identity()",
    "relu": "ReLU()",
    "relu6": "ReLU6()",
    "leaky_relu": "LeakyReLU()",
    "gelu": "GELU()",
    "sigmoid": "Sigmoid()",
    "tanh": "Tanh()",
    "softmax": "Softmax(1)",
    "dropout": "Dropout()",
    "flatten": "Flatten()",
}
POOLS = {"max_pool": "MaxPool", "avg_pool": "AvgPool"}
RECURRENT = {"rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
TAKEN = (
    "and as assert async await break class continue def del elif else except finally for from global if import in is "
    "lambda nonlocal not or pass raise return try while with yield torch nn self input"
)


def to_torch(network: Network) -> str:
    r"""Write the code of a torch module that is this network.

    Running it gives a class `Model`; it has the parameters that the table counts, for example $M (C + b)$ in a dense
    layer, and its input is a batch of examples.

    Args:
        network: The network.

    Returns:
        Python code.

    Raises:
        ValueError: If a layer cannot take what it gets, or torch's own layers do not have its padding.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import read_network, to_torch
        >>> code = to_torch(read_network("input 3x8x9; stem: conv 4 3x2 stride=2 bias=false; relu; flatten; linear 5"))
        >>> print("\n".join(line.strip() for line in code.split("\n") if "self." in line and "nn." in line))
        self.stem = nn.Conv2d(3, 4, kernel_size=(3, 2), stride=2, bias=False)
        self.relu2 = nn.ReLU()
        self.flatten3 = nn.Flatten()
        self.linear4 = nn.Linear(48, 5)
        >>> namespace = {}
        >>> exec(code, namespace)
        >>> model = namespace["Model"]()
        >>> tuple(model(torch.zeros(2, 3, 8, 9)).shape), sum(weight.numel() for weight in model.parameters())
        ((2, 5), 317)

    Source:
        The layers of `torch.nn`.
    """
    check_network(network)
    shapes = {"input": network.input_size}
    for row in network_table(network).rows:
        shapes[row.name] = row.shape
    names = _identifiers(network)
    made, used = [], []
    for layer in network.layers:
        inputs = [shapes[name] for name in layer["inputs"]]
        sources = [names[name] for name in layer["inputs"]]
        module = _module(layer, inputs[0])
        owner = names[layer.get("shares", layer["name"])]
        if module and "shares" not in layer:
            made.append(f"        self.{owner} = nn.{module}")
        used.append(
            f"        {names[layer['name']]} = {_call(layer, owner, sources, inputs, shapes[layer['name']])}"
        )
    last = names[network.layers[-1]["name"]] if network.layers else "input"
    lines = [
        "import torch",
        "from torch import nn",
        "",
        "",
        "class Model(nn.Module):",
        "    def __init__(self):",
    ]
    lines.append("        super().__init__()")
    lines.extend(made)
    lines.extend(["", "    def forward(self, input):"])
    lines.extend(used)
    lines.append(f"        return {last}")
    return "\n".join(lines) + "\n"


def _identifiers(network: Network) -> dict[str, str]:
    """Give each layer a name that Python takes, all different."""
    names, taken = {"input": "input"}, set(TAKEN.split(" "))
    for at, layer in enumerate(network.layers):
        name = "".join([sign if sign in LETTERS else "_" for sign in layer["name"]])
        if name[0].isdigit() or name in taken or name == "_" * len(name):
            name = f"layer{at + 1}_{name}"
        taken.add(name)
        names[layer["name"]] = name
    return names


def _module(layer: dict[str, Any], shape: Any) -> str:
    """Write the module of a layer; one that only joins or cuts has none."""
    kind, dimensions = layer["kind"], len(shape) - 1
    if kind in ACTIVATIONS:
        return ACTIVATIONS[kind]
    if kind in ("conv", "conv_transpose"):
        name = "Conv" if kind == "conv" else "ConvTranspose"
        names = "stride padding output_padding dilation groups bias"
        channels = f"{shape[0]}, {layer['out_channels']}, kernel_size={layer['kernel_size']}"
        return f"{name}{dimensions}d({channels}{_options(layer, names, dimensions)})"
    if kind in POOLS:
        if _is_uneven(layer["padding"], dimensions):
            rule = f"of layer `{layer['name']}` is none that torch's pooling has"
            refuse("padding", layer["padding"], rule, "pass one int, or one for each dimension")
        options = _options(layer, "stride padding dilation ceil_mode", dimensions)
        return f"{POOLS[kind]}{dimensions}d({layer['kernel_size']}{options})"
    if kind == "norm":
        return f"BatchNorm{max(dimensions, 1)}d({shape[0]}{_options(layer, 'affine', dimensions)})"
    if kind == "layer_norm":
        affine = "" if layer["affine"] else ", elementwise_affine=False"
        return f"LayerNorm({shape[-1]}{affine}{_options(layer, 'bias', dimensions)})"
    if kind == "linear":
        return f"Linear({shape[-1]}, {layer['out_features']}{_options(layer, 'bias', dimensions)})"
    if kind == "attention":
        options = _options(layer, "bias", dimensions)
        return f"MultiheadAttention({shape[-1]}, {layer['num_heads']}{options}, batch_first=True)"
    if kind == "embedding":
        return f"Embedding({layer['num_embeddings']}, {layer['embedding_dim']})"
    if kind in RECURRENT:
        options = _options(layer, "num_layers bias bidirectional proj_size", dimensions)
        return f"{RECURRENT[kind]}({shape[-1]}, {layer['hidden_size']}{options}, batch_first=True)"
    if kind in ("fold", "unfold"):
        return _window_matrix(layer, dimensions)
    if kind == "adaptive_pool":
        return f"AdaptiveAvgPool{dimensions}d({layer['output_size']})"
    if kind == "upsample":
        name = "size" if layer["scale_factor"] is None else "scale_factor"
        return f"Upsample({name}={layer['output_size' if name == 'size' else name]})"
    return ""


def _window_matrix(layer: dict[str, Any], dimensions: int) -> str:
    """Write a layer between an image and the matrix of its windows, which torch has in two dimensions alone."""
    size = layer.get("output_size")
    count = dimensions
    if size is not None:
        count = len(size) if isinstance(size, (tuple, list)) else 1
    if count != 2:
        rule = f"of layer `{layer['name']}` must have two dimensions for torch"
        refuse("size", size, rule, "pass an image, or fold to e.g. 8x8")
    first = "Unfold(" if size is None else f"Fold({size}, "
    return f"{first}{layer['kernel_size']}{_options(layer, 'stride padding dilation', dimensions)})"


DEFAULTS = {
    "num_layers": (1,),
    "proj_size": (0,),
    "stride": (1, None),
    "padding": (0, "valid"),
    "output_padding": (0,),
    "dilation": (1,),
    "groups": (1,),
}


def _options(layer: dict[str, Any], names: str, dimensions: int) -> str:
    """Write the arguments that are not torch's defaults."""
    text = ""
    for name in names.split(" "):
        value = layer.get(name)
        if name in ("bias", "affine"):
            usual = value is not False
        elif name in ("ceil_mode", "bidirectional"):
            usual = value is not True
        elif name == "stride" and layer["kind"] in POOLS:
            usual = value is None
        else:
            usual = value is None or value in DEFAULTS[name]
        if name == "padding" and _is_uneven(value, dimensions) and value != "same":
            usual = True
        if not usual:
            text += f", {name}={value!r}"
    return text


def _is_uneven(padding: Any, dimensions: int) -> bool:
    return padding == "same" or (isinstance(padding, (tuple, list)) and isinstance(padding[0], (tuple, list)))


def _call(layer: dict[str, Any], owner: str, sources: list[str], inputs: list[Any], output: Any) -> str:
    """Write what a layer does to its inputs."""
    kind = layer["kind"]
    if kind == "add":
        return " + ".join(sources)
    if kind == "concat":
        return f"torch.cat([{', '.join(sources)}], 1)"
    if kind == "attention":
        return f"self.{owner}({', '.join(sources * 3)}, need_weights=False)[0]"
    if kind in RECURRENT:
        return f"self.{owner}({sources[0]})[0]"
    if kind == "crop":
        starts = [(inputs[0][at] - output[at]) // 2 for at in range(1, len(output))]
        slices = [f"{starts[at]}:{starts[at] + output[at + 1]}" for at in range(len(starts))]
        return f"{sources[0]}[..., {', '.join(slices)}]"
    padding, count = layer.get("padding"), len(inputs[0]) - 1
    if kind in ("conv", "conv_transpose") and _is_uneven(padding, count) and padding != "same":
        ones = (1,) * count
        pairs = paddings(padding, spread("kernel_size", layer["kernel_size"], count), ones, ones)
        sign = -1 if kind == "conv_transpose" else 1
        amounts = [sign * number for pair in reversed(pairs) for number in pair]
        if kind == "conv_transpose":
            return f"nn.functional.pad(self.{owner}({sources[0]}), {amounts})"
        return f"self.{owner}(nn.functional.pad({sources[0]}, {amounts}))"
    return f"self.{owner}({sources[0]})"
