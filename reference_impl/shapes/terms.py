"""Terms: numbers that remember how they were computed, so that a formula can be shown with its numbers put in."""

from reference_impl.shapes.annotations import Any

LOOSE, SUM, PRODUCT, ATOM = 0, 1, 2, 3


class Style:
    """The signs of a way to write formulas."""

    def __init__(self, plus: str, minus: str, times: str, quotient: Any, floor: Any, ceiling: Any) -> None:
        self.plus, self.minus, self.times = plus, minus, times
        self.quotient, self.floor, self.ceiling = quotient, floor, ceiling


TEXT = Style(" + ", " − ", "·", lambda a, b: f"{a} / {b}", lambda a: f"⌊{a}⌋", lambda a: f"⌈{a}⌉")
LATEX = Style(
    " + ",
    " - ",
    r" \cdot ",
    lambda a, b: rf"\frac{{{a}}}{{{b}}}",
    lambda a: rf"\left\lfloor {a} \right\rfloor",
    lambda a: rf"\left\lceil {a} \right\rceil",
)


class Term:
    """A number with the expression that it came from.

    Args:
        value: the number.
        symbol: the letter that stands for it in the formula; without one it is a constant.
        operation: what made it of `parts`: "+", "-", "*", "quotient", "floor" and "ceiling" (of a
            quotient) or "round down".
        parts: the terms that it was made of.
    """

    def __init__(
        self, value: float, symbol: str = "", operation: str = "", parts: tuple["Term", ...] = ()
    ) -> None:
        self.value, self.symbol, self.operation, self.parts = value, symbol, operation, parts

    def __add__(self, other: "Term | int") -> "Term":
        return Term(self.value + _value(other), "", "+", (self, _term(other)))

    def __radd__(self, other: int) -> "Term":
        return Term(other + self.value, "", "+", (_term(other), self))

    def __sub__(self, other: "Term | int") -> "Term":
        return Term(self.value - _value(other), "", "-", (self, _term(other)))

    def __mul__(self, other: "Term | int") -> "Term":
        return Term(self.value * _value(other), "", "*", (self, _term(other)))

    def __rmul__(self, other: int) -> "Term":
        return Term(other * self.value, "", "*", (_term(other), self))

    def __floordiv__(self, other: "Term | int") -> "Term":
        return Term(self.value // _value(other), "", "floor", (self, _term(other)))

    def shown(self, style: Style, symbols: bool) -> str:
        """Write the expression in a style, with its symbols or with the numbers put in."""
        return _shown(self, style, symbols, False)[0]


def ceiling_of_quotient(dividend: Any, divisor: Any) -> Any:
    """Divide and round up."""
    if isinstance(dividend, Term):
        return Term(-(-dividend.value // _value(divisor)), "", "ceiling", (dividend, _term(divisor)))
    return -(-dividend // divisor)


def exact_quotient(dividend: Any, divisor: Any) -> Any:
    """Divide a multiple of the divisor."""
    if isinstance(dividend, Term):
        return Term(dividend.value // _value(divisor), "", "quotient", (dividend, _term(divisor)))
    return dividend // divisor


def product(*numbers: Any) -> Any:
    """Multiply; of no numbers that is 1."""
    result = numbers[0] if numbers else 1
    for number in numbers[1:]:
        result = result * number
    return result


def lettered(letter: str, count: int) -> str:
    """Give the letters of a number for each dimension, with spaces between."""
    return letter if count == 1 else " ".join([letter + "₁₂₃"[at] for at in range(count)])


def rounded_down(number: Any) -> Any:
    """Round down to a whole number."""
    if isinstance(number, Term):
        return Term(int(number.value // 1), "", "round down", (number,))
    return int(number // 1)


def written(number: float, style: Style) -> str:
    """Write a number; the minus sign of a text is the one between its numbers."""
    return str(number).replace("-", "−") if style is TEXT else str(number)


def _term(number: "Term | int") -> Term:
    return number if isinstance(number, Term) else Term(number)


def _value(number: "Term | int") -> float:
    return number.value if isinstance(number, Term) else number


def _shown(term: Term, style: Style, symbols: bool, tight: bool) -> tuple[str, int]:
    """Write a term, and say how strongly it holds together; inside a product there are no spaces."""
    if not term.parts:
        if symbols and term.symbol:
            return term.symbol, ATOM
        return written(term.value, style), ATOM if term.value >= 0 else LOOSE
    if term.operation in ("+", "-"):
        left = _shown(term.parts[0], style, symbols, tight)[0]
        right = _bracketed(term.parts[1], style, symbols, SUM if term.operation == "+" else PRODUCT, tight)
        loose = style.plus if term.operation == "+" else style.minus
        return left + (loose.strip(" ") if tight and style is TEXT else loose) + right, SUM
    if term.operation == "*":
        return style.times.join(
            [_bracketed(part, style, symbols, PRODUCT, True) for part in term.parts]
        ), PRODUCT
    if term.operation == "round down":
        return style.floor(_shown(term.parts[0], style, symbols, False)[0]), ATOM
    rounding = style.floor if term.operation == "floor" else style.ceiling
    dividend, divisor = term.parts
    if style is LATEX:
        quotient = style.quotient(
            _shown(dividend, style, symbols, False)[0], _shown(divisor, style, symbols, False)[0]
        )
    else:
        quotient = style.quotient(
            _bracketed(dividend, style, symbols, PRODUCT, False),
            _bracketed(divisor, style, symbols, ATOM, False),
        )
    if term.operation == "quotient":
        return quotient.replace(" / ", "/"), PRODUCT
    return rounding(quotient), ATOM


def _bracketed(term: Term, style: Style, symbols: bool, least: int, tight: bool) -> str:
    text, strength = _shown(term, style, symbols, tight)
    if strength >= least:
        return text
    return rf"\left({text}\right)" if style is LATEX else f"({text})"
