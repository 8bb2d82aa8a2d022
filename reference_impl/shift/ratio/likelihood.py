"""KLIEP: the ratio under which the target is likeliest, as the proportions of a mixture."""

import math
from collections.abc import Sequence

import numpy

from reference_impl._array import Array, namespace
from reference_impl._checks import check_size, refuse
from reference_impl.shift.precision import in_double
from reference_impl.shift.randomness import generator
from reference_impl.shift.ratio.base import Ratio, logarithm
from reference_impl.shift.ratio.bumps import Bumps, draw_centers, read_widths
from reference_impl.shift.ratio.least_squares import read_features, refuse_unreached
from reference_impl.shift.rows import take_rows
from reference_impl.shift.simplex import maximise_on_simplex

ROUGH = 1e-5
"""How far below its maximum the likelihood of a fold may stay; widths differ by more."""


def kliep(source_features: Array, target_features: Array, *, tolerance: float = 1e-8) -> Array:
    r"""Compute the coefficients of a density ratio that is linear in given features, by maximum likelihood.

    $$\max_{\alpha \ge 0} \; \frac1m \sum_j \log \psi_j^\top \alpha
    \quad \text{where} \quad \frac1n \sum_i \varphi_i^\top \alpha = 1$$

    with the features $\varphi_i \ge 0$ of source points and $\psi_j \ge 0$ of target points. Let $b$ be the mean
    features of the source. Then $\pi_l = b_l \alpha_l$ are the proportions of a mixture whose components have the
    likelihoods $\psi_{jl} / b_l$, which [`maximise_on_simplex`][reference_impl.shift.maximise_on_simplex] finds.
    A feature that is zero at every source point gets the coefficient zero.

    Args:
        source_features: The features $\varphi_i$ of the source points, not negative.
        target_features: The features $\psi_j$ of the target points, not negative.
        tolerance: How far below its maximum the mean log-likelihood may stay.

    Returns:
        The coefficients $\alpha$.

    Raises:
        ValueError: A feature is negative or not finite, the samples differ in their features, all features are zero at
            every source point, or those that are not are all zero at some target point.
        TypeError: The samples aren't floats of one library and dtype.

    Shape:
        `source_features` $(n, b)$, `target_features` $(m, b)$, the coefficients $(b)$.

    Examples:
        Two boxes hold 4/5 and 1/5 of the source, but 1/4 and 3/4 of the target.

        >>> import torch
        >>> from reference_impl.shift import kliep
        >>> boxes = torch.eye(2, dtype=torch.float64)
        >>> source, target = boxes[[0, 0, 0, 0, 1]], boxes[[1, 0, 1, 1]]
        >>> # (1/4) / (4/5) and (3/4) / (1/5)
        >>> [round(weight, 6) for weight in kliep(source, target).tolist()]
        [0.3125, 3.75]
        >>> # 0 / (1/2) and 1 / (1/2)
        >>> [round(weight, 6) for weight in kliep(boxes, boxes[[1]]).tolist()]
        [0.0, 2.0]

    Source:
        Sugiyama, Suzuki, Nakajima, Kashima, von Bünau, Kawanabe, Direct importance estimation for covariate shift
        adaptation, Annals of the Institute of Statistical Mathematics 60, 2008.
    """
    source, target = read_features(source_features, target_features, least=1)
    xp = namespace(source)
    for name, features in (("source_features", source), ("target_features", target)):
        lowest = float(xp.min(features))
        if lowest < 0:
            refuse(name, lowest, "must not be negative", "pass kernels, or other features at least 0")
    mean = xp.mean(in_double(source), axis=0)
    proportions = maximise_on_simplex(likelihoods(target, mean), tolerance=tolerance).proportions
    return xp.astype(per_mean(proportions, mean), source.dtype)


def likelihoods(features: Array, mean: Array) -> Array:
    """Return target features over their mean at the source, in float64; zero where no source point reaches."""
    return per_mean(in_double(features), mean)


def per_mean(values: Array, mean: Array) -> Array:
    """Divide by the mean features of the source, and return zero where they are zero."""
    xp = namespace(mean)
    divisor = xp.where(mean > 0, mean, xp.ones_like(mean))
    return xp.where(mean > 0, values / divisor, xp.zeros_like(values))


