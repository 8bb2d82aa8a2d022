"""A sample of the source and one of the target, whose density ratio is known at every point."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy

from reference_impl._array import Array, from_numpy
from reference_impl._checks import check_size
from reference_impl.shift.randomness import generator
from reference_impl.shift.simulate.places import place


@dataclass(frozen=True)
class CovariateShift:
    """A sample of the source, one of the target, and the exact ratio of their densities."""

    source: Array
    target: Array
    weights: Array
    log_ratio: Callable[[Array], Array]
    mean_square: float


def generator_and_shapes(
    points: int, features: int, target_points: int | None, random_state: int | numpy.random.Generator
) -> tuple[numpy.random.Generator, tuple[int, int], tuple[int, int]]:
    """Return the generator, and the shapes of the samples of the source and of the target."""
    check_size("points", points)
    check_size("features", features)
    if target_points is not None:
        check_size("target_points", target_points)
    in_target = points if target_points is None else target_points
    return generator(random_state), (points, features), (in_target, features)


def moved(
    source: numpy.ndarray,
    target: numpy.ndarray,
    log_ratio: Callable[[Array], Array],
    mean_square: float,
    like: Array | None,
) -> CovariateShift:
    """Return the samples and the weights as arrays like `like`."""
    home = place(like)
    weights = numpy.exp(log_ratio(source))
    placed = (from_numpy(source, home), from_numpy(target, home), from_numpy(weights, home))
    return CovariateShift(*placed, log_ratio=log_ratio, mean_square=mean_square)
