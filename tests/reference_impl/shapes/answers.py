"""The answers to lines of Python, in words that CPython and MicroPython must have in common."""

from reference_impl import shapes

NAMES = {name: getattr(shapes, name) for name in shapes.__all__}
NAMES["inf"], NAMES["nan"] = float("inf"), float("nan")
SHOWN = {
    shapes.Derivation: ("result", "text", "latex", "data"),
    shapes.Explanation: ("name", "numbers", "cause", "fix", "message", "text"),
    shapes.Network: ("input_size", "layers"),
    shapes.ReceptiveField: ("size", "jump", "offset"),
    shapes.Solution: ("options", "nearest", "searched"),
    shapes.Table: ("output_size", "parameters", "cost", "text", "data"),
}


def answer(line):
    """Evaluate a line, and write its result, or its error, as one line."""
    try:
        text = shown(eval(line, dict(NAMES)))
    except Exception as error:
        text = type(error).__name__ + ": " + str(error)
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def answers(lines):
    """Answer lines."""
    return "\n".join([answer(line) for line in lines.split("\n")])


def shown(value):
    """Write a value; a dictionary by its sorted keys, because MicroPython keeps no order."""
    if isinstance(value, dict):
        return "{" + ", ".join([key + ": " + shown(value[key]) for key in sorted(value)]) + "}"
    if isinstance(value, (tuple, list)):
        return type(value).__name__ + "(" + ", ".join([shown(item) for item in value]) + ")"
    for kind, names in SHOWN.items():
        if isinstance(value, kind):
            return kind.__name__ + shown({name: getattr(value, name) for name in names})
    return value if isinstance(value, str) else repr(value)
