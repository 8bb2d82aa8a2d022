"""What all estimators of label shift share: reading, calibration on the hold-out, and the class frequencies."""

from abc import abstractmethod
from typing import Self

from reference_impl._array import Array
from reference_impl._checks import check_choice
from reference_impl.shift.estimator import Estimator
from reference_impl.shift.labels.covariance import Solution
from reference_impl.shift.labels.estimate import LabelShiftEstimate
from reference_impl.shift.labels.holdout import check_condition, joint_moments, means_of, read_classes
from reference_impl.shift.labels.scaling import RIDGES, start_softmax
from reference_impl.shift.labels.scores import Scores, read_scores
from reference_impl.shift.labels.softmax_fit import Softmax, fit_softmax
from reference_impl.shift.samples import without_graph


class LabelShift(Estimator):
    """A hold-out that is fitted once, and any number of targets that are estimated with it."""

    calibration: str | None
    logits: bool

    def fit(self, scores: Array, labels: Array) -> Self:
        """Take scores (points, classes) and labels of points from the source that the classifier wasn't trained on."""
        check_choice("calibration", self.calibration, (None, *RIDGES))
        check_choice("logits", self.logits, (True, False))
        self._check_settings()
        scores = without_graph(scores)
        read = read_scores("scores", scores, logits=self.logits, least=2)
        chosen = read_classes(labels, scores)
        self._calibrator: Softmax | None = None
        if self.calibration is not None:
            start = start_softmax(self.calibration, scores.shape[1])
            self._calibrator = fit_softmax(start, read.logits, chosen, RIDGES[self.calibration])
            read = self._calibrator.apply(read.logits)
        self._holdout, self._chosen, self._like = read, chosen, scores[:1, :]
        self._frequencies = means_of(chosen)
        self._confusion = joint_moments(self._summary(read), chosen) / self._frequencies
        self.condition_ = check_condition(self._confusion)
        return self

    def estimate(self, target_scores: Array) -> LabelShiftEstimate:
        """Estimate weights and prior from the same classifier's scores (points, classes) of the unlabelled target."""
        self._check_fitted("condition_")
        read = read_scores("target_scores", without_graph(target_scores), logits=self.logits, like=self._like)
        if self._calibrator is not None:
            read = self._calibrator.apply(read.logits)
        solution = self._solve(read)
        return LabelShiftEstimate(solution, self.condition_, self._calibrator, self.logits, self._like)

    def _check_settings(self) -> None:
        """Check the settings that an estimator has beyond calibration and logits."""

    def _summary(self, scores: Scores) -> Array:
        """Return the functions of the scores (points, classes) whose means are compared."""
        return scores.posteriors

    @abstractmethod
    def _solve(self, target: Scores) -> Solution: ...
