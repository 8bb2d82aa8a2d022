"""From the fields of a form to what the page shows."""

import json

from reference_impl.shapes.annotations import Any

MODULES = {
    "convolution": "layers",
    "transposed-convolution": "layers",
    "pooling": "layers",
    "inverse": "inverse",
    "network": "networks",
    "receptive-field": "networks",
    "error-clinic": "messages",
}


def answer(request: str) -> str:
    """Answer a request: JSON with the calculator's name and the text of each field, to JSON.

    The answer has `status`, a sentence to be read aloud, `html`, and where there is one the `code` in torch; or else
    `error`, the package's own words, and `field`, the field that they name.
    """
    asked = json.loads(request)
    return json.dumps(answered(asked["calculator"], asked["values"]))


def answered(calculator: str, values: dict[str, str]) -> dict[str, Any]:
    """Answer for a calculator and the text of its fields."""
    try:
        return _function(calculator)(values)
    except (ValueError, TypeError) as error:
        words = readable(str(error))
        return {"error": words, "field": named_field(words, values)}


def _function(calculator: str) -> Any:
    """Import what one calculator needs, and no more: on MicroPython that is most of the time to a first answer."""
    module = __import__("sitebuild.calculators.in_page." + MODULES[calculator], None, None, ("answer",))
    return getattr(module, calculator.replace("-", "_"))


def named_field(words: str, values: dict[str, str]) -> str:
    """Find the field that an error names, or else the one that holds a text."""
    parts = words.split("`")
    for part in parts[1::2]:
        name = part.split("[")[0]
        if name in values:
            return name
    return "text" if "text" in values else "size"


def readable(words: str) -> str:
    """Write letters beyond ASCII as they are, as CPython does; MicroPython writes their numbers."""
    shown, at = "", 0
    while at < len(words):
        digits = {"x": 2, "u": 4, "U": 8}.get(words[at + 1 : at + 2], 0) if words[at] == "\\" else 0
        if words[at : at + 2] == "\\\\":
            shown, at = shown + "\\\\", at + 2
        elif digits and int(words[at + 2 : at + 2 + digits], 16) > 160:
            shown, at = shown + chr(int(words[at + 2 : at + 2 + digits], 16)), at + 2 + digits
        else:
            shown, at = shown + words[at], at + 1
    return shown
