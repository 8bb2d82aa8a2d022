"""Answers about the way back: arguments that lead from one size to another, inputs that lead to a size."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.inverse import inputs_for, solve_conv, solve_conv_transpose, solve_pool
from reference_impl.shapes.parameters import conv_parameters
from sitebuild.calculators.in_page.markup import escaped, shape_text, table
from sitebuild.calculators.in_page.reading import as_tuple, given, value
from sitebuild.calculators.in_page.torch_code import layer_code

WINDOW = ["kernel_size", "stride", "padding", "dilation"]
LAYERS: dict[str, tuple[Any, list[str], str, str]] = {
    "conv": (solve_conv, WINDOW, "convolution", "Conv"),
    "conv-transpose": (
        solve_conv_transpose,
        WINDOW + ["output_padding"],
        "transposed-convolution",
        "ConvTranspose",
    ),
    "pool": (solve_pool, WINDOW + ["ceil_mode"], "pooling", "MaxPool"),
}
MOST_ROWS = 100


def inverse(values: dict[str, str]) -> dict[str, Any]:
    """Answer which arguments, or which inputs, lead to a size."""
    if values["layer"] == "inputs":
        return _inputs(values)
    solve, names, page, layer = LAYERS[values["layer"]]
    size, wanted = value(values["input_size"]), value(values["output_size"])
    known = given(values, " ".join(names))
    if values["layer"] == "pool":
        known.pop("ceil_mode", None)
        known |= {"ceil_mode": values["ceil_mode"] == "yes"} if values["ceil_mode"] else {}
    found = solve(size, wanted, **known, limits=_limits(values["limits"]))
    searched = [f"{name} {_range(found.searched[name])}" for name in names]
    tried = f'<p class="calculator-note">Tried: {escaped(", ".join(searched))}.</p>'
    if not found.options:
        nearest = ", ".join([shape_text(near) for near in found.nearest]) or "none"
        words = f"Nothing leads there within the limits. The nearest sizes that can be had: {nearest}"
        return {"status": words, "html": f"<p><strong>{words}.</strong></p>{tried}"}
    rows = []
    for option in found.options[:MOST_ROWS]:
        link = _link(page, size, option, names)
        rows.append([f'<a href="{link}">{_written(option[names[0]])}</a>'])
        rows[-1].extend([_written(option[name]) for name in names[1:]])
    count = len(found.options)
    words = f"{count} way" + ("" if count == 1 else "s") + f" from {shape_text(size)} to {shape_text(wanted)}"
    if count > MOST_ROWS:
        words += f", the first {MOST_ROWS} of them listed"
    return {
        "status": words,
        "html": f"<p><strong>{words}.</strong> Simplest first; each is a link to its calculator.</p>"
        + table(names, rows, "Arguments")
        + tried,
        "code": _code(layer, as_tuple(size), as_tuple(wanted), found.options[0]),
    }


def _code(layer: str, sizes: tuple[int, ...], outputs: tuple[int, ...], option: dict[str, Any]) -> str:
    channels = (1,) if layer == "MaxPool" else (1, 1)
    parameters = conv_parameters(1, 1, option["kernel_size"], dimensions=len(sizes))
    return layer_code(layer, channels, sizes, (1,) + outputs, option, parameters)


def _limits(text: str) -> dict[str, Any]:
    """Read limits such as `kernel_size=11 stride=5`; what has no number is left to the package to refuse."""
    limits = {}
    for word in text.replace(",", " ").split():
        name, _, most = word.partition("=")
        limits[name] = value(most)
    return limits


def _inputs(values: dict[str, str]) -> dict[str, Any]:
    wanted, known = value(values["output_size"]), given(values, "stride padding dilation")
    found = inputs_for(wanted, value(values["kernel_size"]), **known)
    lists: Any = found if isinstance(found, tuple) else (found,)
    rows = []
    for at in range(len(lists)):
        for size, extra in lists[at][:MOST_ROWS]:
            rows.append(([str(at + 1)] if len(lists) > 1 else []) + [str(size), str(extra)])
    sizes = [", ".join([str(size) for size, _ in pairs]) or "none" for pairs in lists]
    words = f"Inputs that give {shape_text(wanted)}: " + "; ".join(sizes)
    head = (["dimension"] if len(lists) > 1 else []) + ["input size", "output_padding that undoes it"]
    return {
        "status": words,
        "html": f"<p><strong>{words}.</strong></p>" + (table(head, rows, "Inputs") if rows else ""),
        "no_code": "The answer is a list of sizes, which needs no code",
    }


def _link(page: str, size: Any, option: dict[str, Any], names: list[str]) -> str:
    """Give the address of the calculator with these arguments put in."""
    parts = ["size=" + _written(size)]
    for name in names:
        shown = option[name]
        parts.append(name + "=" + (("yes" if shown else "no") if name == "ceil_mode" else _written(shown)))
    return f"../{page}/?" + "&amp;".join(parts)


def _written(number: Any) -> str:
    """Write an argument as one types it."""
    if isinstance(number, (tuple, list)):
        return "x".join([",".join([str(part) for part in as_tuple(entry)]) for entry in number])
    return ("yes" if number else "no") if isinstance(number, bool) else escaped(str(number))


def _range(bounds: Any) -> str:
    if isinstance(bounds, tuple) and len(bounds) == 2:
        return f"{_written(bounds[0])} to {_written(bounds[1])}"
    return _written(bounds)
