"""Gaussian kernels at centres that are drawn from the target: the features of all kernel ratios."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy

from reference_impl._array import Array, device, namespace, to_numpy
from reference_impl._checks import check_size, refuse
from reference_impl.shift.kernels import BLOCK, row_blocks, squared_distances
from reference_impl.shift.precision import in_double
from reference_impl.shift.ratio.least_squares import check_penalty
from reference_impl.shift.rows import take_rows
from reference_impl.shift.warning import warn

WIDTHS = (0.3, 0.5, 0.75, 1.0, 1.5, 2.5)
"""The widths that are tried where none are given, as multiples of the median distance between two points."""

SMALLER = 64
"""On the CPU, a block of features is so many times smaller than a block of distances: it is used while in the cache."""

PAIRS = 4000
"""The median distance is taken over so many pairs of points."""


class Bumps:
    r"""Gaussian kernels $\exp(-|x - c|^2 / 2\ell^2)$ at the centres c, for several widths at once.

    Distances don't change when everything is moved, so all points are first taken relative to the mean of the
    centres. Far from the origin, the differences of squares would lose their digits otherwise.
    """

    def __init__(self, centers: Array, widths: Sequence[float]) -> None:
        self.widths = tuple(widths)
        self.origin = namespace(centers).mean(centers, axis=0)
        self.centers = centers - self.origin

    def at(self, points: Array) -> list[Array]:
        """Return the features (points, centres) for each width, from one array of distances."""
        xp = namespace(points)
        squared = squared_distances(points - self.origin, self.centers)
        return [xp.exp(squared * (-0.5 / (width * width))) for width in self.widths]

    def blocks(self, points: Array) -> Iterable[list[Array]]:
        """Return the features of all points, in blocks of rows, which are kept for a second run where they are few."""
        entries = points.shape[0] * self.centers.shape[0] * len(self.widths)
        return list(self._blocks(points)) if entries <= BLOCK else Again(lambda: self._blocks(points))

    def _blocks(self, points: Array) -> Iterator[list[Array]]:
        smaller = SMALLER if "cpu" in str(device(points)).lower() else 1
        rows = row_blocks(points.shape[0], smaller * self.centers.shape[0])
        return (self.at(points[block, :]) for block in rows)

    def means(self, points: Array) -> list[Array]:
        """Return the mean features (centres,) for each width, added up in float64: to such a mean others relate."""
        xp = namespace(points)
        totals: list[Any] = [0.0 for _ in self.widths]
        for block in self._blocks(points):
            for number, features in enumerate(block):
                totals[number] = totals[number] + xp.sum(in_double(features), axis=0)
        return [total / points.shape[0] for total in totals]

    def all(self, points: Array) -> Array:
        """Return the features (points, centres) for the first width."""
        return namespace(points).concat([features for features, *_ in self._blocks(points)])

    def combine(self, points: Array, coefficients: Array) -> Array:
        """Return the sum of the features of the first width, weighed by the coefficients, at each point."""
        xp = namespace(points)
        column = xp.astype(coefficients, points.dtype)[:, None]
        return xp.concat([xp.matmul(features, column)[:, 0] for features, *_ in self._blocks(points)])


class Again:
    """Computes its items anew in each run through them."""

    def __init__(self, start: Callable[[], Iterator[list[Array]]]) -> None:
        self.start = start

    def __iter__(self) -> Iterator[list[Array]]:
        return self.start()


def draw_centers(target: Array, n_centers: int, rng: numpy.random.Generator) -> Array:
    """Return `n_centers` points of the target, or all of them, with a warning, where there are fewer."""
    check_size("n_centers", n_centers)
    points = target.shape[0]
    if n_centers > points:
        rule = f"the target has only {points} points, and all of them become centres"
        warn("n_centers", str(n_centers), rule, f"pass n_centers={points} or less")
        n_centers = points
    return take_rows(target, rng.choice(points, n_centers, replace=False))


def read_widths(widths: Any, source: Array, target: Array, rng: numpy.random.Generator) -> tuple[float, ...]:
    """Return the widths as floats; for None, multiples of the median distance between points of both samples."""
    if widths is None:
        median = median_distance("widths", source, target, rng)
        return tuple(factor * median for factor in WIDTHS)
    if not isinstance(widths, Sequence) or not widths:
        refuse(
            "widths",
            widths,
            "must be None or a sequence of numbers",
            "pass e.g. widths=(0.5, 1.0)",
            TypeError,
        )
    for width in widths:
        check_penalty("widths", width)
    return tuple(map(float, widths))


def median_distance(name: str, source: Array, target: Array, rng: numpy.random.Generator) -> float:
    """Return the median distance of pairs of points of both samples, which `rng` draws, for the setting `name`."""
    total = source.shape[0] + target.shape[0]
    first = rng.integers(total, size=PAIRS)
    second = (first + 1 + rng.integers(total - 1, size=PAIRS)) % total
    gaps = _of_both(source, target, first) - _of_both(source, target, second)
    squared = namespace(source).sum(gaps * gaps, axis=1)
    median = math.sqrt(float(numpy.median(to_numpy(squared))))
    if not median > 0:
        refuse(name, None, "can't follow the median distance between points, which is 0", f"set {name}")
    return median


def _of_both(source: Array, target: Array, numbers: numpy.ndarray) -> Array:
    xp = namespace(source)
    n = source.shape[0]
    in_source = xp.asarray(numbers < n, device=device(source))[:, None]
    of_source = take_rows(source, numpy.minimum(numbers, n - 1))
    return xp.where(in_source, of_source, take_rows(target, numpy.maximum(numbers - n, 0)))
