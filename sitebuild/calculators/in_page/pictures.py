"""The drawing of one layer: its axes, its windows and what is said of them."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.arguments import paddings, spread
from reference_impl.shapes.terms import product
from sitebuild.calculators.in_page import sentences
from sitebuild.calculators.in_page.axis import Axis, landing_axis, window_axis
from sitebuild.calculators.in_page.drawing import OF_LANDINGS, OF_WINDOWS, drawing
from sitebuild.calculators.in_page.reading import value


def windows(
    values: dict[str, str], sizes: tuple[int, ...], outputs: tuple[int, ...], arguments: dict[str, Any]
) -> str:
    """Draw the windows over the padded input."""
    spreads = _spread(arguments, len(sizes))
    axes = list(map(window_axis, sizes, *spreads, outputs))
    words = sentences.of_windows(axes, sizes, spreads[2])
    return _drawn(values, axes, "Windows over the padded input", words, OF_WINDOWS)


def landings(
    values: dict[str, str], sizes: tuple[int, ...], outputs: tuple[int, ...], arguments: dict[str, Any]
) -> str:
    """Draw where the inputs land."""
    spreads = _spread(arguments, len(sizes))
    axes = list(map(landing_axis, sizes, *spreads, outputs))
    words = sentences.of_landings(axes, outputs, spreads[2])
    return _drawn(values, axes, "Where each input lands in the output", words, OF_LANDINGS)


def _spread(arguments: dict[str, Any], count: int) -> list[Any]:
    """Give kernel, stride, padding and dilation of each dimension."""
    kernel = spread("kernel_size", arguments["kernel_size"], count)
    stride = spread("stride", arguments.get("stride", 1), count)
    dilation = spread("dilation", arguments.get("dilation", 1), count)
    return [kernel, stride, paddings(arguments.get("padding", 0), kernel, stride, dilation), dilation]


def _drawn(values: dict[str, str], axes: list[Axis], title: str, words: str, legend: Any) -> str:
    if len(axes) > 2:
        return f"<p>{words}</p>"
    chosen, last = value(values.get("window", "0")), product(*[axis.count for axis in axes]) - 1
    window = min(max(chosen, 0), last) if isinstance(chosen, int) else 0
    if len(axes) == 1:
        words += " Each row of the drawing is one of them, numbered from 0."
    return drawing(axes, window, title, words, legend)
