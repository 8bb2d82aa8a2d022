"""Regularised learning under label shift: the confusion matrix inverted, but not further than the data allow."""

import math
from collections.abc import Callable

import numpy

from reference_impl._array import Array
from reference_impl._checks import check_choice
from reference_impl.shift.active_set import minimise_quadratic
from reference_impl.shift.labels.base import LabelShift
from reference_impl.shift.labels.covariance import Solution, sandwich
from reference_impl.shift.labels.holdout import joint_moments, means_of, summarise
from reference_impl.shift.labels.scores import Scores
from reference_impl.shift.numbers import check_not_negative, check_probability, check_share


class RLLS(LabelShift):
    r"""Estimate label shift by inverting the confusion matrix with a penalty on the distance from no shift.

    $$\hat\theta = \arg\min_{\theta \ge -1} |C \theta - b|_2 + \Delta |\theta|_2, \qquad b = \mu - C 1, \qquad
    \hat w = 1 + \lambda \hat\theta$$

    with the joint confusion matrix $C$ and the shares $\mu$ of predictions on the target, as in BBSE, and
    $\Delta = 3 \alpha \left( \frac{2 \ln(2k/\delta)}{3n} + \sqrt{\frac{2 \ln(2k/\delta)}{n}} \right)$ for $k$
    classes and $n$ hold-out points. Norms, not squares: where the data speak clearly, the penalty changes nothing and
    $\hat w$ is BBSE's; where they don't, $\hat w = 1$. Nothing here needs a conic solver: the minimum is that of a
    ridge regression, whose ridge $\rho$ solves one equation in the singular values of $C$.

    The covariance is that of the ridge regression at the ridge found. It holds the scatter of $\hat w$, and not the
    pull towards 1: where the penalty acts, intervals can miss the weights far more often than their level says, and
    with $\hat w = 1$ they have no width. Take them from BBSE or MLLS.

    Args:
        scores: `"soft"` takes the scores as they are, `"hard"` the predicted class.
        alpha: The strength of the penalty; zero leaves BBSE on the non-negative numbers.
        delta: The probability with which the bound behind $\Delta$ may fail.
        trust: $\lambda$, from 0 (no correction) to 1.
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
        >>> from reference_impl.shift import RLLS
        >>> seen = torch.tensor([[0.8, 0.2], [0.3, 0.7]], dtype=torch.float64)
        >>> labels = torch.tensor([0] * 20 + [1] * 80)
        >>> scores = seen[torch.tensor([0] * 18 + [1] * 2 + [0] * 16 + [1] * 64)]
        >>> target = seen[torch.tensor([0] * 62 + [1] * 38)]
        >>> clear = RLLS(scores="hard").fit(scores, labels).estimate(target)
        >>> # BBSE's: .18 * 3 + .16 * .5 = .62
        >>> [round(weight, 6) for weight in clear.weights.tolist()]
        [3.0, 0.5]
        >>> doubtful = (
        ...     RLLS(scores="hard", alpha=0.2, delta=0.1, trust=0.5)
        ...     .fit(scores, labels)
        ...     .estimate(target)
        ... )
        >>> # trust alone: 1 + .5 * 2, 1 - .5 * .5
        >>> [round(weight, 4) for weight in doubtful.weights.tolist()]
        [1.3772, 0.8276]
        >>> [
        ...     round(variance, 5)
        ...     for variance in doubtful.covariance.diagonal().tolist()
        ... ]
        [0.01085, 0.00134]
        >>> RLLS().alpha, RLLS().delta
        (0.01, 0.05)

    Source:
        Azizzadenesheli, Liu, Yang and Anandkumar, Regularized learning for domain adaptation under label shifts, ICLR
        2019.
    """

    def __init__(
        self,
        *,
        scores: str = "soft",
        alpha: float = 0.01,
        delta: float = 0.05,
        trust: float = 1.0,
        calibration: str | None = None,
        logits: bool = False,
    ) -> None:
        self.scores, self.alpha, self.delta, self.trust = scores, alpha, delta, trust
        self.calibration, self.logits = calibration, logits

    def _check_settings(self) -> None:
        check_choice("scores", self.scores, ("soft", "hard"))
        check_not_negative("alpha", self.alpha, 0.01)
        check_probability("delta", self.delta)
        check_share("trust", self.trust, 1.0)

    def _summary(self, scores: Scores) -> Array:
        return summarise(scores, self.scores)

    def _solve(self, target: Scores) -> Solution:
        holdout, reached = self._summary(self._holdout), self._summary(target)
        joint = joint_moments(holdout, self._chosen)
        shares = means_of(reached)
        points, classes = holdout.shape
        logarithm = math.log(2 * classes / self.delta)
        penalty = 3 * self.alpha * (2 * logarithm / (3 * points) + math.sqrt(2 * logarithm / points))
        solved, ridge = regularised_inverse(joint, shares, penalty)
        weights = 1 + self.trust * (solved - 1)
        inverse = numpy.zeros_like(joint)  # of an infinite ridge
        if ridge < math.inf:
            inverse = self.trust * numpy.linalg.solve(joint.T @ joint + ridge * numpy.eye(classes), joint.T)
        return sandwich(weights, self._frequencies, inverse, holdout, self._chosen, reached, solved)


