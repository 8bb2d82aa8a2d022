"""What an estimator of label shift returns: weights, target prior, and how sure they are."""

from statistics import NormalDist

import numpy

from reference_impl._array import Array, from_numpy, namespace
from reference_impl._checks import check_choice, check_number, refuse
from reference_impl.shift.labels.correction import correct
from reference_impl.shift.labels.covariance import Solution
from reference_impl.shift.labels.scores import read_scores
from reference_impl.shift.labels.softmax_fit import Softmax


class LabelShiftEstimate:
    """The weights."""

    def __init__(
        self, solution: Solution, condition: float, calibrator: Softmax | None, logits: bool, like: Array
    ) -> None:
        self.weights = from_numpy(solution.weights, like=like)
        self.prior = from_numpy(solution.prior, like=like)
        self.covariance = from_numpy(solution.weights_covariance, like=like)
        self.prior_covariance = from_numpy(solution.prior_covariance, like=like)
        self.condition = condition
        self._calibrator, self._logits, self._solution = calibrator, logits, solution

    def interval(self, level: float = 0.95, of: str = "weights") -> tuple[Array, Array]:
        """Return the lower and the upper ends of the intervals of the weights, or of the target prior."""
        check_number("level", level, 0.95)
        if not 0 < level < 1:
            refuse("level", level, "must lie between 0 and 1", "pass e.g. level=0.95")
        check_choice("of", of, ("weights", "prior"))
        weights, prior, weights_covariance, prior_covariance = self._solution
        middle, covariance, most = (
            (weights, weights_covariance, numpy.inf) if of == "weights" else (prior, prior_covariance, 1.0)
        )
        reach = NormalDist().inv_cdf((1 + level) / 2) * numpy.sqrt(numpy.diagonal(covariance))
        lower, upper = numpy.maximum(middle - reach, 0.0), numpy.minimum(middle + reach, most)
        return from_numpy(lower, like=self.weights), from_numpy(upper, like=self.weights)

    def correct(self, scores: Array) -> Array:
        """Return the posteriors of the target, from the classifier's scores; calibrated first if the fit did so."""
        read = read_scores("scores", scores, logits=self._logits, like=self.weights[None, :])
        if self._calibrator is not None:
            read = self._calibrator.apply(read.logits)
        weights = from_numpy(self._solution.weights, like=read.posteriors)
        return namespace(scores).astype(correct(read.posteriors, weights), scores.dtype)
