"""ADWIN: a window that drops its older part whenever the means of two parts differ too much."""

import math

import numpy

from reference_impl._checks import check_size, refuse
from reference_impl.shift.concept.detector import Detector, first_true
from reference_impl.shift.concept.histogram import Growth, Histogram, empty_histogram

CHECKS = 16
"""How many checks the first block holds: after an alarm, the next is near."""


class ADWIN(Detector):
    def __init__(self, delta: float = 0.002, clock: int = 32, buckets: int = 5, minimum_part: int = 5) -> None:
        self.delta = delta
        self.clock = clock
        self.buckets = buckets
        self.minimum_part = minimum_part
        self.reset()

    def reset(self) -> None:
        """Forget everything that was read."""
        if isinstance(self.delta, bool) or not isinstance(self.delta, int | float) or not 0 < self.delta < 1:
            refuse("delta", self.delta, "must be above 0 and below 1", "pass e.g. delta=0.002")
        check_size("clock", self.clock)
        check_size("buckets", self.buckets)
        check_size("minimum_part", self.minimum_part)
        self._window = empty_histogram()
        self._waiting: list[float] = []
        self._origin: float | None = None

    def _restart(self) -> None:
        """The part that differed is dropped already."""

    def _first_block(self) -> int:
        return CHECKS * self.clock

    def _step(self, value: float) -> bool:
        return self._advance(numpy.asarray([value])) is not None

    def _advance(self, block: numpy.ndarray) -> int | None:
        if self._origin is None:
            self._origin = float(block[0])
        waited = len(self._waiting)
        if waited + block.size < self.clock:
            self._waiting += (block - self._origin).tolist()
            return None
        values = numpy.concatenate([self._waiting, block - self._origin])
        times = numpy.arange(self.clock, values.size + 1, self.clock)
        growth = Growth(self._window, values[: times[-1]], times, self.buckets)
        number = first_true(self._differs_somewhere(growth))
        if number is None:
            self._window, self._waiting = growth.at(-1), values[times[-1] :].tolist()
            return None
        self._window, self._waiting = self._shrink(growth.at(number)), []
        return int(times[number]) - waited - 1

    def _differs_somewhere(self, growth: Growth) -> numpy.ndarray:
        """Say for each check whether any split of the window is a cut."""
        widths = growth.widths[:, None, None]
        fits = growth.filled & (growth.ages >= self.minimum_part) & (widths - growth.ages >= self.minimum_part)
        check, *_ = places = numpy.nonzero(fits)
        ages = growth.ages[places]
        newer, _ = growth.sums_of_newest(ages, growth.times[check])
        totals, squares = growth.sums_of_newest(growth.widths, growth.times)
        cut = exceeds(
            ages, newer, growth.widths[check], totals[check], squares[check], self.delta
        )
        found = numpy.zeros(growth.times.size, bool)
        found[check[cut]] = True
        return found

    def _shrink(self, window: Histogram) -> Histogram:
        """Drop the oldest bucket as long as any split is a cut: for each number of dropped ones, all splits at once."""
        ages, widths = window.ages[None, :], window.ages[::-1, None]
        fits = (ages >= self.minimum_part) & (widths - ages >= self.minimum_part)
        totals, squares = window.sums[::-1, None], window.squares[::-1, None]
        with numpy.errstate(divide="ignore", invalid="ignore"):
            cut = fits & exceeds(ages, window.sums[None, :], widths, totals, squares, self.delta)
        return window.without_oldest(int(numpy.argmin(cut.any(axis=1))))


def exceeds(
    newer: numpy.ndarray,
    newer_sum: numpy.ndarray,
    width: numpy.ndarray,
    total: numpy.ndarray,
    squares: numpy.ndarray,
    delta: float,
) -> numpy.ndarray:
    """Say where the means of the newer values and of the older ones differ by more than chance explains."""
    older = width - newer
    distance = numpy.abs((total - newer_sum) / older - newer_sum / newer)
    variance = numpy.maximum(0.0, squares - total * total / width) / width
    inverse_mean = 1 / older + 1 / newer
    doubt = numpy.log(2 * numpy.log(width) / delta)
    return distance > numpy.sqrt(2 * inverse_mean * variance * doubt) + 2 / 3 * inverse_mean * doubt
