"""Penalties that the samples choose: one for each group of features, by the evidence for it."""

import numpy

from reference_impl.shift.ratio.derivatives import derivatives
from reference_impl.shift.ratio.design import Design
from reference_impl.shift.ratio.newton import (
    LARGE,
    THINNED,
    Fit,
    fit_logistic,
    relative_size,
    was_last,
    with_ridge,
)

LEAST, MOST = 1e-2, 1e5
ROUNDS, UPDATES = 8, 10
SETTLED = 1e-3


def fit_adaptive(design: Design, groups: numpy.ndarray, start: Fit | None = None) -> Fit:
    r"""Fit ridge logistic regression with a penalty $\lambda_g$ for each group of coefficients.

    A penalty is the inverse variance of a normal prior. At the maximum of the evidence (MacKay, 1992)

    $$\lambda_g = \gamma_g / |\theta_g|^2, \qquad \gamma_g = k_g - \lambda_g \operatorname{tr}_g (H + \Lambda)^{-1}$$

    for a group of $k_g$ coefficients, where $\gamma_g$ counts those that the samples determine. What doesn't matter
    gets a penalty without bound, and so costs nothing. Each round takes the second derivatives $H$ once, updates the
    penalties several times, and makes one Newton step.
    """
    sizes = numpy.bincount(groups)
    if start is None and design.rows > LARGE:
        start = fit_adaptive(design.thinned(THINNED), groups)
    start = start or fit_logistic(design, 1.0, steps=1)
    here, penalties, size = start.coefficients, start.penalties, 0.0
    for count in range(1, ROUNDS + 1):
        gradient, hessian = derivatives(design, here)
        pull = hessian @ here - gradient
        for _ in range(UPDATES):
            inverse = numpy.linalg.inv(with_ridge(hessian, numpy.concatenate([[0.0], penalties])))
            squares = numpy.bincount(groups, (inverse @ pull)[1:] ** 2)
            spread = numpy.bincount(groups, penalties * inverse.diagonal()[1:])
            determined = numpy.maximum(sizes - spread, 1e-9)
            penalties = numpy.clip(determined / numpy.maximum(squares, 1e-12), LEAST, MOST)[groups]
        before, last = here, size
        here = numpy.linalg.solve(with_ridge(hessian, numpy.concatenate([[0.0], penalties])), pull)
        size = relative_size(here - before, here)
        if was_last(size, last, design):
            return Fit(here, penalties, size, count, True)
        if abs(here - before).max() <= SETTLED:
            break
    return fit_logistic(design, penalties, here)
