"""Maximum likelihood from the predictions' shares alone."""

import numpy

from reference_impl._array import Array
from reference_impl._checks import check_at_least, check_choice
from reference_impl.shift.labels.base import LabelShift
from reference_impl.shift.labels.covariance import Solution, sandwich
from reference_impl.shift.labels.holdout import joint_moments, means_of, summarise
from reference_impl.shift.labels.scores import Scores
from reference_impl.shift.simplex import maximise_on_simplex


class SCML(LabelShift):
    r"""Estimate label shift by the likelihood of the shares of predictions: soft confusion-matrix likelihood.

    $$\hat p = \arg\max_p \sum_i \mu_i \log (M p)_i, \qquad \hat w_y = \frac{\hat p_y}{q_y}$$

    with the conditional confusion matrix $M_{ij} = P(\hat y = i \mid y = j)$ of the hold-out and the shares $\mu$ of
    predictions on the target. Where the solution of $M p = \mu$ is a prior, that is it, as in BBSE; where it has
    negative entries, the likelihood decides which prior comes closest. No calibration is needed, but what scores say
    within a predicted class is lost.

    The covariance is BBSE's, as if no entry were zero.

    Args:
        scores: `"soft"` takes the scores as they are, `"hard"` the predicted class.
        tolerance: The residual at which to stop; see `maximise_on_simplex`.
        calibration: What to fit to the hold-out first: None, `"temperature"`, `"bcts"` or `"vector"`.
        logits: Whether scores are logits; otherwise they are posteriors, which sum to one.

    Attributes:
        condition_: The condition number of the conditional confusion matrix.

    Raises:
        ValueError: A sample is empty; scores are not finite, negative, or don't sum to one; a class is missing in the
            hold-out; the columns of some classes coincide in the confusion matrix. The words name rows and classes.
        TypeError: The samples differ in library or dtype.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import SCML
        >>> seen = torch.tensor([[0.8, 0.2], [0.3, 0.7]], dtype=torch.float64)
        >>> labels = torch.tensor([0] * 50 + [1] * 50)
        >>> scores = seen[torch.tensor([0] * 45 + [1] * 5 + [0] * 10 + [1] * 40)]
        >>> estimator = SCML(scores="hard", tolerance=1e-12).fit(scores, labels)
        >>> inside = estimator.estimate(seen[torch.tensor([0] * 34 + [1] * 66)])
        >>> # .90 * .2 + .20 * .8 = .34
        >>> [round(share, 6) for share in inside.prior.tolist()]
        [0.2, 0.8]
        >>> round(float(inside.covariance[1, 1]), 6)
        0.061224
        >>> # BBSE: .15 = .2 - .05
        >>> outside = estimator.estimate(seen[torch.tensor([0] * 15 + [1] * 85)])
        >>> [round(share, 6) for share in outside.prior.tolist()]
        [0.0, 1.0]
        >>> round(float(outside.covariance[1, 1]), 6)
        0.076531
        >>> SCML().tolerance
        1e-10

    Source:
        Šipka, Šulc and Matas, The hitchhiker's guide to prior-shift adaptation, WACV 2022.
    """

    def __init__(
        self,
        *,
        scores: str = "soft",
        tolerance: float = 1e-10,
        calibration: str | None = None,
        logits: bool = False,
    ) -> None:
        self.scores, self.tolerance = scores, tolerance
        self.calibration, self.logits = calibration, logits

    def _check_settings(self) -> None:
        check_choice("scores", self.scores, ("soft", "hard"))
        check_at_least("tolerance", self.tolerance, 0, 1e-10)

    def _summary(self, scores: Scores) -> Array:
        return summarise(scores, self.scores)

    def _solve(self, target: Scores) -> Solution:
        holdout, reached = self._summary(self._holdout), self._summary(target)
        shares = means_of(reached)
        found = maximise_on_simplex(self._confusion, counts=shares, tolerance=self.tolerance)
        inverse = numpy.linalg.inv(joint_moments(holdout, self._chosen))
        weights = found.proportions / self._frequencies
        return sandwich(weights, self._frequencies, inverse, holdout, self._chosen, reached)
