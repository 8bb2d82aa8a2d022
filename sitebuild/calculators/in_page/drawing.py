"""Drawings of windows over a padded input, and of inputs that land on an output, in one and two dimensions."""

from sitebuild.calculators.in_page.axis import Axis
from sitebuild.calculators.in_page.canvas import CELL, GAP, Canvas, places, window_rows

OF_WINDOWS = [
    ("input", "input"),
    ("padding", "padding"),
    ("beyond", "beyond the padding"),
    ("chosen", "the window drawn"),
    ("tap", "other windows"),
    ("result", "other outputs"),
    ("untouched", "read by no window"),
]
OF_LANDINGS = [
    ("output", "output"),
    ("cut", "cut off by the padding"),
    ("chosen", "the input drawn"),
    ("tap", "where other inputs land"),
    ("result", "other inputs"),
    ("untouched", "nothing lands here"),
]


def drawing(axes: list[Axis], chosen: int, title: str, sentences: str, legend: list[tuple[str, str]]) -> str:
    """Draw one or two axes with the windows; `chosen` counts the windows row by row, from 0."""
    canvas = Canvas()
    if len(axes) == 1:
        _staircase(canvas, axes[0], chosen)
    else:
        _grid(canvas, axes, divmod(chosen, axes[1].count))
    return framed(canvas, title, sentences, legend)


def framed(canvas: Canvas, title: str, sentences: str, legend: list[tuple[str, str]]) -> str:
    """Give a finished drawing with the words that belong to it; `sentences` are its text alternative."""
    names = [
        f'<li><span class="cell-{name}"></span>{words}</li>' for name, words in legend if name in canvas.paths
    ]
    picture = canvas.svg(title, sentences)
    return (
        f'<figure class="calculator-figure"><div class="calculator-scroll" tabindex="0" role="region"'
        f' aria-label="Drawing">{picture}</div><ul class="calculator-legend">'
        + "".join(names)
        + f"</ul><figcaption>{sentences}</figcaption></figure>"
    )


def _staircase(canvas: Canvas, axis: Axis, chosen: int) -> None:
    """Draw the cells, and below them one row for each window."""
    left = CELL + 6
    shown = axis.shown(chosen)
    columns, gaps = places(shown, left)
    for position, x in columns:
        _cell(canvas, axis.part(position), x, 0, axis.is_touched(position), axis.is_tap(chosen, position))
    for x in gaps:
        canvas.word(x + GAP // 2, 0, "…")
    before, y = -1, CELL + 8
    for window in window_rows(axis, chosen, shown):
        if window != before + 1:
            canvas.word(CELL // 2, y - 4, "⋮")
            y += CELL - 6
        canvas.word(CELL, y, str(window), "end")
        taps = [x for position, x in columns if axis.is_tap(window, position)]
        if taps:
            canvas.line(taps[0] + CELL // 2, y + CELL // 2, taps[-1] - taps[0])
        for x in taps:
            canvas.cell("chosen" if window == chosen else "tap", x, y)
        before, y = window, y + CELL


def _grid(canvas: Canvas, axes: list[Axis], chosen: tuple[int, int]) -> None:
    """Draw the cells of two axes with the taps of the chosen window, and beside them what the windows give."""
    rows, row_gaps = places(axes[0].shown(chosen[0]), 0)
    columns, column_gaps = places(axes[1].shown(chosen[1]), 0)
    along = [
        (x, axes[1].part(position), axes[1].is_touched(position), axes[1].is_tap(chosen[1], position))
        for position, x in columns
    ]
    for position, y in rows:
        part, touched, tap = (
            axes[0].part(position),
            axes[0].is_touched(position),
            axes[0].is_tap(chosen[0], position),
        )
        for x, other_part, other_touched, other_tap in along:
            outer = other_part if part in ("input", "output") else part
            _cell(canvas, outer, x, y, touched and other_touched, tap and other_tap)
    for x in column_gaps:
        canvas.word(x + GAP // 2, rows[len(rows) // 2][1], "…")
    for y in row_gaps:
        canvas.word(columns[len(columns) // 2][1] + CELL // 2, y - 2, "⋮")
    _results(canvas, axes, chosen, canvas.right + 2 * CELL)


def _results(canvas: Canvas, axes: list[Axis], chosen: tuple[int, int], left: int) -> None:
    """Draw one small cell for each window, the chosen one filled."""
    small = 12
    rows, _ = places(_indices(axes[0].count, chosen[0]), 0)
    columns, _ = places(_indices(axes[1].count, chosen[1]), 0)
    for row, y in rows:
        for column, x in columns:
            name = "chosen" if (row, column) == chosen else "result"
            canvas.cell(name, left + x * small // CELL, y * small // CELL, small)


def _indices(count: int, chosen: int) -> list[int]:
    """List the windows along one axis that are drawn."""
    return Axis([("result", count)], 1, 1, 1, count).shown(chosen)


def _cell(canvas: Canvas, part: str, x: int, y: int, is_touched: bool, is_chosen: bool) -> None:
    canvas.cell(part, x, y)
    if is_chosen:
        canvas.cell("chosen", x, y)
    elif not is_touched and part != "beyond":
        canvas.cross(x, y)
