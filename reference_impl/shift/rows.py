"""Rows by their numbers, which NumPy holds."""

import numpy

from reference_impl._array import Array, from_numpy, namespace


def take_rows(values: Array, numbers: numpy.ndarray) -> Array:
    """Return the rows of `values` (or the entries, where there is one axis) with these numbers."""
    xp = namespace(values)
    return xp.take(values, from_numpy(numbers, like=values, dtype=xp.int64), axis=0)
