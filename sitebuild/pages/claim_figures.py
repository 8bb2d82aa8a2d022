"""Whether the source of a block contains a figure of a claim.

A figure that is one number, such as `6.57`, is contained when a number of the block equals it after rounding to
the figure's last digit; a whole number must be equal. The sign doesn't count. Any other figure, such as
`[4, 8]` or `graph a second time`, is contained when it occurs in the block as it stands, apart from spaces,
quotes, and the way numbers are written (`4.0`, `4.` and `4` are the same; so are `0.5` and `.5`).
"""

from __future__ import annotations

import re
from decimal import Decimal

NUMBER = re.compile(r"(?<![\w.])(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])")
QUOTES = re.compile(r"[\"']")
SPACES = re.compile(r"\s+")
OUTSIDE_WORDS = re.compile(r"(?<!\w) | (?!\w)")


def contains_figure(source: str, figure: str) -> bool:
    """Say whether `source` contains `figure`.

    Examples:
        >>> contains_figure("assert max(ratios) == 6.569", "6.57"), contains_figure("lr = 16.57", "6.57")
        (True, False)
        >>> contains_figure("assert w.tolist() == [4.0, 8.0]", "[4, 8]")
        True
    """
    if NUMBER.fullmatch(figure):
        return any(_equal(number, Decimal(figure)) for number in numbers(source))
    return bool(_whole(_normal(figure)).search(_normal(source)))


def numbers(source: str) -> list[Decimal]:
    """The numbers that stand in a text, without their signs."""
    return [Decimal(text.replace("_", "")) for text in NUMBER.findall(source)]


def _equal(number: Decimal, figure: Decimal) -> bool:
    unit = Decimal((0, (1,), int(figure.as_tuple().exponent)))
    if unit >= 1:
        return number == figure
    return abs(number - figure) <= unit / 2


def _whole(text: str) -> re.Pattern[str]:
    """A pattern for `text` that begins and ends where words and numbers do."""
    before = r"(?<![\w.])" if text[0].isdigit() else r"(?<!\w)" if text[0].isalpha() else ""
    after = r"(?!\w|\.\d)" if text[-1].isdigit() else r"(?!\w)" if text[-1].isalpha() else ""
    return re.compile(before + re.escape(text) + after)


def _normal(text: str) -> str:
    plain = NUMBER.sub(lambda match: f"{Decimal(match[0].replace('_', '')).normalize():f}", text)
    return OUTSIDE_WORDS.sub("", SPACES.sub(" ", QUOTES.sub("", plain)))
