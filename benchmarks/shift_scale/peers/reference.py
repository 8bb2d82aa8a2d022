"""Our own ratios."""

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.shift_scale.peers import LARGE_ULSIF, LOGISTIC, ULSIF
from reference_impl import shift

PACKAGES = ("numpy", "array-api-compat")
WIDTHS = (3.2, 6.4, 12.8)
"""Half the median distance in 20 features, once that, and twice."""


def _method(make: Callable[[], Any]) -> Callable[[dict[str, np.ndarray], int], Any]:
    return lambda arrays, seed: lambda: make().fit(arrays["source"], arrays["target"]).weights()


METHODS = {
    ULSIF: _method(shift.ULSIF),
    LOGISTIC: _method(shift.LogisticRatio),
    LARGE_ULSIF: _method(lambda: shift.ULSIF(n_centers=200, widths=WIDTHS)),
}
