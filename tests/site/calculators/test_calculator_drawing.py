"""What is drawn: the cells that windows touch, and no more cells than fit."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitebuild.assets import stylesheet
from sitebuild.calculators.fields import first_values
from sitebuild.calculators.in_page.answer import answered
from sitebuild.calculators.in_page.axis import Axis
from sitebuild.calculators.in_page.canvas import LOWEST_FIRST

numbers = st.integers(1, 7)


def drawn(calculator: str, **values: str) -> dict[str, int]:
    """The number of cells of each class."""
    html = answered(calculator, first_values(calculator) | values)["html"]
    picture = ET.fromstring(html[html.index("<svg") : html.index("</svg>") + 6])
    paths = [element for element in picture if element.tag == "path"]
    return {path.attrib["class"].removeprefix("cell-"): path.attrib["d"].count("M") for path in paths}


@given(numbers, numbers, numbers, st.integers(1, 9))
def test_touched_cells_are_those_with_a_tap(kernel: int, stride: int, dilation: int, count: int) -> None:
    """Found by arithmetic, the same as by trying every window."""
    axis = Axis([("input", 70)], kernel, stride, dilation, count)
    taps = {window * stride + tap * dilation for window in range(count) for tap in range(kernel)}
    for position in range(70):
        assert axis.is_touched(position) == (position in taps)
        assert axis.is_touched(position) == any(axis.is_tap(window, position) for window in range(count))


def test_touched_cells_of_huge_windows_are_found_at_once() -> None:
    """No loop over a million taps: 10^9 + 10^6 is a tap, its neighbour is none."""
    axis = Axis([("input", 2 * 10**9)], 3, 10**9, 10**6, 2)
    assert (axis.is_touched(10**9 + 10**6), axis.is_touched(10**9 + 10**6 + 1)) == (True, False)


def test_convolution_of_a_line() -> None:
    """8 inputs and 2 of padding; 4 windows of 3 taps, the first chosen; the last cell is dropped."""
    assert drawn("convolution", size="8") == {
        "input": 8,
        "padding": 2,
        "span": 4,
        "tap": 9,
        "chosen": 6,
        "untouched": 1,
    }


def test_dilation_and_stride_of_an_image() -> None:
    """Windows of 2×2 taps, 2 apart: of 5×5 cells 4 are chosen, and the middle row and column of others missed."""
    shown = drawn(
        "convolution", size="5x5", kernel_size="2", stride="2", padding="0", dilation="2", window="3"
    )
    assert shown == {"input": 25, "chosen": 4 + 1, "untouched": 25 - 9, "result": 3}


def test_landings_of_a_transposed_convolution() -> None:
    """4 inputs of 3 taps, 2 apart, land on 9 cells; one is cut off before, one is added after."""
    assert drawn("transposed-convolution", size="4") == {
        "output": 8,
        "cut": 1,
        "span": 4,
        "tap": 9,
        "chosen": 6,
    }


def test_window_beyond_the_input() -> None:
    """`ceil_mode` lets the last window stand out."""
    shown = drawn("pooling", size="6", kernel_size="3", stride="2", ceil_mode="yes", window="2")
    assert (shown["input"], shown["beyond"]) == (6, 1)


@pytest.mark.parametrize("calculator", ["convolution", "transposed-convolution", "pooling"])
@pytest.mark.parametrize("size", ["1000000", "5000x7000"])
def test_large_sizes_are_shortened(calculator: str, size: str) -> None:
    """The first cells, the last ones and the chosen window stay."""
    values = {"size": size, "kernel_size": "7", "stride": "3", "padding": "2", "window": "1000"}
    html = answered(calculator, first_values(calculator) | values)["html"]
    assert "…" in html
    assert len(html) < 40_000
    assert drawn(calculator, **values)["chosen"] >= 7


@pytest.mark.parametrize(("window", "chosen"), [("-5", "0"), ("999", "15"), ("x", "0")])
def test_a_window_that_is_not_there_is_the_nearest(window: str, chosen: str) -> None:
    """The drawing never fails."""
    first = first_values("convolution")
    assert answered("convolution", first | {"window": window}) == answered(
        "convolution", first | {"window": chosen}
    )


def test_every_class_of_cells_has_its_colours() -> None:
    """A new kind of cell would be black in both themes."""
    styled = set(re.findall(r"\.cell-([a-z]+)", stylesheet()))
    assert styled == set(LOWEST_FIRST.split())
