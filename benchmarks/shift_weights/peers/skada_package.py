"""skada, whose adapters take both samples in one array, with the domain of each row."""

from collections.abc import Callable
from typing import Any

import numpy as np
from skada._reweight import (
    DensityReweightAdapter,
    DiscriminatorReweightAdapter,
    GaussianReweightAdapter,
    KLIEPReweightAdapter,
    KMMReweightAdapter,
    NearestNeighborReweightAdapter,
)

from benchmarks.shift_weights.draws import widths

PACKAGES = ("skada", "scikit-learn", "POT", "numpy")


def _method(
    adapter: Any, seeded: bool = False, choose_widths: bool = False
) -> Callable[[dict[str, np.ndarray], int], Any]:
    def prepare(arrays: dict[str, np.ndarray], seed: int) -> Callable[[], np.ndarray]:
        source, target = arrays["source"], arrays["target"]

        def run() -> np.ndarray:
            settings: dict[str, Any] = {"random_state": seed} if seeded else {}
            if choose_widths:
                settings["gamma"] = [1 / (2 * width**2) for width in widths(source, target, seed)]
            points = np.vstack([source, target])
            domains = np.r_[np.ones(len(source)), -2 * np.ones(len(target))]
            fitted = adapter(**settings).fit(points, sample_domain=domains)
            return np.asarray(fitted.compute_weights(points, sample_domain=domains))[: len(source)]

        return run

    return prepare


METHODS = {
    "Gaussian": _method(GaussianReweightAdapter),
    "Density (kernel)": _method(DensityReweightAdapter),
    "Discriminator": _method(DiscriminatorReweightAdapter),
    "KLIEP, median widths": _method(KLIEPReweightAdapter, seeded=True, choose_widths=True),
    "KMM": _method(KMMReweightAdapter),
    "nearest neighbours": _method(NearestNeighborReweightAdapter),
}
