"""The ratio from any classifier of source against target, cross-fitted and calibrated."""

import math
from typing import Any

import numpy

from reference_impl._array import Array, from_numpy, namespace, to_numpy
from reference_impl._checks import check_choice
from reference_impl.shift.ratio.base import Ratio
from reference_impl.shift.ratio.calibration import CALIBRATIONS, calibrate
from reference_impl.shift.ratio.held_out import check_folds, rows_where
from reference_impl.shift.ratio.ordering import folds_of, ordered, seed_of
from reference_impl.shift.ratio.scoring import Score, check_classifier, trained
from reference_impl.shift.ratio.separation import area_under_curve


class ClassifierRatio(Ratio):
    def __init__(
        self,
        classifier: Any,
        *,
        calibration: str | None = "platt",
        folds: int = 5,
        random_state: int | numpy.random.Generator = 0,
        on_disjoint: str = "raise",
    ) -> None:
        self.classifier, self.calibration, self.folds = classifier, calibration, folds
        self.random_state, self.on_disjoint = random_state, on_disjoint

    def _learn(self, source: Array, target: Array) -> None:
        check_classifier(self.classifier)
        check_choice("calibration", self.calibration, CALIBRATIONS)
        check_folds(self.folds, source, target)
        seed = seed_of(self.random_state)
        samples = (source, target)
        folds = [folds_of(sample, self.folds, seed) for sample in samples]
        held_out = [numpy.empty(sample.shape[0]) for sample in samples]
        self.scores_: list[Score] = []
        for fold in range(self.folds):
            parts = [rows_where(sample, of != fold) for sample, of in zip(samples, folds, strict=True)]
            points, labels = _labelled(parts[0], parts[1], seed)
            score = trained(self.classifier, points, labels)
            for sample, of, found in zip(samples, folds, held_out, strict=True):
                found[of == fold] = to_numpy(score(rows_where(sample, of == fold)))
            self.scores_.append(score)
        self.slope_, intercept = calibrate(self.calibration, held_out[0], held_out[1])
        self.intercept_ = intercept + math.log(source.shape[0] / target.shape[0])
        self._held_out = [
            from_numpy(self.slope_ * scores + self.intercept_, source, namespace(source).float64)
            for scores in held_out
        ]

    def _log_ratio(self, points: Array) -> Array:
        every = [score(points) for score in self.scores_]
        return self.slope_ * (sum(every[1:], every[0]) / len(every)) + self.intercept_

    def _log_on_source(self, source: Array) -> Array:
        return self._held_out[0]

    def _auc(self, target: Array) -> float:
        return area_under_curve(*self._held_out)


def _labelled(source: Array, target: Array, seed: int) -> tuple[Array, numpy.ndarray]:
    """Return the points of both, shuffled, and 0 for those of the source, 1 for those of the target.

    The order doesn't depend on that of the rows, and blocks of it contain both samples.
    """
    xp = namespace(source)
    points = xp.concat([source, target], axis=0)
    labels = numpy.repeat([0, 1], [source.shape[0], target.shape[0]])
    order = ordered(to_numpy(points))[numpy.random.default_rng(seed).permutation(len(labels))]
    return xp.take(points, from_numpy(order, source, xp.int64), axis=0), labels[order]
