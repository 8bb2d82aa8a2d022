"""One dimension of a drawing: its cells, and which of them each window touches."""

MOST_CELLS = 26
FIRST_CELLS, LAST_CELLS, WIDEST_WINDOW = 9, 6, 11


class Axis:
    """Cells in a row and windows that move over them.

    Args:
        parts: the names of the parts that the cells belong to, each with the position at which it ends.
        kernel: taps of a window.
        stride: the distance of two windows.
        dilation: the distance of two taps.
        count: how many windows there are.
    """

    def __init__(
        self, parts: list[tuple[str, int]], kernel: int, stride: int, dilation: int, count: int
    ) -> None:
        self.parts, self.length = parts, parts[-1][1]
        self.kernel, self.stride, self.dilation, self.count = kernel, stride, dilation, count

    @property
    def span(self) -> int:
        """From the first to the last tap."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def reached(self) -> int:
        """The position behind the last tap of the last window."""
        return (self.count - 1) * self.stride + self.span

    def part(self, position: int) -> str:
        """Name the part that a cell belongs to."""
        for name, end in self.parts:
            if position < end:
                return name
        return self.parts[-1][0]

    def is_tap(self, window: int, position: int) -> bool:
        """Whether a window has a tap on a cell."""
        offset = position - window * self.stride
        return 0 <= offset < self.span and offset % self.dilation == 0

    def is_touched(self, position: int) -> bool:
        """Whether any window has a tap on a cell: whether one of those that span it starts taps before it."""
        first = max(0, -(-(position - self.span + 1) // self.stride))
        last = min(self.count - 1, position // self.stride)
        divisor, factor = _divisor(self.stride, self.dilation)
        if position % divisor:
            return False
        period = self.dilation // divisor  # of the windows that start whole dilations before it
        return first + (position // divisor * factor - first) % period <= last

    def shown(self, window: int) -> list[int]:
        """List the cells that are drawn: all, or the first, the last and those of one window."""
        if self.length <= MOST_CELLS:
            return list(range(self.length))
        kept = set(range(FIRST_CELLS))
        last = min(self.length - LAST_CELLS, (self.count - 1) * self.stride)
        kept |= set(range(max(last, self.length - WIDEST_WINDOW), self.length))
        start, end = window * self.stride, min(window * self.stride + self.span, self.length)
        if self.span <= WIDEST_WINDOW:
            kept |= set(range(start, end))
        else:
            kept |= set(range(start, start + 2)) | set(range(end - 2, end))
        return sorted(kept)


def _divisor(number: int, other: int) -> tuple[int, int]:
    """Give the greatest common divisor, and by what the number must be multiplied to leave it modulo the other."""
    factor, next_factor = 1, 0
    while other:
        number, other, quotient = other, number % other, number // other
        factor, next_factor = next_factor, factor - quotient * next_factor
    return number, factor


def window_axis(
    size: int, kernel: int, stride: int, padding: tuple[int, int], dilation: int, count: int
) -> Axis:
    """Give the padded input of a convolution or pooling; `ceil_mode` can let the last window stand out."""
    before, after = padding
    padded = before + size + after
    beyond = max(padded, (count - 1) * stride + dilation * (kernel - 1) + 1)
    parts = [("padding", before), ("input", before + size), ("padding", padded), ("beyond", beyond)]
    return Axis(parts, kernel, stride, dilation, count)


def landing_axis(
    size: int, kernel: int, stride: int, padding: tuple[int, int], dilation: int, output: int
) -> Axis:
    """Give the output of a transposed convolution, with what is cut off: each input lands on a window of it."""
    before = padding[0]
    whole = max((size - 1) * stride + dilation * (kernel - 1) + 1, before + output)
    return Axis(
        [("cut", before), ("output", before + output), ("cut", whole)], kernel, stride, dilation, size
    )
