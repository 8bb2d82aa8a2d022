"""Black-box shift estimation: the confusion matrix, inverted."""

import numpy

from reference_impl._array import Array, namespace, to_numpy
from reference_impl._checks import check_choice
from reference_impl.shift.labels.base import LabelShift
from reference_impl.shift.labels.covariance import Solution, sandwich
from reference_impl.shift.labels.holdout import joint_moments, summarise
from reference_impl.shift.labels.scores import Scores
from reference_impl.shift.warning import warn


class BBSE(LabelShift):
    def __init__(self, *, scores: str = "soft", calibration: str | None = None, logits: bool = False) -> None:
        self.scores, self.calibration, self.logits = scores, calibration, logits

    def _check_settings(self) -> None:
        check_choice("scores", self.scores, ("soft", "hard"))

    def _summary(self, scores: Scores) -> Array:
        return summarise(scores, self.scores)

    def _solve(self, target: Scores) -> Solution:
        holdout, reached = self._summary(self._holdout), self._summary(target)
        inverse = numpy.linalg.inv(joint_moments(holdout, self._chosen))
        shares = to_numpy(namespace(reached).sum(reached, axis=0)) / reached.shape[0]
        weights = clip_to_prior(inverse @ shares, self.frequencies_)
        return sandwich(weights, self.frequencies_, inverse, holdout, self._chosen, reached)


def clip_to_prior(weights: numpy.ndarray, frequencies: numpy.ndarray) -> numpy.ndarray:
    """Set negative weights to zero, with a warning, and scale the others so that the prior sums to one."""
    if numpy.min(weights) >= 0:
        return weights
    classes = numpy.flatnonzero(weights < 0)
    mass = float(-numpy.sum(weights[classes] * frequencies[classes]))
    named = ", ".join(map(str, classes.tolist()))
    value = f"{mass:.2g} for class{'es' * (classes.size > 1)} {named}"
    warn(
        "the negative mass of the target prior", value, "clipped at zero", "use MLLS, or more labelled points"
    )
    clipped = numpy.maximum(weights, 0.0)
    return clipped / float(numpy.sum(clipped * frequencies))
