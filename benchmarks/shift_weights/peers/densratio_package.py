"""densratio, which divides the density of its first sample by that of its second; NumPy's global seed is its own."""

from collections.abc import Callable
from typing import Any

import numpy as np
from densratio import densratio

from benchmarks.shift_weights.draws import widths

PACKAGES = ("densratio", "numpy", "numba")


def _method(name: str, choose_widths: bool = False) -> Callable[[dict[str, np.ndarray], int], Any]:
    def prepare(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], np.ndarray]:
        source, target = arrays["source"], arrays["target"]

        def run() -> np.ndarray:
            np.random.seed(seed)
            grid = {}
            if choose_widths:
                grid = {"sigma": widths(source, target, seed), "lambda_": [1e-3, 1e-2, 0.1, 1, 10]}
            found = densratio(target, source, method=name, verbose=False, **grid)
            return found.compute_density_ratio(source)

        return run

    return prepare


METHODS = {
    "uLSIF": _method("uLSIF"),
    "RuLSIF": _method("RuLSIF"),
    "KLIEP": _method("KLIEP"),
    "uLSIF, median widths": _method("uLSIF", choose_widths=True),
}
