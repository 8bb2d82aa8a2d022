"""frouros, whose detectors take one value at a time and are told to start again after an alarm."""

from collections.abc import Callable
from typing import Any

import numpy as np
from frouros.detectors.concept_drift import (
    ADWIN,
    DDM,
    ADWINConfig,
    DDMConfig,
    PageHinkley,
    PageHinkleyConfig,
)

PACKAGES = ("frouros", "scipy", "numpy")


def _method(make: Callable[[], Any], kind: type) -> Callable[[dict[str, np.ndarray], int], Any]:
    def prepare(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], list[int]]:
        values = arrays["values"].astype(kind).tolist()

        def run() -> list[int]:
            detector, alarms = make(), []
            for position, value in enumerate(values):
                detector.update(value=value)
                if detector.drift:
                    alarms.append(position)
                    detector.reset()
            return alarms

        return run

    return prepare


METHODS = {
    "ADWIN": _method(lambda: ADWIN(config=ADWINConfig()), float),
    "Page–Hinkley": _method(lambda: PageHinkley(config=PageHinkleyConfig()), float),
    "DDM": _method(lambda: DDM(config=DDMConfig()), int),
}
