"""A convex quadratic over a box cut by a slab, by accelerated projected gradients."""

from collections.abc import Callable
from typing import NamedTuple

from reference_impl._array import Array, namespace

STEPS = 200
"""The most steps of a projection; each halves an interval, or jumps to where the sum would be right."""


class Region(NamedTuple):
    """The vectors whose entries are from 0 to `bound` and whose sum is from `least` to `most`."""

    bound: float
    least: float
    most: float

    def project(self, point: Array) -> Array:
        r"""Return the nearest vector of the region: $\min(\max(v - \tau, 0), B)$ with the $\tau$ that fits the sum."""
        xp = namespace(point)
        inside = xp.clip(point, min=0.0, max=self.bound)
        total = float(xp.sum(inside))
        if self.least <= total <= self.most:
            return inside
        wanted = self.least if total < self.least else self.most
        low, high = float(xp.min(point)) - self.bound, float(xp.max(point))
        shift = 0.0
        for _ in range(STEPS):
            inside = xp.clip(point - shift, min=0.0, max=self.bound)
            excess = float(xp.sum(inside)) - wanted
            if abs(excess) <= 1e-15 * wanted:
                break
            low, high = (shift, high) if excess > 0 else (low, shift)
            moving = int(xp.count_nonzero(xp.logical_and(inside > 0, inside < self.bound)))
            shift = shift + excess / moving if moving else high
            if not low < shift < high:
                shift = (low + high) / 2
        return inside


class Minimum(NamedTuple):
    """What `minimise` found, and the largest change of an entry in its last step."""

    point: Array
    change: float
    iterations: int


def minimise(
    product: Callable[[Array], Array],
    linear: Array,
    curvature: float,
    region: Region,
    *,
    tolerance: float,
    iterations: int,
) -> Minimum:
    r"""Minimise $\frac12 \beta^\top K \beta - \kappa^\top \beta$ over a region.

    `product` multiplies by K, `linear` is $\kappa$, and `curvature` is at least the largest eigenvalue of K. Momentum
    is dropped whenever it points uphill.

    Source:
        Beck and Teboulle, A fast iterative shrinkage-thresholding algorithm, 2009; O'Donoghue and Candès, Adaptive
        restart for accelerated gradient schemes, 2015.
    """
    xp = namespace(linear)
    here = ahead = region.project(xp.ones_like(linear))
    momentum, change, passed = 1.0, 0.0, 0
    for passed in range(1, iterations + 1):
        new = region.project(ahead - (product(ahead) - linear) / curvature)
        change = float(xp.max(xp.abs(new - ahead)))
        if change <= tolerance:
            return Minimum(new, change, passed)
        if float(xp.sum((ahead - new) * (new - here))) > 0:
            momentum = 1.0
        longer = (1 + (1 + 4 * momentum * momentum) ** 0.5) / 2
        ahead = new + (momentum - 1) / longer * (new - here)
        here, momentum = new, longer
    return Minimum(here, change, passed)
