"""Random Fourier features (Rahimi & Recht, 2007)."""

import math

import numpy

from reference_impl._array import Array, from_numpy, namespace
from reference_impl.shift.kernels import median_distance
from reference_impl.shift.ratio.features.signature import Features, Place

WAVES = 200


def random_fourier(place: Place) -> Features:
    """Make x and waves whose products approximate the Gaussian kernel as wide as the median distance of two points."""
    width = median_distance(place.sample(), place.rng) or 1.0
    drawn = place.rng.standard_normal((place.coordinates, WAVES)) / width
    frequencies = from_numpy(drawn, place.like)
    phases = from_numpy(place.rng.uniform(0, 2 * math.pi, WAVES), place.like)
    height = math.sqrt(2 / WAVES)

    def columns(points: Array) -> Array:
        xp = namespace(points)
        waves = height * xp.cos(xp.matmul(points, frequencies) + phases)
        return xp.concat([points, waves], axis=1)

    groups = numpy.minimum(numpy.arange(place.coordinates + WAVES), place.coordinates)
    return Features(columns, groups)
