"""Ridge logistic regression by Newton's method, with sums over blocks of rows."""

from dataclasses import dataclass

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy
from reference_impl.shift.ratio.design import Design

TOLERANCE = 1e-7
"""A step so small leaves an error near its square."""
MOST_STEPS = 50
LARGE, THINNED = 200_000, 16
"""From so many rows on, the first steps are made on every sixteenth of them."""


@dataclass(frozen=True)
class Fit:
    """Coefficients, the intercept first, and the last step; it has converged where that is small."""

    coefficients: numpy.ndarray
    step: float
    steps: int

    @property
    def converged(self) -> bool:
        """Say whether the last step was small enough."""
        return self.step <= TOLERANCE


def fit_logistic(design: Design, penalty: float, start: numpy.ndarray | None = None) -> Fit:
    r"""Minimise $\sum \log(1 + e^{-z h}) + \tfrac12 \lambda |\theta|^2$, $h = b + \theta \cdot \phi$, $z = \pm 1$.

    A step after which the slope along it is more than half of what it was is halved. That needs no values of the
    loss, and so no digits are lost near the minimum.
    """
    if start is None:
        start = numpy.zeros(design.features + 1)
        if design.rows > LARGE:
            start = fit_logistic(design.thinned(THINNED), penalty / THINNED).coefficients
    ridge = numpy.full(start.shape, float(penalty))
    ridge[0] = 0.0
    here, step, slope, size = start, numpy.zeros_like(start), 0.0, numpy.inf
    for count in range(MOST_STEPS):
        gradient, hessian = _derivatives(design, here)
        gradient += ridge * here
        if abs(gradient @ step) > abs(slope) / 2 and count:
            step, slope = step / 2, slope / 2
            here = here - step
            continue
        hessian[numpy.diag_indices_from(hessian)] += ridge + 1e-13 * numpy.trace(hessian) / len(ridge)
        step = -numpy.linalg.solve(hessian, gradient)
        slope = float(gradient @ step)
        here = here + step
        size = float(abs(step).max() / (1 + abs(here).max()))
        if size <= TOLERANCE:
            break
    return Fit(here, size, count + 1)


def _derivatives(design: Design, coefficients: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    first = second = None
    for features, label in design:
        xp = namespace(features)
        scores = linear_scores(features, coefficients)
        posterior, curvature = posteriors(scores)
        residuals = posterior - label
        weighed = features * curvature[:, None]
        sums = xp.concat([xp.sum(residuals, keepdims=True), xp.matmul(residuals, features)])
        edge = xp.concat([xp.sum(curvature, keepdims=True), xp.sum(weighed, axis=0)])
        inner = xp.matmul(xp.matrix_transpose(weighed), features)
        block = xp.concat([edge[None, :], xp.concat([edge[1:, None], inner], axis=1)], axis=0)
        first = sums if first is None else first + sums
        second = block if second is None else second + block
    return to_numpy(first), to_numpy(second)


def linear_scores(features: Array, coefficients: numpy.ndarray) -> Array:
    """Return h = b + features times coefficients, of which the intercept b is the first."""
    moved = from_numpy(coefficients, like=features)
    return namespace(features).matmul(features, moved[1:]) + float(coefficients[0])


def posteriors(scores: Array) -> tuple[Array, Array]:
    """Return s = 1/(1 + exp(-h)) and s (1 - s), without overflow."""
    xp = namespace(scores)
    decay = xp.exp(-xp.abs(scores))
    larger = 1 / (1 + decay)
    smaller = decay * larger
    return xp.where(scores >= 0, larger, smaller), larger * smaller


def log_losses(scores: Array, label: float) -> Array:
    """Return the logistic loss of each score, where `label` is 0 for the source and 1 for the target."""
    xp = namespace(scores)
    signed = scores if label else -scores
    return xp.log1p(xp.exp(-xp.abs(signed))) + xp.where(signed < 0, -signed, xp.zeros_like(signed))
