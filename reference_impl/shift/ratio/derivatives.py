"""The logistic loss and its derivatives, without overflow, summed over blocks of rows."""

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy
from reference_impl.shift.ratio.design import Design


def derivatives(design: Design, coefficients: numpy.ndarray) -> tuple[numpy.ndarray, numpy.ndarray]:
    """Return the gradient (k + 1,) and the second derivatives (k + 1, k + 1) of the loss, intercept first."""
    first = second = None
    for features, label in design:
        xp = namespace(features)
        posterior, curvature = posteriors(linear_scores(features, coefficients))
        residuals = posterior - label
        weighed = features * curvature[:, None]
        sums = xp.concat([xp.sum(residuals, keepdims=True), xp.matmul(residuals, features)])
        edge = xp.concat([xp.sum(curvature, keepdims=True), xp.matmul(curvature, features)])
        inner = xp.matmul(xp.matrix_transpose(weighed), features)
        block = xp.concat([edge[None, :], xp.concat([edge[1:, None], inner], axis=1)], axis=0)
        first = sums if first is None else first + sums
        second = block if second is None else second + block
    return to_numpy(first), to_numpy(second)


def linear_scores(features: Array, coefficients: numpy.ndarray) -> Array:
    """Return h = b + features times coefficients, of which the intercept b is the first."""
    moved = from_numpy(coefficients, like=features)
    return namespace(features).matmul(features, moved[1:]) + moved[0]


def posteriors(scores: Array) -> tuple[Array, Array]:
    """Return s = 1/(1 + exp(-h)) and s (1 - s)."""
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
