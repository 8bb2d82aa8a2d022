"""Gaussian bumps, along each coordinate or around centres."""

import numpy

from reference_impl._array import Array, from_numpy, namespace
from reference_impl.shift.kernels import gaussian_kernel, median_distance
from reference_impl.shift.ratio.features.signature import Features, Place

BUMPS, SPAN, OVERLAP = 8, (0.03, 0.97), 1.2
CENTERS = 100


def additive_bumps(place: Place) -> Features:
    """Make x and, along each coordinate, bumps at its quantiles: a sum of functions of one coordinate each."""
    places = numpy.quantile(place.sample(), numpy.linspace(*SPAN, BUMPS), axis=0)
    widths = OVERLAP * (places[-1] - places[0]) / (BUMPS - 1)
    inverse = from_numpy(1 / numpy.where(widths > 0, widths, 1.0), place.like)
    moved = from_numpy(places.T, place.like)

    def columns(points: Array) -> Array:
        xp = namespace(points)
        gaps = (points[:, :, None] - moved[None, :, :]) * inverse[None, :, None]
        return xp.concat([points, xp.reshape(xp.exp(-gaps * gaps / 2), (points.shape[0], -1))], axis=1)

    coordinates = numpy.arange(place.coordinates)
    return Features(columns, numpy.concatenate([coordinates, len(coordinates) + coordinates.repeat(BUMPS)]))


def kernel_bumps(place: Place) -> Features:
    """Make x and Gaussian bumps around points that are drawn, as wide as the median distance of two points."""
    sample = place.sample()
    drawn = place.rng.choice(len(sample), min(CENTERS, len(sample)), replace=False)
    centers = from_numpy(sample[drawn], place.like)
    width = median_distance(sample, place.rng) or 1.0
    groups = numpy.minimum(numpy.arange(place.coordinates + len(drawn)), place.coordinates)
    return Features(
        lambda points: namespace(points).concat([points, gaussian_kernel(points, centers, width)], axis=1),
        groups,
    )
