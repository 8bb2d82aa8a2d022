"""adapt, whose estimators fit and weigh the source in one call."""

from collections.abc import Callable
from typing import Any

import numpy as np
from adapt.instance_based import IWC, KLIEP, KMM, RULSIF, ULSIF, NearestNeighborsWeighting

from benchmarks.shift_weights.draws import widths

PACKAGES = ("adapt", "tensorflow_cpu", "scikit-learn", "cvxopt", "numpy")
LAMBDAS = [1e-3, 1e-2, 0.1, 1, 10]


def _method(
    estimator: Any, choose_widths: bool = False, **settings: Any
) -> Callable[[dict[str, np.ndarray], int], Any]:
    def prepare(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], np.ndarray]:
        source, target = arrays["source"], arrays["target"]

        def run() -> np.ndarray:
            chosen = dict(settings)
            if choose_widths:
                chosen["gamma"] = [1 / (2 * width**2) for width in widths(source, target, seed)]
            fitted = estimator(verbose=0, random_state=seed, **chosen)
            return np.ravel(fitted.fit_weights(source, target))

        return run

    return prepare


METHODS = {
    "IWC (logistic)": _method(IWC),
    "KLIEP": _method(KLIEP),
    "KLIEP, median widths": _method(KLIEP, choose_widths=True),
    "KMM": _method(KMM),
    "ULSIF": _method(ULSIF),
    "RULSIF": _method(RULSIF),
    "ULSIF, median widths": _method(ULSIF, choose_widths=True, lambdas=LAMBDAS),
    "nearest neighbours": _method(NearestNeighborsWeighting),
}
