"""Our own estimates."""

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.shift_labels.many_classes import OURS_ONCE
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
from reference_impl.shift import BBSE, MLLS, RLLS, SCML, OptimalMoments

PACKAGES = ("numpy", "array-api-compat")


def _method(make: Callable[..., Any], **settings: Any) -> Callable[[dict[str, np.ndarray], int], Any]:
    def prepare(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], np.ndarray]:
        def run() -> np.ndarray:
            fitted = make(**settings).fit(arrays["scores"], arrays["labels"])
            return fitted.estimate(arrays["target_scores"]).weights

        return run

    return prepare


METHODS = {
    OPTIMAL: _method(OptimalMoments, calibration="bcts"),
    MAXIMUM: _method(MLLS, calibration="bcts"),
    VECTOR: _method(MLLS, calibration="vector"),
    PLAIN_OPTIMAL: _method(OptimalMoments, calibration=None),
    PLAIN_MAXIMUM: _method(MLLS, calibration=None),
    COUNTS: _method(SCML),
    BLACK_BOX: _method(BBSE),
    RIDGE: _method(RLLS),
    OURS_ONCE: _method(MLLS, calibration=None),
}
