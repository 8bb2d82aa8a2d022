"""A derivation, read as arithmetic, gives the number that it claims."""

import math

import pytest
from drawing import draws

from reference_impl.shapes import (
    adaptive_pool_windows,
    conv_output_size,
    conv_transpose_output_size,
    derive,
    frame_count,
    pool_output_size,
    unfold_output_shape,
    unpool_output_size,
    upsample_output_size,
)
from reference_impl.shapes.terms import LATEX, TEXT, Term


def computed(text: str, letters: dict[str, float] | None = None) -> float:
    """Compute a formula as a reader would: exact floors of quotients, Python's own arithmetic for the rest."""
    for sign, code in {"⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "·": "*", "−": "-"}.items():
        text = text.replace(sign, code)
    return eval(text, {"floor": math.floor, "ceil": math.ceil}, letters or {})


def derivations():
    for draw in draws(seed=1, share=0.01):
        numbers = [draw.rng.randint(3, 9), *(draw.rng.randint(1, 3) for _ in range(2)), 1]
        yield derive(conv_output_size, *numbers)
        yield derive(conv_output_size, *numbers[:3], ((1, 2),))
        yield derive(conv_transpose_output_size, *numbers, 3, output_padding=draw.rng.randint(0, 2))
        yield derive(conv_transpose_output_size, *numbers[:3], ((1, 0),))
        yield derive(pool_output_size, numbers[0], 2, *numbers[2:], ceil_mode=draw.rng.random() < 0.5)
        yield derive(pool_output_size, numbers[0], 2, numbers[2], ((0, 1),), ceil_mode=True)
        yield derive(unpool_output_size, *numbers)
        yield derive(upsample_output_size, numbers[0], scale_factor=draw.rng.uniform(0.5, 3))
        yield derive(frame_count, 100 * numbers[0], hop_ms=numbers[1])


def test_the_numbers_put_in_give_the_result():
    lengths = set()
    for found in derivations():
        lengths.add(len(found.steps))
        for step, line in zip(found.data, found.text.split("\n"), strict=True):
            numbers, result = line.split(" = ")
            assert numbers == step["numbers"]
            assert computed(numbers) == step["result"] == float(result), line
        assert found.steps[-1].term.value == found.result
    assert lengths == {1, 2}


def test_the_formula_with_its_letters_gives_the_result():
    letters = {"W": 30, "K": 3, "S": 2, "P": 4, "D": 5, "O": 1, "P₁": 1}
    step = derive(conv_output_size, *[letters[letter] for letter in "WKSPD"]).data[0]
    assert step["formula"] == "⌊(W + 2·P − D·(K−1) − 1) / S⌋ + 1"
    assert computed(step["formula"], letters) == step["result"]
    numbers = [letters[letter] for letter in "WKSPD"]
    step = derive(conv_transpose_output_size, *numbers, output_padding=letters["O"]).data[0]
    assert step["formula"] == "(W−1)·S − 2·P + D·(K−1) + O + 1"
    assert computed(step["formula"], letters) == step["result"]


def test_each_dimension_and_each_window_has_its_line():
    found = derive(conv_output_size, (224, 28), 7, 2, 3)
    assert found.result == (112, 14)
    assert found.text == "⌊(224 + 2·3 − 1·(7−1) − 1) / 2⌋ + 1 = 112\n⌊(28 + 2·3 − 1·(7−1) − 1) / 2⌋ + 1 = 14"
    assert (
        derive(adaptive_pool_windows, 5, 2).text
        == "⌊0·5 / 2⌋ = 0\n⌈(0+1)·5 / 2⌉ = 3\n⌊1·5 / 2⌋ = 2\n⌈(1+1)·5 / 2⌉ = 5"
    )
    assert derive(unfold_output_shape, 5, (4, 5), (2, 3)).data[2]["formula"] == "C·K₁·K₂"


def test_a_window_that_is_dropped_is_told():
    found = derive(pool_output_size, 2, 1, 2, ceil_mode=True)
    assert found.text == "⌈(2 + 2·0 − 1·(1−1) − 1) / 2⌉ + 1 = 2\n2 − 1 = 1"
    assert found.data[1]["name"] == "without the window that would start beyond the input"


def test_latex_has_the_same_numbers():
    latex = derive(conv_output_size, 224, 7, 2, 3).latex
    assert latex == (
        r"\left\lfloor \frac{224 + 2 \cdot 3 - 1 \cdot \left(7 - 1\right) - 1}{2} \right\rfloor + 1 = 112"
    )
    assert derive(pool_output_size, 5, 2, ceil_mode=True).latex.startswith(r"\left\lceil \frac{5")


def test_nothing_is_recorded_after_an_error_or_outside():
    with pytest.raises(ValueError, match="spans"):
        derive(conv_output_size, 1, 7)
    conv_output_size(9, 3)
    assert len(derive(conv_output_size, 9, 3).steps) == 1


def test_brackets_stand_where_arithmetic_needs_them():
    a, b = Term(9, "a"), Term(2, "b")
    for term, formula, latex in [
        (a - (b + 1), "a − (b + 1)", r"a - \left(b + 1\right)"),
        (a - (b - 1), "a − (b − 1)", r"a - \left(b - 1\right)"),
        (1 + (a - b), "1 + a − b", "1 + a - b"),
        ((a + 1) * (2 * b), "(a+1)·2·b", r"\left(a + 1\right) \cdot 2 \cdot b"),
        (a // (b * b), "⌊a / (b·b)⌋", r"\left\lfloor \frac{a}{b \cdot b} \right\rfloor"),
        ((a + b) // b, "⌊(a + b) / b⌋", r"\left\lfloor \frac{a + b}{b} \right\rfloor"),
    ]:
        assert term.shown(TEXT, True) == formula
        assert term.shown(LATEX, True) == latex
        assert computed(formula, {"a": 9, "b": 2}) == term.value
