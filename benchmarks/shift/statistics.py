"""Medians over seeds with their standard errors, and ratios of what was measured with the same seeds."""

import math
from collections.abc import Sequence

import numpy as np

RESAMPLES = 1000


def median_with_error(values: Sequence[float]) -> tuple[float, float]:
    """Give the median, and the standard deviation of the medians of resampled values (bootstrap)."""
    array = np.asarray(values, dtype=float)
    return float(np.median(array)), float(np.median(array[_resampled(len(array))], axis=1).std())


def paired_ratio(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float]:
    """Divide medians over the seeds that both have; the standard error resamples seeds, for both the same."""
    count = min(len(ours), len(theirs))
    mine, other = np.asarray(ours[:count], dtype=float), np.asarray(theirs[:count], dtype=float)
    chosen = _resampled(count)
    ratios = np.median(mine[chosen], axis=1) / np.median(other[chosen], axis=1)
    return float(np.median(mine) / np.median(other)), float(ratios.std())


def with_error(value: float, error: float) -> str:
    """Write a number with its standard error, both with the decimals that show two digits of the error."""
    if not math.isfinite(value):
        return "–"
    no_error = error <= 1e-9 * abs(value)
    decimals = 4 if no_error else min(5, max(0, 1 - math.floor(math.log10(error))))
    return f"{value:,.{decimals}f} ± {error:,.{decimals}f}"


def rounded(value: float) -> float:
    """Keep four digits."""
    return float(f"{value:.4g}")


def _resampled(count: int) -> np.ndarray:
    return np.random.default_rng(0).integers(count, size=(RESAMPLES, count))
