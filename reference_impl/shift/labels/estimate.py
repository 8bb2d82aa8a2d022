"""What an estimator of label shift returns: weights, target prior, and how sure they are."""

from statistics import NormalDist

import numpy

from reference_impl._array import Array, from_numpy, namespace
from reference_impl._checks import check_choice, check_number, refuse
from reference_impl.shift.labels.correction import reweigh
from reference_impl.shift.labels.covariance import Solution
from reference_impl.shift.labels.scores import read_scores
from reference_impl.shift.labels.softmax_fit import Softmax


class LabelShiftEstimate:
    r"""Weights $\hat w$ and target prior $\hat p = \hat w \circ \hat q$ of the classes, with their uncertainty.

    `estimate` of the estimators returns it. Both samples count as drawn independently, and the intervals are those of
    a normal distribution, cut off at zero (and one):

    $$\hat w_y \pm \Phi^{-1}\!\left(\tfrac{1 + \mathrm{level}}{2}\right) \sqrt{\Sigma_{yy}}$$

    They are good where each class has a few points in both samples; near a weight of zero they are too rough.

    Args:
        solution: Weights, prior, and their covariances, in NumPy.
        condition: The condition number of the confusion matrix.
        calibrator: The calibration that was fitted to the hold-out, if any.
        logits: Whether scores are logits.
        like: An array of the library, dtype and device of the results.

    Attributes:
        weights: $\hat w$ (classes,). `weights[labels]` weighs the points of the source: as `sample_weight` of
            scikit-learn, which [`BBSE`][reference_impl.shift.BBSE] shows, or in a loss of torch.
        prior: $\hat p$ (classes,), which sums to one.
        covariance: $\Sigma$ (classes, classes), the covariance of the weights.
        prior_covariance: The covariance of the prior.
        condition: The condition number of the conditional confusion matrix: by how much it can enlarge errors.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import BBSE
        >>> seen = torch.tensor([[0.8, 0.2], [0.3, 0.7]], dtype=torch.float64)
        >>> labels = torch.tensor([0] * 50 + [1] * 50)
        >>> scores = seen[torch.tensor([0] * 45 + [1] * 5 + [0] * 10 + [1] * 40)]
        >>> found = (
        ...     BBSE(scores="hard")
        ...     .fit(scores, labels)
        ...     .estimate(seen[torch.tensor([0] * 34 + [1] * 66)])
        ... )
        >>> # the prior's variance is the sum of .34 * .66 / 100,
        >>> # .8**2 * .2 * .8 / 50 and .2**2 * .9 * .1 / 50, over .7**2
        >>> round(float(found.prior_covariance[1, 1]) ** 0.5, 6)
        0.094373
        >>> # .8 - 2.58 * .0944
        >>> [
        ...     [round(end, 4) for end in ends.tolist()]
        ...     for ends in found.interval(0.99, of="prior")
        ... ]
        [[0.0, 0.5569], [0.4431, 1.0]]
        >>> # 1.6 + 1.96 * .061224**.5
        >>> [
        ...     [round(end, 4) for end in ends.tolist()]
        ...     for ends in found.interval()
        ... ]
        [[0.0219, 1.115], [0.7781, 2.085]]
        >>> # .32 / (.32 + .32)
        >>> [
        ...     round(share, 4)
        ...     for share in found.correct(seen[:1]).flatten().tolist()
        ... ]
        [0.5, 0.5]
        >>> logits = torch.zeros(3, 2, dtype=torch.float64)
        >>> each = torch.nn.functional.cross_entropy(
        ...     logits, labels[48:51], reduction="none"
        ... )
        >>> # log(2) * (0.4 + 0.4 + 1.6) / 3
        >>> round(float((found.weights[labels[48:51]] * each).mean()), 4)
        0.5545

    Source:
        Lipton, Wang and Smola, Detecting and correcting for label shift with black box predictors, ICML 2018, for
        the weights; the covariances are the delta method's.
    """

    def __init__(
        self, solution: Solution, condition: float, calibrator: Softmax | None, logits: bool, like: Array
    ) -> None:
        self.weights = from_numpy(solution.weights, like=like)
        self.prior = from_numpy(solution.prior, like=like)
        self.covariance = from_numpy(solution.weights_covariance, like=like)
        self.prior_covariance = from_numpy(solution.prior_covariance, like=like)
        self.condition = condition
        self._solution, self._calibrator, self._logits = solution, calibrator, logits

    def interval(self, level: float = 0.95, of: str = "weights") -> tuple[Array, Array]:
        """Return the lower and the upper ends of the intervals of the weights, or those of="prior"."""
        check_number("level", level, 0.95)
        if not 0 < level < 1:
            refuse("level", level, "must lie between 0 and 1", "pass e.g. level=0.95")
        check_choice("of", of, ("weights", "prior"))
        found = self._solution
        middle, covariance, most = (
            (found.weights, found.weights_covariance, numpy.inf)
            if of == "weights"
            else (found.prior, found.prior_covariance, 1.0)
        )
        reach = NormalDist().inv_cdf((1 + level) / 2) * numpy.sqrt(numpy.diagonal(covariance))
        lower, upper = numpy.maximum(middle - reach, 0.0), numpy.minimum(middle + reach, most)
        return from_numpy(lower, like=self.weights), from_numpy(upper, like=self.weights)

    def correct(self, scores: Array) -> Array:
        """Return the target's posteriors from the classifier's scores, after the calibration of the fit, if any."""
        read = read_scores("scores", scores, logits=self._logits, like=self.weights[None, :])
        if self._calibrator is not None:
            read = self._calibrator.apply(read.logits)
        weights = from_numpy(self._solution.weights, like=read.posteriors)
        return namespace(scores).astype(reweigh(read.posteriors, weights), scores.dtype)
