"""Draws that don't depend on the order of the rows: points are sorted before anything is drawn from them."""

import numpy

from reference_impl._array import Array, to_numpy
from reference_impl.shift.randomness import generator


def ordered(points: numpy.ndarray) -> numpy.ndarray:
    """Return the order of the rows by the first column, then the second, and so on."""
    order = numpy.argsort(points[:, 0], kind="stable")
    first = points[order, 0]
    return numpy.lexsort(points.T[::-1]) if (first[1:] == first[:-1]).any() else order


def folds_of(sample: Array, folds: int, seed: int) -> numpy.ndarray:
    """Return the fold of each point, from 0 to folds - 1; folds differ by one point at most."""
    points = to_numpy(sample)
    found = numpy.empty(len(points), numpy.int64)
    found[ordered(points)] = numpy.random.default_rng(seed).permutation(len(points)) % folds
    return found


def seed_of(random_state: int | numpy.random.Generator) -> int:
    """Return a seed: the number itself, or one that the generator draws."""
    rng = generator(random_state)
    if isinstance(random_state, numpy.random.Generator):
        return int(rng.integers(2**32))
    return int(random_state)