class KLIEP(Ratio):
    r"""Estimate the weight $w = p/q$ by the Kullback–Leibler importance estimation procedure, with Gaussian bumps.

    $$\hat w(x) = \sum_l \alpha_l \, e^{-\lVert x - c_l \rVert^2 / 2 \sigma^2}$$

    $$\max_{\alpha \ge 0} \; \frac1m \sum_j \log \hat w(u_j) \quad \text{where} \quad \frac1n \sum_i \hat w(x_i) = 1$$

    for source points $x_i$ and target points $u_j$; the centres $c_l$ are drawn from the target. The objective tends to
    the divergence $\operatorname{KL}(p \,\|\, q)$ if bumps can follow the ratio. The width $\sigma$ is the one under
    which target points that were held out are likeliest. All features of the target are held at once: $m$ times
    `n_centers` numbers.

    The mean of the weights is 1 by construction, and says nothing about the supports here.

    Args:
        n_centers: The number of centres; all target points, with a warning, where there are fewer.
        widths: The widths $\sigma$ to try. None stands for 0.3, 0.5, 0.75, 1, 1.5 and 2.5 times the median distance
            between two points of both samples.
        folds: The number of parts of the target, each of which is held out once; at least 2.
        tolerance: How far below its maximum the mean log-weight of the target may stay.
        random_state: A seed, or a generator of NumPy, that draws the centres and the folds.
        on_disjoint: "raise", or "warn" to keep weights of samples whose supports look disjoint.

    Attributes:
        weights_: The weights of the source points.
        log_weights_: Their logarithms.
        width_: The chosen width.
        objective_: The mean log-weight of the target with it, which estimates $\operatorname{KL}(p \,\|\, q)$.
        scores_: The mean log-weight of held-out target points for each width; infinitely low where one has none.
        widths_: The widths that were tried.
        centers_: The centres $c_l$.
        coefficients_: The coefficients $\alpha$, in float64.
        auc_: How well the fitted ratio separates the samples; see `report`.

    Raises:
        ValueError: A sample is empty or not finite, the samples differ in their features, every bump is zero at every
            source point, some target point has the weight zero with every width, the supports look disjoint, or a
            setting breaks its rule.
        TypeError: The samples aren't floats of one library and dtype.

    Shape:
        Source $(n, d)$, target $(m, d)$, weights $(n)$.

    Examples:
        >>> import numpy
        >>> import torch
        >>> from reference_impl.shift import KLIEP
        >>> rng = numpy.random.default_rng(0)
        >>> source = torch.tensor(rng.normal(size=(90, 1)))
        >>> target = torch.tensor(rng.normal(0.5, 0.8, size=(60, 1)))
        >>> ratio = KLIEP(n_centers=20, folds=3, random_state=1)
        >>> ratio = ratio.fit(source, target)
        >>> [round(width, 3) for width in ratio.widths_]
        [0.268, 0.447, 0.671, 0.895, 1.342, 2.236]
        >>> [round(score, 3) for score in ratio.scores_]
        [-0.025, 0.071, 0.076, 0.072, 0.07, 0.084]
        >>> round(ratio.width_, 3), round(ratio.objective_, 3)
        (2.236, 0.097)
        >>> x = torch.tensor([[-1.0], [0.5]], dtype=torch.float64)
        >>> [round(weight, 3) for weight in ratio.weights(x).tolist()]
        [0.64, 1.169]
        >>> KLIEP().n_centers, KLIEP().folds, KLIEP().tolerance
        (100, 5, 1e-08)

    Source:
        Sugiyama, Suzuki, Nakajima, Kashima, von Bünau, Kawanabe, Direct importance estimation for covariate shift
        adaptation, Annals of the Institute of Statistical Mathematics 60, 2008.
    """

    def __init__(
        self,
        n_centers: int = 100,
        widths: Sequence[float] | None = None,
        *,
        folds: int = 5,
        tolerance: float = 1e-8,
        random_state: int | numpy.random.Generator = 0,
        on_disjoint: str = "raise",
    ) -> None:
        self.n_centers, self.widths, self.folds, self.tolerance = n_centers, widths, folds, tolerance
        self.random_state, self.on_disjoint = random_state, on_disjoint

    def _learn(self, source: Array, target: Array) -> None:
        xp = namespace(source)
        check_size("folds", self.folds)
        points = target.shape[0]
        if not 2 <= self.folds <= points:
            refuse(
                "folds",
                self.folds,
                f"must be from 2 to the {points} target points",
                f"pass e.g. folds={min(5, points)}",
            )
        rng = generator(self.random_state)
        self.centers_ = draw_centers(target, self.n_centers, rng)
        bumps = Bumps(self.centers_, read_widths(self.widths, source, target, rng))
        self.widths_ = bumps.widths
        means = bumps.means(source)
        if not any(bool(xp.any(mean > 0)) for mean in means):
            refuse_unreached("widths", self.widths)

        fold = rng.permutation(points) % self.folds
        parts = [
            (numpy.flatnonzero(fold == held), numpy.flatnonzero(fold != held)) for held in range(self.folds)
        ]
        single = [Bumps(self.centers_, [width]) for width in self.widths_]
        self.scores_ = tuple(
            held_out_likelihood(likelihoods(one.all(target), mean), parts)
            for one, mean in zip(single, means, strict=True)
        )
        best = max(range(len(single)), key=self.scores_.__getitem__)
        if self.scores_[best] == -math.inf:
            rule = "leaves some target point where no bump that reaches the source is above zero"
            refuse("widths", self.widths, rule, "use wider kernels, or drop the outlying target points")
        self.width_, self._bumps = self.widths_[best], single[best]
        ratios = likelihoods(self._bumps.all(target), means[best])
        found = maximise_on_simplex(ratios, tolerance=self.tolerance)
        self.objective_ = found.value
        self.coefficients_ = per_mean(found.proportions, means[best])

    def _ratio(self, points: Array) -> Array:
        return self._bumps.combine(points, self.coefficients_)


def held_out_likelihood(ratios: Array, parts: Sequence[tuple[numpy.ndarray, numpy.ndarray]]) -> float:
    """Return the mean log-likelihood of points that are held out; infinitely low where one is impossible."""
    xp = namespace(ratios)
    if not bool(xp.all(xp.max(ratios, axis=1) > 0)):
        return -math.inf
    total = 0.0
    for held, others in parts:
        left, fitted = take_rows(ratios, held), take_rows(ratios, others)
        proportions = maximise_on_simplex(fitted, tolerance=ROUGH).proportions
        total += float(xp.sum(logarithm(xp.matmul(left, proportions[:, None]))))
    return total / ratios.shape[0]
