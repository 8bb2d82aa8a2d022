"""Our own ratios."""

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.shift_weights.peers import DEFAULT
from reference_impl import shift

PACKAGES = ("numpy", "array-api-compat")


def _method(make: Callable[..., Any], **settings: Any) -> Callable[[dict[str, np.ndarray], int], Any]:
    def prepare(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], np.ndarray]:
        def run() -> np.ndarray:
            return make(on_disjoint="warn", **settings).fit(arrays["source"], arrays["target"]).weights()

        return run

    return prepare


METHODS = {
    DEFAULT: _method(shift.CovariateRatio),
    "LogisticRatio()": _method(shift.LogisticRatio),
    "GaussianRatio()": _method(shift.GaussianRatio),
    "ULSIF()": _method(shift.ULSIF),
    "RULSIF()": _method(shift.RULSIF),
    "KLIEP()": _method(shift.KLIEP),
    "KMM()": _method(shift.KMM),
    "KernelDensityRatio()": _method(shift.KernelDensityRatio),
}
