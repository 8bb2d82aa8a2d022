"""The two-sample test of the maximum mean discrepancy."""

import math
from dataclasses import dataclass

import numpy

from reference_impl._array import Array, namespace
from reference_impl._checks import check_choice, check_number, check_size, refuse
from reference_impl.shift.kernels import median_distance
from reference_impl.shift.randomness import generator
from reference_impl.shift.samples import read_samples
from reference_impl.shift.two_sample.embedding_sums import exact_statistics, random_feature_statistics
from reference_impl.shift.two_sample.permutations import permutation_p_value, source_indicators


@dataclass(frozen=True)
class MeanDiscrepancyTest:
    """What `mmd_test` found."""

    statistic: float
    p_value: float
    width: float
    permutations: int

    def __str__(self) -> str:
        how = f"{self.permutations} permutations, kernel of width {self.width:.3g}"
        return f"MMD² = {self.statistic:.4g}, p = {self.p_value:.3g} ({how})"


def mmd_test(
    source: Array,
    target: Array,
    *,
    method: str = "exact",
    permutations: int = 199,
    width: float | None = None,
    features: int = 500,
    random_state: int | numpy.random.Generator = 0,
) -> MeanDiscrepancyTest:
    r"""Test whether two samples have one distribution, by the maximum mean discrepancy with a Gaussian kernel.

    $$\text{MMD}^2 = \frac{\sum_{i \ne j} k(x_i, x_j)}{n(n-1)} + \frac{\sum_{i \ne j} k(u_i, u_j)}{m(m-1)}
    - \frac{2 \sum_{i,j} k(x_i, u_j)}{n m}$$

    with $k(x, u) = e^{-|x - u|^2 / 2\ell^2}$. The estimate is unbiased, and may be negative. Its p-value comes from
    permutations of the labels "source" and "target", and is valid for samples of any size:

    $$p = \frac{1 + \#\{b : t_b \ge t\}}{B + 1}$$

    It is at least $1/(B + 1)$. All permutations are computed from one product $K S$, where $S$ holds a 1 for each
    source point and a column for each permutation; $K$ is never held as a whole. With random features, the time grows
    with $n + m$ instead of its square: $k(x, u) \approx \frac{2}{D} \sum_r \cos(\omega_r \cdot (x - u))$ with $D/2$
    frequencies $\omega_r \sim N(0, I/\ell^2)$.

    Args:
        source: Points $x_i$ of the source.
        target: Points $u_j$ of the target.
        method: `"exact"`, or `"random_features"` for samples of tens of thousands and more.
        permutations: The number $B$ of permutations.
        width: The width $\ell$ of the kernel; None takes the median distance between pooled points.
        features: The even number $D$ of random features, where they are used.
        random_state: A seed, or a generator of NumPy.

    Returns:
        What was found, with `statistic`, `p_value`, `width` and `permutations`; `print` shows it in one line.

    Raises:
        ValueError: A sample has fewer than two points, is not finite or has other features than the other one;
            `method` is unknown, `permutations` or `features` is too small, or `width` isn't positive.
        TypeError: Samples are not arrays of floating-point numbers of one library and dtype, or a setting is of the
            wrong type.
        RuntimeError: Samples are on different devices.

    Shape:
        `source` $(n, d)$ or $(n)$, `target` $(m, d)$ or $(m)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import mmd_test
        >>> source = torch.linspace(-2, 2, 40)[:, None]
        >>> target = torch.linspace(-1.5, 2.5, 30)[:, None]
        >>> found = mmd_test(source, target=target, width=1.5, random_state=1)
        >>> print(found)
        MMD² = 0.007335, p = 0.235 (199 permutations, kernel of width 1.5)
        >>> round(found.statistic, 8)
        0.00733465
        >>> options = {
        ...     "method": "random_features", "features": 60, "permutations": 99
        ... }
        >>> print(mmd_test(source, target=target, **options))
        MMD² = 0.001333, p = 0.33 (99 permutations, kernel of width 1.24)

    Source:
        A. Gretton, K. M. Borgwardt, M. J. Rasch, B. Schölkopf, A. Smola, "A kernel two-sample test", Journal of Machine
        Learning Research 13, 2012. Random features: A. Rahimi, B. Recht, "Random features for large-scale kernel
        machines", NIPS 2007. The p-value: B. Phipson, G. K. Smyth, "Permutation p-values should never be zero",
        Statistical Applications in Genetics and Molecular Biology 9(1), 2010.
    """
    source, target = read_samples(source=source, target=target)
    check_choice("method", method, ("exact", "random_features"))
    check_size("permutations", permutations)
    check_size("features", features)
    if features % 2:
        refuse("features", features, "must be even: a cosine and a sine each", "pass e.g. features=500")
    rng = generator(random_state)
    xp = namespace(source)
    points = _centred(xp.concat([source, target], axis=0))
    ell = _width(points, width, rng)
    indicators = source_indicators(source.shape[0], target.shape[0], permutations, rng)
    if method == "exact":
        statistics = exact_statistics(points, ell, indicators)
    else:
        statistics = random_feature_statistics(points, ell, indicators, features, rng)
    return MeanDiscrepancyTest(float(statistics[0]), permutation_p_value(statistics), ell, permutations)


def _centred(points: Array) -> Array:
    """Return the points in float64 around 0, where their distances lose no digits."""
    xp = namespace(points)
    points = xp.astype(points, xp.float64)
    return points - xp.mean(points, axis=0)


def _width(points: Array, width: float | None, rng: numpy.random.Generator) -> float:
    if width is not None:
        check_number("width", width, 1.0)
        if not 0 < width < math.inf:
            fix = "pass e.g. width=1.0, or None for the median distance"
            refuse("width", width, "must be positive and finite", fix)
        return float(width)
    median = median_distance(points, rng)
    if median == 0:
        rule = "took the median distance, which is 0, because most points are equal"
        refuse("width", None, rule, "pass a width, e.g. width=1.0")
    return median
