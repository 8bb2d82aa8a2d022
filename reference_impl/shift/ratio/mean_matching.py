"""KMM: weights of the source points that bring its mean in the space of a kernel to the target's."""

import math
from collections.abc import Callable, Iterator

import numpy

from reference_impl._array import Array, from_numpy, namespace
from reference_impl._checks import check_size, refuse
from reference_impl.shift.kernels import gaussian_kernel, row_blocks
from reference_impl.shift.precision import in_double
from reference_impl.shift.randomness import generator
from reference_impl.shift.ratio.base import Ratio, logarithm
from reference_impl.shift.ratio.bumps import median_distance
from reference_impl.shift.ratio.kernel_means import match
from reference_impl.shift.ratio.least_squares import check_penalty, refuse_unreached
from reference_impl.shift.ratio.separation import thinned
from reference_impl.shift.ratio.witness import area_of_witness, mean_to_others

LEAST_REACH = 0.2
MOST_TARGET = 2000
"""From so many target points, the mean of the kernel between two of them is known well enough."""

MOST_EXACT = 20_000
"""Up to so many source points the kernel fits into 3.2 GB."""


class KMM(Ratio):
    r"""Weigh the source points so that both samples have the same mean in the space of a kernel: kernel mean matching.

    $$\min_\beta \; \Big\lVert \frac1n \sum_i \beta_i \, k(x_i, \cdot) - \frac1m \sum_j k(u_j, \cdot) \Big\rVert^2$$

    $$\text{where} \quad 0 \le \beta_i \le B, \quad \Big| \frac1n \sum_i \beta_i - 1 \Big| \le \varepsilon$$

    with the Gaussian kernel of width $\sigma$.

    **Use the weights in means, and don't read them as a ratio.** Weighted means over the source come close to those of
    the target. The single weights needn't come close to $p/q$: many vectors $\beta$ match nearly the same means. In 20
    dimensions, up to half of the weights found are zero, and their squared error is that of weights of 1, or
    more. Steps start from weights of 1, so that a large `tolerance` also keeps them smooth. There is no objective by
    which to choose the width, and there are no weights at other points.

    Args:
        width: The width $\sigma$ of the kernel; None stands for the median distance between two points.
        bound: The largest weight $B$, at least 1.
        slack: How far the mean weight may be from 1: $\varepsilon$. None stands for $1 / \sqrt n$. The value
            $(\sqrt n - 1) / \sqrt n$ that many programs take leaves the mean almost free.
        n_features: None for the exact kernel, an $n \times n$ array; otherwise the number of random frequencies that
            stand in for it, with two columns for each.
        tolerance: The change of every weight in a step at which to stop.
        iterations: The most steps; if they don't suffice, a ShiftWarning says so.
        random_state: A seed, or a generator of NumPy, that draws the frequencies, and pairs for the median distance.
        on_disjoint: "raise", or "warn" to keep weights of samples whose supports look disjoint.

    Attributes:
        weights_: The weights $\beta$ of the source points.
        log_weights_: Their logarithms.
        width_: The width of the kernel.
        reach_: The mean kernel between weighted source and target points, over that between two target points: near 1
            if the means match, near 0 if the supports are disjoint.
        auc_: How well the kernel separates the samples: the area under the ROC curve of the difference of its means
            over the target and over the source.

    Raises:
        ValueError: A sample is empty or not finite, the samples differ in their features, the kernel between the
            samples is zero everywhere, a setting breaks its rule, more than 20,000 source points need `n_features`, or
            `weights` is asked for other points.
        TypeError: The samples aren't floats of one library and dtype.

    Shape:
        Source $(n, d)$, target $(m, d)$, weights $(n)$.

    Examples:
        >>> import numpy
        >>> import torch
        >>> from reference_impl.shift import KMM
        >>> rng = numpy.random.default_rng(0)
        >>> source = torch.tensor(rng.normal(size=(90, 1)))
        >>> target = torch.tensor(rng.normal(0.5, 0.8, size=(60, 1)))
        >>> ratio = KMM(width=1.5, bound=1.5, slack=0.002, tolerance=1e-3)
        >>> weights = ratio.fit(source, target).weights()
        >>> # of mean 1 on the source, 0.25 + 0.64 on the target
        >>> losses = source[:, 0] ** 2
        >>> [
        ...     round(float(value), 3)
        ...     for value in (
        ...         weights.mean(), weights.max(), (weights * losses).mean()
        ...     )
        ... ]
        [1.002, 1.5, 0.885]
        >>> ratio = KMM(width=1.5, n_features=40, random_state=2)
        >>> ratio = ratio.fit(source, target)
        >>> round(float((ratio.weights() * losses).mean()), 4)
        0.8272
        >>> round(ratio.reach_, 4)
        1.0286
        >>> KMM().bound, KMM().iterations
        (1000.0, 5000)

    Source:
        Huang, Smola, Gretton, Borgwardt, Schölkopf, Correcting Sample Selection Bias by Unlabeled Data, NeurIPS 2006;
        the frequencies are those of Rahimi and Recht, Random Features for Large-Scale Kernel Machines, NeurIPS 2007.
    """

    def __init__(
        self,
        width: float | None = None,
        bound: float = 1000.0,
        slack: float | None = None,
        *,
        n_features: int | None = None,
        tolerance: float = 1e-4,
        iterations: int = 5000,
        random_state: int | numpy.random.Generator = 0,
        on_disjoint: str = "raise",
    ) -> None:
        self.width, self.bound, self.slack, self.n_features = width, bound, slack, n_features
        self.tolerance, self.iterations = tolerance, iterations
        self.random_state, self.on_disjoint = random_state, on_disjoint

    def _learn(self, source: Array, target: Array) -> None:
        rng = generator(self.random_state)
        if self.width is not None:
            check_penalty("width", self.width)
        self.width_ = (
            median_distance("width", source, target, rng) if self.width is None else float(self.width)
        )
        xp = namespace(source)
        origin = xp.mean(target, axis=0)
        source, target = in_double(source - origin), in_double(target - origin)
        if self.n_features is None:
            product, linear, curvature = exact(source, target, self.width_)
        else:
            check_size("n_features", self.n_features)
            frequencies = rng.standard_normal((source.shape[1], self.n_features)) / self.width_
            product, linear, curvature = random_features(source, target, from_numpy(frequencies, like=source))
        if not bool(xp.any(linear != 0)):
            refuse_unreached("width", self.width)
        self._matched = weights = match(
            product,
            linear,
            curvature,
            bound=self.bound,
            slack=self.slack,
            tolerance=self.tolerance,
            iterations=self.iterations,
        )
        reached = float(xp.sum(weights * linear)) / source.shape[0] ** 2
        within = mean_to_others(thinned(target, MOST_TARGET), self.width_)
        self.reach_ = reached / float(xp.mean(within))
        self._separation = area_of_witness(source, target, self.width_)

    def _disjoint(self) -> Iterator[tuple[str, str]]:
        if self.reach_ < LEAST_REACH:
            yield (
                f"the kernel between the samples over that within the target (at least {LEAST_REACH})",
                f"{self.reach_:.3g}",
            )
        yield from super()._disjoint()

    def _on_source(self, source: Array) -> Array:
        return self._matched

    def _log_on_source(self, source: Array) -> Array:
        return logarithm(self._matched)

    def _auc(self, target: Array) -> float:
        return self._separation

    def _ratio(self, points: Array) -> Array:
        rule = "can't have weights: kernel mean matching weighs the source points only"
        refuse(
            "x",
            f"of shape {tuple(points.shape)}",
            rule,
            "call weights(), or use e.g. ULSIF or CovariateRatio",
        )


