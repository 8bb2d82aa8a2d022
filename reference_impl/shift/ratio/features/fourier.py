"""Random Fourier features (Rahimi & Recht, 2007)."""

import math

import numpy

from reference_impl._array import Array, from_numpy, namespace
from reference_impl.shift.kernels import median_distance
from reference_impl.shift.ratio.features.signature import Columns, Sample

WAVES = 200


def random_fourier(sample: Sample, rng: numpy.random.Generator, like: Array) -> Columns:
    """Make x and waves whose products approximate the Gaussian kernel as wide as the median distance of two points."""
    points = sample()
    width = median_distance(points, rng) or 1.0
    frequencies = from_numpy(rng.standard_normal((points.shape[1], WAVES)) / width, like)
    phases = from_numpy(rng.uniform(0, 2 * math.pi, WAVES), like)
    height = math.sqrt(2 / WAVES)

    def columns(points: Array) -> Array:
        xp = namespace(points)
        waves = height * xp.cos(xp.matmul(points, frequencies) + phases)
        return xp.concat([points, waves], axis=1)

    return columns
