"""uLSIF and RuLSIF: the ratio of densities by least squares, plain and relative."""

from collections.abc import Sequence

import numpy

from reference_impl._array import Array, namespace
from reference_impl._checks import check_fraction
from reference_impl.shift.ratio.squared_loss import PENALTIES, LeastSquaresRatio


class ULSIF(LeastSquaresRatio):
    r"""Estimate the weight $w = p/q$ by unconstrained least-squares importance fitting, with Gaussian bumps.

    $$\begin{aligned}
    \hat w(x) &= \max\Big(0, \sum_l \theta_l \, e^{-\lVert x - c_l \rVert^2 / 2 \sigma^2}\Big) \\
    \theta &= \arg\min_\theta \; \frac{1}{2n} \sum_i w_\theta(x_i)^2 - \frac1m \sum_j w_\theta(u_j)
    + \frac\lambda2 \lVert\theta\rVert^2
    \end{aligned}$$

    for source points $x_i$ and target points $u_j$; the centres $c_l$ are drawn from the target. For the true
    weight, the first two terms tend to $-\tfrac12 \operatorname{E}_q w^2$, the least possible value. Width $\sigma$ and
    penalty $\lambda$ are those with the least
    [leave-one-out score][reference_impl.shift.ulsif_leave_one_out]: one eigendecomposition for each width gives it
    exactly, for every penalty.

    The estimate is flat far from the centres, and few bumps can't follow a ratio in many dimensions: at 20 features,
    100 bumps leave about a third of the error of uniform weights where only the mean moved, however large the samples.
    Look at [`CovariateRatio`][reference_impl.shift.CovariateRatio] first.

    Args:
        n_centers: The number of centres; all target points, with a warning, where there are fewer.
        widths: The widths $\sigma$ to try. None stands for 0.3, 0.5, 0.75, 1, 1.5 and 2.5 times the median distance
            between two points of both samples.
        penalties: The penalties $\lambda$ to try, above 0; 13 from 0.0001 to 100 unless given.
        pairs: The most pairs that are left out, spread evenly over the samples; None for all. Fewer change which width
            and penalty are chosen, never what is fitted with them.
        random_state: A seed, or a generator of NumPy, that draws the centres.
        on_disjoint: "raise", or "warn" to keep weights of samples whose supports look disjoint.

    Attributes:
        weights_: The raw weights of the source points.
        log_weights_: Their logarithms.
        width_: The chosen width.
        penalty_: The chosen penalty.
        score_: Their score, the least.
        scores_: The score of each width (rows) and penalty (columns), as tuples of numbers.
        widths_: The widths that were tried.
        penalties_: The penalties that were tried.
        centers_: The centres $c_l$.
        coefficients_: The coefficients $\theta$, in float64.
        auc_: How well the fitted ratio separates the samples; see `report`.

    Raises:
        ValueError: A sample is empty or not finite, the samples differ in their features, every bump is zero at every
            source point, the supports look disjoint, or a setting breaks its rule.
        TypeError: The samples aren't floats of one library and dtype.

    Shape:
        Source $(n, d)$, target $(m, d)$, weights $(n)$.

    Examples:
        Width and penalty are chosen together. The weights multiply the losses of a training step.

        >>> import numpy
        >>> import torch
        >>> from reference_impl.shift import ULSIF
        >>> rng = numpy.random.default_rng(0)
        >>> source = torch.tensor(rng.normal(size=(300, 1)))
        >>> target = torch.tensor(rng.normal(0.5, 0.8, size=(200, 1)))
        >>> ratio = ULSIF(
        ...     n_centers=30, widths=[0.4, 0.8, 1.6], penalties=[0.01, 0.1]
        ... )
        >>> weights = ratio.fit(source, target).weights()
        >>> ratio.width_
        1.6
        >>> ratio.penalty_
        0.1
        >>> [[round(score, 3) for score in row] for row in ratio.scores_]
        [[-0.543, -0.566], [-0.588, -0.595], [-0.611, -0.617]]
        >>> # raw: near 1 where the source covers the target
        >>> round(float(weights.mean()), 3)
        1.002
        >>> # of mean 1 on the source, 0.25 + 0.64 on the target
        >>> losses = source[:, 0] ** 2
        >>> round(float((weights * losses).sum() / weights.sum()), 3)
        0.888
        >>> ULSIF().n_centers, ULSIF().pairs
        (100, 100000)

    Source:
        Kanamori, Hido, Sugiyama, A Least-squares Approach to Direct Importance Estimation, JMLR 10, 2009.
    """

    def __init__(
        self,
        n_centers: int = 100,
        widths: Sequence[float] | None = None,
        penalties: Sequence[float] = PENALTIES,
        *,
        pairs: int | None = 100_000,
        random_state: int | numpy.random.Generator = 0,
        on_disjoint: str = "raise",
    ) -> None:
        self.n_centers, self.widths, self.penalties = n_centers, widths, penalties
        self.pairs, self.random_state, self.on_disjoint = pairs, random_state, on_disjoint

    def _learn(self, source: Array, target: Array) -> None:
        self._fit_mixture(source, target, alpha=0.0)


