"""Cells on an SVG: one path for each class of cells, so that a drawing stays small."""

from sitebuild.calculators.in_page.axis import Axis
from sitebuild.calculators.in_page.markup import escaped

CELL, GAP = 18, 15
LOWEST_FIRST = "input output padding cut beyond result span tap chosen untouched"


class Canvas:
    """Collects cells, marks and words."""

    def __init__(self) -> None:
        self.paths: dict[str, list[str]] = {}
        self.words: list[str] = []
        self.right = self.bottom = 0

    def cell(self, name: str, x: int, y: int, size: int = CELL) -> None:
        """Put a square."""
        inner = size - 2
        self._add(name, f"M{x + 1} {y + 1}h{inner}v{inner}h-{inner}z", x + size, y + size)

    def cross(self, x: int, y: int) -> None:
        """Cross out a cell that no window touches."""
        self._add("untouched", f"M{x + 5} {y + 5}l8 8m0-8l-8 8", x + CELL, y + CELL)

    def line(self, x: int, y: int, length: int) -> None:
        """Draw a line from the first to the last tap of a window."""
        self._add("span", f"M{x} {y}h{length}", x + length, y)

    def bar(self, name: str, x: int, y: int, width: int) -> None:
        """Put cells that are too small to be told apart."""
        self._add(name, f"M{x} {y + 1}h{width}v{CELL - 2}h-{width}z", x + width, y + CELL)

    def slope(self, x: int, y: int, end_x: int, end_y: int) -> None:
        """Draw one side of what a cell sees."""
        self._add("span", f"M{x} {y}L{end_x} {end_y}", max(x, end_x), end_y)

    def word(self, x: int, y: int, text: str, anchor: str = "middle") -> None:
        """Write a short text; its height is that of a cell."""
        self.words.append(f'<text x="{x}" y="{y + 13}" text-anchor="{anchor}">{escaped(text)}</text>')
        self.bottom = max(self.bottom, y + CELL)

    def svg(self, title: str, description: str) -> str:
        """Give the finished drawing with its text alternative."""
        paths = []
        for name in LOWEST_FIRST.split(" "):
            if name in self.paths:
                shape = "".join(self.paths[name])
                paths.append(f'<path class="cell-{name}" d="{shape}"/>')
        width, height = self.right + 2, self.bottom + 2
        return (
            f'<svg class="calculator-drawing" role="img" aria-labelledby="drawing-title drawing-text"'
            f' viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
            f'<title id="drawing-title">{escaped(title)}</title>'
            f'<desc id="drawing-text">{escaped(description)}</desc>' + "".join(paths + self.words) + "</svg>"
        )

    def _add(self, name: str, path: str, right: int, bottom: int) -> None:
        self.paths.setdefault(name, []).append(path)
        self.right, self.bottom = max(self.right, right), max(self.bottom, bottom)


def places(shown: list[int], start: int) -> tuple[list[tuple[int, int]], list[int]]:
    """Give each position that is shown its place, and the places of the gaps between them."""
    found, gaps, place = [], [], start
    for at, position in enumerate(shown):
        if at and position != shown[at - 1] + 1:
            gaps.append(place)
            place += GAP
        found.append((position, place))
        place += CELL
    return found, gaps


def window_rows(axis: Axis, chosen: int, shown: list[int]) -> list[int]:
    """List the windows that are drawn below each other: all, or the first, the chosen and the last."""
    if axis.count <= 8:
        return list(range(axis.count))
    wanted = {0, 1, 2, chosen - 1, chosen, chosen + 1, axis.count - 2, axis.count - 1}
    visible = set(shown)
    return sorted(
        [at for at in wanted if 0 <= at < axis.count and (at == chosen or at * axis.stride in visible)]
    )
