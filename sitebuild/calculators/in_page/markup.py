"""HTML of answers."""

from reference_impl.shapes.annotations import Any


def escaped(text: str) -> str:
    """Make text safe to stand in HTML, in attributes as well."""
    for sign, name in (("&", "amp"), ("<", "lt"), (">", "gt"), ('"', "quot")):
        text = text.replace(sign, "&" + name + ";")
    return text


def shape_text(shape: Any) -> str:
    """Write a shape with signs of multiplication."""
    numbers = shape if isinstance(shape, (tuple, list)) else (shape,)
    return "×".join([str(number) for number in numbers])


def figures(rows: list[tuple[str, str]]) -> str:
    """Give names and their values, the first as the main one."""
    pairs = [f"<div><dt>{escaped(name)}</dt><dd>{escaped(shown)}</dd></div>" for name, shown in rows]
    return '<dl class="calculator-figures">' + "".join(pairs) + "</dl>"


def derivation(steps: list[tuple[str, Any]]) -> str:
    """Give the formulas of recorded derivations, with their numbers put in."""
    rows = []
    for name, found in steps:
        for step in found.data:
            result = f"{step['result']:,}" if isinstance(step["result"], int) else str(step["result"])
            rows.append(
                f"<dt>{escaped(_step_name(name, step['name']))}</dt><dd>{escaped(step['formula'])}"
                f"<br>= {escaped(step['numbers'])}<br>= <strong>{result}</strong></dd>"
            )
    return '<h3>Arithmetic</h3><dl class="calculator-derivation">' + "".join(rows) + "</dl>"


def _step_name(name: str, step: str) -> str:
    return name if step in ("size", "macs", "flops", "parameters", name) else f"{name}: {step}"


def table(head: list[str], rows: list[list[str]], caption: str, numeric: int = 0) -> str:
    """Give a table; the cells are HTML, the last `numeric` columns are numbers, the first names the row."""
    first_number = len(head) - numeric
    cells = []
    for at in range(len(head)):
        cells.append(f'<th scope="col"{_numeric(at >= first_number)}>{head[at]}</th>')
    lines = ["<thead><tr>" + "".join(cells) + "</tr></thead><tbody>"]
    for row in rows:
        line = f'<tr><th scope="row">{row[0]}</th>'
        for at in range(1, len(row)):
            line += f"<td{_numeric(at >= first_number)}>{row[at]}</td>"
        lines.append(line + "</tr>")
    lines.append("</tbody>")
    body = "".join(lines)
    return (
        f'<div class="calculator-table" role="region" tabindex="0" aria-label="{escaped(caption)}">'
        f'<table class="calculator-rows">{body}</table></div>'
    )


def _numeric(is_number: bool) -> str:
    return ' class="calculator-number"' if is_number else ""
