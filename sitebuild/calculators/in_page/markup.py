"""HTML of answers."""

from reference_impl.shapes.annotations import Any

LETTERS = [
    ("W", "input size"),
    ("M", "output size"),
    ("K", "kernel size"),
    ("S", "stride"),
    ("P₁", "padding before"),
    ("P₂", "padding after"),
    ("P", "padding"),
    ("D", "dilation"),
    ("O", "output padding"),
    ("C", "input channels"),
    ("F", "output channels"),
    ("g", "groups"),
    ("b", "1 with bias, else 0"),
    ("m", "multiply-adds"),
    ("B", "additions of the bias"),
]


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


def derivation(found: list[Any]) -> str:
    """Give the formulas of recorded derivations, and the same with their numbers put in."""
    steps = [step for one in found for step in one.data]
    count = len([step for step in steps if step["name"] == "size"])
    names = ["size"] if count == 1 else ["depth", "height", "width"][-count:]
    rows = []
    for step in steps:
        name = "output " + names.pop(0) if step["name"] == "size" else step["name"]
        result = f"{step['result']:,}" if isinstance(step["result"], int) else str(step["result"])
        formula, numbers = escaped(step["formula"]), escaped(step["numbers"])
        rows.append(
            f"<dt>{escaped(name)}</dt><dd>{formula}<br>= {numbers}<br>= <strong>{result}</strong></dd>"
        )
    return (
        '<h2 class="calculator-heading">Arithmetic</h2><dl class="calculator-derivation">'
        + "".join(rows)
        + f'</dl><p class="calculator-note">{_letters([step["formula"] for step in steps])}</p>'
    )


def _letters(formulas: list[str]) -> str:
    """Say what the letters of formulas stand for."""
    text = " ".join(formulas)
    plain = text.replace("P₁", "").replace("P₂", "")
    words = [
        f"{letter} {meaning}" for letter, meaning in LETTERS if letter in (plain if letter == "P" else text)
    ]
    if "K₁" in text:
        words.append("K₁ and the like are of one dimension")
    return "; ".join(words) + "."


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