Problem = tuple[Callable[[Array], Array], Array, float]


def exact(source: Array, target: Array, width: float) -> Problem:
    """Return the product with the kernel, its linear term and a bound of its eigenvalues."""
    n, m = source.shape[0], target.shape[0]
    if n > MOST_EXACT:
        rule = f"needs an array of {n} x {n} numbers"
        refuse("n_features", None, rule, "pass e.g. n_features=500 for random features")
    xp = namespace(source)
    kernel = gaussian_kernel(source, source, width)
    sums = [xp.sum(gaussian_kernel(source[rows, :], target, width), axis=1) for rows in row_blocks(n, m)]
    curvature = float(xp.max(xp.sum(kernel, axis=1)))
    return lambda weights: xp.matmul(kernel, weights[:, None])[:, 0], xp.concat(sums) * (n / m), curvature


def random_features(source: Array, target: Array, frequencies: Array) -> Problem:
    """Return the same for the kernel that cosines and sines of the frequencies make."""
    xp = namespace(source)
    n, m, count = source.shape[0], target.shape[0], frequencies.shape[1]

    def waves(points: Array) -> Array:
        phases = xp.matmul(points, frequencies)
        return xp.concat([xp.cos(phases), xp.sin(phases)], axis=1) / math.sqrt(count)

    columns = xp.concat([waves(source[rows, :]) for rows in row_blocks(n, count)])
    transposed = xp.matrix_transpose(columns)
    sums = sum(xp.sum(waves(target[rows, :]), axis=0) for rows in row_blocks(m, count))
    gram = xp.matmul(columns, transposed) if n < 2 * count else xp.matmul(transposed, columns)
    curvature = float(xp.max(xp.linalg.eigvalsh(gram)))

    def product(weights: Array) -> Array:
        return xp.matmul(columns, xp.matmul(transposed, weights[:, None]))[:, 0]

    return product, xp.matmul(columns, sums[:, None])[:, 0] * (n / m), curvature
