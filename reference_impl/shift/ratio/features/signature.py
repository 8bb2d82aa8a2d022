"""What a map is given, and what it makes."""

from collections.abc import Callable

import numpy

from reference_impl._array import Array

Columns = Callable[[Array], Array]
"""Makes features (rows, columns) of points (rows, d), both of float64."""

Sample = Callable[[], numpy.ndarray]
"""Gives standardised points of both samples, sorted."""
