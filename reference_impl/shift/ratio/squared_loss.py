"""What uLSIF and RuLSIF share: the fit in blocks, with width and penalty chosen by leaving out each pair."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy

from reference_impl._array import Array, namespace, to_numpy
from reference_impl._checks import check_size
from reference_impl.shift.randomness import generator
from reference_impl.shift.ratio.base import Ratio, logarithm
from reference_impl.shift.ratio.bumps import Bumps, draw_centers, read_widths
from reference_impl.shift.ratio.least_squares import LeaveOneOut, Moments, check_penalties, refuse_unreached

PENALTIES = tuple(10.0 ** (exponent / 2) for exponent in range(-8, 5))
"""From 0.0001 to 100, two for each power of ten."""


class LeastSquaresRatio(Ratio):
    """A ratio that is linear in Gaussian bumps, relative to a mixture with some share of the target."""

    n_centers: int
    widths: Sequence[float] | None
    penalties: Sequence[float]
    pairs: int | None
    random_state: int | numpy.random.Generator

    def _fit_mixture(self, source: Array, target: Array, alpha: float) -> None:
        penalties = check_penalties(self.penalties)
        if self.pairs is not None:
            check_size("pairs", self.pairs)
        rng = generator(self.random_state)
        self.centers_ = draw_centers(target, self.n_centers, rng)
        bumps = Bumps(self.centers_, read_widths(self.widths, source, target, rng))
        blocks = bumps.blocks(source), bumps.blocks(target)
        moments = add_up(alpha, len(bumps.widths), *blocks)
        if not any(one.reaches_the_source() for one in moments):
            refuse_unreached("widths", self.widths)

        step = 1 if self.pairs is None else -(-min(source.shape[0], target.shape[0]) // self.pairs)
        if step > 1:
            blocks = bumps.blocks(source[::step, :]), bumps.blocks(target[::step, :])
        self.widths_, self.penalties_ = bumps.widths, penalties
        self.scores_ = score(moments, penalties, *blocks)
        self.score_, width, penalty = min(
            (value, row, column)
            for row, values in enumerate(self.scores_)
            for column, value in enumerate(values)
        )
        self.width_, self.penalty_ = self.widths_[width], self.penalties_[penalty]
        self.coefficients_ = moments[width].solve(self.penalty_)
        self._bumps = Bumps(self.centers_, [self.width_])
        self._linear_at_source = self._linear(source)

    def _linear(self, points: Array) -> Array:
        """Return the ratio that was fitted, relative to the mixture, clipped at 0."""
        found = self._bumps.combine(points, self.coefficients_)
        return namespace(found).clip(found, min=0.0)

    def _convert(self, linear: Array) -> Array:
        """Return the weights that belong to values of the ratio that was fitted."""
        return linear

    def _ratio(self, points: Array) -> Array:
        return self._convert(self._linear(points))

    def _on_source(self, source: Array) -> Array:
        return self._convert(self._linear_at_source)

    def _log_on_source(self, source: Array) -> Array:
        return logarithm(self._on_source(source))


def add_up(
    alpha: float, widths: int, source: Iterable[list[Array]], target: Iterable[list[Array]]
) -> list[Moments]:
    """Return the sums over both samples for each width."""
    moments = [Moments(alpha) for _ in range(widths)]
    for block in source:
        for one, features in zip(moments, block, strict=True):
            one.source.add(features)
    for block in target:
        for one, features in zip(moments, block, strict=True):
            one.target.add(features)
    return moments


def score(
    moments: Sequence[Moments],
    penalties: Sequence[float],
    source: Iterable[list[Array]],
    target: Iterable[list[Array]],
) -> tuple[tuple[float, ...], ...]:
    """Return the mean loss at left-out pairs for each width (rows) and penalty; infinite where no bump is reached."""
    left_out = [LeaveOneOut(one, penalties) if one.reaches_the_source() else None for one in moments]
    totals: list[Any] = [0.0 for _ in moments]
    pairs = 0
    for at_source, at_target in zip(source, target, strict=False):
        common = min(at_source[0].shape[0], at_target[0].shape[0])
        pairs += common
        for number, one in enumerate(left_out):
            if one is not None:
                both = at_source[number][:common, :], at_target[number][:common, :]
                totals[number] = totals[number] + one.total(*both)
    return tuple(
        tuple(value / pairs for value in to_numpy(total).tolist())
        if one is not None
        else (math.inf,) * len(penalties)
        for one, total in zip(left_out, totals, strict=True)
    )
