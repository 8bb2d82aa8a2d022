"""What all estimators of label shift share: reading, calibration on the hold-out, and the class frequencies."""

from abc import abstractmethod
from typing import Self

import numpy

from reference_impl._array import Array, namespace, to_numpy
from reference_impl._checks import check_choice
from reference_impl.shift.estimator import Estimator
from reference_impl.shift.labels.covariance import Solution
from reference_impl.shift.labels.estimate import LabelShiftEstimate
from reference_impl.shift.labels.holdout import check_condition, joint_moments, read_classes
from reference_impl.shift.labels.scaling import start_softmax
from reference_impl.shift.labels.scores import Scores, read_scores
from reference_impl.shift.labels.softmax_fit import Softmax, fit_softmax

CALIBRATIONS = (None, "temperature", "bcts", "vector")


class LabelShift(Estimator):
    """A hold-out that is fitted once, and any number of targets that are estimated with it."""

    calibration: str | None
    logits: bool
    _calibrator: Softmax | None
    _holdout: Scores
    _chosen: Array

    def fit(self, scores: Array, labels: Array) -> Self:
        """Keep the scores of labelled points from the source, calibrate them, and check that the classes differ."""
        check_choice("calibration", self.calibration, CALIBRATIONS)
        check_choice("logits", self.logits, (True, False))
        self._check_settings()
        read = read_scores("scores", scores, logits=self.logits, least=2)
        self._chosen = read_classes(labels, scores)
        self._calibrator = None
        if self.calibration is not None:
            start, ridge = start_softmax(self.calibration, scores.shape[1])
            self._calibrator = fit_softmax(start, read.logits, self._chosen, ridge)
            read = self._calibrator.apply(read.logits)
        self._holdout, self._like = read, scores[:1, :]
        self.frequencies_ = to_numpy(namespace(scores).mean(self._chosen, axis=0))
        self.confusion_ = joint_moments(self._summary(read), self._chosen) / self.frequencies_
        self.condition_ = check_condition(self.confusion_)
        return self

    def estimate(self, target_scores: Array) -> LabelShiftEstimate:
        """Estimate the weights from the scores of unlabelled points from the target."""
        self._check_fitted("condition_")
        read = read_scores("target_scores", target_scores, logits=self.logits, like=self._like)
        if self._calibrator is not None:
            read = self._calibrator.apply(read.logits)
        solution = self._solve(read)
        return LabelShiftEstimate(solution, self.condition_, self._calibrator, self.logits, self._like)

    def _check_settings(self) -> None:
        """Check the settings that this estimator has beyond calibration and logits."""

    def _summary(self, scores: Scores) -> Array:
        """Return the functions of the scores (points, classes) whose means this estimator compares."""
        return scores.posteriors

    @abstractmethod
    def _solve(self, target: Scores) -> Solution: ...
