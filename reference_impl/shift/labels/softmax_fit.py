"""Newton on the negative log-likelihood of a scaled and shifted softmax."""

from typing import NamedTuple

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy
from reference_impl._checks import refuse
from reference_impl.shift.labels.scores import Scores, from_logits, sum_over_classes
from reference_impl.shift.warning import warn

STEPS = 100
LAST = 1e-14
"""Where a step gains no more than this, it is the last: Newton's error is squared in each."""


class Softmax(NamedTuple):
    r"""The map $z \mapsto \mathrm{softmax}(a \circ z + b)$, with one slope for all classes or one for each."""

    slopes: numpy.ndarray
    biases: numpy.ndarray | None

    def apply(self, logits: Array) -> Scores:
        """Return the scores after the map."""
        moved = logits * from_numpy(self.slopes, like=logits)
        if self.biases is not None:
            moved = moved + from_numpy(self.biases, like=logits)
        return from_logits(moved, before=logits)

    @property
    def parameters(self) -> numpy.ndarray:
        """Return slopes and biases in one array."""
        return self.slopes if self.biases is None else numpy.concatenate([self.slopes, self.biases])

    def moved_to(self, parameters: numpy.ndarray) -> "Softmax":
        """Return the map with other parameters."""
        cut = self.slopes.size
        return Softmax(parameters[:cut], None if self.biases is None else parameters[cut:])

    def pull_back(self, changes: Array, logits: Array) -> Array:
        """Return, for each point, the gradient by the parameters from that by the outputs (points, classes)."""
        by_slopes = changes * logits
        if self.slopes.size == 1:
            by_slopes = sum_over_classes(by_slopes)
        return by_slopes if self.biases is None else namespace(logits).concat([by_slopes, changes], axis=1)

    def spread(self, by_slope: numpy.ndarray, by_bias: numpy.ndarray) -> numpy.ndarray:
        """Join derivatives by each class's slope and by each class's bias (rows, classes) to the parameters."""
        by_slopes = numpy.sum(by_slope, axis=1, keepdims=True) if self.slopes.size == 1 else by_slope
        return by_slopes if self.biases is None else numpy.concatenate([by_slopes, by_bias], axis=1)

    def curvature(self, posteriors: Array, logits: Array) -> numpy.ndarray:
        """Return the Hessian of the mean negative log-likelihood: a covariance of what the parameters multiply."""
        xp, points = namespace(logits), logits.shape[0]
        expected = self.pull_back(posteriors, logits)
        weighed = posteriors * logits
        squares, products, once = (
            numpy.diag(to_numpy(xp.sum(each, axis=0))) for each in (weighed * logits, weighed, posteriors)
        )
        whole = self.spread(self.spread(squares, products).T, self.spread(products, once).T)
        return (whole - to_numpy(xp.matmul(xp.matrix_transpose(expected), expected))) / points


def fit_softmax(start: Softmax, logits: Array, chosen: Array, ridge: float) -> Softmax:
    r"""Minimise the mean of $-\log \mathrm{softmax}(a \circ z + b)_y$ plus $\frac{\rho}{2}|\theta - \theta_0|^2$."""
    xp, points = namespace(chosen), chosen.shape[0]
    first = start.parameters
    at, scores = start, start.apply(logits)
    value = _loss(at, scores, chosen, first, ridge)
    for _ in range(STEPS):
        slope = to_numpy(xp.sum(start.pull_back(scores.posteriors - chosen, logits), axis=0)) / points
        slope += ridge * (at.parameters - first)
        curvature = at.curvature(scores.posteriors, logits) + ridge * numpy.eye(first.size)
        try:
            step = numpy.linalg.solve(curvature, slope)
        except numpy.linalg.LinAlgError:
            rule = "leaves the calibration without a minimum: its curvature is singular"
            refuse("ridge", ridge, rule, "pass e.g. ridge=1e-6")
        gain, length = float(slope @ step), 1.0
        if gain <= LAST:
            return at.moved_to(at.parameters - step)
        while True:
            there = at.moved_to(at.parameters - length * step)
            scores = there.apply(logits)
            found = _loss(there, scores, chosen, first, ridge)
            if found <= value - 1e-4 * length * gain or length < 1e-10:
                break
            length /= 2
        at, value = there, found
    warn("the calibration", f"{gain:.1e} above its minimum", "should be 1e-14", "raise the ridge")
    return at


def _loss(at: Softmax, scores: Scores, chosen: Array, first: numpy.ndarray, ridge: float) -> float:
    right = float(namespace(chosen).sum(scores.logarithms * chosen)) / chosen.shape[0]
    return ridge / 2 * float(numpy.sum((at.parameters - first) ** 2)) - right
