"""Moment matching with the functions that leave the least variance."""

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy
from reference_impl._checks import check_at_least, check_size
from reference_impl.shift.active_set import minimise_quadratic
from reference_impl.shift.labels.base import LabelShift
from reference_impl.shift.labels.covariance import Solution, sandwich
from reference_impl.shift.labels.holdout import joint_moments
from reference_impl.shift.labels.scores import Scores
from reference_impl.shift.warning import warn


class OptimalMoments(LabelShift):
    def __init__(
        self,
        *,
        calibration: str | None = "bcts",
        tolerance: float = 1e-6,
        iterations: int = 200,
        logits: bool = False,
    ) -> None:
        self.calibration, self.tolerance = calibration, tolerance
        self.iterations, self.logits = iterations, logits

    def _check_settings(self) -> None:
        check_at_least("tolerance", self.tolerance, 0, 1e-6)
        check_size("iterations", self.iterations)

    def _solve(self, target: Scores) -> Solution:
        xp, frequencies = namespace(target.posteriors), self.frequencies_
        points = target.posteriors.shape[0]
        least = 1 / (points * frequencies)
        weights, step, last = numpy.ones_like(frequencies), 1.0, numpy.inf
        for _ in range(self.iterations):
            counted = numpy.maximum(weights, least)
            weighing = counted + points / self._chosen.shape[0] * counted**2
            holdout = _functions(self._holdout.posteriors, weighing)
            reached = _functions(target.posteriors, weighing)
            joint = joint_moments(holdout, self._chosen)
            means = to_numpy(xp.sum(reached, axis=0)) / points
            found = numpy.linalg.solve(joint, means)
            if numpy.min(found) < 0:
                found = self._bounded(joint, means, counted, holdout, reached)
            moved = float(numpy.max(numpy.abs(found - weights)))
            if moved >= last:
                step /= 2
            weights, last = weights + step * (found - weights), moved
            if step * moved <= self.tolerance:
                break
        else:
            warn(
                "the last change of a weight",
                f"{moved:.1e}",
                f"it should be at most {self.tolerance}",
                "raise iterations",
            )
        return sandwich(weights, frequencies, numpy.linalg.inv(joint), holdout, self._chosen, reached)

    def _bounded(
        self,
        joint: numpy.ndarray,
        means: numpy.ndarray,
        weights: numpy.ndarray,
        holdout: Array,
        reached: Array,
    ) -> numpy.ndarray:
        """Return the non-negative weights that miss the moments least, in the metric of their second moments."""
        xp = namespace(holdout)
        weighed = holdout * xp.matmul(self._chosen, from_numpy(weights, like=holdout))[:, None]
        seconds = sum(
            to_numpy(xp.matmul(xp.matrix_transpose(each), each)) / each.shape[0] ** 2
            for each in (weighed, reached)
        )
        metric = numpy.linalg.solve(seconds, joint).T
        curvature = metric @ joint
        scale = 1 / float(numpy.trace(curvature))
        found = minimise_quadratic(scale * curvature, -scale * (metric @ means), numpy.ones_like(means))
        return found / float(numpy.sum(found * self.frequencies_))


def _functions(posteriors: Array, weighing: numpy.ndarray) -> Array:
    xp = namespace(posteriors)
    return posteriors / xp.matmul(posteriors, from_numpy(weighing[:, None], like=posteriors))
