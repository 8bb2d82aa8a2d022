"""How errors of the hold-out and of the target carry over to weights and prior."""

from typing import NamedTuple

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy


class Solution(NamedTuple):
    """Weights and prior in NumPy, with the covariance of each."""

    weights: numpy.ndarray
    prior: numpy.ndarray
    weights_covariance: numpy.ndarray
    prior_covariance: numpy.ndarray


def covariance_of_rows(functions: Array) -> numpy.ndarray:
    """Return the covariance of the columns, with the number of rows as divisor."""
    xp = namespace(functions)
    moved = functions - xp.mean(functions, axis=0, keepdims=True)
    return to_numpy(xp.matmul(xp.matrix_transpose(moved), moved)) / functions.shape[0]


def propagate(
    weights: numpy.ndarray,
    frequencies: numpy.ndarray,
    influence: numpy.ndarray,
    functions: Array,
    chosen: Array,
    from_target: numpy.ndarray,
) -> Solution:
    r"""Join the covariances from both samples.

    A point of the hold-out moves the weights by `influence` (classes, functions + classes) times its functions and
    its one-hot label, over n; and the prior $q \circ w$ by $q$ times that plus $w$ times the label.
    `from_target` is the weights' covariance that comes from the target.
    """
    xp, points = namespace(functions), chosen.shape[0]
    of_points = covariance_of_rows(xp.concat([functions, chosen], axis=1)) / points
    on_prior = frequencies[:, None] * influence
    on_prior[:, -weights.size :] += numpy.diag(weights)
    return Solution(
        weights,
        weights * frequencies / float(numpy.sum(weights * frequencies)),
        influence @ of_points @ influence.T + from_target,
        on_prior @ of_points @ on_prior.T + frequencies[:, None] * from_target * frequencies,
    )


def sandwich(
    weights: numpy.ndarray,
    frequencies: numpy.ndarray,
    inverse: numpy.ndarray,
    holdout: Array,
    chosen: Array,
    target: Array,
) -> Solution:
    r"""Give the covariances of weights that solve $\frac1n \sum_i w_{y_i} h(x_i) = \frac1m \sum_j h(u_j)$.

    With the `inverse` of $A = \frac1n \sum_i h(x_i) e_{y_i}^\top$, a point of the hold-out moves the weights by
    $-A^{-1} w_y h(x) / n$ and one of the target by $A^{-1} h(u) / m$.
    """
    xp = namespace(holdout)
    weighed = holdout * xp.matmul(chosen, from_numpy(weights, like=chosen))[:, None]
    influence = numpy.concatenate([-inverse, numpy.zeros_like(inverse)], axis=1)
    from_target = inverse @ covariance_of_rows(target) @ inverse.T / target.shape[0]
    return propagate(weights, frequencies, influence, weighed, chosen, from_target)
