"""MMD² for many labellings of one pooled sample at once: exactly, or with random features of the kernel."""

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy
from reference_impl.shift.kernels import gaussian_kernel

ENTRIES = 1 << 20
"""How many entries of a kernel matrix or of features are held at once: 8 MB."""


def exact_statistics(points: Array, width: float, indicators: numpy.ndarray) -> numpy.ndarray:
    """Return the unbiased MMD² for each column of `indicators`, which are 1 at source points and 0 at the others.

    With K without its diagonal, all sums within the source are the column sums of S * (K S). Only the part of K above
    the diagonal is computed.
    """
    xp = namespace(points)
    within, row_sums = 0.0, xp.zeros_like(points[:, 0])
    sources = from_numpy(indicators, like=points)
    for rows in _blocks(points.shape[0], points.shape[0]):
        above = xp.triu(gaussian_kernel(points[rows, :], points[rows.start :, :], width), k=1)
        products = xp.matmul(above, sources[rows.start :, :])
        within = within + 2 * xp.sum(sources[rows, :] * products, axis=0)
        row_sums[rows] += xp.sum(above, axis=1)
        row_sums[rows.start :] += xp.sum(above, axis=0)
    touching = to_numpy(xp.matmul(row_sums, sources))
    source_sums = to_numpy(within)
    across = touching - source_sums
    target_sums = float(xp.sum(row_sums)) - source_sums - 2 * across
    return _unbiased(source_sums, target_sums, across, indicators)


def random_feature_statistics(
    points: Array, width: float, indicators: numpy.ndarray, features: int, rng: numpy.random.Generator
) -> numpy.ndarray:
    """Return the same with the kernel's estimate from `features` cosines and sines of random frequencies."""
    xp = namespace(points)
    frequencies = from_numpy(rng.standard_normal((points.shape[1], features // 2)) / width, like=points)
    source_sums, every = 0.0, 0.0
    for rows in _blocks(points.shape[0], features):
        angles = xp.matmul(points[rows, :], frequencies)
        waves = xp.concat([xp.cos(angles), xp.sin(angles)], axis=1)
        sources = from_numpy(indicators[rows], like=points)
        source_sums = source_sums + xp.matmul(xp.matrix_transpose(sources), waves)
        every = every + xp.sum(waves, axis=0)
    target_sums = every - source_sums

    def products(first: Array, second: Array) -> numpy.ndarray:
        return to_numpy(xp.sum(first * second, axis=1)) * 2 / features

    n, m = _sizes(indicators)  # a point's product with itself is 1
    within, beyond = products(source_sums, source_sums) - n, products(target_sums, target_sums) - m
    return _unbiased(within, beyond, products(source_sums, target_sums), indicators)


def _blocks(rows: int, columns: int) -> list[slice]:
    step = max(1, ENTRIES // columns)
    return [slice(start, min(start + step, rows)) for start in range(0, rows, step)]


def _sizes(indicators: numpy.ndarray) -> tuple[int, int]:
    n = int(indicators[:, 0].sum())
    return n, len(indicators) - n


def _unbiased(
    source: numpy.ndarray, target: numpy.ndarray, across: numpy.ndarray, indicators: numpy.ndarray
) -> numpy.ndarray:
    n, m = _sizes(indicators)
    return source / (n * (n - 1)) + target / (m * (m - 1)) - 2 * across / (n * m)
