"""Pareto diagnosis and smoothing of importance weights."""

import math

import numpy

from reference_impl._array import Array, from_numpy, namespace
from reference_impl.shift.weights.reading import read_weights
from reference_impl.shift.weights.tail import fit_tail


def pareto_k(weights: Array) -> float:
    r"""Estimate how heavy the tail of the weights is: the shape of the generalised Pareto law of the largest.

    $$P(w > u + t \mid w > u) \approx \left(1 + \frac{k t}{\sigma}\right)^{-1/k}$$

    Moments of an order below $1/k$ are finite: with $k \ge 1/2$ the variance of a weighted mean is infinite, with
    $k \ge 1$ its mean. The law is fitted to the $\lceil\min(n/5, 3\sqrt n)\rceil$ largest weights, above the next
    smaller one $u$, and $k$ is drawn a little towards ½, as if ten further points said so. A weighted mean can be
    trusted while $\hat k < \min(1 - 1/\log_{10} n,\ 0.7)$.

    Args:
        weights: The weights $w_i \ge 0$. Their scale doesn't matter.

    Returns:
        The estimate $\hat k$; −∞ where the largest weights are equal, and so have no tail, as after clipping; NaN
        where fewer than 5 lie above $u$, as with 20 weights or less.

    Raises:
        ValueError: `weights` are empty, not of one axis, not finite, negative or all 0.
        TypeError: `weights` is no array of floating-point numbers.

    Shape:
        `weights` $(n)$.

    Examples:
        Weights like quantiles of a Pareto law $P(w > t) \propto t^{-2}$, whose $k$ is ½ and whose variance is infinite:

        >>> import torch
        >>> from reference_impl.shift import pareto_k
        >>> w = (torch.arange(300, dtype=torch.float64) + 0.5) ** (-1 / 2)
        >>> round(pareto_k(w), 5)
        0.49611

    Source:
        A. Vehtari, D. Simpson, A. Gelman, Y. Yao, J. Gabry, "Pareto smoothed importance sampling", Journal of Machine
        Learning Research 25, 2024; the fit: J. Zhang, M. A. Stephens, "A new and efficient estimation method for the
        generalized Pareto distribution", Technometrics 51(3), 2009.
    """
    return fit_tail(read_weights("weights", weights)).shape


def pareto_smooth(weights: Array) -> Array:
    r"""Replace the largest weights by quantiles of the generalised Pareto law that fits them.

    $$w_{(n-M+z)} \leftarrow \min\left(u + \frac{\sigma}{k}\left[\left(1 - \frac{z - 1/2}{M}\right)^{-k} - 1\right],\
    \max_i w_i\right)$$

    for $z = 1, \dots, M$, with the $M$ largest weights, the threshold $u$ and the law of
    [`pareto_k`][reference_impl.shift.pareto_k]. Their order stays. A little bias is taken for less
    variance, and unlike with a limit nobody has to choose one.

    Args:
        weights: The weights $w_i \ge 0$; they aren't changed.

    Returns:
        The weights with a smooth tail. Where no tail can be fitted (see there), they are the same as before.

    Raises:
        ValueError: `weights` are empty, not of one axis, not finite, negative or all 0.
        TypeError: `weights` is no array of floating-point numbers.

    Shape:
        `weights` and the result $(n)$.

    Examples:
        Of 36 weights, the 8 largest are replaced. One of them, 90, was far out:

        >>> import torch
        >>> from reference_impl.shift import pareto_smooth
        >>> weights = torch.arange(36, dtype=torch.float64)
        >>> weights[20] = 90.0
        >>> smooth = pareto_smooth(weights)
        >>> [round(w, 2) for w in smooth[[27, 28, 29, 34, 35, 20]].tolist()]
        [27.0, 28.0, 28.32, 36.03, 41.53, 60.14]

    Source:
        A. Vehtari, D. Simpson, A. Gelman, Y. Yao, J. Gabry, "Pareto smoothed importance sampling", Journal of Machine
        Learning Research 25, 2024.
    """
    tail = fit_tail(read_weights("weights", weights))
    if not math.isfinite(tail.shape):
        return weights
    xp = namespace(weights)
    size = len(tail.exceedances)
    below = (numpy.arange(size) + 0.5) / size
    quantiles = tail.threshold + _exceedance(below, tail.shape, tail.scale)
    quantiles = quantiles.clip(max=tail.threshold + tail.exceedances[-1])
    kept = xp.take(weights, tail.order[: weights.shape[0] - size], axis=0)
    ascending = xp.concat((kept, from_numpy(quantiles, like=weights)))
    return xp.take(ascending, xp.argsort(tail.order), axis=0)


def _exceedance(below: numpy.ndarray, shape: float, scale: float) -> numpy.ndarray:
    """Return what is exceeded with probability 1 - below."""
    if shape == 0:
        return -scale * numpy.log1p(-below)
    return scale * numpy.expm1(-shape * numpy.log1p(-below)) / shape
