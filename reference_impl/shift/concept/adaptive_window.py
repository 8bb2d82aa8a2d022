"""ADWIN: a window that drops its older part whenever the means of two parts differ too much."""

import math

import numpy

from reference_impl._checks import check_size
from reference_impl.shift.concept.detector import Detector, first_true
from reference_impl.shift.concept.histogram import Growth, Histogram, empty_histogram
from reference_impl.shift.numbers import check_probability

CHECKS = 16
"""How many checks the first block holds: after an alarm, the next is near."""


class ADWIN(Detector):
    r"""Detect that the mean of a stream has changed, and keep the window since then.

    The window $W$ of $n$ values is cut into an older part of $n_0$ and a newer one of $n_1$ wherever

    $$|\hat\mu_0 - \hat\mu_1| > \sqrt{\frac{2}{m} \sigma_W^2 \ln \frac{2}{\delta'}} +
    \frac{2}{3 m} \ln \frac{2}{\delta'}, \qquad \frac1m = \frac1{n_0} + \frac1{n_1}, \quad
    \delta' = \frac{\delta}{\ln n}$$

    Values are summed up in buckets of 1, 2, 4, … of them, at most `buckets` of each size (an exponential histogram:
    the paper's ADWIN2), and the window is cut only between buckets. At every `clock`-th value, the oldest bucket is
    dropped again and again while any split is a cut; if one was dropped, that value raises an alarm. Both parts must
    hold `minimum_part` values. Clock 32, five buckets and five values are the settings of the authors' program.

    The bound holds for values from 0 to 1; scale others to that.

    Blind spots: a change is noticed only once enough newer values outweigh $\ln(2 / \delta')$: at a rate of 0.2, a rise
    to 0.4 takes about 180 values, and a change by less than the right side above for every split is never found.
    The window shrinks step by step, so that one change often raises several alarms, a few clocks apart.

    Args:
        delta: How probable a false alarm may be, $\delta$.
        clock: The number of values from one check to the next.
        buckets: How many buckets may have the same size.
        minimum_part: How many values each of both parts must hold.

    Attributes:
        width_: The number $n$ of values in the window.
        mean_: Their mean; NaN while there are none.
        recent_: For each alarm since `reset`, how many values up to it follow the change: those that
            are left in the window.
        variance_: Their variance $\sigma_W^2$; NaN while there are none.

    Raises:
        TypeError: A number isn't one; the values are no array of numbers.
        ValueError: `delta` isn't between 0 and 1, another number is below 1; a value is NaN or infinite.

    Shape:
        `detect`: values $(T)$ to a list of indices, or $(S, T)$ to $S$ lists.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import ADWIN, bernoulli_stream
        >>> detector = ADWIN(delta=0.3, clock=4, buckets=3, minimum_part=6)
        >>> values = torch.cat([torch.full((30,), 2.0), torch.full((25,), 3.0)])
        >>> # at multiples of the clock
        >>> detector.detect(values), detector.recent_
        ([35, 43], [20, 20])
        >>> detector.width_
        31
        >>> round(detector.mean_, 4)
        2.8065
        >>> round(detector.variance_, 4)
        0.1561
        >>> detector.update(2.5)
        False
        >>> detector.width_
        32
        >>> detector.detect(torch.full((17,), 2.0))
        [11, 15]
        >>> detector.width_
        17
        >>> streams = bernoulli_stream(
        ...     [0.1, 0.9], 64, streams=3, random_state=5, like=torch.empty(())
        ... )
        >>> usual = ADWIN()
        >>> usual.detect(streams.values)
        [[127], [95, 127], [95]]
        >>> usual.detect(streams.values[2])
        [95]
        >>> usual.width_
        96

    Source:
        [Bifet, Gavaldà 2007](https://doi.org/10.1137/1.9781611972771.42), Learning from time-changing data with
        adaptive windowing.
    """

    def __init__(
        self, delta: float = 0.002, clock: int = 32, buckets: int = 5, minimum_part: int = 5
    ) -> None:
        self.delta = delta
        self.clock = clock
        self.buckets = buckets
        self.minimum_part = minimum_part
        self.reset()

    def reset(self) -> None:
        """Forget everything that was read."""
        self.recent_ = []
        check_probability("delta", self.delta)
        check_size("clock", self.clock)
        check_size("buckets", self.buckets)
        check_size("minimum_part", self.minimum_part)
        self._window = empty_histogram()
        self._waiting: list[float] = []
        self._origin = 0.0

    @property
    def width_(self) -> int:
        """The number of values in the window."""
        return self._summary()[0]

    @property
    def mean_(self) -> float:
        """The mean of the values in the window."""
        width, total, _ = self._summary()
        return total / width + self._origin if width else math.nan

    @property
    def variance_(self) -> float:
        """The variance of the values in the window."""
        width, total, squares = self._summary()
        return max(0.0, squares - total * total / width) / width if width else math.nan

    def _summary(self) -> tuple[int, float, float]:
        waiting = numpy.asarray(self._waiting)
        width, total, squares = waiting.size, float(numpy.sum(waiting)), float(numpy.sum(waiting**2))
        window = self._window
        if window.ages.size:
            width += int(window.ages[-1])
            total += float(window.sums[-1])
            squares += float(window.squares[-1])
        return width, total, squares

    def _restart(self) -> None:
        """The part that differed is dropped already."""

    def _since_change(self) -> int:
        return self.width_

    def _first_block(self) -> int:
        return CHECKS * self.clock

    def _step(self, value: float) -> bool:
        if 0 < len(self._waiting) < self.clock - 1:
            self._waiting.append(value - self._origin)
            return False
        return self._advance(numpy.asarray([value])) is not None

    def _advance(self, block: numpy.ndarray) -> int | None:
        if not self._waiting and not self._window.ages.size:
            self._origin = float(block[0])
        waited = len(self._waiting)
        if waited + block.size < self.clock:
            self._waiting += (block - self._origin).tolist()
            return None
        values = numpy.concatenate([self._waiting, block - self._origin])
        times = self.clock * numpy.arange(1, values.size // self.clock + 1)
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
        fits = (
            growth.filled & (growth.ages >= self.minimum_part) & (widths - growth.ages >= self.minimum_part)
        )
        check, *_ = places = numpy.nonzero(fits)
        ages = growth.ages[places]
        newer, _ = growth.sums_of_newest(ages, growth.times[check])
        totals, squares = growth.sums_of_newest(growth.widths, growth.times)
        doubts = self._doubts(growth.widths)
        variances = variance(growth.widths, totals, squares)
        cut = exceeds(ages, newer, growth.widths[check], totals[check], variances[check], doubts[check])
        found = numpy.zeros(growth.times.size, bool)
        found[check[cut]] = True
        return found

    def _shrink(self, window: Histogram) -> Histogram:
        """Drop the oldest bucket as long as any split is a cut: for each number of dropped ones, all splits at once."""
        ages, widths = window.ages[None, :], window.ages[::-1, None]
        fits = (ages >= self.minimum_part) & (widths - ages >= self.minimum_part)
        totals = window.sums[::-1, None]
        variances = variance(widths, totals, window.squares[::-1, None])
        with numpy.errstate(divide="ignore", invalid="ignore"):
            cut = fits & exceeds(ages, window.sums[None, :], widths, totals, variances, self._doubts(widths))
        return window.without_oldest(int(numpy.argmin(cut.any(axis=1))))

    def _doubts(self, widths: numpy.ndarray) -> numpy.ndarray:
        return numpy.log(2 * numpy.log(numpy.maximum(widths, 2)) / self.delta)


def variance(width: numpy.ndarray, total: numpy.ndarray, squares: numpy.ndarray) -> numpy.ndarray:
    """Return the variance of so many values with that sum and that sum of squares."""
    return numpy.maximum(0.0, squares - total * total / width) / width


def exceeds(
    newer: numpy.ndarray,
    newer_sum: numpy.ndarray,
    width: numpy.ndarray,
    total: numpy.ndarray,
    variance: numpy.ndarray,
    doubt: numpy.ndarray,
) -> numpy.ndarray:
    """Say where the means of the newer values and of the older ones differ too much, with doubt = ln(2 / δ')."""
    older = width - newer
    distance = numpy.abs((total - newer_sum) / older - newer_sum / newer)
    inverse_mean = 1 / older + 1 / newer
    return distance > numpy.sqrt(2 * variance * doubt * inverse_mean) + 2 / 3 * doubt * inverse_mean
