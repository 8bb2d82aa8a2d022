"""The log-likelihood of the proportions of a mixture: its value, gradient and curvature, in passes over the points.

The points stay where they are; the few numbers for each component are NumPy's, in float64.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy
from reference_impl.shift.kernels import row_blocks

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
    """Likelihoods (points, components) in float64, and the share (points,) of each point; shares sum to one."""

    def __init__(self, likelihoods: Array, shares: Array) -> None:
        self.likelihoods, self.shares = likelihoods, shares
        self.xp = namespace(likelihoods)

    def _parts(self) -> Iterator[tuple[Array, Array]]:
        points, components = self.likelihoods.shape
        for rows in row_blocks(points, components, TWICE):
            yield self.likelihoods[rows, :], self.shares[rows]

    def measure(self, proportions: numpy.ndarray) -> Pass:
        r"""Return $f(\pi) = \sum_i c_i \log (L\pi)_i$ and $\nabla f$; the value is -inf where a point has density 0."""
        xp, moved = self.xp, from_numpy(proportions, like=self.likelihoods)
        value, gradient = 0.0, numpy.zeros_like(proportions)
        with numpy.errstate(divide="ignore", invalid="ignore"):
            for likelihoods, shares in self._parts():
                mixed = xp.matmul(likelihoods, moved)
                value += float(xp.sum(shares * xp.log(mixed)))
                gradient += to_numpy(xp.matmul(shares / mixed, likelihoods))
        return Pass(proportions, value, gradient)

    def curvature(self, proportions: numpy.ndarray) -> numpy.ndarray:
        r"""Return $-\nabla^2 f = \sum_i c_i L_i L_i^\top / (L\pi)_i^2$."""
        xp, moved = self.xp, from_numpy(proportions, like=self.likelihoods)
        curvature = numpy.zeros((proportions.size, proportions.size))
        for likelihoods, shares in self._parts():
            scaled = likelihoods * (xp.sqrt(shares) / xp.matmul(likelihoods, moved))[:, None]
            curvature += to_numpy(xp.matmul(xp.matrix_transpose(scaled), scaled))
        return curvature
