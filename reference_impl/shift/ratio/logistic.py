"""The ratio from logistic regression of source against target."""

import math
from collections.abc import Callable

import numpy

from reference_impl._array import Array
from reference_impl._checks import check_at_least, refuse
from reference_impl.shift.ratio.base import Ratio
from reference_impl.shift.ratio.blocks import in_blocks
from reference_impl.shift.ratio.design import Design
from reference_impl.shift.ratio.features import MAPS
from reference_impl.shift.ratio.newton import fit_logistic, linear_scores
from reference_impl.shift.ratio.ordering import seed_of
from reference_impl.shift.ratio.pool import Pool
from reference_impl.shift.samples import read_points

Features = str | Callable[[Array], Array]


class LogisticRatio(Ratio):
    def __init__(
        self,
        features: Features = "linear",
        *,
        penalty: float = 1.0,
        random_state: int | numpy.random.Generator = 0,
        on_disjoint: str = "raise",
    ) -> None:
        self.features, self.penalty = features, penalty
        self.random_state, self.on_disjoint = random_state, on_disjoint

    def _learn(self, source: Array, target: Array) -> None:
        check_features("features", self.features)
        check_at_least("penalty", self.penalty, 0, 1.0)
        source, target = self._mapped(source), self._mapped(target)
        pool = Pool(source, target, seed_of(self.random_state))
        self._columns = pool.columns("linear" if callable(self.features) else self.features)
        design = Design(self._columns, source, target)
        self.fit_ = fit_logistic(design, self.penalty)
        self.coefficients_ = self.fit_.coefficients.copy()
        self.coefficients_[0] += math.log(source.shape[0] / target.shape[0])

    def _mapped(self, points):
        if not callable(self.features):
            return points
        return read_points("features(x)", self.features(points))

    def _log_ratio(self, points: Array) -> Array:
        return in_blocks(
            lambda block: linear_scores(self._columns(block), self.coefficients_),
            self._mapped(points),
            len(self.coefficients_),
        )


def check_features(name: str, features: Features) -> None:
    """Raise unless `features` is the name of a map or a function."""
    if not callable(features) and features not in MAPS:
        choices = ", ".join(map(repr, MAPS))
        refuse(name, features, "is unknown", f"choose one of {choices}, or pass a function of points (n, d)")
