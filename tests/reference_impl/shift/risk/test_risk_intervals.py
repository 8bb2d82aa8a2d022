"""95 % intervals of risks contain the risk in 95 % of samples, where theory says that they do.

Nightly draws 4,000 samples for each design. The number of hits must lie in the exact 99.9 % interval of its law.
"""

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import settings
from scipy.special import ndtr
from scipy.stats import binom

from reference_impl.shift import (
    LogisticRatio,
    Risk,
    doubly_robust_risk,
    importance_weighted_cross_validation,
    importance_weighted_risk,
)

POINTS = 1000
GRID = np.linspace(-8, 9, 3401)


class Sample:
    """N(0, 1) and N(delta, 1) with their exact ratio; a label is 1 with probability Phi(x)."""

    def __init__(self, seed: int, delta: float) -> None:
        rng = np.random.default_rng(seed)
        self.delta = delta
        self.x, self.u = rng.standard_normal((POINTS, 1)), rng.standard_normal((POINTS, 1)) + delta
        self.w = np.exp(delta * self.x[:, 0] - delta**2 / 2)
        self.noise = rng.standard_normal(POINTS)
        self.labels = (self.x[:, 0] + self.noise > 0).astype(np.float64)

    @property
    def square_loss(self) -> np.ndarray:
        """Return x^2 + e, whose mean on the target is 1 + delta^2."""
        return self.x[:, 0] ** 2 + 0.5 * self.noise

    def error_above(self, threshold: float) -> float:
        """Return the share of target points that are classified wrongly by x > threshold."""
        density = np.exp(-((GRID - self.delta) ** 2) / 2) / math.sqrt(2 * math.pi)
        wrong = np.where(threshold < GRID, 1 - ndtr(GRID), ndtr(GRID))
        return float((wrong * density).sum() * (GRID[1] - GRID[0]))


def least_squares(x, y):
    columns = np.concatenate([np.ones_like(x), x], axis=1)
    intercept, slope = np.linalg.solve(columns.T @ columns, columns.T @ y)
    return intercept, slope


def classifier(x, y):
    intercept, slope = least_squares(x, y)
    return lambda new: (intercept + slope * new[:, 0] > 0.5).astype(np.float64)


def weighted(seed: int, normalised: bool) -> tuple[Risk, float]:
    sample = Sample(seed, 0.5)
    wrong = (sample.labels != (sample.x[:, 0] > 0)).astype(np.float64)
    return importance_weighted_risk(wrong, sample.w, normalised=normalised), sample.error_above(0.0)


def cross_validated(seed: int, normalised: bool) -> tuple[Risk, float]:
    sample = Sample(seed, 0.5)
    intercept, slope = least_squares(sample.x, sample.labels)
    found = importance_weighted_cross_validation(
        classifier, sample.x, sample.labels, sample.w, normalised=normalised
    )
    return found, sample.error_above((0.5 - intercept) / slope)


def doubly_robust(seed: int, normalised: bool) -> tuple[Risk, float]:
    sample = Sample(seed, 1.0)
    found = doubly_robust_risk(sample.square_loss, sample.w, sample.x, sample.u, normalised=normalised)
    return found, 2.0


def with_estimated_weights(seed: int) -> tuple[Risk, float]:
    sample = Sample(seed, 1.0)
    w = LogisticRatio().fit(sample.x, sample.u).weights()
    return doubly_robust_risk(sample.square_loss, w, sample.x, sample.u), 2.0


def with_a_wrong_regression(seed: int) -> tuple[Risk, float]:
    sample = Sample(seed, 0.5)
    wrong = (sample.labels != (sample.x[:, 0] > 0)).astype(np.float64)

    def line(x, losses):
        intercept, slope = least_squares(x, losses)
        return lambda new: intercept + slope * new[:, 0]

    return doubly_robust_risk(wrong, sample.w, sample.x, sample.u, regressor=line), sample.error_above(0.0)


DESIGNS: dict[str, Callable[[int], tuple[Risk, float]]] = {
    "weighted": lambda seed: weighted(seed, normalised=False),
    "weighted, normalised": lambda seed: weighted(seed, normalised=True),
    "cross-validated": lambda seed: cross_validated(seed, normalised=False),
    "cross-validated, normalised": lambda seed: cross_validated(seed, normalised=True),
    "doubly robust": lambda seed: doubly_robust(seed, normalised=False),
    "doubly robust, normalised": lambda seed: doubly_robust(seed, normalised=True),
    "doubly robust, estimated weights": with_estimated_weights,
    "doubly robust, wrong regression": with_a_wrong_regression,
}


@pytest.mark.filterwarnings("ignore::reference_impl.shift.ShiftWarning")
@pytest.mark.parametrize("design", DESIGNS)
def test_intervals_contain_the_risk_as_often_as_promised(design):
    samples = 4 * settings.default.max_examples
    hits = 0
    for seed in range(samples):
        risk, truth = DESIGNS[design](seed)
        low, high = risk.interval(0.95)
        hits += low <= truth <= high
    least, most = binom.interval(0.999, samples, 0.95)
    assert least <= hits <= most, f"{hits} of {samples} samples"
