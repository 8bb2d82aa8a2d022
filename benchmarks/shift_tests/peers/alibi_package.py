"""alibi-detect, whose detectors keep the first sample and are asked about the second.

In float32, because in float64 two samples of 5000 took more than 22 GB.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from alibi_detect.cd import KSDrift, MMDDrift

PACKAGES = ("alibi-detect", "torch", "numpy")


def _method(make: Callable[[np.ndarray, int], Any]) -> Callable[[dict[str, np.ndarray], int], Any]:
    def prepare(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], float]:
        permutations = int(arrays["permutations"])

        def run() -> float:
            source, target = (arrays[name].astype(np.float32) for name in ("source", "target"))
            found = make(source, permutations).predict(target)
            return float(np.min(found["data"]["p_val"]))

        return run

    return prepare


METHODS = {
    "MMDDrift": _method(lambda x, permutations: MMDDrift(x, backend="pytorch", n_permutations=permutations)),
    "KSDrift": _method(lambda x, permutations: KSDrift(x)),
}
