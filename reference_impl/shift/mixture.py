"""The log-likelihood of the proportions of a mixture: its value, gradient and curvature, in passes over the points.

The points stay where they are; the few numbers for each component are NumPy's, in float64.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy
from reference_impl.shift.kernels import row_blocks
from reference_impl.shift.precision import in_double

TWICE = 1 << 20
"""Entries of a block that both products of a pass read: 8 MB, which the second still finds in the cache."""


class Pass(NamedTuple):
    """One pass over the points: where, the mean log-likelihood there, and its gradient."""

    proportions: numpy.ndarray
    value: float
    gradient: numpy.ndarray

    @property
    def residual(self) -> float:
        """Return how far the largest entry of the gradient is above one; zero at the maximum."""
        return float(numpy.max(self.gradient)) - 1

    @property
    def expected(self) -> numpy.ndarray:
        """Return the next proportions of expectation maximisation."""
        return self.proportions * self.gradient


class Mixture:
    r"""Likelihoods of the points under each component, and the share of each point; shares sum to one.

    The likelihoods are the given array (points, components), of any precision, times `factors` (components,) in
    NumPy, if given. Neither a product nor a copy in float64 is ever held whole.
    """

    def __init__(self, given: Array, shares: Array, factors: numpy.ndarray | None = None) -> None:
        self.given, self.shares, self.xp = given, shares, namespace(given)
        self.factors = numpy.ones(given.shape[1]) if factors is None else factors

    def _parts(self) -> Iterator[tuple[Array, Array]]:
        points, components = self.given.shape
        for rows in row_blocks(points, components, TWICE):
            yield in_double(self.given[rows, :]), self.shares[rows]

    def measure(self, proportions: numpy.ndarray) -> Pass:
        r"""Return $f(\pi) = \sum_i c_i \log (L\pi)_i$ and $\nabla f$; the value is -inf where a point has density 0."""
        xp, moved = self.xp, from_numpy(self.factors * proportions, like=self.shares)
        value, gradient = 0.0, numpy.zeros_like(proportions)
        with numpy.errstate(divide="ignore", invalid="ignore"):
            for given, shares in self._parts():
                mixed = xp.matmul(given, moved)
                value += float(xp.sum(shares * xp.log(mixed)))
                gradient += to_numpy(xp.matmul(shares / mixed, given))
        return Pass(proportions, value, self.factors * gradient)

    def curvature(self, proportions: numpy.ndarray) -> numpy.ndarray:
        r"""Return $-\nabla^2 f = \sum_i c_i L_i L_i^\top / (L\pi)_i^2$."""
        xp, moved = self.xp, from_numpy(self.factors * proportions, like=self.shares)
        curvature = numpy.zeros((proportions.size, proportions.size))
        for given, shares in self._parts():
            scaled = given * (xp.sqrt(shares) / xp.matmul(given, moved))[:, None]
            curvature += to_numpy(xp.matmul(xp.matrix_transpose(scaled), scaled))
        return numpy.outer(self.factors, self.factors) * curvature
