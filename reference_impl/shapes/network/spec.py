"""A network as data, and the text form of the same."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import refuse, whole
from reference_impl.shapes.network.kinds import JOINS, KINDS

NO_ARGUMENTS = {"name", "kind", "inputs", "shares"}


class Network:
    r"""A network: the shape $C \times H \times W$ of its input, and its layers.

    Each layer is a dictionary with its `kind`, the arguments of that kind, and optionally a `name`, the names of its
    `inputs` (the layer before it, unless given; `"input"` is the network's input), and `shares`, the name of a layer
    whose weights it uses. The arguments are attributes as well; of the layers, every argument, name and input is
    filled in.

    Args:
        input_size: The shape of one example: channels first, then the size.
        layers: The layers, as dictionaries.

    Raises:
        ValueError: If a kind, an argument or a name is unknown, or something required is missing.
        TypeError: If something has the wrong type.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import Network, network_table
        >>> pool = {"name": "pool", "kind": "max_pool", "kernel_size": 2, "inputs": ["input"]}
        >>> network = Network((3, 9), [{"kind": "relu"}, pool, {"kind": "concat", "inputs": ["pool", "pool"]}])
        >>> network.input_size, [layer["name"] for layer in network.layers], network.layers[2]["inputs"]
        ((3, 9), ['relu1', 'pool', 'concat3'], ['pool', 'pool'])
        >>> pooled = torch.nn.MaxPool1d(2)(torch.zeros(1, 3, 9))
        >>> network_table(network).output_size, tuple(torch.cat([pooled, pooled], 1).shape)
        ((6, 4), (1, 6, 4))
    """

    def __init__(self, input_size: Any, layers: Any) -> None:
        self.input_size = input_shape(input_size)
        self.layers: list[dict[str, Any]] = []
        names, taken = ["input"], {"input"}
        if not isinstance(layers, (tuple, list)) or not all(isinstance(layer, dict) for layer in layers):
            refuse("layers", layers, "must be a list of dicts", "pass e.g. [{'kind': 'relu'}]", TypeError)
        for layer in layers:
            self.layers.append(_completed(layer, names, taken))
            names.append(self.layers[-1]["name"])
            taken.add(names[-1])


def input_shape(size: Any) -> tuple[int, ...]:
    """Give the shape of one example as a tuple."""
    if not isinstance(size, (tuple, list)) or not size:
        refuse("input_size", size, "must be the shape of one example", "pass e.g. (3, 224, 224)", TypeError)
    return tuple([whole("input_size", number) for number in size])


def check_network(network: Any) -> None:
    """Refuse what is no Network."""
    if not isinstance(network, Network):
        fix = "pass e.g. read_network('input 3x32x32; conv 8 3')"
        refuse("network", type(network).__name__, "must be a Network", fix, TypeError)


def _completed(layer: dict[str, Any], names: list[str], taken: set[str]) -> dict[str, Any]:
    """Fill in name, inputs and defaults of a layer that comes after the named ones, given in order and as a set."""
    name = layer.get("name") or f"{layer.get('kind')}{len(names)}"
    kind = KINDS.get(layer.get("kind", ""))
    if kind is None:
        refuse(
            "kind",
            layer.get("kind"),
            f"of layer {len(names)} is unknown",
            f"choose among {', '.join(sorted(KINDS))}",
        )
    if name in taken:
        refuse("name", name, f"of layer {len(names)} is taken", "give each layer a name of its own")
    found = {"name": name, "kind": layer["kind"], "inputs": list(layer.get("inputs") or [names[-1]])}
    for source in found["inputs"] + ([layer["shares"]] if layer.get("shares") else []):
        if source not in taken:
            refuse(
                "inputs",
                source,
                f"of layer `{name}` is no layer before it",
                f"choose among {', '.join(names)}",
            )
    if layer["kind"] not in JOINS and len(found["inputs"]) != 1:
        refuse(
            "inputs", found["inputs"], f"of layer `{name}` must be one", "join them with add or concat before"
        )
    if layer.get("shares"):
        found["shares"] = layer["shares"]
    for argument in kind.required:
        if argument not in layer:
            refuse(
                "kind",
                layer["kind"],
                f"of layer `{name}` needs {argument}",
                f"pass {' '.join(kind.required)}",
            )
        found[argument] = layer[argument]
    for argument in kind.optional:
        found[argument] = layer.get(argument, kind.optional[argument])
    for argument in layer:
        if argument not in found and argument != "shares":
            known = kind.required + sorted(kind.optional)
            refuse(
                "argument",
                argument,
                f"is unknown to layer `{name}` ({layer['kind']})",
                f"choose among {known}",
            )
    return found


def arguments_of(layer: dict[str, Any]) -> dict[str, Any]:
    """Give the arguments of a layer without its name and connections."""
    return {key: layer[key] for key in layer if key not in NO_ARGUMENTS}


def read_layers(text: str) -> tuple[Any, list[dict[str, Any]]]:
    """Read the text form: the shape of the input, or None if there is no such line, and the layers."""
    size: Any = None
    layers: list[dict[str, Any]] = []
    for line in text.replace(";", "\n").split("\n"):
        words = line.split("#")[0].split()
        if not words:
            continue
        if words[0] == "input":
            size = (
                _value(words[1])
                if len(words) == 2
                else refuse("line", line, "is unknown", "pass e.g. input 3x32x32")
            )
            size = size if isinstance(size, tuple) else (size,)
        else:
            layers.append(_layer(words, line, layers))
    return size, layers


def _layer(words: list[str], line: str, before: list[dict[str, Any]]) -> dict[str, Any]:
    layer: dict[str, Any] = {}
    if words[0].endswith(":"):
        layer["name"] = words[0][:-1]
        words = words[1:]
    if not words or words[0] not in KINDS:
        refuse("line", line.strip(), "names no kind of layer", f"choose among {', '.join(sorted(KINDS))}")
    layer["kind"] = words[0]
    plain = [word for word in words[1:] if "=" not in word]
    for word in words[1:]:
        if "=" in word:
            key, value = word.split("=", 1)
            layer["inputs" if key == "from" else key] = value.split(",") if key == "from" else _value(value)
    if layer["kind"] in JOINS:
        layer["inputs"] = ([previous_name(before)] if "inputs" not in layer else layer["inputs"]) + plain
        return layer
    required = KINDS[layer["kind"]].required
    if len(plain) > len(required):
        refuse(
            "line", line.strip(), f"has more plain values than {required}", "write further ones as name=value"
        )
    for at in range(len(plain)):
        layer[required[at]] = _value(plain[at])
    return layer


def previous_name(before: list[dict[str, Any]]) -> str:
    """Give the name of the last layer, or of the input."""
    if not before:
        return "input"
    return before[-1].get("name") or f"{before[-1]['kind']}{len(before)}"


def _value(word: str) -> Any:
    """Read a number, numbers or pairs of them joined by x, true, false, or a word."""
    if _is_number(word):
        return int(word)
    if word in ("true", "false"):
        return word == "true"
    parts = [part.split(",") for part in word.split("x")]
    if all(_is_number(digits) for part in parts for digits in part):
        numbers = [
            tuple([int(digits) for digits in part]) if len(part) > 1 else int(part[0]) for part in parts
        ]
        return numbers[0] if len(numbers) == 1 and "," not in word else tuple(numbers)
    try:
        return float(word)
    except ValueError:
        return word


def _is_number(word: str) -> bool:
    """Say whether a word is a number; ² is a digit as well, and none that int takes."""
    return word.isdigit() and max(word) <= "9"