def regularised_inverse(
    joint: numpy.ndarray, shares: numpy.ndarray, penalty: float
) -> tuple[numpy.ndarray, float]:
    r"""Return $1 + \arg\min_{\theta \ge -1} |C\theta - b|_2 + \Delta|\theta|_2$, $b = \mu - C1$, and its ridge.

    The minimum is that of $|C\theta - b|^2 + \rho|\theta|^2$ for the one ridge with
    $\rho\,|\theta| = \Delta\,|C\theta - b|$. Without the bound, the singular values turn this into one equation in
    $\rho$; where the bound binds, each $\rho$ takes a quadratic program.
    """
    shift = shares - numpy.sum(joint, axis=1)
    left, values, right = numpy.linalg.svd(joint)
    squares, turned = values**2, left.T @ shift

    def free_excess(ridge: float) -> float:
        scaled = turned / (squares + ridge)
        return float(numpy.linalg.norm(values * scaled) - penalty * numpy.linalg.norm(scaled))

    def bounded(ridge: float) -> numpy.ndarray:
        curvature = joint.T @ joint + ridge * numpy.eye(shares.size)
        return minimise_quadratic(curvature, -joint.T @ shares - ridge, numpy.ones_like(shares))

    def bounded_excess(ridge: float) -> float:
        found = bounded(ridge)
        missed = float(numpy.linalg.norm(joint @ found - shares))
        return float(numpy.linalg.norm(found - 1)) - penalty * missed / ridge

    if numpy.linalg.norm(values * turned) <= penalty * numpy.linalg.norm(turned):
        return numpy.ones_like(shares), math.inf
    largest = float(squares[0])
    ridge = 0.0 if free_excess(0.0) >= 0 else _root(free_excess, largest)
    weights = 1 + right.T @ (values * turned / (squares + ridge))
    if float(numpy.min(weights)) < 0:
        ridge = _root(bounded_excess, largest)
        weights = bounded(ridge)
    return weights, ridge


def _root(excess: Callable[[float], float], scale: float) -> float:
    """Return where a function of a positive number rises through zero, by the Illinois rule on its logarithm.

    Source:
        Dowell and Jarratt, A modified regula falsi method for computing the root of an equation, BIT 11, 1971.
    """
    low, high = math.log(scale) - 40, math.log(scale) + 40
    below, above = -1.0, 1.0
    last = 0
    for halvings in range(100):
        middle = 0.5 * (low + high) if halvings < 8 else (low * above - high * below) / (above - below)
        value = excess(math.exp(middle))
        if value < 0:
            low, below, above = middle, value, above / 2 if last < 0 else above
        else:
            high, above, below = middle, value, below / 2 if last > 0 else below
        last = -1 if value < 0 else 1
        if value == 0 or high - low < 1e-14:
            break
    return math.exp(middle)
