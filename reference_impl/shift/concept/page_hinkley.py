"""The test of Page and Hinkley: a sum of deviations that rises too far above its minimum."""

from dataclasses import dataclass

import numpy

from reference_impl._checks import check_choice
from reference_impl.shift.concept.detector import Detector, first_true, running_sum, steps_after
from reference_impl.shift.numbers import check_not_negative, check_positive

SIGNS = {"up": (1.0,), "down": (-1.0,), "both": (1.0, -1.0)}


class PageHinkley(Detector):
    r"""Detect that the mean of a stream has risen, fallen, or either.

    $$m_t = \sum_{i \le t} (x_i - \bar x_i - \delta), \qquad \bar x_i = \frac1i \sum_{j \le i} x_j, \qquad
    \text{alarm where } m_t - \min_{i \le t} m_i > \lambda$$

    For a fall, $x$ is negated. After an alarm everything starts anew. Both $\delta$ and $\lambda$ are in units of $x$.

    Blind spots: a change by less than $\delta$ is never found. A long stretch without change ends in a false alarm,
    because $m_t$ wanders: with the defaults, on zeros and ones with a rate of 0.2, it came after 4 230 to 114 954
    steps in ten runs. With $\delta = 0.02$ none of them had one in 300 000 steps, at the price of smaller changes.

    Args:
        delta: The change $\delta$ that is tolerated.
        threshold: The rise $\lambda$ of the sum that raises an alarm.
        direction: "up", "down" or "both".

    Attributes:
        steps_: How many values were read since the start or the last alarm.
        recent_: For each alarm since `reset`, how many values up to it follow the change: those after the
            step at which $m$ was lowest, Hinkley's estimate of the change.

    Raises:
        TypeError: A number isn't one; the values are no array of numbers.
        ValueError: `delta` is below 0, `threshold` isn't above 0, `direction` is unknown; a value is NaN or infinite.

    Shape:
        `detect`: values $(T)$ to a list of indices, or $(S, T)$ to $S$ lists.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import PageHinkley, bernoulli_stream
        >>> detector = PageHinkley(delta=0.25, threshold=2.0)
        >>> values = torch.cat([torch.zeros(6), torch.ones(8)])
        >>> # with 4 ones, 4 - 0.25 * 4 - (1/7 + 2/8 + 3/9 + 4/10) = 1.87;
        >>> # with 5, 2.17
        >>> detector.detect(values)
        [10]
        >>> # 3 were read after the alarm, 5 ones up to it
        >>> detector.steps_, detector.recent_
        (3, [5])
        >>> detector.reset()
        >>> [
        ...     step
        ...     for step, value in enumerate(values.tolist())
        ...     if detector.update(value)
        ... ]
        [10]
        >>> detector.recent_
        [5]
        >>> PageHinkley(delta=0.25, threshold=2.0, direction="down").detect(
        ...     torch.stack([values, -values])
        ... )
        [[], [10]]
        >>> usual = PageHinkley()
        >>> drawn = bernoulli_stream(
        ...     [0.2, 0.9], 200, random_state=2, like=torch.empty(())
        ... )
        >>> usual.detect(drawn.values)
        [280]
        >>> usual.recent_
        [233]

    Source:
        [Page 1954](https://doi.org/10.1093/biomet/41.1-2.100), Continuous inspection schemes;
        [Hinkley 1971](https://doi.org/10.1093/biomet/58.3.509), Inference about the change-point from cumulative sum
        tests.
    """

    def __init__(self, delta: float = 0.005, threshold: float = 50.0, direction: str = "up") -> None:
        self.delta = delta
        self.threshold = threshold
        self.direction = direction
        self.reset()

    def _restart(self) -> None:
        check_not_negative("delta", self.delta)
        check_positive("threshold", self.threshold)
        check_choice("direction", self.direction, SIGNS)
        self.steps_ = self._changed = 0
        self._total = 0.0
        self._sums = [Deviations(sign) for sign in SIGNS[self.direction]]

    def _since_change(self) -> int:
        return self.steps_ - self._changed

    def _step(self, value: float) -> bool:
        self.steps_ += 1
        self._total += value
        deviation = value - self._total / self.steps_
        for sums in self._sums:
            sums.last += sums.sign * deviation - self.delta
            if sums.last < sums.lowest:
                sums.lowest, sums.lowest_at = sums.last, self.steps_
        above = [sums for sums in self._sums if sums.last - sums.lowest > self.threshold]
        if above:
            self._changed = above[0].lowest_at
        return bool(above)

    def _advance(self, block: numpy.ndarray) -> int | None:
        totals = running_sum(self._total, block)
        means = totals[1:] / steps_after(self.steps_, block.size)
        deviations = block - means
        first = None
        for sums in self._sums:
            place = self._rise(sums, running_sum(sums.last, sums.sign * deviations - self.delta))
            if place is not None and (first is None or place < first):
                first, self._changed = place, sums.lowest_at
        self._total = float(totals[-1])
        self.steps_ += block.size if first is None else first + 1
        return first

    def _rise(self, sums: "Deviations", path: numpy.ndarray) -> int | None:
        """Return where the path of the sums is too far above its minimum, and keep the minimum up to there."""
        path[0], last = sums.lowest, path[-1]
        place = None
        if numpy.max(path) - numpy.min(path) > self.threshold:  # otherwise no rise can be above it
            place = first_true((path - numpy.minimum.accumulate(path))[1:] > self.threshold)
        lowest_at = int(numpy.argmin(path if place is None else path[: place + 2]))
        if lowest_at > 0:
            sums.lowest, sums.lowest_at = float(path[lowest_at]), self.steps_ + lowest_at
        sums.last = float(last)
        return place


@dataclass
class Deviations:
    """The sum of deviations in one direction, and where it was lowest."""

    sign: float
    last: float = 0.0
    lowest: float = 0.0
    lowest_at: int = 0
