"""The coordinates, and their squares."""

import numpy

from reference_impl._array import namespace
from reference_impl.shift.ratio.features.signature import Features, Place


def linear(place: Place) -> Features:
    """Make x itself: right where p and q are Gaussians with one covariance."""
    return Features(lambda points: points, numpy.arange(place.coordinates))


def quadratic(place: Place) -> Features:
    """Make x and the squares of its coordinates: right for Gaussians whose coordinates change their variances."""
    groups = numpy.arange(2 * place.coordinates)
    return Features(lambda points: namespace(points).concat([points, points * points], axis=1), groups)
