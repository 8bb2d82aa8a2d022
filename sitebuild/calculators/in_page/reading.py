"""What is typed into a form, as values of Python."""

from reference_impl.shapes.annotations import Any

DIGITS = "0123456789"


def value(word: str) -> Any:
    """Read a number, numbers joined by x, pairs (before, after) of them, or a word; beside pairs 3 is 3,3.

    What cannot be read stays the text it is, so that the package's own check refuses it.
    """
    plain = word.strip().replace("×", "x").replace(" ", "")
    parts = [part.split(",") for part in plain.split("x")]
    if all(_is_whole(number) for part in parts for number in part):
        if "," in plain:
            pairs = [part if len(part) > 1 else part * 2 for part in parts]
            return tuple([tuple([int(number) for number in pair]) for pair in pairs])
        numbers = tuple([int(part[0]) for part in parts])
        return numbers if len(numbers) > 1 else numbers[0]
    return _fraction(plain, word.strip())


def given(values: dict[str, str], names: str) -> dict[str, Any]:
    """Read the named fields that are not empty."""
    return {name: value(values[name]) for name in names.split(" ") if values.get(name, "").strip()}


def is_set(values: dict[str, str], name: str) -> bool:
    """Whether a box is ticked."""
    return values.get(name) == "yes"


def as_tuple(size: Any) -> tuple[Any, ...]:
    """Give a size as a tuple."""
    return size if isinstance(size, tuple) else (size,)


def _is_whole(word: str) -> bool:
    digits = word[1:] if word[:1] == "-" else word
    return 0 < len(digits) < 40 and all(sign in DIGITS for sign in digits)


def _fraction(plain: str, word: str) -> Any:
    whole, point, rest = plain.partition(".")
    is_short = len(plain) < 12 and bool(point)
    return float(plain) if is_short and _is_whole(whole) and _is_whole("0" + rest) else word
