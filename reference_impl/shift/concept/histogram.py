"""An exponential histogram: a window summed up in buckets whose sizes are powers of two.

At most `most` buckets have the same size. One too many, and the two oldest of that size become one of twice the size.
How many buckets of each size there are after further values therefore depends on their number alone.
"""

from dataclasses import dataclass

import numpy


@dataclass(frozen=True)
class Histogram:
    """The buckets of a window, by their older ends.

    `counts` are the numbers of buckets of sizes 1, 2, 4, …; `ages` says for each bucket how many values are at most as
    old as its oldest one, from the newest bucket to the oldest; `sums` and `squares` are taken over these values.
    """

    counts: numpy.ndarray
    ages: numpy.ndarray
    sums: numpy.ndarray
    squares: numpy.ndarray

    def without_oldest(self, buckets: int) -> "Histogram":
        """Drop the oldest buckets."""
        counts, left = self.counts.copy(), buckets
        for size in range(counts.size - 1, -1, -1):
            dropped = min(left, int(counts[size]))
            counts[size] -= dropped
            left -= dropped
        kept = self.ages.size - buckets
        return Histogram(
            numpy.trim_zeros(counts, "b"), self.ages[:kept], self.sums[:kept], self.squares[:kept]
        )


def empty_histogram() -> Histogram:
    """Return the histogram of an empty window."""
    none = numpy.zeros(0)
    return Histogram(numpy.zeros(0, numpy.int64), numpy.zeros(0, numpy.int64), none, none)


def counts_after(counts: numpy.ndarray, added: numpy.ndarray, most: int) -> numpy.ndarray:
    """Return the numbers of buckets of each size (times, sizes) once so many further values were read.

    A size that holds c buckets and is handed a more merges pairs of them as long as more than `most` are left:
    ⌊(c + a - most + 1) / 2⌋ times, if that is above 0. Each pair is handed to the next size.
    """
    columns: list[numpy.ndarray] = []
    while not columns or added.any() or len(columns) < counts.size:
        held = added + (counts[len(columns)] if len(columns) < counts.size else 0)
        added = numpy.maximum(0, (held - most + 1) // 2)
        columns.append(held - 2 * added)
    return numpy.stack(columns, axis=1)


class Growth:
    """A histogram while a block of values is read, seen at several times."""

    def __init__(self, before: Histogram, block: numpy.ndarray, times: numpy.ndarray, most: int) -> None:
        self.times = times
        self.counts = counts_after(before.counts, times, most)
        sizes = 1 << numpy.arange(self.counts.shape[1])
        newer = numpy.cumsum(self.counts * sizes, axis=1) - self.counts * sizes
        slots = numpy.arange(most)
        self.filled = slots < self.counts[:, :, None]
        self.ages = newer[:, :, None] + (slots + 1) * sizes[:, None]
        self.widths = times + (before.ages[-1] if before.ages.size else 0)
        self._ends = -before.ages[::-1]
        self._sums = numpy.concatenate([-before.sums[::-1], [0.0], numpy.cumsum(block)])
        self._squares = numpy.concatenate([-before.squares[::-1], [0.0], numpy.cumsum(block * block)])

    def sums_of_newest(
        self, ages: numpy.ndarray, times: numpy.ndarray
    ) -> tuple[numpy.ndarray, numpy.ndarray]:
        """Return sums and sums of squares over the newest `ages` values at these times."""
        places = times - ages
        old = places < 0
        places[old] = numpy.searchsorted(self._ends, places[old]) - self._ends.size
        first, last = places + self._ends.size, times + self._ends.size
        return self._sums[last] - self._sums[first], self._squares[last] - self._squares[first]

    def at(self, number: int) -> Histogram:
        """Return the histogram at one of the times."""
        ages = self.ages[number][self.filled[number]]
        sums, squares = self.sums_of_newest(ages.copy(), self.times[number])
        return Histogram(self.counts[number], ages, sums, squares)
