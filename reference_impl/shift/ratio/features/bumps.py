"""Gaussian bumps, along each coordinate or around centres."""

import numpy

from reference_impl._array import Array, from_numpy, namespace
from reference_impl.shift.kernels import gaussian_kernel, median_distance
from reference_impl.shift.ratio.features.signature import Columns, Sample

BUMPS, SPAN, OVERLAP = 8, (0.03, 0.97), 1.2
CENTERS = 100


def additive_bumps(sample: Sample, rng: numpy.random.Generator, like: Array) -> Columns:
    """Make x and, along each coordinate, bumps at its quantiles: a sum of functions of one coordinate each."""
    places = numpy.quantile(sample(), numpy.linspace(*SPAN, BUMPS), axis=0)
    widths = OVERLAP * (places[-1] - places[0]) / (BUMPS - 1)
    scales = numpy.where(widths > 0, widths, 1.0)
    moved, inverse = from_numpy(places.T, like), from_numpy(1 / scales, like)

    def columns(points: Array) -> Array:
        xp = namespace(points)
        gaps = (points[:, :, None] - moved[None, :, :]) * inverse[None, :, None]
        return xp.concat([points, xp.reshape(xp.exp(-gaps * gaps / 2), (points.shape[0], -1))], axis=1)

    return columns


def kernel_bumps(sample: Sample, rng: numpy.random.Generator, like: Array) -> Columns:
    """Make x and Gaussian bumps around points that are drawn, as wide as the median distance of two points."""
    points = sample()
    drawn = rng.choice(len(points), min(CENTERS, len(points)), replace=False)
    centers = from_numpy(points[drawn], like)
    width = median_distance(points, rng) or 1.0
    return lambda points: namespace(points).concat([points, gaussian_kernel(points, centers, width)], axis=1)
