"""The generalised Pareto fit of Zhang and Stephens and Pareto smoothing, written a second time, with 30 digits."""

import math

import mpmath
import numpy as np

DIGITS = 30


def fitted(weights: np.ndarray) -> tuple[list, float, float, float]:
    """Return the tail of the weights above its threshold, the threshold, k and sigma."""
    ascending = sorted(mpmath.mpf(float(w)) for w in weights)
    n = len(ascending)
    size = min(n - 1, math.ceil(min(n / 5, 3 * math.sqrt(n))))
    threshold = ascending[n - size - 1]
    exceedances = [w - threshold for w in ascending[n - size :]]
    if size and exceedances[-1] == 0:
        return exceedances, threshold, -mpmath.inf, mpmath.nan
    x = [e for e in exceedances if e > 0]
    if len(x) < 5:
        return exceedances, threshold, mpmath.nan, mpmath.nan
    points = 30 + math.isqrt(len(x))
    quartile = x[int(len(x) / 4 + 0.5) - 1]

    def shape(theta):
        return mpmath.fsum(mpmath.log(1 - theta * e) for e in x) / len(x)

    grid, likelihood = [], []
    for j in range(1, points + 1):
        theta = 1 / x[-1] + (1 - mpmath.sqrt(points / (j - mpmath.mpf(1) / 2))) / (3 * quartile)
        k = shape(theta)
        sigma = -k / theta if theta else mpmath.fsum(x) / len(x)
        density = (
            mpmath.fsum(-mpmath.log(sigma) - (1 + 1 / k) * mpmath.log1p(k * e / sigma) for e in x)
            if k
            else (mpmath.fsum(-mpmath.log(sigma) - e / sigma for e in x))
        )
        grid.append(theta)
        likelihood.append(mpmath.exp(density))
    theta = mpmath.fdot(grid, likelihood) / mpmath.fsum(likelihood)
    k = shape(theta)
    return exceedances, threshold, (len(x) * k + 5) / (len(x) + 10), -k / theta


def shape_of_tail(weights: np.ndarray) -> float:
    """Return k."""
    with mpmath.workdps(DIGITS):
        return float(fitted(weights)[2])


def smoothed(weights: np.ndarray) -> np.ndarray:
    """Return the Pareto-smoothed weights."""
    with mpmath.workdps(DIGITS):
        exceedances, threshold, k, sigma = fitted(weights)
        if not mpmath.isfinite(k):
            return weights.copy()
        size = len(exceedances)
        quantiles = [
            threshold + min(sigma / k * ((1 - (z - mpmath.mpf(1) / 2) / size) ** -k - 1), exceedances[-1])
            for z in range(1, size + 1)
        ]
        result = weights.copy()
        order = np.argsort(weights, kind="stable")
        result[order[len(weights) - size :]] = [float(q) for q in quantiles]
        return result
