"""Checks of arguments, with one wording of errors: "`name` (=value) rule; fix".

This part of the package runs without array libraries and on MicroPython, so its checks import no library.
"""

from reference_impl.shapes.annotations import Any, NoReturn

LARGEST = 2**63 - 1


def refuse(name: str, value: Any, rule: str, fix: str, error: type = ValueError) -> NoReturn:
    """Raise `error`, naming the argument, its value, the rule that it broke and what to do instead."""
    raise error(f"`{name}` (={shown(value)}) {rule}; {fix}")


def shown(value: Any) -> str:
    """Write a value as repr does, except that MicroPython's repr has no letters beyond ASCII and no order of keys."""
    if isinstance(value, str):
        return "'" + "".join([sign if ord(sign) > 126 else repr(sign)[1:-1] for sign in value]) + "'"
    if isinstance(value, (tuple, list)):
        inside = ", ".join([shown(item) for item in value])
        return f"[{inside}]" if isinstance(value, list) else f"({inside}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return "{" + ", ".join([f"{shown(key)}: {shown(value[key])}" for key in sorted(value, key=str)]) + "}"
    return repr(value)


def whole(name: str, value: Any, least: int = 1) -> int:
    """Give `value` back if it is a whole number from `least` to 2⁶³ − 1, torch's largest."""
    if type(value) is int and least <= value <= LARGEST:
        return value
    if not isinstance(value, int) or isinstance(value, bool):
        refuse(name, value, "must be an int", f"pass e.g. {name}={max(least, 1)}", TypeError)
    if not least <= value <= LARGEST:
        bound = f"must be at least {least}" if value < least else "must be below 2**63"
        refuse(name, value, bound, f"pass e.g. {name}={max(least, 1)}")
    return value


def flag(name: str, value: Any) -> bool:
    """Give `value` back if it is True or False."""
    if not isinstance(value, bool):
        refuse(name, value, "must be True or False", f"pass e.g. {name}=True", TypeError)
    return value


def dimensions(name: str, size: Any, least: int = 1) -> tuple[int, ...]:
    """Give the one to three numbers of a size as a tuple."""
    sizes = tuple(size) if isinstance(size, (tuple, list)) else (size,)
    if not 1 <= len(sizes) <= 3:
        refuse(
            name, size, "must be one int, or one for each of 1 to 3 dimensions", f"pass e.g. {name}=(7, 7)"
        )
    return tuple([whole(name, number, least) for number in sizes])


def spread(name: str, value: Any, count: int, least: int = 1) -> tuple[int, ...]:
    """Give one number for each of `count` dimensions: the same for all of them, or the caller's tuple."""
    if not isinstance(value, (tuple, list)):
        return (whole(name, value, least),) * count
    if len(value) != count:
        rule = f"must be one int or a tuple of {count}, one for each dimension of the size"
        refuse(name, value, rule, f"pass e.g. {name}={(max(least, 1),) * count}")
    return tuple([whole(name, number, least) for number in value])


def as_given(size: Any, result: list[int]) -> int | tuple[int, ...]:
    """Give an int for an int, and a tuple for a tuple; torch has no size beyond 2⁶³ − 1."""
    for number in result:
        if number > LARGEST:
            refuse(
                "size", size, f"gives {number}, past torch's largest size 2**63 - 1", "pass smaller numbers"
            )
    return tuple(result) if isinstance(size, (tuple, list)) else result[0]


def paddings(
    padding: Any, kernel: tuple[int, ...], stride: tuple[int, ...], dilation: tuple[int, ...]
) -> list[tuple[int, int]]:
    """Give what `padding` puts before and after each dimension."""
    count = len(kernel)
    if padding == "valid":
        return [(0, 0)] * count
    if padding == "same":
        if any(step != 1 for step in stride):
            rule = "is not supported for strided convolutions and pooling, as in torch"
            refuse(
                "padding",
                padding,
                rule,
                f"pass numbers, or stride=1 in place of {as_given(stride, list(stride))}",
            )
        totals = [dilation[at] * (kernel[at] - 1) for at in range(count)]
        return [(total // 2, total - total // 2) for total in totals]
    if isinstance(padding, str):
        refuse("padding", padding, "is unknown", "choose 'same', 'valid' or numbers")
    if isinstance(padding, (tuple, list)) and any(isinstance(entry, (tuple, list)) for entry in padding):
        return _pairs(padding, count)
    if count == 1 and isinstance(padding, (tuple, list)) and len(padding) == 2:
        rule = "must be one int for each dimension, and there is one dimension"
        refuse("padding", padding, rule, f"for a pair (before, after) pass padding=({tuple(padding)},)")
    return [(number, number) for number in spread("padding", padding, count, 0)]


def _pairs(padding: Any, count: int) -> list[tuple[int, int]]:
    pairs = list(padding)
    if len(pairs) != count or any(not isinstance(pair, (tuple, list)) or len(pair) != 2 for pair in pairs):
        rule = f"must be {count} pairs (before, after), one for each dimension of the size"
        refuse("padding", padding, rule, f"pass e.g. padding={((1, 1),) * count}")
    return [(whole("padding", before, 0), whole("padding", after, 0)) for before, after in pairs]
