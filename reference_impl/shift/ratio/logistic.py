"""The ratio from logistic regression of source against target."""

import math
from collections.abc import Callable, Iterable

import numpy

from reference_impl._array import Array, common_namespace
from reference_impl._checks import check_choice, refuse
from reference_impl.shift.numbers import check_not_negative
from reference_impl.shift.ratio.base import Ratio
from reference_impl.shift.ratio.blocks import in_blocks
from reference_impl.shift.ratio.derivatives import linear_scores
from reference_impl.shift.ratio.design import Design
from reference_impl.shift.ratio.evidence import fit_adaptive
from reference_impl.shift.ratio.features import MAPS
from reference_impl.shift.ratio.newton import fit_logistic, not_converged
from reference_impl.shift.ratio.ordering import seed_of
from reference_impl.shift.ratio.pool import Pool
from reference_impl.shift.samples import read_points


class LogisticRatio(Ratio):
    r"""Estimate the ratio by logistic regression of source against target.

    $$\log \hat w(x) = \log \frac nm + h(x), \qquad h(x) = b + \theta \cdot \phi(x)$$

    $$\min_{b, \theta} \sum_i \log(1 + e^{h(x_i)}) + \sum_j \log(1 + e^{-h(u_j)})
      + \tfrac12 \sum_k \lambda_k \theta_k^2$$

    with $n$ points $x_i$ of the source and $m$ points $u_j$ of the target. It is right where $\log p/q$ is a sum of the
    features $\phi$, which are made from $x$ standardised over both samples:

    - `"linear"`: $x$. Right for Gaussians with one covariance, and wrong wherever the spread changes.
    - `"quadratic"`: also $x_j^2$ for each coordinate.
    - `"additive"`: also eight Gaussian bumps along each coordinate.
    - `"kernel"`: also Gaussian bumps around 100 points.
    - `"random"`: also 200 random Fourier features.
    - a function of points $(k, d)$ that returns features; they are standardised, too.

    Newton's method adds up its sums in blocks of rows, so that millions of points need little memory.

    Args:
        features: The name of the features, or a function.
        penalty: The penalty $\lambda$ of all features, or `"adaptive"`: one for each coordinate's $x_j$, one for its
            other features, and one for all bumps or waves that aren't of one coordinate, each the one with the
            largest evidence. What doesn't differ between the samples then costs nothing.
        random_state: The seed or the generator of NumPy by which centres and waves are drawn. Rows may come in any
            order: they are sorted first.
        on_disjoint: What happens where the supports look disjoint: `"raise"` or `"warn"`.

    Attributes:
        weights_: The weights of the source's points.
        log_weights_: Their logarithms.
        auc_: The area under the ROC curve of the ratio as a score that tells target from source.
        coefficients_: The intercept and the coefficients of the features of $\log \hat w$, in NumPy.
        penalties_: The penalty of each coefficient but the intercept, in NumPy.

    Raises:
        ValueError: In `fit`: the supports look disjoint, a setting is unknown or out of range, or a sample is empty,
            not finite, or of other features than the other.
        TypeError: In `fit`: the samples differ in library or dtype, or aren't floats.

    Shape:
        `fit`: source $(n, d)$ and target $(m, d)$; `weights`: $(k, d)$ to $(k)$.

    Examples:
        The weights go straight into a loss of torch.

        >>> import torch
        >>> from reference_impl.shift import LogisticRatio
        >>> source = torch.tensor([0.0] * 90 + [1.0] * 30)  # q(1) = 1/4
        >>> target = torch.tensor([0.0] * 10 + [1.0] * 40)  # p(1) = 4/5
        >>> ratio = LogisticRatio(penalty=0.0).fit(source, target)
        >>> # (1/5) / (3/4) and (4/5) / (1/4)
        >>> [
        ...     round(w, 3)
        ...     for w in ratio.weights(torch.tensor([0.0, 1.0])).tolist()
        ... ]
        [0.267, 3.2]
        >>> w, losses = ratio.weights(), 1 + source
        >>> # (3 * 0.267 + 2 * 3.2) / (3 * 0.267 + 3.2)
        >>> round(((w * losses).sum() / w.sum()).item(), 4)
        1.8

        A feature that doesn't differ between the samples gets a penalty without bound.

        >>> import torch
        >>> from reference_impl.shift import LogisticRatio
        >>> source = torch.linspace(-2, 2, 90)[:, None]
        >>> target = torch.linspace(-1, 3, 70)[:, None]
        >>> ratio = LogisticRatio(lambda x: torch.cat([x, x * x], 1))
        >>> ratio = ratio.fit(source, target)
        >>> [round(value, 3) for value in ratio.penalties_.tolist()]
        [1.33, 100000.0]
        >>> [round(value, 3) for value in ratio.coefficients_.tolist()[:2]]
        [-0.042, 0.847]

    Source:
        Qin, "Inferences for case-control and semiparametric two-sample density ratio models", Biometrika 85, 1998;
        the adaptive penalties: MacKay, "Bayesian interpolation", Neural Computation 4, 1992.
    """

    def __init__(
        self,
        features: str | Callable[[Array], Array] = "linear",
        *,
        penalty: float | str = "adaptive",
        random_state: int | numpy.random.Generator = 0,
        on_disjoint: str = "raise",
    ) -> None:
        self.features, self.penalty = features, penalty
        self.random_state, self.on_disjoint = random_state, on_disjoint

    def _learn(self, source: Array, target: Array) -> None:
        if not callable(self.features) and self.features not in tuple(MAPS):
            fix = f"choose one of {', '.join(map(repr, MAPS))}, or pass a function of points"
            refuse("features", self.features, "is unknown", fix)
        if isinstance(self.penalty, str):
            check_choice("penalty", self.penalty, ("adaptive",))
        else:
            check_not_negative("penalty", self.penalty, 1.0)
        source, target = self._mapped(source), self._mapped(target)
        pool = Pool(source, target, seed_of(self.random_state))
        made = pool.features("linear" if callable(self.features) else self.features)
        self._columns = made.columns
        design = Design(made.columns, source, target)
        if isinstance(self.penalty, str):
            self._fit = fit_adaptive(design, made.groups)
        else:
            self._fit = fit_logistic(design, self.penalty)
        self.coefficients_ = self._fit.coefficients.copy()
        self.coefficients_[0] += math.log(source.shape[0] / target.shape[0])
        self.penalties_ = self._fit.penalties

    def _log_ratio(self, points: Array) -> Array:
        def scores(block: Array) -> Array:
            return linear_scores(self._columns(block), self.coefficients_)

        return in_blocks(scores, self._mapped(points), len(self.coefficients_))

    def _doubts(self) -> Iterable[str]:
        return not_converged(self._fit)

    def _mapped(self, points: Array) -> Array:
        if not callable(self.features):
            return points
        found = read_points("features(x)", self.features(points))
        common_namespace((points, found))
        if found.shape[0] != points.shape[0]:
            rule = f"must have {points.shape[0]} rows"
            refuse(
                "features(x)",
                f"of shape {tuple(found.shape)}",
                rule,
                "return features (k, columns) of points (k, d)",
            )
        return found
