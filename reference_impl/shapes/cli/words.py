"""Numbers and sizes as they are written on the command line."""

from reference_impl.shapes.annotations import Any


class WrongUse(Exception):
    """An argument that cannot be read."""


def read_numbers(word: str) -> Any:
    """Read a number, numbers joined by x, or pairs of them."""
    if word in ("same", "valid"):
        return word
    try:
        parts: list[Any] = [
            tuple(map(int, part.split(","))) if "," in part else int(part) for part in word.split("x")
        ]
    except ValueError:
        raise WrongUse(f"`{word}` is no number and no size; write e.g. 3 or 3x224x224") from None
    return tuple(parts) if len(parts) > 1 or "," in word else parts[0]


def read_shape(word: str) -> tuple[int, Any]:
    """Read channels and size; a size of one dimension is an int."""
    found = read_numbers(word)
    if not isinstance(found, tuple) or len(found) < 2:
        raise WrongUse(f"`{word}` must be channels and a size; write e.g. 3x224x224")
    return found[0], found[1] if len(found) == 2 else found[1:]


def window_arguments(options: Any) -> dict[str, Any]:
    """Read the arguments of a window that were given."""
    names = {"kernel": "kernel_size", "stride": "stride", "padding": "padding", "dilation": "dilation"}
    words = {names[name]: getattr(options, name) for name in names}
    return {name: read_numbers(word) for name, word in words.items() if word is not None}


def written(size: Any) -> str:
    """Write a number or a size."""
    return "x".join(map(str, size)) if isinstance(size, tuple) else str(size)
