"""Logistic regression of source against target on given features."""

import math

from reference_impl._array import Array, from_numpy
from reference_impl._checks import check_at_least
from reference_impl.shift.ratio.design import Design
from reference_impl.shift.ratio.newton import fit_logistic, not_converged
from reference_impl.shift.samples import read_samples
from reference_impl.shift.warning import warn_with


def logistic_ratio(source: Array, target: Array, *, penalty: float = 0.0) -> Array:
    r"""Compute the log ratio that is linear in given features, by logistic regression of source against target.

    $$\log \hat w = c_0 + c \cdot \phi, \qquad c_0 = b + \log \frac nm$$

    $$\min_{b, c} \sum_i \log(1 + e^{h(x_i)}) + \sum_j \log(1 + e^{-h(u_j)}) + \tfrac12 \lambda |c|^2, \qquad
      h = b + c \cdot \phi$$

    The term $\log n/m$ is what textbooks leave out when they assume samples of one size: without it, all weights are
    wrong by the factor $m/n$. For $q = N(0, 1)$ and $p = N(\delta, 1)$ the coefficients tend to $c = \delta$ and
    $c_0 = -\delta^2/2$. [`LogisticRatio`][reference_impl.shift.LogisticRatio] makes and standardises features first.

    Args:
        source: The features of the source's $n$ points.
        target: The features of the target's $m$ points.
        penalty: The penalty $\lambda$ of all coefficients but the intercept.

    Returns:
        The coefficients $(c_0, c)$.

    Raises:
        ValueError: A sample has fewer than two points, isn't finite, or differs in features; `penalty` is negative.
        TypeError: The samples differ in library or dtype, or aren't floats.

    Shape:
        `source` $(n, k)$ and `target` $(m, k)$, or $(n)$ and $(m)$ for one feature; result $(k + 1)$.

    Examples:
        >>> import torch
        >>> from reference_impl.shift import logistic_ratio
        >>> source = torch.tensor([0.0, 0.0, 0.0, 1.0])  # q(1) = 1/4
        >>> target = torch.tensor([0.0, 1.0, 1.0, 1.0, 1.0])  # p(1) = 4/5
        >>> c = logistic_ratio(source, target)
        >>> # (1/5)/(3/4) and (4/5)/(1/4)
        >>> [
        ...     round(value, 4)
        ...     for value in (c[0].exp().item(), c.sum().exp().item())
        ... ]
        [0.2667, 3.2]
        >>> [
        ...     round(value, 3)
        ...     for value in logistic_ratio(source, target, penalty=0.5).tolist()
        ... ]
        [-0.639, 1.179]

    Source:
        Qin, "Inferences for case-control and semiparametric two-sample density ratio models", Biometrika 85, 1998.
    """
    source, target = read_samples(source, target)
    check_at_least("penalty", penalty, 0, 1.0)
    fit = fit_logistic(Design(lambda points: points, source, target), penalty)
    for text in not_converged(fit):
        warn_with(text)
    coefficients = fit.coefficients.copy()
    coefficients[0] += math.log(source.shape[0] / target.shape[0])
    return from_numpy(coefficients, source)
