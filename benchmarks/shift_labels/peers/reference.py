"""Our own estimates."""

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.shift_labels.many_classes import SOLVER
from benchmarks.shift_labels.peers import (
    BLACK_BOX,
    COUNTS,
    MAXIMUM,
    OPTIMAL,
    PLAIN_MAXIMUM,
    PLAIN_OPTIMAL,
    RIDGE,
    VECTOR,
)
from reference_impl.shift import BBSE, MLLS, RLLS, SCML, OptimalMoments, maximise_on_simplex

PACKAGES = ("numpy", "array-api-compat")


def _method(make: Callable[..., Any], **settings: Any) -> Callable[[dict[str, np.ndarray], int], Any]:
    def prepare(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], np.ndarray]:
        def run() -> np.ndarray:
            fitted = make(**settings).fit(arrays["scores"], arrays["labels"])
            return fitted.estimate(arrays["target_scores"]).weights

        return run

    return prepare


def _likeliest(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], np.ndarray]:
    """Maximise the likelihood alone, of given likelihoods, without covariances."""
    scores, labels = arrays["target_scores"], arrays["labels"]
    shares = np.bincount(labels, minlength=scores.shape[1]) / len(labels)
    likelihoods = scores / shares

    def run() -> np.ndarray:
        return maximise_on_simplex(likelihoods).proportions / shares

    return run


METHODS = {
    OPTIMAL: _method(OptimalMoments, calibration="bcts"),
    MAXIMUM: _method(MLLS, calibration="bcts"),
    VECTOR: _method(MLLS, calibration="vector"),
    PLAIN_OPTIMAL: _method(OptimalMoments, calibration=None),
    PLAIN_MAXIMUM: _method(MLLS, calibration=None),
    COUNTS: _method(SCML),
    BLACK_BOX: _method(BBSE),
    RIDGE: _method(RLLS),
    SOLVER: _likeliest,
}
