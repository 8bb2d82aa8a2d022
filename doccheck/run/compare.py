"""Whether what a snippet printed is what the page says.

Text must match, up to white space. Integers and shapes must be equal. A float may differ by one unit in the last
digit that is written; with fewer than three decimals it counts as exact, to 1e-6. There is no relative tolerance on
top, and a tensor's `device=` suffix doesn't count: the same page is checked on every device.
"""

from __future__ import annotations

import doctest
import math
import re

EXACT = 1e-6
_NUMBER = re.compile(
    r"(?<![\w.])[+-]?(?:\d+\.\d*|\.\d+|\d+)(?:[eE][+-]?\d+)?(?![\w.]|\.\d)|(?<!\w)[+-]?(?:nan|inf)(?!\w)"
)
_DEVICE = re.compile(r",\s*device='\w+(?::\d+)?'")
_SPACE = re.compile(r"\s+")
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
    numbers = _NUMBER.findall(text)
    marked = _SPACE.sub(" ", _NUMBER.sub("#", text)).strip()
    return _INNER_SPACE.sub("", marked), numbers


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
    return 1.000001 * 10.0 ** (int(exponent or 0) - decimals) if decimals >= 3 else EXACT
