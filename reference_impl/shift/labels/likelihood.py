"""Maximum likelihood label shift."""

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy
from reference_impl.shift.labels.base import LabelShift
from reference_impl.shift.labels.covariance import Solution, propagate
from reference_impl.shift.labels.scores import Scores
from reference_impl.shift.simplex import maximise_on_simplex


class MLLS(LabelShift):
    def __init__(
        self, *, calibration: str | None = "bcts", tolerance: float = 1e-8, logits: bool = False
    ) -> None:
        self.calibration, self.tolerance, self.logits = calibration, tolerance, logits

    def _solve(self, target: Scores) -> Solution:
        xp, frequencies = namespace(target.posteriors), self.frequencies_
        likelihoods = target.posteriors / from_numpy(frequencies, like=target.posteriors)
        found = maximise_on_simplex(likelihoods, tolerance=self.tolerance)
        weights = to_numpy(found.proportions) / frequencies
        mixed = xp.matmul(target.posteriors, from_numpy(weights, like=target.posteriors))
        functions = target.posteriors / mixed[:, None]
        points = functions.shape[0]
        information = to_numpy(xp.matmul(xp.matrix_transpose(functions), functions)) / points
        inverse = numpy.linalg.pinv(information, rcond=1e-12, hermitian=True)
        from_target = (inverse - numpy.outer(weights, weights)) / points
        gradients, effect = self._calibration_effect(target, functions, weights, information)
        influence = -inverse @ numpy.concatenate([effect, numpy.eye(weights.size)], axis=1)
        return propagate(weights, frequencies, influence, gradients, self._chosen, from_target)

    def _calibration_effect(
        self, target: Scores, functions: Array, weights: numpy.ndarray, information: numpy.ndarray
    ) -> tuple[Array, numpy.ndarray]:
        """Return the gradient of each hold-out point's loss, and what it does to the mean of the functions."""
        calibrator, xp = self._calibrator, namespace(functions)
        if calibrator is None:
            return self._chosen[:, :0], numpy.zeros((weights.size, 0))
        holdout, by_logit = self._holdout, functions * target.given
        gradients = calibrator.pull_back(holdout.posteriors - self._chosen, holdout.given)
        curvature = calibrator.curvature(holdout.posteriors, holdout.given)
        products = to_numpy(xp.matmul(xp.matrix_transpose(functions), by_logit)) / functions.shape[0]
        by_slope = numpy.diag(to_numpy(xp.mean(by_logit, axis=0))) - products * weights
        by_bias = numpy.diag(to_numpy(xp.mean(functions, axis=0))) - information * weights
        # Adding one number to all biases changes nothing: the pseudo-inverse leaves that direction out.
        effect = calibrator.spread(by_slope, by_bias) @ numpy.linalg.pinv(
            curvature, rcond=1e-10, hermitian=True
        )
        return gradients, effect
