"""frouros, whose test is a callback of the distance."""

from collections.abc import Callable

import numpy as np
from frouros.callbacks import PermutationTestDistanceBased
from frouros.detectors.data_drift import MMD

PACKAGES = ("frouros", "scipy", "numpy")


def _mmd(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], float]:
    permutations = int(arrays["permutations"])

    def run() -> float:
        test = PermutationTestDistanceBased(
            num_permutations=permutations, num_jobs=1, random_state=seed, name="permutation_test"
        )
        detector = MMD(callbacks=[test])
        detector.fit(X=arrays["source"])
        return float(detector.compare(X=arrays["target"])[1]["permutation_test"]["p_value"])

    return run


METHODS = {"MMD": _mmd}
