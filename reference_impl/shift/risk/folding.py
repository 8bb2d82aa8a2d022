"""Folds of the source that don't depend on the order of its rows."""

import numpy

from reference_impl._array import Array
from reference_impl._checks import check_size, refuse
from reference_impl.shift.randomness import generator
from reference_impl.shift.ratio.ordering import folds_of

Split = tuple[numpy.ndarray, numpy.ndarray]


def check_folds(folds: int, points: int) -> None:
    """Raise unless each fold has a point and each fit has some."""
    check_size("folds", folds)
    if not 2 <= folds <= points:
        refuse("folds", folds, f"must lie from 2 to the {points} points of the source", "pass e.g. folds=5")


def folds_of_rows(
    source: Array, folds: int, random_state: int | numpy.random.Generator
) -> tuple[list[Split], numpy.ndarray]:
    """Return the rows inside and outside of each fold, and the order that leads from fold after fold back to rows."""
    fold_of = folds_of(source, folds, int(generator(random_state).integers(2**32)))
    splits = [
        (numpy.flatnonzero(fold_of == fold), numpy.flatnonzero(fold_of != fold)) for fold in range(folds)
    ]
    return splits, numpy.argsort(numpy.concatenate([inside for inside, _ in splits]))
