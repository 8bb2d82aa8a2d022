"""Maximum likelihood: the prior under which the target's scores are likeliest."""

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy
from reference_impl._checks import check_at_least
from reference_impl.shift.labels.base import LabelShift
from reference_impl.shift.labels.covariance import Solution, propagate
from reference_impl.shift.labels.scores import Scores
from reference_impl.shift.mixture import Mixture
from reference_impl.shift.simplex import climb


class MLLS(LabelShift):
    r"""Estimate label shift by maximum likelihood, with the classifier's posteriors calibrated first.

    $$\hat p = \arg\max_p \frac1m \sum_j \log \sum_y \frac{p_y}{q_y} f_y(u_j), \qquad \hat w_y = \frac{\hat p_y}{q_y}$$

    over all priors $p$, with class frequencies $q$ of the hold-out. Expectation maximisation (Saerens et al.) climbs
    to the same, only maximum; here Newton's method takes some ten passes. The posteriors $f$ must be calibrated:
    without a calibration the estimate is wrong whatever the number of points.

    The covariance is the inverse of the observed information $J = \frac1m \sum_j h_j h_j^\top$, $h = f / w^\top f$, on
    priors that sum to one, $(J^{-1} - w w^\top) / m$, plus what the hold-out's frequencies and the fitted calibration
    add.

    Args:
        calibration: What to fit to the hold-out first: None, `"temperature"`, `"bcts"` or `"vector"`.
        tolerance: The residual at which to stop; see `maximise_on_simplex`.
        logits: Whether scores are logits; otherwise they are posteriors, which sum to one.

    Attributes:
        condition_: The condition number of the conditional confusion matrix.

    Raises:
        ValueError: A sample is empty; scores are not finite, negative, or don't sum to one; a class is missing in the
            hold-out; the columns of some classes coincide in the confusion matrix. The words name rows and classes.
        TypeError: The samples differ in library or dtype.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import MLLS
        >>> seen = torch.tensor(
        ...     [[36 / 48, 12 / 48], [4 / 52, 48 / 52]], dtype=torch.float64
        ... )
        >>> labels = torch.tensor([0] * 40 + [1] * 60)
        >>> scores = seen[torch.tensor([0] * 36 + [1] * 4 + [0] * 12 + [1] * 48)]
        >>> target = seen[torch.tensor([0] * 34 + [1] * 66)]
        >>> found = (
        ...     MLLS(calibration=None, tolerance=1e-12)
        ...     .fit(scores, labels)
        ...     .estimate(target)
        ... )
        >>> # .90 * .2 + .20 * .8 = .34
        >>> [round(share, 6) for share in found.prior.tolist()]
        [0.2, 0.8]
        >>> round(float(found.covariance[1, 1]), 6)
        0.056919
        >>> unsure = (
        ...     MLLS(calibration="bcts", logits=True)
        ...     .fit(scores.log() / 3, labels)
        ...     .estimate(target.log() / 3)
        ... )
        >>> [round(share, 4) for share in unsure.prior.tolist()]
        [0.2, 0.8]
        >>> round(float(unsure.covariance[1, 1]), 5)
        0.03476
        >>> MLLS().tolerance
        1e-08

    Source:
        Alexandari, Kundaje and Shrikumar, Maximum likelihood with bias-corrected calibration is hard-to-beat at label
        shift adaptation, ICML 2020; Saerens, Latinne and Decaestecker, Adjusting the outputs of a classifier to new a
        priori probabilities, Neural Computation 14, 2002.
    """

    def __init__(
        self, *, calibration: str | None = "bcts", tolerance: float = 1e-8, logits: bool = False
    ) -> None:
        self.calibration, self.tolerance, self.logits = calibration, tolerance, logits

    def _check_settings(self) -> None:
        check_at_least("tolerance", self.tolerance, 0, 1e-8)

    def _solve(self, target: Scores) -> Solution:
        xp, frequencies, points = namespace(target.posteriors), self._frequencies, target.posteriors.shape[0]
        shares = xp.full_like(target.posteriors[:, 0], 1 / points)
        mixture = Mixture(target.posteriors, shares, 1 / frequencies)
        found, _ = climb(mixture, self.tolerance)
        weights = found.proportions / frequencies
        information = numpy.outer(frequencies, frequencies) * mixture.curvature(found.proportions)
        inverse = numpy.linalg.pinv(information, rcond=1e-12, hermitian=True)
        from_target = (inverse - numpy.outer(weights, weights)) / points
        gradients, effect = self._calibration_effect(target, weights, information)
        influence = -inverse @ numpy.concatenate([effect, numpy.eye(weights.size)], axis=1)
        return propagate(weights, frequencies, influence, gradients, self._chosen, from_target)

    def _calibration_effect(
        self, target: Scores, weights: numpy.ndarray, information: numpy.ndarray
    ) -> tuple[Array, numpy.ndarray]:
        """Return the gradient of each hold-out point's loss, and what it does to the mean of $h$."""
        calibrator, xp = self._calibrator, namespace(target.posteriors)
        if calibrator is None:
            return self._chosen[:, :0], numpy.zeros((weights.size, 0))
        mixed = xp.matmul(target.posteriors, from_numpy(weights, like=target.posteriors))
        functions = target.posteriors / mixed[:, None]
        holdout, by_logit = self._holdout, functions * target.logits
        gradients = calibrator.pull_back(holdout.posteriors - self._chosen, holdout.logits)
        curvature = calibrator.curvature(holdout.posteriors, holdout.logits)
        products = to_numpy(xp.matmul(xp.matrix_transpose(functions), by_logit)) / functions.shape[0]
        by_slope = numpy.diag(to_numpy(xp.mean(by_logit, axis=0))) - products * weights
        by_bias = numpy.diag(to_numpy(xp.mean(functions, axis=0))) - information * weights
        # Adding one number to all biases changes nothing: the pseudo-inverse leaves that direction out.
        effect = calibrator.spread(by_slope, by_bias) @ numpy.linalg.pinv(
            curvature, rcond=1e-10, hermitian=True
        )
        return gradients, effect
