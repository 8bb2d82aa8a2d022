"""What all detectors of change share: reading a stream, and walking over it in blocks."""

import math
from abc import abstractmethod

import numpy

from reference_impl._array import Array, namespace, to_numpy
from reference_impl._checks import refuse
from reference_impl.shift.concept.settings import StreamEstimator
from reference_impl.shift.estimator import clone
from reference_impl.shift.samples import check_finite

FIRST_BLOCK, LARGEST_BLOCK = 256, 1 << 14
"""A block grows while there is no alarm, so that neither many alarms nor none cost much."""


def read_stream(name: str, values: Array) -> numpy.ndarray:
    """Return the finite numbers of a stream, or of several streams in rows, as NumPy's float64."""
    xp = namespace(values)
    if not xp.isdtype(values.dtype, ("bool", "integral", "real floating")):
        refuse(name, f"an array of {values.dtype}", "must hold numbers", "convert it first", TypeError)
    if values.ndim not in (1, 2):
        fix = "pass (steps,), or (streams, steps)"
        refuse(name, f"of shape {tuple(values.shape)}", "must have one or two axes", fix)
    stream = numpy.ascontiguousarray(to_numpy(values), dtype=numpy.float64)
    check_finite(name, stream)
    return stream


def read_value(name: str, value: float) -> float:
    """Return one finite number of a stream."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        refuse(name, value, "must be a number", "pass e.g. 1.0", TypeError)
    if not math.isfinite(number):
        refuse(name, number, "must be finite", "drop or impute that value")
    return number


class Detector(StreamEstimator):
    """A detector that reads a stream value by value, or in blocks with the same alarms."""

    recent_: list[int]

    def update(self, value: float) -> bool:
        """Read one value and say whether it raises an alarm; after one, the detector has started anew."""
        raised = self._step(read_value("value", value))
        if raised:
            self._start_anew()
        return raised

    def detect(self, values: Array) -> list[int] | list[list[int]]:
        """Read many values, as if by `update`, and return the indices of those that raise an alarm.

        Of several streams in the rows of `values`, each is read by a detector of its own that starts afresh.
        """
        stream = read_stream("values", values)
        self._check(stream)
        if stream.ndim == 2:
            return [clone(self)._walk(row) for row in stream]
        return self._walk(stream)

    def reset(self) -> None:
        """Forget everything that was read."""
        self.recent_ = []
        self._restart()

    def _start_anew(self) -> None:
        self.recent_.append(self._since_change())
        self._restart()

    def _walk(self, stream: numpy.ndarray) -> list[int]:
        alarms: list[int] = []
        start, size = 0, self._first_block()
        while start < stream.size:
            block = stream[start : start + size]
            place = self._advance(block)
            if place is None:
                start, size = start + block.size, min(2 * size, 64 * self._first_block())
            else:
                self._start_anew()
                alarms.append(start + place)
                start, size = start + place + 1, self._first_block()
        return alarms

    def _first_block(self) -> int:
        return FIRST_BLOCK

    def _check(self, stream: numpy.ndarray) -> None:
        """Raise unless the detector can read these values."""

    @abstractmethod
    def _since_change(self) -> int:
        """Return how many of the values up to an alarm follow the change, by the detector's own account."""

    @abstractmethod
    def _restart(self) -> None:
        """Forget what came before an alarm."""

    @abstractmethod
    def _step(self, value: float) -> bool:
        """Take in one value and say whether it raises an alarm."""

    @abstractmethod
    def _advance(self, block: numpy.ndarray) -> int | None:
        """Take in values up to the first that raises an alarm, and return its index; without one, take in all."""


def running_sum(start: float, terms: numpy.ndarray) -> numpy.ndarray:
    """Return start, start + terms[0], …, rounded as if the terms were added one after another."""
    sums = numpy.empty(terms.size + 1)
    sums[0] = start
    sums[1:] = terms
    numpy.add.accumulate(sums, out=sums)
    return sums


def steps_after(steps: int, count: int) -> numpy.ndarray:
    """Return the numbers of the next steps, as floats."""
    return numpy.arange(steps + 1.0, steps + count + 1.0)


def first_true(mask: numpy.ndarray) -> int | None:
    """Return the index of the first True, or None."""
    place = int(numpy.argmax(mask))
    return place if mask[place] else None
