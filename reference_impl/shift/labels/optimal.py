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

STALLED = 1e-6
"""A step of so little of the way leads nowhere: the equations and the bound at zero send it back and forth."""


class OptimalMoments(LabelShift):
    r"""Estimate label shift from means of the functions that leave the least variance. Where to start.

    For any functions $h$ of the scores, $E_q[w_y h(x)] = E_p[h(x)]$. BBSE takes $h = f$, the scores. The least variance
    belongs to

    $$h_k = \frac{f_k}{\frac{m}{n} \sum_j w_j^2 f_j + \sum_j w_j f_j}, \qquad
    \frac1n \sum_i h(x_i) w_{y_i} = \frac1m \sum_j h(u_j)$$

    for $n$ hold-out points, $m$ points of the target and calibrated $f$. Since $h$ contains the weights, both
    are iterated, from $w = 1$. Where a weight would fall below zero, the moments are missed as little as possible
    in the metric of their second moments; in $h$, no class counts as less than one point of the target.

    The left side holds the true labels: the estimate is consistent for any scores, also badly calibrated ones, where
    MLLS isn't. Calibration makes it sharper. As $n/m$ grows, the equations become those of MLLS. Efficient estimators
    of label shift from the same moment condition are in Tian, Zhang and Zhao (2023); the formula here was derived for
    this project, and is not claimed to be theirs.

    Args:
        calibration: What to fit to the hold-out first: None, `"temperature"`, `"bcts"` or `"vector"`.
        tolerance: The change of a weight at which to stop.
        iterations: The most iterations.
        logits: Whether scores are logits; otherwise they are posteriors, which sum to one.

    Attributes:
        condition_: The condition number of the conditional confusion matrix.

    Raises:
        ValueError: A sample is empty; scores are not finite, negative, or don't sum to one; a class is missing in the
            hold-out; the columns of some classes coincide in the confusion matrix. The words name rows and classes.
        TypeError: The samples differ in library or dtype.

    Examples:
        >>> import numpy
        >>> import torch
        >>> from reference_impl.shift import OptimalMoments
        >>> rng = numpy.random.default_rng(0)
        >>> labels = rng.choice(3, 300)
        >>> target_labels = rng.choice(3, 400, p=[0.1, 0.3, 0.6])
        >>> logits, target = (
        ...     torch.tensor(rng.normal(1.5 * numpy.eye(3)[y]))
        ...     for y in (labels, target_labels)
        ... )
        >>> estimator = OptimalMoments(
        ...     calibration="temperature", tolerance=0.01, logits=True
        ... )
        >>> found = estimator.fit(logits, torch.tensor(labels)).estimate(target)
        >>> [round(share, 5) for share in found.prior.tolist()]
        [0.09322, 0.35767, 0.5491]
        >>> [
        ...     round(variance**0.5, 4)
        ...     for variance in found.prior_covariance.diagonal().tolist()
        ... ]
        [0.0318, 0.041, 0.042]
        >>> first = estimator.estimate(target[torch.tensor(target_labels == 0)])
        >>> [round(share, 5) for share in first.prior.tolist()]
        [0.92344, 0.07656, 0.0]
        >>> OptimalMoments().tolerance, OptimalMoments().iterations
        (1e-06, 200)

    Source:
        Hansen, Large sample properties of generalized method of moments estimators, Econometrica 50, 1982; compare
        Tian, Zhang and Zhao, ELSA: Efficient label shift adaptation through the lens of semiparametric models, ICML
        2023.
    """

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
        xp, frequencies = namespace(target.posteriors), self._frequencies
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
            if moved <= self.tolerance or step < STALLED:
                break
        if moved > self.tolerance:
            fix = "raise iterations" if step >= STALLED else "the moments contradict one another, so use MLLS"
            warn("the last change of a weight", f"{moved:.1e}", f"it should be at most {self.tolerance}", fix)
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
        return found / float(numpy.sum(found * self._frequencies))


def _functions(posteriors: Array, weighing: numpy.ndarray) -> Array:
    xp = namespace(posteriors)
    return posteriors / xp.matmul(posteriors, from_numpy(weighing[:, None], like=posteriors))
