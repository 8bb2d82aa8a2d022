"""The ratio from the candidate that cross-validation chooses."""

from collections.abc import Iterable, Sequence

import numpy

from reference_impl._array import Array
from reference_impl.shift.estimator import clone
from reference_impl.shift.ratio.base import Ratio
from reference_impl.shift.ratio.gaussian import GaussianRatio
from reference_impl.shift.ratio.held_out import (
    check_candidates,
    check_folds,
    held_out_losses,
    simplest_of_the_best,
)
from reference_impl.shift.ratio.logistic import LogisticRatio
from reference_impl.shift.ratio.ordering import seed_of


class CovariateRatio(Ratio):
    def __init__(
        self,
        candidates: Sequence[Ratio] | None = None,
        *,
        folds: int = 3,
        random_state: int | numpy.random.Generator = 0,
        on_disjoint: str = "raise",
    ) -> None:
        self.candidates, self.folds = candidates, folds
        self.random_state, self.on_disjoint = random_state, on_disjoint

    def _learn(self, source: Array, target: Array) -> None:
        seed = seed_of(self.random_state)
        candidates = default_candidates(seed) if self.candidates is None else self.candidates
        check_candidates(candidates)
        check_folds(self.folds, source, target)
        losses = held_out_losses(candidates, source, target, self.folds, seed)
        self.losses_ = losses.mean(axis=1).tolist()
        self.best_ = clone(candidates[simplest_of_the_best(losses, 0.5)])
        self.best_._learn(source, target)

    def _log_ratio(self, points: Array) -> Array:
        return self.best_._log_ratio(points)

    def _doubts(self) -> Iterable[str]:
        return self.best_._doubts()


def default_candidates(seed: int) -> list[Ratio]:
    """Return the candidates from simple to rich."""
    return [
        LogisticRatio("linear"),
        GaussianRatio(ridge=1e-6),
        LogisticRatio("quadratic"),
        LogisticRatio("additive"),
        LogisticRatio("kernel", random_state=seed),
    ]
