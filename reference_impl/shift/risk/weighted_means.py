"""The risk on the target as a weighted mean over the source."""

import math

from reference_impl._array import Array, common_namespace, namespace
from reference_impl._checks import check_choice
from reference_impl.shift.precision import in_double
from reference_impl.shift.risk.estimates import Risk
from reference_impl.shift.samples import read_values, without_graph
from reference_impl.shift.weights.reading import read_weights
from reference_impl.shift.weights.report import warn_of_concentration

LEAST = 2


def importance_weighted_risk(losses: Array, weights: Array, *, normalised: bool = True) -> Risk:
    r"""Estimate the mean loss on the target from losses on the source.

    $$\hat R = \frac{\sum_i w_i \ell_i}{\sum_i w_i}, \qquad
    s^2 = \frac{\sum_i w_i^2 (\ell_i - \hat R)^2}{\left(\sum_i w_i\right)^2}$$

    or with the raw weights, which must then have the right scale,

    $$\hat R = \frac1n \sum_i w_i \ell_i, \qquad s^2 = \frac{1}{n(n-1)} \sum_i (w_i \ell_i - \hat R)^2$$

    The second is unbiased where $w = p/q$ is known. The first is biased by $O(1/n)$, mostly has the smaller variance,
    and isn't harmed by weights that are wrong by a factor.

    The standard error takes the weights as known, and counts on $n$ being large for the tail of $w \ell$. With losses
    of 0 and 1, a normal source and a target half a standard deviation away, 1000 points suffice: 95 % intervals contain
    the risk in 94.5 % of samples. With the loss $x^2$ and a whole deviation, they do so in 89 %, and with 10,000 points
    in 91 %: the estimate hangs on a few points of large weight and loss that most samples lack. Where the variance of
    $w$ is infinite, no number of points suffices; see [`pareto_k`][reference_impl.shift.pareto_k].

    Args:
        losses: The losses $\ell_i$ at the points of the source.
        weights: The weights $w_i$ of these points.
        normalised: Whether to divide by the sum of the weights.

    Returns:
        The estimate and its standard error, as a [`Risk`][reference_impl.shift.Risk].

    Raises:
        ValueError: There are fewer than two points, the shapes differ, numbers are not finite, or weights are
            negative or all 0.
        TypeError: An argument is no array of floating-point numbers, or they are of two libraries or dtypes.
        RuntimeError: The arguments are on different devices.

    Shape:
        `losses` and `weights` $(n)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import importance_weighted_risk
        >>> losses = torch.tensor([1.0, 3.0, 2.0])
        >>> weights = torch.tensor([0.5, 2.0, 1.5])
        >>> risk = importance_weighted_risk(losses, weights)
        >>> # 9.5 / 4, and the root of 2.3516 / 16
        >>> risk.estimate, round(risk.standard_error, 4)
        (2.375, 0.3834)
        >>> risk = importance_weighted_risk(
        ...     losses, weights=weights, normalised=False
        ... )
        >>> # 9.5 / 3, and the root of 15.1667 / 6
        >>> round(risk.estimate, 4), round(risk.standard_error, 4)
        (3.1667, 1.5899)

    Source:
        H. Shimodaira, "Improving predictive inference under covariate shift by weighting the log-likelihood function",
        Journal of Statistical Planning and Inference 90(2), 2000. The standard errors: A. B. Owen, "Monte Carlo
        theory, methods and examples", chapter 9.
    """
    check_choice("normalised", normalised, (True, False))
    weights = read_weights("weights", weights, least=LEAST)
    losses = read_values("losses", without_graph(losses), weights.shape[0], like=weights)
    common_namespace((weights, losses))
    warn_of_concentration(weights)
    return weighted_mean(in_double(losses), in_double(weights), normalised)


def weighted_mean(losses: Array, weights: Array, normalised: bool) -> Risk:
    """Return the weighted mean of losses and its standard error, for arrays of float64 that were checked."""
    xp = namespace(losses)
    n = losses.shape[0]
    if normalised:
        shares = weights / xp.sum(weights)
        estimate = float(xp.sum(shares * losses))
        terms = shares * (losses - estimate)
        return Risk(estimate, math.sqrt(float(xp.sum(terms * terms))))
    products = weights * losses
    estimate = float(xp.mean(products))
    gaps = products - estimate
    return Risk(estimate, math.sqrt(float(xp.sum(gaps * gaps)) / (n * (n - 1))))
