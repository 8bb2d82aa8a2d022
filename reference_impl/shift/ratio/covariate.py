"""The ratio from the candidate that cross-validation chooses."""

from collections.abc import Iterable, Sequence

import numpy

from reference_impl._array import Array
from reference_impl.shift.estimator import clone
from reference_impl.shift.ratio.base import Ratio
from reference_impl.shift.ratio.gaussian import GaussianRatio
from reference_impl.shift.ratio.held_out import (
    RULE,
    check_candidates,
    check_folds,
    held_out_losses,
    simplest_of_the_best,
)
from reference_impl.shift.ratio.logistic import LogisticRatio
from reference_impl.shift.ratio.ordering import seed_of


class CovariateRatio(Ratio):
    r"""Estimate the ratio by whichever candidate cross-validation chooses: the default.

    The candidates are, from simple to rich: logistic regression on $x$, the ratio of two Gaussians, and logistic
    regression with squares, with bumps along each coordinate, and with bumps around points. All penalties are
    adaptive. Each candidate's log loss is measured at points that it wasn't fitted on,

    $$\ell = \frac{1}{n + m} \Big( \sum_i \log(1 + e^{h(x_i)}) + \sum_j \log(1 + e^{-h(u_j)}) \Big), \qquad
      h = \log \hat w + \log \frac mn$$

    and the first whose loss is within one standard error of the smallest is fitted on all points. No single one is
    good everywhere: where only the mean moves, squares cost accuracy, and where the spread changes, a linear log
    ratio is worse than no weights at all.

    Args:
        candidates: Other estimates of the ratio, from simple to rich, or None for those above.
        folds: The number of folds.
        random_state: The seed or the generator of NumPy for folds and centres. Rows may come in any order.
        on_disjoint: What happens where the supports look disjoint: `"raise"` or `"warn"`.

    Attributes:
        weights_: The weights of the source's points.
        log_weights_: Their logarithms.
        auc_: The area under the ROC curve of the ratio as a score that tells target from source.
        best_: The candidate that was chosen, as fitted on all points.
        losses_: The mean held-out loss of each candidate.

    Raises:
        ValueError: In `fit`: the supports look disjoint, a sample has fewer points than folds or isn't finite, or
            there are no candidates.
        TypeError: In `fit`: the samples differ in library or dtype, or a candidate is no estimate of a ratio.

    Shape:
        `fit`: source $(n, d)$ and target $(m, d)$; `weights`: $(k, d)$ to $(k)$.

    Examples:
        The target is half as wide as the source. A linear log ratio can't see that.

        >>> import torch
        >>> from reference_impl.shift import CovariateRatio
        >>> source = torch.special.ndtri(
        ...     torch.linspace(0.01, 0.99, 99, dtype=torch.float64)
        ... )
        >>> ratio = CovariateRatio(folds=4).fit(source, 0.5 * source[::2])
        >>> ratio.best_
        GaussianRatio(ridge=1e-06)
        >>> [round(w, 4) for w in ratio.weights(source[[4, 49]]).tolist()]
        [0.0328, 1.9451]
        >>> # linear, Gaussian, quadratic
        >>> [round(loss, 4) for loss in ratio.losses_[:3]]
        [0.6381, 0.5798, 0.5737]
        >>> CovariateRatio().folds
        3

        The weights go straight into `sample_weight` of scikit-learn, in Shimodaira's regression. The best line for the
        target has the slope -0.73.

        ```pycon { #covariate-ratio-in-scikit-learn data-needs="scikit-learn" }
        >>> import torch
        >>> from sklearn.linear_model import LinearRegression
        >>> from reference_impl.shift import CovariateRatio
        >>> from reference_impl.shift import shimodaira_regression
        >>> drawn = shimodaira_regression(
        ...     1000, like=torch.zeros((), dtype=torch.float64)
        ... )
        >>> ratio = CovariateRatio().fit(drawn.source, drawn.target)
        >>> weights = ratio.weights().tolist()
        >>> x, y = drawn.source.tolist(), drawn.source_outputs.tolist()
        >>> def slope(weights):
        ...     line = LinearRegression().fit(x, y, sample_weight=weights)
        ...     return round(line.coef_.item(), 3)
        >>> [slope(None), slope(weights)]
        [0.382, -0.686]
        ```

    Source:
        Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, section 7.10: choosing the simplest
        within a standard error.
    """

    def __init__(
        self,
        candidates: Sequence[Ratio] | None = None,
        *,
        folds: int = 3,
        random_state: int | numpy.random.Generator = 0,
        on_disjoint: str = "raise",
    ) -> None:
        self.candidates, self.folds = candidates, folds
        self.random_state, self.on_disjoint = random_state, on_disjoint

    def _learn(self, source: Array, target: Array) -> None:
        seed = seed_of(self.random_state)
        candidates = default_candidates(seed) if self.candidates is None else self.candidates
        check_candidates(candidates)
        check_folds(self.folds, source, target)
        losses = held_out_losses(candidates, source, target, self.folds, seed)
        self.losses_ = losses.mean(axis=1).tolist()
        self.best_ = clone(candidates[simplest_of_the_best(losses, RULE)])
        self.best_._learn(source, target)

    def _log_ratio(self, points: Array) -> Array:
        return self.best_._log_ratio(points)

    def _doubts(self) -> Iterable[str]:
        return self.best_._doubts()


def default_candidates(seed: int) -> list[Ratio]:
    """Return the candidates from simple to rich."""
    return [
        LogisticRatio("linear"),
        GaussianRatio(ridge=1e-6),
        LogisticRatio("quadratic"),
        LogisticRatio("additive"),
        LogisticRatio("kernel", random_state=seed),
    ]
