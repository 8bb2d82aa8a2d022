"""A drawing of what one output sees of each layer below it, down to the input."""

from reference_impl.shapes.annotations import Any
from reference_impl.shapes.network.receptive import receptive_field
from reference_impl.shapes.network.spec import Network, arguments_of
from sitebuild.calculators.in_page.canvas import CELL, Canvas
from sitebuild.calculators.in_page.drawing import framed
from sitebuild.calculators.in_page.reading import as_tuple

LEGEND = [
    ("chosen", "output 0 of the last layer"),
    ("tap", "what it sees of the layers before"),
    ("input", "what it sees of the input"),
    ("padding", "padding"),
]
UPSAMPLING = ("conv_transpose", "upsample")
MOST_ROWS, WIDEST, SMALLEST, LETTER, BETWEEN = 20, 26 * CELL, 6, 6, 16


class Row:
    """The outputs of a layer, or the inputs, from the first to the last that one output of the last layer sees.

    Their middles are counted in half inputs, so that they are whole numbers.

    Args:
        name: the layer, or `input`.
        below: what an output of this layer sees of the input: size, jump and offset.
        above: what output 0 of the last layer sees of this one: size and offset.
    """

    def __init__(self, name: str, below: tuple[int, int, int], above: tuple[int, int]) -> None:
        self.name, self.jump = name, below[1]
        self.count, self.first = above
        self.start = 2 * (self.first * self.jump + below[2]) + below[0] - 1
        self.end = self.start + 2 * (self.count - 1) * self.jump


def cone(network: Network, dimensions: int) -> str:
    """Draw a chain of layers along its last dimension; of branches and of upsampling there is no drawing."""
    rows = _rows(network, dimensions)
    if len(rows) < 2:
        return ""
    canvas, inputs = Canvas(), rows[-1]
    left = LETTER * max([len(_label(row)) for row in rows]) + 8
    width = min(inputs.count * CELL, WIDEST)
    for at in range(len(rows)):
        _draw(canvas, rows[at], inputs, left, width, at * (CELL + BETWEEN), at == 0)
    for at in range(len(rows) - 1):
        _join(canvas, rows[at], rows[at + 1], inputs, left, width, at * (CELL + BETWEEN) + CELL)
    bottom, last = len(rows) * (CELL + BETWEEN) - BETWEEN, inputs.first + inputs.count - 1
    for number, middle in ((inputs.first, inputs.start), (last, inputs.end)):
        canvas.word(_place(middle, inputs, left, width), bottom, _signed(number))
    words = f"Output 0 sees the inputs {_signed(inputs.first)} to {_signed(last)}"
    words += "; those below 0 are padding. " if inputs.first < 0 else ". "
    seen = ", ".join([f"{row.count:,} of {row.name}" for row in rows[1:]])
    words += f"From the output down it sees {seen}: from the first to the last, gaps of a dilation included."
    return framed(canvas, "What one output sees, layer by layer", words, LEGEND)


def _rows(network: Network, dimensions: int) -> list[Row]:
    """Give the rows from the output to the input, without those that look like the one below; none if too many."""
    layers, before = network.layers, "input"
    for layer in layers:
        if layer["inputs"] != [before] or layer["kind"] in UPSAMPLING:
            return []
        before = layer["name"]
    plain = [arguments_of(layer) | {"kind": layer["kind"]} for layer in layers]
    rows, known = [], (0, 0, 0)
    for at in range(len(plain) + 1):
        below = _field(plain[:at], dimensions)
        if below != known:
            size, _, offset = _field(plain[at:], dimensions)
            rows.append(Row(layers[at - 1]["name"] if at else "input", below, (size, offset)))
        if len(rows) > MOST_ROWS:
            return []
        known = below
    return rows[::-1]


def _field(layers: list[dict[str, Any]], dimensions: int) -> tuple[int, int, int]:
    found = receptive_field(Network((1,), layers), dimensions=dimensions)
    return as_tuple(found.size)[-1], as_tuple(found.jump)[-1], as_tuple(found.offset)[-1]


def _draw(canvas: Canvas, row: Row, inputs: Row, left: int, width: int, y: int, is_output: bool) -> None:
    """Draw a row: its cells, or a bar where they would be too small."""
    canvas.word(left - 8, y, _label(row), "end")
    name = "chosen" if is_output else ("input" if row is inputs else "tap")
    size = _cell_size(row, inputs, width)
    if size < SMALLEST:
        start, end = _ends(row, inputs, left, width)
        canvas.bar(name, start, y, end - start)
        return
    for at in range(row.count):
        x = _place(row.start + 2 * at * row.jump, inputs, left, width) - size // 2
        canvas.cell("padding" if row.first + at < 0 else name, x, y + (CELL - size) // 2, size)


def _join(canvas: Canvas, row: Row, other: Row, inputs: Row, left: int, width: int, y: int) -> None:
    """Draw the two sides of the cone from a row to the next."""
    starts, ends = _ends(row, inputs, left, width), _ends(other, inputs, left, width)
    for at in range(2):
        canvas.slope(starts[at], y, ends[at], y + BETWEEN)


def _ends(row: Row, inputs: Row, left: int, width: int) -> tuple[int, int]:
    half = max(_cell_size(row, inputs, width), 2) // 2
    return _place(row.start, inputs, left, width) - half, _place(row.end, inputs, left, width) + half


def _cell_size(row: Row, inputs: Row, width: int) -> int:
    return min(CELL, row.jump * width // inputs.count)


def _place(middle: int, inputs: Row, left: int, width: int) -> int:
    """Give where a middle is drawn."""
    return left + (middle - inputs.start + 1) * width // (2 * inputs.count)


def _label(row: Row) -> str:
    return f"{row.name}: {row.count:,}"


def _signed(number: int) -> str:
    return f"{number:,}".replace("-", "−")
