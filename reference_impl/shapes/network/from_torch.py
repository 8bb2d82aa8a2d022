"""The spec of a live torch model. Torch is the caller's: it is loaded already, and nothing is imported here."""

import sys

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import refuse
from reference_impl.shapes.network.kinds import ELEMENTWISE
from reference_impl.shapes.network.spec import Network

WINDOW = "kernel_size stride padding dilation groups out_channels"
MODULES = {
    "Conv": ("conv", WINDOW),
    "ConvTranspose": ("conv_transpose", WINDOW + " output_padding"),
    "MaxPool": ("max_pool", "kernel_size stride padding dilation ceil_mode"),
    "AvgPool": ("avg_pool", "kernel_size stride padding ceil_mode"),
    "AdaptiveAvgPool": ("adaptive_pool", "output_size"),
    "AdaptiveMaxPool": ("adaptive_pool", "output_size"),
    "BatchNorm": ("norm", "affine"),
    "InstanceNorm": ("norm", "affine"),
    "GroupNorm": ("norm", "affine"),
    "Linear": ("linear", "out_features"),
    "Embedding": ("embedding", "num_embeddings embedding_dim"),
    "Flatten": ("flatten", ""),
    "MultiheadAttention": ("attention", "num_heads"),
}
FUNCTIONS = {"add": "add", "iadd": "add", "cat": "concat", "concat": "concat", "flatten": "flatten"}


def from_torch(module: Any, input_size: tuple[int, ...]) -> Network:
    r"""Make the spec of a live torch module.

    The module is traced by `torch.fx`, so that branches, sums, concatenations and shared layers are found; a dense
    layer that stands twice counts its $M (C + b)$ parameters once.

    Args:
        module: A `torch.nn.Module`.
        input_size: The shape of one example, without the batch.

    Returns:
        A [Network][reference_impl.shapes.Network].

    Raises:
        ValueError: If the module does something that no layer of a network does.
        TypeError: If `module` is no torch module.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import from_torch, network_table
        >>> nn = torch.nn
        >>> model = nn.Sequential(nn.Conv2d(3, 4, (3, 2), stride=2), nn.ReLU(), nn.Flatten(), nn.Linear(48, 5))
        >>> network = from_torch(model, (3, 8, 9))
        >>> [layer["kind"] for layer in network.layers]
        ['conv', 'relu', 'flatten', 'linear']
        >>> table = network_table(network)
        >>> table.parameters == sum(weight.numel() for weight in model.parameters()), table.parameters
        (True, 321)

    Source:
        Reed et al., [torch.fx](https://arxiv.org/abs/2112.08429), MLSys 2022.
    """
    torch = sys.modules.get("torch")
    if torch is None or not isinstance(module, torch.nn.Module):
        refuse(
            "module",
            type(module).__name__,
            "must be a torch.nn.Module",
            "pass e.g. torch.nn.Linear(3, 4)",
            TypeError,
        )
    single = _kind_of(module) is not None  # which fx would open
    return Network(input_size, [_layer(module, module)] if single else _traced(module, torch))


def _traced(module: Any, torch: Any) -> list[dict[str, Any]]:
    leaves = dict(module.named_modules())
    layers: list[dict[str, Any]] = []
    names: dict[str, str] = {}
    first_use: dict[Any, str] = {}
    for node in torch.fx.symbolic_trace(module).graph.nodes:
        sources = [names[source.name] for source in node.all_input_nodes if source.name in names]
        if node.op == "placeholder":
            if names:
                refuse("module", node.name, "is a second input, and a network has one", "trace a part of it")
            names[node.name] = "input"
        elif node.op == "output":
            continue
        elif getattr(node.target, "__name__", "") == "getitem" and node.args[1] == 0:
            names[node.name] = sources[0]  # attention returns its output first, then its weights
        else:
            leaf = leaves[node.target] if node.op == "call_module" else None
            layer = _layer(leaf, module) if leaf is not None else _function(node)
            layer |= {"name": node.name, "inputs": sources[:1] if layer["kind"] == "attention" else sources}
            if leaf is not None and leaf in first_use and list(leaf.parameters()):
                layer["shares"] = first_use[leaf]
            elif leaf is not None:
                first_use[leaf] = node.name
            layers.append(layer)
            names[node.name] = node.name
    return layers


def _kind_of(module: Any) -> tuple[str, str] | None:
    """Give kind and arguments of a torch layer, found by its class name without the dimensions."""
    name = type(module).__name__
    plain = name[:-2] if name[-2:] in ("1d", "2d", "3d") else name
    known = MODULES.get(plain)
    if known or plain.lower() in (
        "relu",
        "relu6",
        "gelu",
        "sigmoid",
        "tanh",
        "softmax",
        "dropout",
        "identity",
    ):
        return known or (plain.lower(), "")
    extra = {"LeakyReLU": ("leaky_relu", ""), "Upsample": ("upsample", ""), "LayerNorm": ("layer_norm", "")}
    return extra.get(plain)


def _layer(module: Any, whole: Any) -> dict[str, Any]:
    found = _kind_of(module)
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
    if kind == "upsample":
        layer |= {"scale_factor": module.scale_factor, "output_size": module.size}
    if kind == "layer_norm":
        layer |= {"affine": module.elementwise_affine, "bias": module.bias is not None}
    return layer


def _function(node: Any) -> dict[str, Any]:
    name = node.target if isinstance(node.target, str) else getattr(node.target, "__name__", str(node.target))
    kind = FUNCTIONS.get(name, name if name in ELEMENTWISE else None)
    if kind is None:
        refuse(
            "module",
            name,
            "is nothing that a layer of a network does",
            "use a module of torch.nn in its place",
        )
    return {"kind": kind}
