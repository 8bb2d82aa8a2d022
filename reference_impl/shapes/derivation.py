"""Derivations: a result with its arithmetic, as text, LaTeX and data."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.terms import LATEX, TEXT, Style, Term, written

_recordings: list["Recording"] = []


class Step:
    """One formula with its numbers: `name` says what it gives, `term` is the formula, `layer` what it is about."""

    def __init__(self, name: str, term: Term, layer: str) -> None:
        self.name, self.term, self.layer = name, term, layer

    def line(self, style: Style) -> str:
        """Write the numbers put in and the result."""
        return f"{self.term.shown(style, False)} = {written(self.term.value, style)}"


class Recording:
    """The steps of a derivation that is being recorded, and the layer that the next ones are about."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.layer = ""


class Derivation:
    r"""A result and the arithmetic that led to it.

    A formula is kept as a term, such as $\lfloor (W + 2P - D(K - 1) - 1) / S \rfloor + 1$, and written on demand. The
    arguments are attributes as well.

    Args:
        result: What the function returned.
        steps: The formulas that were computed, in order.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import derive, linear_parameters, network_table
        >>> found = derive(linear_parameters, 30, 7)
        >>> found.result == sum(weight.numel() for weight in torch.nn.Linear(30, 7).parameters())
        True
        >>> found.text, found.latex
        ('7·(30+1) = 217', '7 \\cdot \\left(30 + 1\\right) = 217')
        >>> found.data[0]["formula"], found.data[0]["numbers"], found.data[0]["result"]
        ('M·(C+b)', '7·(30+1)', 217)
        >>> derive(network_table, "input 30; linear 7").text.split("\n")
        ['linear1: 7·(30+1) = 217', 'linear1: 1·7·30 = 210']
    """

    def __init__(self, result: Any, steps: list[Step]) -> None:
        self.result, self.steps = result, steps

    @property
    def text(self) -> str:
        """One line for each step: the layer, if it is one of a network, the numbers put in, and the result."""
        return "\n".join([(step.layer and step.layer + ": ") + step.line(TEXT) for step in self.steps])

    @property
    def latex(self) -> str:
        """One formula for each step, ready to stand between dollar signs."""
        return "\n".join([step.line(LATEX) for step in self.steps])

    @property
    def data(self) -> list[dict[str, Any]]:
        """One dictionary for each step: its layer, if any, its name, formula, numbers, LaTeX and result."""
        return [
            {
                "layer": step.layer,
                "name": step.name,
                "formula": step.term.shown(TEXT, True),
                "numbers": step.term.shown(TEXT, False),
                "latex": step.line(LATEX),
                "result": step.term.value,
            }
            for step in self.steps
        ]


def derive(function: Any, *args: Any, **kwargs: Any) -> Derivation:
    r"""Call one of this package's calculators and keep its arithmetic.

    The formulas, such as $M (C + b)$, are not written a second time: each calculator's own formula is computed once
    more with terms that remember where they come from.

    Args:
        function: A calculator, such as `conv_output_size`.
        *args: Its arguments.
        kwargs: Its keyword arguments.

    Returns:
        A [Derivation][reference_impl.shapes.Derivation]: `result`, `text`, `latex` and `data`.

    Raises:
        ValueError: As the function itself.
        TypeError: As the function itself.

    Examples:
        >>> import torch
        >>> from reference_impl.shapes import conv_output_size, derive
        >>> tuple(torch.nn.Conv1d(1, 1, 7, stride=2, padding=3)(torch.zeros(1, 224)).shape)
        (1, 112)
        >>> first = derive(conv_output_size, 224, 7, stride=2, padding=3)
        >>> first.result, first.text
        (112, '⌊(224 + 2·3 − 1·(7−1) − 1) / 2⌋ + 1 = 112')
        >>> first.data[0]["formula"]
        '⌊(W + 2·P − D·(K−1) − 1) / S⌋ + 1'
    """
    recording = Recording()
    _recordings.append(recording)
    try:
        result = function(*args, **kwargs)
    finally:
        _recordings.pop()
    return Derivation(result, recording.steps)


def is_recorded() -> bool:
    """Say whether a derivation is being recorded."""
    return bool(_recordings)


def about(layer: str) -> None:
    """Say which layer the next formulas are about, while a derivation is recorded."""
    if _recordings:
        _recordings[-1].layer = layer


def evaluate(name: str, formula: Any, symbols: str, *numbers: float) -> Any:
    """Compute a formula of numbers, and once more with terms while a derivation is recorded.

    Args:
        name: what the formula gives.
        formula: a function of the numbers.
        symbols: the letters that stand for the numbers, with spaces between.
        *numbers: the numbers.
    """
    if _recordings:
        letters = symbols.split(" ")
        term = formula(*[Term(numbers[at], letters[at]) for at in range(len(numbers))])
        _recordings[-1].steps.append(Step(name, term, _recordings[-1].layer))
    return formula(*numbers)
