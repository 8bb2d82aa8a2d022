"""The Kolmogorov–Smirnov test of each feature."""

from dataclasses import dataclass

from reference_impl._array import Array, namespace
from reference_impl._checks import check_choice
from reference_impl.shift.samples import read_samples
from reference_impl.shift.two_sample.kolmogorov import EXACT_UP_TO, exact_p_value, limiting_p_value


@dataclass(frozen=True)
class KolmogorovSmirnovTest:
    """What `kolmogorov_smirnov_test` found."""

    statistic: float
    p_value: float
    statistics: tuple[float, ...]
    p_values: tuple[float, ...]
    method: str

    def __str__(self) -> str:
        feature = self.statistics.index(self.statistic)
        count = len(self.statistics)
        where = f"feature {feature} of {count}, Bonferroni" if count > 1 else "1 feature"
        return f"KS distance = {self.statistic:.4g}, p = {self.p_value:.3g} ({where}, {self.method})"


def kolmogorov_smirnov_test(source: Array, target: Array, *, method: str = "auto") -> KolmogorovSmirnovTest:
    r"""Test whether any feature has another distribution in the target, by the largest gap of distribution functions.

    $$D_j = \sup_t |\hat F_j(t) - \hat G_j(t)|, \qquad p = \min\left(1,\ d \min_j p_j\right)$$

    for $d$ features (Bonferroni). Shifts that leave all marginals alone stay unseen. The functions are compared at
    each pooled value after all points equal to it were counted, so that ties are no jumps in between.

    The exact $p_j$ is the share of all orders of the pooled points with a gap of at least $D_j$; with ties it is an
    upper bound. The limit is $p_j \approx Q\big((s + 0.12 + 0.11/s) D_j\big)$, with $s = \sqrt{nm/(n+m)}$ and
    $Q(x) = 2 \sum_{k \ge 1} (-1)^{k-1} e^{-2 k^2 x^2}$.

    Args:
        source: Points of the source.
        target: Points of the target.
        method: `"exact"`, `"limit"`, or `"auto"`: exact for samples of at most 500 points.

    Returns:
        What was found, with `statistic` (the largest $D_j$), `p_value`, `statistics` and `p_values` (each $D_j$ and
        each uncorrected $p_j$) and `method`; `print` shows it in one line.

    Raises:
        ValueError: A sample has fewer than two points, is not finite or has other features than the other one, or
            `method` is unknown.
        TypeError: Samples are not arrays of floating-point numbers of one library and dtype.
        RuntimeError: Samples are on different devices.

    Shape:
        `source` $(n, d)$ or $(n)$, `target` $(m, d)$ or $(m)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import gaussian_mean_shift
        >>> from reference_impl.shift import kolmogorov_smirnov_test
        >>> drawn = gaussian_mean_shift(
        ...     30, 2, shift=0.7, target_points=40, random_state=6,
        ...     like=torch.zeros(())
        ... )
        >>> found = kolmogorov_smirnov_test(drawn.source, target=drawn.target)
        >>> print(found)
        KS distance = 0.2833, p = 0.216 (feature 0 of 2, Bonferroni, exact)
        >>> [round(gap, 4) for gap in found.statistics]
        [0.2833, 0.1667]
        >>> [round(p, 6) for p in found.p_values]
        [0.107961, 0.677133]
        >>> found = kolmogorov_smirnov_test(
        ...     drawn.source, target=drawn.target, method="limit"
        ... )
        >>> print(found)
        KS distance = 0.2833, p = 0.209 (feature 0 of 2, Bonferroni, limit)

    Source:
        J. L. Hodges, "The significance probability of the Smirnov two-sample test", Arkiv för Matematik 3(5), 1958. The
        correction: M. A. Stephens, "Use of the Kolmogorov–Smirnov, Cramér–von Mises and related statistics without
        extensive tables", Journal of the Royal Statistical Society B 32(1), 1970. As a test of shift: S. Rabanser,
        S. Günnemann, Z. C. Lipton, "Failing loudly", NeurIPS 2019.
    """
    source, target = read_samples(source=source, target=target)
    check_choice("method", method, ("auto", "exact", "limit"))
    n, m = source.shape[0], target.shape[0]
    if method == "auto":
        method = _method_for(n, m)
    gaps = [_largest_gap(source[:, j], target[:, j]) for j in range(source.shape[1])]
    distances = tuple(gap / (n * m) for gap in gaps)
    if method == "exact":
        p_values = tuple(exact_p_value(gap, n, m) for gap in gaps)
    else:
        p_values = tuple(limiting_p_value(distance, n, m) for distance in distances)
    return KolmogorovSmirnovTest(max(distances), _bonferroni(p_values), distances, p_values, method)


def _method_for(n: int, m: int) -> str:
    return "exact" if max(n, m) <= EXACT_UP_TO else "limit"


def _bonferroni(p_values: tuple[float, ...]) -> float:
    return min(1.0, len(p_values) * min(p_values))


def _largest_gap(x: Array, u: Array) -> int:
    """Return n m D as a whole number."""
    xp = namespace(x)
    n, m = x.shape[0], u.shape[0]
    pooled = xp.concat([x, u])
    up_to_x = xp.searchsorted(xp.sort(x), pooled, side="right")
    up_to_u = xp.searchsorted(xp.sort(u), pooled, side="right")
    return int(xp.max(xp.abs(m * up_to_x - n * up_to_u)))
