"""Our own detectors, which read a whole stream."""

from collections.abc import Callable
from typing import Any

import numpy as np

from reference_impl.shift import ADWIN, DDM, PageHinkley

PACKAGES = ("numpy", "array-api-compat")


def _method(make: Callable[[], Any]) -> Callable[[dict[str, np.ndarray], int], Any]:
    return lambda arrays, seed: lambda: make().detect(arrays["values"])


METHODS = {"ADWIN": _method(ADWIN), "Page–Hinkley": _method(PageHinkley), "DDM": _method(DDM)}