class RULSIF(LeastSquaresRatio):
    r"""Estimate a ratio relative to a mixture by least squares, and the weight $w = p/q$ from it.

    $$r_\alpha = \frac{p}{\alpha p + (1 - \alpha) q}$$

    $$\hat r(x) = \max\Big(0, \sum_l \theta_l \, e^{-\lVert x - c_l \rVert^2 / 2 \sigma^2}\Big), \qquad
    \theta = (H + \lambda I)^{-1} h$$

    with $H$ and $h$ as for [`ulsif`][reference_impl.shift.ulsif] with `alpha`. The relative ratio is at most
    $1/\alpha$, so it can be learned where $p/q$ is huge; but it is **not** the weight. `relative_weights` returns
    $r_\alpha$, and `weights` converts it:

    $$w = \frac{(1 - \alpha) \, r_\alpha}{1 - \alpha \, r_\alpha}$$

    An estimate above $1/\alpha$ has no weight, and one slightly below has a huge one. As no weight of $n$ points whose
    mean is 1 exceeds $n$, estimates are clipped where the weight is $n$: at $n / (\alpha n + 1 - \alpha)$.

    Args:
        alpha: The share $\alpha$ of the target in the mixture, at least 0 and below 1. At 0 this is
            [`ULSIF`][reference_impl.shift.ULSIF].
        n_centers: The number of centres, as for `ULSIF`.
        widths: The widths to try, as for `ULSIF`.
        penalties: The penalties to try, as for `ULSIF`.
        pairs: The most pairs that are left out, as for `ULSIF`.
        random_state: A seed, or a generator of NumPy, that draws the centres.
        on_disjoint: "raise", or "warn" to keep weights of samples whose supports look disjoint.

    Attributes:
        weights_: The raw weights $w$ of the source points, converted.
        log_weights_: Their logarithms.
        width_: The chosen width.
        penalty_: The chosen penalty.
        score_: Their score, the least.
        scores_: The score of each width (rows) and penalty (columns), as tuples of numbers.
        widths_: The widths that were tried.
        penalties_: The penalties that were tried.
        centers_: The centres $c_l$.
        coefficients_: The coefficients $\theta$ of the relative ratio, in float64.
        auc_: How well the fitted ratio separates the samples; see `report`.

    Raises:
        ValueError: As for `ULSIF`, or `alpha` isn't in $[0, 1)$.
        TypeError: The samples aren't floats of one library and dtype.

    Shape:
        Source $(n, d)$, target $(m, d)$, weights $(n)$.

    Examples:
        >>> import numpy
        >>> import torch
        >>> from reference_impl.shift import RULSIF
        >>> rng = numpy.random.default_rng(0)
        >>> source = torch.tensor(rng.normal(size=(300, 1)))
        >>> target = torch.tensor(rng.normal(0.5, 0.8, size=(200, 1)))
        >>> ratio = RULSIF(
        ...     0.5, n_centers=30, widths=[0.8, 1.6], penalties=[0.01, 0.1]
        ... ).fit(source, target)
        >>> ratio.width_
        1.6
        >>> ratio.penalty_
        0.1
        >>> [[round(score, 5) for score in row] for row in ratio.scores_]
        [[-0.53063, -0.52803], [-0.53445, -0.5358]]
        >>> x = torch.tensor([[-1.0], [0.5]], dtype=torch.float64)
        >>> [round(r, 3) for r in ratio.relative_weights(x).tolist()]
        [0.531, 1.198]
        >>> # 0.5 r / (1 - 0.5 r)
        >>> [round(w, 3) for w in ratio.weights(x).tolist()]
        [0.362, 1.495]
        >>> # of the source; below 1/0.5
        >>> round(float(ratio.relative_weights().max()), 3)
        1.288
        >>> RULSIF().alpha, RULSIF().n_centers, RULSIF().pairs
        (0.1, 100, 100000)

    Source:
        Yamada, Suzuki, Kanamori, Hachiya, Sugiyama, Relative Density-Ratio Estimation for Robust Distribution
        Comparison, Neural Computation 25, 2013.
    """

    def __init__(
        self,
        alpha: float = 0.1,
        n_centers: int = 100,
        widths: Sequence[float] | None = None,
        penalties: Sequence[float] = PENALTIES,
        *,
        pairs: int | None = 100_000,
        random_state: int | numpy.random.Generator = 0,
        on_disjoint: str = "raise",
    ) -> None:
        self.alpha = alpha
        self.n_centers, self.widths, self.penalties = n_centers, widths, penalties
        self.pairs, self.random_state, self.on_disjoint = pairs, random_state, on_disjoint

    def relative_weights(self, x: Array | None = None) -> Array:
        r"""Return $r_\alpha$, from 0 to $1/\alpha$, at the points x (k, d); without x, at those of the source."""
        if x is None:
            self._check_fitted("weights_")
            return self._like(self._relative(self._linear_at_source), self.weights_)
        points = self._read(x)
        return self._like(self._relative(self._linear(points)), points)

    def _learn(self, source: Array, target: Array) -> None:
        check_fraction("alpha", self.alpha, 0.1)
        self._highest = source.shape[0] / (self.alpha * source.shape[0] + 1 - self.alpha)
        self._fit_mixture(source, target, self.alpha)

    def _relative(self, linear: Array) -> Array:
        xp = namespace(linear)
        return xp.clip(xp.astype(linear, xp.float64), max=self._highest)

    def _convert(self, linear: Array) -> Array:
        relative = self._relative(linear)
        return (1 - self.alpha) * relative / (1 - self.alpha * relative)
