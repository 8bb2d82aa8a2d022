"""The ratio of two kernel density estimates: what not to do in many dimensions."""

import math

from reference_impl._array import Array, namespace
from reference_impl._checks import refuse
from reference_impl.shift.kernels import row_blocks, squared_distances
from reference_impl.shift.precision import in_double
from reference_impl.shift.ratio.base import Ratio
from reference_impl.shift.ratio.least_squares import check_penalty


class KernelDensityRatio(Ratio):
    r"""Estimate both densities with Gaussian kernels, and divide: an instructive failure.

    $$\hat w(x) = \frac{\hat p(x)}{\hat q(x)}, \qquad
    \hat q(x) = \frac{1}{n (2 \pi \sigma^2)^{d/2}} \sum_i e^{-\lVert x - x_i \rVert^2 / 2 \sigma^2}$$

    and $\hat p$ likewise from the target, with its own width. Two hard problems are solved to get at an easier one, and
    one divides by the errors of the second. In many dimensions, no point has neighbours: each counts little but itself,
    so that $\hat q$ is too large at the points of the source, and their weights are near zero.

    From 1000 points of which the mean of the first feature moved by 1, the weights of one feature are as good as those
    of other methods. With 10 features their squared error is twice that of weights of 1, and the check of the supports
    refuses them, though the supports are the same. Use it to see that, and
    [`CovariateRatio`][reference_impl.shift.CovariateRatio] for work.

    Args:
        width: The width $\sigma$ of both estimates. None stands for Scott's rule in each sample: $n^{-1/(d+4)}$ times
            the root of the mean variance of a feature.
        on_disjoint: "raise", or "warn" to keep weights of samples whose supports look disjoint.

    Attributes:
        weights_: The raw weights of the source points.
        log_weights_: Their logarithms.
        widths_: The widths of $\hat q$ and $\hat p$.
        auc_: How well the ratio separates the samples; see `report`.

    Raises:
        ValueError: A sample is empty or not finite, the samples differ in their features, a sample doesn't vary, the
            supports look disjoint, or a setting breaks its rule.
        TypeError: The samples aren't floats of one library and dtype.

    Shape:
        Source $(n, d)$, target $(m, d)$, weights $(n)$.

    Examples:
        The mean of the first feature moves by 1, with 1 feature and with 5: the mean squared error of the weights, and
        that of weights of 1.

        >>> import numpy
        >>> import torch
        >>> from reference_impl.shift import KernelDensityRatio
        >>> rng = numpy.random.default_rng(0)
        >>> def errors(width, features):
        ...     source = rng.normal(size=(150, features))
        ...     target = rng.normal(size=(100, features))
        ...     target[:, 0] += 1
        ...     found = KernelDensityRatio(width).fit(
        ...         torch.tensor(source), torch.tensor(target)
        ...     )
        ...     true = torch.exp(torch.tensor(source[:, 0]) - 0.5)
        ...     return [
        ...         round(float(((weights - true) ** 2).mean()), 2)
        ...         for weights in (found.weights(), 1)
        ...     ]
        >>> errors(0.75, features=1), errors(None, features=5)
        ([0.34, 0.83], [1.13, 1.08])

    Source:
        Sugiyama, Suzuki, Kanamori, Density Ratio Estimation in Machine Learning, 2012, chapter 2.
    """

    def __init__(self, width: float | None = None, *, on_disjoint: str = "raise") -> None:
        self.width, self.on_disjoint = width, on_disjoint

    def _learn(self, source: Array, target: Array) -> None:
        if self.width is not None:
            check_penalty("width", self.width)
        self._origin = namespace(source).mean(target, axis=0)
        self._samples = [in_double(points - self._origin) for points in (source, target)]
        self.widths_ = tuple(
            scott(name, points) if self.width is None else float(self.width)
            for name, points in zip(("source", "target"), self._samples, strict=True)
        )

    def _log_ratio(self, points: Array) -> Array:
        moved = in_double(points - self._origin)
        of_source, of_target = (
            log_density(moved, sample, width)
            for sample, width in zip(self._samples, self.widths_, strict=True)
        )
        return of_target - of_source


def scott(name: str, points: Array) -> float:
    """Return the width by Scott's rule, for one width in all directions."""
    xp = namespace(points)
    spread = math.sqrt(float(xp.mean(xp.var(points, axis=0, correction=1))))
    if spread == 0:
        shape = f"of shape {tuple(points.shape)}"
        refuse(name, shape, "doesn't vary, so its width would be 0", "pass a width, e.g. width=0.5")
    n, d = points.shape
    return float(spread * n ** (-1 / (d + 4)))


def log_density(points: Array, sample: Array, width: float) -> Array:
    """Return the logarithm of the kernel density estimate at each point, up to the constant that all widths share."""
    xp = namespace(points)
    n, d = sample.shape
    parts = []
    for rows in row_blocks(points.shape[0], n):
        exponents = squared_distances(points[rows, :], sample) * (-0.5 / (width * width))
        highest = xp.max(exponents, axis=1)
        parts.append(highest + xp.log(xp.sum(xp.exp(exponents - highest[:, None]), axis=1)))
    return xp.concat(parts) - (math.log(n) + d * math.log(width))
