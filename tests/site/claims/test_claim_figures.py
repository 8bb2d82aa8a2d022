"""When a block contains a figure of a claim."""

import doctest

import pytest

from sitebuild.pages import claim_figures
from sitebuild.pages.claim_figures import contains_figure


@pytest.mark.parametrize(
    ("source", "figure"),
    [
        ("assert max(ratios) == 6.569", "6.57"),
        ("assert m == [.1, .19]", "0.19"),
        ("assert path[-1] == -0.297", "0.297"),
        ("assert count == 1_000_001", "1000001"),
        ("assert ratio == 7.66e-14", "7.7e-14"),
        ("assert n == 12.0", "12"),
        ("assert w.tolist() == [4.0, 8.]\nassert x", "[4, 8]"),
        ("assert w == [\n    4,\n    8,\n    1]", "[4, 8, 1]"),
        ("net.eval()", "eval"),
        ("assert 'graph a\tsecond time' in str(error)", "graph a second time"),
        ("from torch.func import grad, vmap", "vmap"),
        ("assert x == -17", "-17"),
        ("sizes == (28, 5.50)", "(28, 5.5)"),
    ],
)
def test_contained(source: str, figure: str) -> None:
    """Numbers are compared by value, other figures by their text."""
    assert contains_figure(source, figure)


@pytest.mark.parametrize(
    ("source", "figure"),
    [
        ("lr = 16.57", "6.57"),
        ("assert x == 6.58", "6.57"),
        ("assert x == 12.4", "12"),
        ("assert x == 120", "12"),
        ("layer12 = 3", "12"),
        ("assert w == [14, 8]", "[4, 8]"),
        ("assert w == [4, 8.5]", "[4, 8]"),
        ("assert w == [4, 81]", "4, 8"),
        ("assert w == [14, 8]", "4, 8"),
        ("evaluate(net)", "eval"),
        ("retrieval", "eval"),
        ("assert ratio == 7.6e-13", "7.7e-14"),
        ("", "1"),
    ],
)
def test_not_contained(source: str, figure: str) -> None:
    """A part of a number or of a word is no figure."""
    assert not contains_figure(source, figure)


def test_examples() -> None:
    """The examples of the docstring."""
    outcome = doctest.testmod(claim_figures)
    assert (outcome.failed, outcome.attempted) == (0, 2)
