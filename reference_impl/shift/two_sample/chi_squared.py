"""The chi-squared test that two rows of counts have one distribution."""

import math

import numpy


def chi_squared_upper_tail(x: float, freedom: int) -> float:
    """Return P(X > x) for chi-squared X with a whole number of degrees of freedom.

    That is Q(a, y) with a = freedom / 2 and y = x / 2, from Q(1, y) = exp(-y) or Q(1/2, y) = erfc(sqrt(y)) up by
    Q(a + 1, y) = Q(a, y) + y^a exp(-y) / Gamma(a + 1).
    """
    y = x / 2
    if y <= 0:
        return 1.0
    tail, a = (math.erfc(math.sqrt(y)), 0.5) if freedom % 2 else (math.exp(-y), 1.0)
    while a < freedom / 2:
        tail += math.exp(a * math.log(y) - y - math.lgamma(a + 1))
        a += 1
    return min(1.0, tail)


def contingency(counts: numpy.ndarray) -> tuple[float, int, numpy.ndarray]:
    """Return the statistic of counts (2, classes), its degrees of freedom, and the expected counts.

    Classes that occur in neither row are left out.
    """
    counts = counts[:, counts.sum(axis=0) > 0]
    expected = counts.sum(axis=1, keepdims=True) * counts.sum(axis=0, keepdims=True) / counts.sum()
    return float(((counts - expected) ** 2 / expected).sum()), counts.shape[1] - 1, expected
