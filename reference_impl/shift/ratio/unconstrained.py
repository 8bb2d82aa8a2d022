"""uLSIF and RuLSIF: least-squares estimates of the ratio, with width and penalty chosen by leaving out each pair."""

import math
from collections.abc import Sequence

import numpy

from reference_impl._array import Array, namespace
from reference_impl._checks import check_fraction
from reference_impl.shift.ratio.base import Ratio, logarithm
from reference_impl.shift.ratio.bumps import Bumps, draw_centers, read_widths
from reference_impl.shift.ratio.least_squares import LeaveOneOut, Moments, check_penalties, refuse_unreached

PENALTIES = tuple(10.0 ** (exponent / 2) for exponent in range(-8, 5))
"""From 0.0001 to 100, two for each power of ten."""


class LeastSquaresRatio(Ratio):
    """A ratio that is linear in Gaussian bumps, relative to a mixture with the share `_alpha` of the target."""

    n_centers: int
    widths: Sequence[float] | None
    penalties: Sequence[float]
    random_state: int | numpy.random.Generator
    _alpha = 0.0

    def _learn(self, source: Array, target: Array) -> None:
        penalties = check_penalties(self.penalties)
        rng = numpy.random.default_rng(self.random_state)
        self.centers_ = draw_centers(target, self.n_centers, rng)
        bumps = Bumps(self.centers_, read_widths(self.widths, source, target, rng))

        moments = [Moments(self._alpha) for _ in bumps.widths]
        for block in bumps.blocks(source):
            for one, features in zip(moments, block, strict=True):
                one.add_source(features)
        for block in bumps.blocks(target):
            for one, features in zip(moments, block, strict=True):
                one.add_target(features)
        if not any(one.reaches_the_source() for one in moments):
            refuse_unreached("widths", self.widths)

        self.widths_, self.penalties_ = bumps.widths, penalties
        self.scores_ = score(bumps, moments, penalties, source, target)
        self.score_ = min(min(row) for row in self.scores_)
        chosen = next(number for number, row in enumerate(self.scores_) if self.score_ in row)
        self.width_ = self.widths_[chosen]
        self.penalty_ = penalties[self.scores_[chosen].index(self.score_)]
        self.coefficients_ = moments[chosen].solve(self.penalty_)
        self._bumps = Bumps(self.centers_, [self.width_])
        self._ratio_at_source = self._ratio(source)

    def _ratio(self, points: Array) -> Array:
        found = self._bumps.combine(points, self.coefficients_)
        return namespace(found).where(found > 0, found, namespace(found).zeros_like(found))

    def _on_source(self, source: Array) -> Array:
        return self._ratio_at_source

    def _log_on_source(self, source: Array) -> Array:
        return logarithm(self._ratio_at_source)


class ULSIF(LeastSquaresRatio):
    r"""Estimate $w = p/q$."""

    def __init__(
        self,
        n_centers: int = 100,
        widths: Sequence[float] | None = None,
        penalties: Sequence[float] = PENALTIES,
        *,
        random_state: int | numpy.random.Generator = 0,
        on_disjoint: str = "raise",
    ) -> None:
        self.n_centers, self.widths, self.penalties = n_centers, widths, penalties
        self.random_state, self.on_disjoint = random_state, on_disjoint


def score(
    bumps: Bumps, moments: Sequence[Moments], penalties: Sequence[float], source: Array, target: Array
) -> tuple[tuple[float, ...], ...]:
    """Return the mean loss at left-out pairs for each width (rows) and penalty; infinite where no bump is reached."""
    left_out = [LeaveOneOut(one, penalties) if one.reaches_the_source() else None for one in moments]
    pairs = min(source.shape[0], target.shape[0])
    totals = [0.0 for _ in moments]
    for rows in bumps.rows(source[:pairs, :]):
        blocks = zip(left_out, bumps.at(source[rows, :]), bumps.at(target[rows, :]), strict=True)
        for number, (one, at_source, at_target) in enumerate(blocks):
            if one is not None:
                totals[number] = totals[number] + one.total(at_source, at_target)
    return tuple(
        tuple(float(value) / pairs for value in total) if one is not None else (math.inf,) * len(penalties)
        for one, total in zip(left_out, totals, strict=True)
    )
