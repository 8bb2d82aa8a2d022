"""The drift detection method: an error rate that rises too far above its lowest level."""

import math

import numpy

from reference_impl._checks import check_size, refuse
from reference_impl.shift.concept.detector import Detector, first_true, running_sum, steps_after
from reference_impl.shift.numbers import check_positive


class DDM(Detector):
    r"""Detect that the error rate of a classifier has risen.

    $$p_t = \frac1t \sum_{i \le t} x_i, \quad s_t = \sqrt{\frac{p_t (1 - p_t)}{t}}, \qquad
    \text{alarm where } p_t + s_t \ge p_{\min} + 3 s_{\min}$$

    $x_i$ is 1 for an error and 0 otherwise; $p_{\min}$ and $s_{\min}$ are those of the step with the lowest
    $p + s$ so far. From $p_{\min} + 2 s_{\min}$ on, there is a warning: the new model is to be trained on the values
    since it began. After an alarm everything starts anew. A level counts as reached only if it is above the
    lowest one: otherwise a stream without any error would raise alarms.

    Blind spots: $p_t$ averages over everything since the last alarm, so that the longer the stream was stable, the
    later an alarm comes. A rise from 0.2 to 0.4 is found after about 580 steps if 5 000 stable ones came before, after
    2 800 if 20 000 did, 17 000 if 100 000 did (medians of ten runs), and about 185 000 after $10^6$. Slow changes are
    learned into $p_t$. Falls are not found. After a start without errors $s_{\min}$ is 0, and the first error is an
    alarm. In three of ten runs of 10 000 steps without change there was a false alarm.

    Args:
        warning: How many $s_{\min}$ above $p_{\min}$ a warning stands.
        drift: How many $s_{\min}$ above $p_{\min}$ an alarm stands.
        minimum_steps: From which step on the lowest level is kept and alarms are raised.

    Attributes:
        steps_: How many values were read since the start or the last alarm.
        warning_length_: How many of the last values form the warning that lasts now; 0 without one.
        recent_: For each alarm since `reset`, how many values up to it follow the change: those of its
            warning.

    Raises:
        TypeError: A number isn't one; the values are no array of numbers.
        ValueError: `warning` isn't above 0, or above `drift`; `minimum_steps` is below 1; a value is neither 0 nor 1.

    Shape:
        `detect`: values $(T)$ to a list of indices, or $(S, T)$ to $S$ lists.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import DDM, bernoulli_stream
        >>> detector = DDM(warning=1.5, drift=2.5, minimum_steps=4)
        >>> errors = torch.tensor([0, 1, 0, 0, 1, 1, 1, 1])
        >>> # 5/8 + 0.171 >= 1/4 + 2.5 * 0.217 = 0.791
        >>> detector.detect(errors[:6]), detector.detect(errors[6:])
        ([], [1])
        >>> detector.recent_, detector.steps_
        ([4], 0)
        >>> detector.reset()
        >>> [
        ...     step
        ...     for step, error in enumerate(errors.tolist())
        ...     if detector.update(error)
        ... ]
        [7]
        >>> detector.recent_
        [4]
        >>> usual = DDM()
        >>> drawn = bernoulli_stream(
        ...     [0.2, 0.6], 100, random_state=19, like=torch.empty(())
        ... )
        >>> usual.detect(drawn.values)
        [56, 108]
        >>> usual.recent_
        [10, 6]

    Source:
        [Gama et al. 2004](https://doi.org/10.1007/978-3-540-28645-5_29), Learning with drift detection.
    """

    def __init__(self, warning: float = 2.0, drift: float = 3.0, minimum_steps: int = 30) -> None:
        self.warning = warning
        self.drift = drift
        self.minimum_steps = minimum_steps
        self.reset()

    def _restart(self) -> None:
        check_positive("warning", self.warning)
        check_positive("drift", self.drift)
        if self.warning > self.drift:
            rule = f"must be at most `drift` (={self.drift})"
            refuse("warning", self.warning, rule, "pass e.g. warning=2.0 and drift=3.0")
        check_size("minimum_steps", self.minimum_steps)
        self.steps_ = self.warning_length_ = 0
        self._errors = 0.0
        self._lowest = self._rate = self._spread = math.inf

    def _since_change(self) -> int:
        return self.warning_length_

    def _check(self, stream: numpy.ndarray) -> None:
        wrong = numpy.flatnonzero((stream != 0) & (stream != 1))
        if wrong.size:
            value = float(stream.reshape(-1)[wrong[0]])
            refuse("values", value, "must be 0 or 1", "pass 1 for an error and 0 otherwise")

    def _step(self, value: float) -> bool:
        if value not in (0, 1):
            refuse("value", value, "must be 0 or 1", "pass 1 for an error and 0 otherwise")
        self.steps_ += 1
        self._errors += value
        if self.steps_ < self.minimum_steps:
            return False
        rate = self._errors / self.steps_
        spread = math.sqrt(rate * (1 - rate) / self.steps_)
        level = rate + spread
        if level < self._lowest:
            self._lowest, self._rate, self._spread = level, rate, spread
        warned = level > self._lowest and level >= self._rate + self.warning * self._spread
        self.warning_length_ = self.warning_length_ + 1 if warned else 0
        return level > self._lowest and level >= self._rate + self.drift * self._spread

    def _advance(self, block: numpy.ndarray) -> int | None:
        steps = steps_after(self.steps_, block.size)
        errors = running_sum(self._errors, block)[1:]
        skipped = min(block.size, max(0, self.minimum_steps - 1 - self.steps_))
        self.steps_ += block.size
        self._errors = float(errors[-1])
        if skipped == block.size:
            return None
        rates = errors[skipped:] / steps[skipped:]
        spreads = numpy.sqrt(rates * (1 - rates) / steps[skipped:])
        place = self._first_alarm(rates + spreads, rates, spreads)
        return None if place is None else skipped + place

    def _first_alarm(self, levels: numpy.ndarray, rates: numpy.ndarray, spreads: numpy.ndarray) -> int | None:
        """Return the first level that raises an alarm; what is lowest, and the warning, are kept up to there."""
        before = numpy.minimum.accumulate(numpy.concatenate([[self._lowest], levels[:-1]]))
        lower = numpy.flatnonzero(levels < before)
        lasting = numpy.diff(lower, prepend=0, append=levels.size)
        lowest = numpy.concatenate([[self._lowest], levels[lower]])
        rate = numpy.concatenate([[self._rate], rates[lower]])
        spread = numpy.concatenate([[self._spread], spreads[lower]])
        above = numpy.nextafter(lowest, math.inf)
        limits = numpy.repeat(numpy.maximum(rate + self.drift * spread, above), lasting)
        place = first_true(levels >= limits)
        end = levels.size if place is None else place + 1
        warned = (
            numpy.repeat(numpy.maximum(rate + self.warning * spread, above), lasting)[:end] <= levels[:end]
        )
        calm = numpy.flatnonzero(~warned)
        self.warning_length_ = end - 1 - int(calm[-1]) if calm.size else self.warning_length_ + end
        self._lowest, self._rate, self._spread = float(lowest[-1]), float(rate[-1]), float(spread[-1])
        return place
