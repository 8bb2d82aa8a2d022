"""Our own tests."""

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.shift_tests.peers import EXACT, KOLMOGOROV, RANDOM_FEATURES
from reference_impl.shift import kolmogorov_smirnov_test, mmd_test

PACKAGES = ("numpy", "array-api-compat")


def _mmd(**settings: Any) -> Callable[[dict[str, np.ndarray], int], Any]:
    def prepare(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], float]:
        samples, permutations = (arrays["source"], arrays["target"]), int(arrays["permutations"])
        return lambda: mmd_test(*samples, permutations=permutations, random_state=seed, **settings).p_value

    return prepare


def _kolmogorov(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], float]:
    return lambda: kolmogorov_smirnov_test(arrays["source"], arrays["target"]).p_value


METHODS = {
    EXACT: _mmd(),
    RANDOM_FEATURES: _mmd(method="random_features", features=500),
    KOLMOGOROV: _kolmogorov,
}
