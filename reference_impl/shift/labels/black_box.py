"""Black-box shift estimation: the confusion matrix, inverted."""

import numpy

from reference_impl._array import Array
from reference_impl._checks import check_choice
from reference_impl.shift.labels.base import LabelShift
from reference_impl.shift.labels.covariance import Solution, sandwich
from reference_impl.shift.labels.holdout import joint_moments, means_of, summarise
from reference_impl.shift.labels.scores import Scores
from reference_impl.shift.warning import warn


class BBSE(LabelShift):
    r"""Estimate label shift by inverting the confusion matrix: black-box shift estimation.

    With class frequencies $q$ in the source and $p$ in the target, and predictions $\hat y$ of any classifier,

    $$C w = \mu, \qquad C_{ij} = \hat P_q(\hat y = i, y = j), \qquad \mu_i = \hat P_p(\hat y = i), \qquad
    w_y = \frac{p(y)}{q(y)}$$

    Three things are easy to mix up. The **joint** matrix $C$, the share of *all* hold-out points that were predicted
    $i$ and are $j$, gives the **weight** $w$. The **conditional** matrix $M_{ij} = P(\hat y = i \mid y = j) = C_{ij} /
    q(j)$, the share among the points *of class j*, gives the **target prior**: $M p = \mu$. Taking one for the other
    is wrong by the factor $q$. And $\mu$ is the share of predictions on the **target**, not on the hold-out.

    Soft scores take the place of the predicted class: $C = \frac1n \sum_i f(x_i) e_{y_i}^\top$ and
    $\mu = \frac1m \sum_j f(u_j)$. Negative weights are set to zero with a warning. The covariance is
    $C^{-1} [\mathrm{Cov}_q(w_y f) / n + \mathrm{Cov}_p(f) / m] C^{-\top}$.

    Args:
        scores: `"soft"` takes the scores as they are, `"hard"` the predicted class.
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
        >>> from reference_impl.shift import BBSE
        >>> seen = torch.tensor([[0.8, 0.2], [0.3, 0.7]], dtype=torch.float64)
        >>> labels = torch.tensor([0] * 50 + [1] * 50)
        >>> scores = seen[torch.tensor([0] * 45 + [1] * 5 + [0] * 10 + [1] * 40)]
        >>> found = (
        ...     BBSE(scores="hard")
        ...     .fit(scores, labels)
        ...     .estimate(seen[torch.tensor([0] * 34 + [1] * 66)])
        ... )
        >>> # .45 * .4 + .10 * 1.6 = .34
        >>> [round(weight, 6) for weight in found.weights.tolist()]
        [0.4, 1.6]
        >>> # .90 * .2 + .20 * .8 = .34
        >>> [round(share, 6) for share in found.prior.tolist()]
        [0.2, 0.8]
        >>> round(found.condition, 4)  # of [[.9, .2], [.1, .8]]
        1.4561

        The weights go straight into `sample_weight` of scikit-learn, where a model is fitted and where it is scored.

        ```pycon { #class-weights-in-scikit-learn data-needs="scikit-learn" }
        >>> import torch
        >>> from sklearn.naive_bayes import GaussianNB
        >>> from reference_impl.shift import BBSE
        >>> seen = torch.tensor([[0.8, 0.2], [0.3, 0.7]], dtype=torch.float64)
        >>> labels = torch.tensor([0] * 50 + [1] * 50)
        >>> scores = seen[torch.tensor([0] * 45 + [1] * 5 + [0] * 10 + [1] * 40)]
        >>> found = (
        ...     BBSE(scores="hard")
        ...     .fit(scores, labels)
        ...     .estimate(seen[torch.tensor([0] * 34 + [1] * 66)])
        ... )
        >>> x = scores.tolist()
        >>> y = labels.tolist()
        >>> weights = found.weights[labels].tolist()
        >>> model = GaussianNB().fit(x, y, sample_weight=weights)
        >>> # 50 * .4 / 100 and 50 * 1.6 / 100
        >>> [round(share, 6) for share in model.class_prior_.tolist()]
        [0.2, 0.8]
        >>> # .2 * .9 + .8 * .8; .85 without weights
        >>> round(model.score(x, y, sample_weight=weights), 6)
        0.82
        ```

    Source:
        Lipton, Wang and Smola, Detecting and correcting for label shift with black box predictors, ICML 2018.
    """

    def __init__(self, *, scores: str = "soft", calibration: str | None = None, logits: bool = False) -> None:
        self.scores, self.calibration, self.logits = scores, calibration, logits

    def _check_settings(self) -> None:
        check_choice("scores", self.scores, ("soft", "hard"))

    def _summary(self, scores: Scores) -> Array:
        return summarise(scores, self.scores)

    def _solve(self, target: Scores) -> Solution:
        holdout, reached = self._summary(self._holdout), self._summary(target)
        inverse = numpy.linalg.inv(joint_moments(holdout, self._chosen))
        shares = means_of(reached)
        weights = clip_to_prior(inverse @ shares, self._frequencies)
        return sandwich(weights, self._frequencies, inverse, holdout, self._chosen, reached)


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
