"""The test of Page and Hinkley: a sum of deviations that rises too far above its minimum."""

import numpy

from reference_impl._checks import check_at_least, check_choice
from reference_impl.shift.concept.detector import Detector, first_true, running_sum
from reference_impl.shift.simulate.places import check_positive

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

    Raises:
        TypeError: A number isn't one; the values are no array of numbers.
        ValueError: `delta` is below 0, `threshold` isn't above 0, `direction` is unknown; a value is NaN or infinite.

    Shape:
        `detect`: values $(T)$ to a list of indices, or $(S, T)$ to $S$ lists.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import PageHinkley
        >>> detector = PageHinkley(delta=0.25, threshold=2.0)
        >>> values = torch.cat([torch.zeros(6), torch.ones(8)])
        >>> detector.detect(values)  # with 4 ones, 4 - 0.25 * 4 - (1/7 + 2/8 + 3/9 + 4/10) = 1.87; with 5, 2.17
        [10]
        >>> detector.steps_  # read after the alarm
        3
        >>> [detector.update(value) for value in [1.0, 3.0, 5.0]]
        [False, False, True]
        >>> PageHinkley(delta=0.25, threshold=2.0, direction="down").detect(torch.stack([values, -values]))
        [[], [10]]

    Source:
        [Page 1954](https://doi.org/10.1093/biomet/41.1-2.100), Continuous inspection schemes;
        [Hinkley 1971](https://doi.org/10.1093/biomet/58.3.509), Inference about the change-point from cumulative sum
        tests.
    """

    def __init__(self, delta: float = 0.005, threshold: float = 50.0, direction: str = "up") -> None:
        self.delta = delta
        self.threshold = threshold
        self.direction = direction
        self._restart()

    def _restart(self) -> None:
        check_at_least("delta", self.delta, 0, 0.005)
        check_positive("threshold", self.threshold, 50.0)
        check_choice("direction", self.direction, SIGNS)
        self.steps_ = 0
        self._total = 0.0
        self._sums = dict.fromkeys(SIGNS[self.direction], 0.0)
        self._lowest = dict.fromkeys(SIGNS[self.direction], 0.0)

    def _step(self, value: float) -> bool:
        self.steps_ += 1
        self._total += value
        deviation = value - self._total / self.steps_
        raised = False
        for sign in self._sums:
            self._sums[sign] += sign * deviation - self.delta
            self._lowest[sign] = min(self._lowest[sign], self._sums[sign])
            raised |= self._sums[sign] - self._lowest[sign] > self.threshold
        return raised

    def _advance(self, block: numpy.ndarray) -> int | None:
        totals = running_sum(self._total, block)
        deviations = totals[1:] / numpy.arange(self.steps_ + 1.0, self.steps_ + block.size + 1.0)
        numpy.subtract(block, deviations, out=deviations)
        places = []
        for sign in self._sums:
            sums = running_sum(self._sums[sign], sign * deviations - self.delta)
            lowest = min(self._lowest[sign], float(numpy.min(sums)))
            if (
                numpy.max(sums) - lowest > self.threshold
            ):  # only then can one of the sums be too far above its minimum
                sums[0] = self._lowest[sign]
                rises = sums - numpy.minimum.accumulate(sums)
                places.append(first_true(rises[1:] > self.threshold))
            self._sums[sign], self._lowest[sign] = float(sums[-1]), lowest
        self.steps_ += block.size
        self._total = float(totals[-1])
        return min((place for place in places if place is not None), default=None)
