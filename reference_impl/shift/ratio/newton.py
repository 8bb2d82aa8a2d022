"""Ridge logistic regression by Newton's method."""

from dataclasses import dataclass

import numpy

from reference_impl.shift.ratio.derivatives import derivatives
from reference_impl.shift.ratio.design import Design

TOLERANCE = 1e-16
"""What the next step would be at most, by the speed of the last two: the error of step after step is squared."""
SMALL = 1e-9
"""A step so small is the last one anyway."""
MOST_STEPS = 50
LARGE, THINNED = 200_000, 16
"""From so many rows on, the first steps are made on every sixteenth of them."""
ENOUGH = 1e-7
"""The tolerance there: a thousandth of the standard error, and in fact far less."""


@dataclass(frozen=True)
class Fit:
    """Coefficients, the intercept first; the penalties of the others; the last step, and how many there were."""

    coefficients: numpy.ndarray
    penalties: numpy.ndarray
    step: float
    steps: int
    converged: bool


def fit_logistic(
    design: Design,
    penalties: float | numpy.ndarray,
    start: numpy.ndarray | None = None,
    with_intercept: bool = True,
    steps: int = MOST_STEPS,
) -> Fit:
    r"""Minimise $\sum \log(1 + e^{-z h}) + \tfrac12 \sum \lambda_k \theta_k^2$, $h = b + \theta \cdot \phi$.

    The sign $z$ is 1 for the target and -1 for the source.

    A step too far, after which the loss rises along it more than half as steeply as it fell before, is halved. That
    needs no values of the loss, and so no digits are lost near the minimum.
    """
    penalties = numpy.broadcast_to(numpy.asarray(penalties, numpy.float64), (design.features,))
    if start is None and design.rows > LARGE:
        thinned = fit_logistic(design.thinned(THINNED), penalties / THINNED, with_intercept=with_intercept)
        start = thinned.coefficients
    here, size = (numpy.zeros(design.features + 1), 1.0) if start is None else (start, 0.0)
    ridge = numpy.concatenate([[0.0], penalties])
    step, slope = numpy.zeros_like(here), 0.0
    for count in range(1, steps + 1):
        gradient, hessian = derivatives(design, here)
        gradient += ridge * here
        if not with_intercept:
            gradient[0] = hessian[0, 1:] = hessian[1:, 0] = 0.0
        if count > 1 and gradient @ step > -slope / 2:
            step, slope = step / 2, slope / 2
            here = here - step
            continue
        step = -numpy.linalg.solve(with_ridge(hessian, ridge), gradient)
        slope = float(gradient @ step)
        here = here + step
        last, size = size, relative_size(step, here)
        if was_last(size, last, design):
            return Fit(here, penalties, size, count, True)
    return Fit(here, penalties, size, count, False)


def relative_size(step: numpy.ndarray, here: numpy.ndarray) -> float:
    """Return the size of a step to `here`."""
    return float(abs(step).max() / (1 + abs(here).max()))


def was_last(size: float, last: float, design: Design) -> bool:
    """Say whether a Newton step of this size, after one of size `last`, leaves no more to do; 0 says nothing of it."""
    left = size if last <= size else size * (size / last) ** 2
    return left <= (ENOUGH if design.rows > LARGE else TOLERANCE) or size <= SMALL


def with_ridge(hessian: numpy.ndarray, ridge: numpy.ndarray) -> numpy.ndarray:
    """Return the matrix with the penalties on its diagonal, and so little more that a solution exists always."""
    least = 1e-13 * numpy.trace(hessian) / len(ridge)
    return hessian + numpy.diag(ridge + least)


def not_converged(fit: Fit) -> list[str]:
    """Return what is doubtful about a fit, as a sentence, if anything is."""
    if fit.converged:
        return []
    reason = "Newton's method hasn't converged"
    return [f"the last of {fit.steps} steps is {fit.step:.2g}: {reason}; pass a larger penalty"]
