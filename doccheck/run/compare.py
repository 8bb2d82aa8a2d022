"""Whether what a snippet printed is what the page says.

Text must match, line by line; white space is free only between brackets, where it depends on the width of a line.
Integers and shapes must be equal. A float may differ by one unit in the last digit that is written; with fewer than
three decimals it counts as exact, to 1e-6 (and to 1e-6 of its power of ten where that is below 1: `2e-08` isn't 0).
There is no relative tolerance on top, and a tensor's `device=` suffix doesn't count: the same page is checked on
every device.
"""

from __future__ import annotations

import doctest
import math
import re

from doccheck.canonical import canonical

EXACT = 1e-6
_NUMBER = re.compile(
    r"(?<![\w.])[+-]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?(?![\w.]|\.\d)|(?<!\w)[+-]?(?:nan|inf)(?!\w)"
)
_DEVICE = re.compile(r",\s*device='\w+(?::\d+)?'")
_NUMBER_STOOD_HERE = "\0"
_BRACKET_OR_SPACE = re.compile(r"([\[\]()]|\s+)")
_INNER_SPACE = re.compile(r"(?<=[\[(]) | (?=[\])])")


def same(want: str, got: str) -> bool:
    """Compare expected with printed output.

    >>> same("tensor([0.3333, 1.0000])", "tensor([0.3334, 1.0000], device='cuda:0')")
    True
    >>> same("0.5", "0.50001"), same("3", "4"), same("(2, 3)", "(2, 3)")
    (False, False, True)
    """
    want_text, want_numbers = _split(want)
    got_text, got_numbers = _split(got)
    return (
        want_text == got_text
        and len(want_numbers) == len(got_numbers)
        and all(map(_same_number, want_numbers, got_numbers))
    )


class Checker(doctest.OutputChecker):
    """The comparison as doctest asks for it."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        """Whether `got` is what the page says, `want`."""
        return same(want, got)


def _split(text: str) -> tuple[str, list[str]]:
    """The text with a mark in place of each number, and the numbers."""
    text = _DEVICE.sub("", text)
    return _laid_out(_NUMBER.sub(_NUMBER_STOOD_HERE, text)), _NUMBER.findall(text)


def _laid_out(text: str) -> str:
    """The text with one blank for any white space between brackets, and none at their edges."""
    parts, depth = [], 0
    for part in _BRACKET_OR_SPACE.split(canonical(text)):
        depth = max(0, depth + (part in ("[", "(")) - (part in ("]", ")")))
        parts.append(" " if depth and part.isspace() else part)
    return _INNER_SPACE.sub("", "".join(parts))


def _same_number(want: str, got: str) -> bool:
    if want == got:
        return True
    if not _is_float(want) or not _is_float(got):
        return False
    expected, actual = float(want), float(got)
    if not (math.isfinite(expected) and math.isfinite(actual)):
        return repr(expected) == repr(actual)
    return abs(expected - actual) <= _unit(want)


def _is_float(text: str) -> bool:
    return any(letter in text for letter in ".eEn")


def _unit(written: str) -> float:
    """How far a number may be from the one that is written: one unit of its last digit, and rounding."""
    mantissa, _, exponent = written.lower().partition("e")
    decimals = len(mantissa.partition(".")[2])
    power = int(exponent or 0)
    return 1.000001 * 10.0 ** (power - decimals) if decimals >= 3 else EXACT * 10.0 ** min(0, power)
