"""river, whose detectors take one value at a time and start again after an alarm."""

from collections.abc import Callable
from typing import Any

import numpy as np
from river import drift

PACKAGES = ("river", "numpy")


def _method(make: Callable[[], Any], kind: type) -> Callable[[dict[str, np.ndarray], int], Any]:
    def prepare(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], list[int]]:
        values = arrays["values"].astype(kind).tolist()

        def run() -> list[int]:
            detector, alarms = make(), []
            for position, value in enumerate(values):
                detector.update(value)
                if detector.drift_detected:
                    alarms.append(position)
            return alarms

        return run

    return prepare


METHODS = {
    "ADWIN": _method(drift.ADWIN, float),
    "Page–Hinkley": _method(drift.PageHinkley, float),
    "DDM": _method(drift.binary.DDM, int),
}
