"""What a map of features is given, and what it makes."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy

from reference_impl._array import Array

Columns = Callable[[Array], Array]
"""Makes features (rows, columns) of points (rows, d), both of float64."""

Sample = Callable[[], numpy.ndarray]
"""Gives standardised points of both samples, sorted."""


@dataclass(frozen=True)
class Features:
    """A map of features, and for each column the number of its group, whose columns share a penalty."""

    columns: Columns
    groups: numpy.ndarray


@dataclass(frozen=True)
class Place:
    """What a map is made for: points with so many coordinates, where `like` is, and what it may learn from."""

    coordinates: int
    like: Array
    sample: Sample
    rng: numpy.random.Generator
