"""Answers about networks: the table and its sums, and what an output sees of the input."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.network.ready import READY
from reference_impl.shapes.network.receptive import receptive_field as field_of
from reference_impl.shapes.network.spec import Network, read_layers
from reference_impl.shapes.network.table import Table, network_table, read_network
from reference_impl.shapes.network.to_torch import to_torch
from sitebuild.calculators.in_page.cone import cone
from sitebuild.calculators.in_page.layers import COUNTED
from sitebuild.calculators.in_page.markup import escaped, figures, shape_text, table
from sitebuild.calculators.in_page.reading import as_tuple, is_set, value

MOST_LAYERS = 200


def network(values: dict[str, str]) -> dict[str, Any]:
    """Answer for a network: a ready one, or one in the text form."""
    name = values["network"]
    text = READY[name]() if name in READY else values["text"]
    shape = as_tuple(value(values["input_size"])) if values["input_size"].strip() else None
    spec = read_network(text, shape)
    found = network_table(spec, unit=values["unit"], count_bias=is_set(values, "count_bias"))
    memory, cost = found.memory(values["dtype"]), COUNTED[values["unit"]]
    rows = [["input", "", shape_text(found.input_size), "", ""]]
    for row in found.rows:
        counts = [f"{row.parameters:,}", f"{row.cost:,}"]
        rows.append([escaped(row.name), row.kind, shape_text(row.shape)] + counts)
    answer = {
        "status": f"Output {shape_text(found.output_size)}, {found.parameters:,} parameters, {found.cost:,} {cost}",
        "html": figures(
            [
                ("output", shape_text(found.output_size)),
                ("parameters", f"{found.parameters:,}"),
                (cost, f"{found.cost:,}"),
            ]
        )
        + table(["layer", "kind", "output", "parameters", cost], rows, "Layers", 2)
        + '<h2 class="calculator-heading">Memory</h2>'
        + figures(
            [
                (name, f"{memory[key]:,} bytes")
                for key, name in (
                    ("parameters", "parameters as " + values["dtype"]),
                    ("forward", "activations, forward only"),
                    ("backward", "activations kept for backward"),
                )
            ]
        ),
        "text": "\n".join([line.strip() for line in text.replace(";", "\n").split("\n")]).strip(),
    }
    return answer | _code(spec, found)


def _code(spec: Network, found: Table) -> dict[str, str]:
    """Write the network in torch, with what the table says of it asserted."""
    try:
        code = to_torch(spec)
    except ValueError as error:
        return {"no_code": str(error)}
    takes_indices = any(layer["kind"] == "embedding" and "input" in layer["inputs"] for layer in spec.layers)
    dtype = ", dtype=torch.long" if takes_indices else ""
    lines = [
        "",
        "",
        "",
        'with torch.device("meta"):  # sizes alone, nothing is computed',
        "    model = Model().eval()",
        f"    output = model(torch.zeros({(1,) + tuple(spec.input_size)}{dtype}))",
        f"assert tuple(output.shape) == {(1,) + tuple(found.output_size)}",
        f"assert sum(weight.numel() for weight in model.parameters()) == {found.parameters}",
        "",
    ]
    return {"code": code.rstrip() + "\n".join(lines)}


def receptive_field(values: dict[str, str]) -> dict[str, Any]:
    """Answer what one output sees, after each layer."""
    count, layers = int(values["dimensions"]), read_layers(values["text"])[1]
    whole = field_of(Network((1,), layers), dimensions=count)
    named = Network((1,), layers).layers
    rows = []
    for at in range(min(len(named), MOST_LAYERS)):
        found = field_of(named[: at + 1], dimensions=count)
        numbers = [shape_text(found.size), shape_text(found.jump), _signed(found.offset)]
        rows.append([escaped(named[at]["name"]), named[at]["kind"]] + numbers)
    shown = [
        ("size", shape_text(whole.size)),
        ("jump", shape_text(whole.jump)),
        ("offset", _signed(whole.offset)),
    ]
    return {
        "status": "Receptive field " + ", ".join([f"{name} {number}" for name, number in shown]),
        "html": figures(shown)
        + cone(Network((1,), layers), count)
        + table(["after layer", "kind", "size", "jump", "offset"], rows, "Layers", 3),
    }


def _signed(offset: Any) -> str:
    """Write an offset with a sign of subtraction."""
    text = ", ".join([str(number) for number in as_tuple(offset)])
    return text.replace("-", "−")
