"""The generalised Pareto distribution that fits the largest weights."""

import math
from dataclasses import dataclass

import numpy

from reference_impl._array import Array, namespace, to_numpy
from reference_impl.shift.precision import in_double

LEAST = 5
"""How many weights of the tail must lie above its threshold for a fit."""
GRID, PRIOR = 30, 3
PRIOR_POINTS, PRIOR_SHAPE = 10, 0.5
"""The shape is drawn towards 1/2 as if by ten more points."""


@dataclass(frozen=True)
class Tail:
    """The largest weights in ascending order, as what lies above the threshold, and the law fitted to that."""

    order: Array
    threshold: float
    exceedances: numpy.ndarray
    shape: float
    scale: float


def fit_tail(weights: Array) -> Tail:
    """Fit the largest min(n/5, 3 sqrt(n)) of the weights, above the next smaller one."""
    xp = namespace(weights)
    order = xp.argsort(weights, stable=True)
    n = weights.shape[0]
    size = min(n - 1, math.ceil(min(0.2 * n, 3 * math.sqrt(n))))
    largest = to_numpy(in_double(xp.take(weights, order[n - size - 1 :], axis=0)))
    threshold = float(largest[0])
    exceedances = largest[1:] - threshold
    shape, scale = fit_generalised_pareto(exceedances[exceedances > 0])
    if size and largest[-1] == threshold:
        shape = -math.inf
    return Tail(order, threshold, exceedances, shape, scale)


def fit_generalised_pareto(x: numpy.ndarray) -> tuple[float, float]:
    """Return shape k and scale of the generalised Pareto law of ascending x > 0, or NaN for fewer than LEAST.

    The estimate of Zhang and Stephens (2009): the mean of theta = -k / scale over a grid, weighted by its profile
    likelihood; with the weak prior of Vehtari et al. (2024) on k.
    """
    if len(x) < LEAST:
        return math.nan, math.nan
    largest = float(x[-1])
    x = numpy.maximum(x / largest, numpy.finfo(numpy.float64).tiny)  # so that 1 / x doesn't overflow
    n = len(x)
    points = GRID + math.floor(math.sqrt(n))
    quartile = x[math.floor(n / 4 + 0.5) - 1]
    theta = 1 + (1 - numpy.sqrt(points / (numpy.arange(1, points + 1) - 0.5))) / (PRIOR * quartile)
    k, scale = _profile(theta, x)
    log_likelihood = n * (-numpy.log(scale) - k - 1)
    likelihood = numpy.exp(log_likelihood - log_likelihood.max())
    chosen = likelihood @ theta / likelihood.sum()
    k, scale = _profile(numpy.asarray([chosen]), x)
    shape = (n * float(k[0]) + PRIOR_POINTS * PRIOR_SHAPE) / (n + PRIOR_POINTS)
    return shape, largest * float(scale[0])


def _profile(theta: numpy.ndarray, x: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    k = numpy.mean(numpy.log1p(-theta[:, None] * x[None, :]), axis=1)
    exponential = theta == 0
    scale = numpy.where(exponential, numpy.mean(x), -k / numpy.where(exponential, 1.0, theta))
    return k, scale
