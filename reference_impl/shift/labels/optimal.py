"""Moment matching with the functions that leave the least variance."""

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy
from reference_impl.shift.labels.base import LabelShift
from reference_impl.shift.labels.black_box import clip_to_prior
from reference_impl.shift.labels.covariance import Solution, sandwich
from reference_impl.shift.labels.holdout import joint_moments
from reference_impl.shift.labels.scores import Scores
from reference_impl.shift.warning import warn

LEAST = 1e-6


class OptimalMoments(LabelShift):
    def __init__(
        self, *, calibration: str | None = "bcts", iterations: int = 50, logits: bool = False
    ) -> None:
        self.calibration, self.iterations, self.logits = calibration, iterations, logits

    def _solve(self, target: Scores) -> Solution:
        xp, frequencies = namespace(target.posteriors), self.frequencies_
        ratio = target.posteriors.shape[0] / self._chosen.shape[0]
        weights = numpy.ones_like(frequencies)
        for _ in range(self.iterations):
            holdout, reached = (
                _functions(posteriors, weights, ratio)
                for posteriors in (self._holdout.posteriors, target.posteriors)
            )
            inverse = numpy.linalg.inv(joint_moments(holdout, self._chosen))
            found = inverse @ to_numpy(xp.mean(reached, axis=0))
            found = numpy.maximum(found, LEAST)
            found /= float(numpy.sum(found * frequencies))
            moved = float(numpy.max(numpy.abs(found - weights)))
            weights = found
            if moved <= 1e-6:
                break
        return sandwich(weights, frequencies, inverse, holdout, self._chosen, reached)


def _functions(posteriors: Array, weights: numpy.ndarray, ratio: float) -> Array:
    xp = namespace(posteriors)
    weighing = from_numpy(weights + ratio * weights**2, like=posteriors)
    return posteriors / xp.matmul(posteriors, weighing)[:, None]
