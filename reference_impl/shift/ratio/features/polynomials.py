"""The coordinates, and their squares."""

import numpy

from reference_impl._array import Array, namespace
from reference_impl.shift.ratio.features.signature import Columns, Sample


def linear(sample: Sample, rng: numpy.random.Generator, like: Array) -> Columns:
    """Make x itself: right where p and q are Gaussians with one covariance."""
    return lambda points: points


def quadratic(sample: Sample, rng: numpy.random.Generator, like: Array) -> Columns:
    """Make x and the squares of its coordinates: right for Gaussians with different variances."""
    return lambda points: namespace(points).concat([points, points * points], axis=1)
