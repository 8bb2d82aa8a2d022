"""Squared distances and the Gaussian kernel, in blocks of rows, so that no n-by-n array is needed."""

import math
from collections.abc import Iterator

import numpy

from reference_impl._array import Array, namespace, to_numpy
from reference_impl.shift.rows import take_rows

BLOCK = 1 << 22
"""How many entries of a matrix of distances are held at once: 32 MB in float64."""


def row_blocks(rows: int, columns: int, most: int | None = None) -> Iterator[slice]:
    """Yield slices of rows, each of at most `most` entries in all, or BLOCK."""
    step = max(1, (BLOCK if most is None else most) // max(1, columns))
    return (slice(start, min(start + step, rows)) for start in range(0, rows, step))


def squared_distances(x: Array, y: Array) -> Array:
    """Return the squared Euclidean distances (n, m) between the rows of x (n, d) and of y (m, d)."""
    xp = namespace(x)
    found = xp.matmul(-2.0 * x, xp.matrix_transpose(y))
    found += xp.sum(x * x, axis=1)[:, None]
    found += xp.sum(y * y, axis=1)[None, :]
    return xp.clip(found, min=0.0)


def gaussian_kernel(x: Array, y: Array, width: float) -> Array:
    r"""Return $\exp(-|x - y|^2 / 2\ell^2)$ for all rows of x and of y, with $\ell$ = width."""
    xp = namespace(x)
    return xp.exp(-squared_distances(x, y) / (2 * width * width))


def median_distance(points: Array, rng: numpy.random.Generator, most: int = 500) -> float:
    """Return the median distance between two of the points, from at most `most` of them that `rng` draws.

    The points are drawn with NumPy, and so are the same on every library and device.
    """
    rows = points.shape[0]
    if rows > most:
        points = take_rows(points, numpy.sort(rng.choice(rows, most, replace=False)))
    values = to_numpy(points).astype(numpy.float64)
    gaps = to_numpy(squared_distances(values, values))[numpy.triu_indices(len(values), 1)]
    return math.sqrt(float(numpy.median(gaps)))
