"""Kernel ratios as their papers write them, in NumPy's longdouble, one number or one refit at a time."""

import itertools

import numpy as np
import pytest
import torch
from hypothesis import settings

# In samples so small, single weights are large; the warnings of that are tested with the report of the weights.
small_samples = pytest.mark.filterwarnings("ignore:(Pareto k|the largest share|the effective sample size) is")


overlapping_or_not = pytest.mark.filterwarnings("ignore:.*the supports look disjoint")
"""A few points drawn from one place may look as if they came from two."""

few = settings(max_examples=120 if settings.default.max_examples > 100 else 20)
"""Each example is a fit on every library."""


def quantiles(points: int) -> np.ndarray:
    """Return a sample of N(0, 1) without noise."""
    return torch.special.ndtri((torch.arange(points, dtype=torch.float64)[:, None] + 0.5) / points).numpy()


def solve(matrix: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Solve a positive definite system by elimination, in longdouble, which NumPy's own solver doesn't know."""
    matrix, right = matrix.astype(np.longdouble), right.astype(np.longdouble)
    for row in range(len(right)):
        factors = matrix[row + 1 :, row] / matrix[row, row]
        matrix[row + 1 :] -= factors[:, None] * matrix[row]
        right[row + 1 :] -= factors * right[row]
    for row in reversed(range(len(right))):
        right[row] = (right[row] - matrix[row, row + 1 :] @ right[row + 1 :]) / matrix[row, row]
    return right


def kernel(x: np.ndarray, y: np.ndarray, width: float) -> np.ndarray:
    gaps = x.astype(np.longdouble)[:, None, :] - y.astype(np.longdouble)[None, :, :]
    return np.exp(-(gaps**2).sum(2) / (2 * np.longdouble(width) ** 2))


def least_squares(source: np.ndarray, target: np.ndarray, penalty: float, alpha: float) -> np.ndarray:
    source, target = source.astype(np.longdouble), target.astype(np.longdouble)
    mixture = alpha * target.T @ target / len(target) + (1 - alpha) * source.T @ source / len(source)
    return solve(mixture + penalty * np.eye(source.shape[1]), target.mean(0))


def left_out(source: np.ndarray, target: np.ndarray, penalty: float, alpha: float) -> np.longdouble:
    """Fit once without each pair, and return the mean loss there."""
    pairs = min(len(source), len(target))
    total = np.longdouble(0)
    for pair in range(pairs):
        rest = np.delete(source, pair, 0), np.delete(target, pair, 0)
        coefficients = least_squares(*rest, penalty, alpha)
        y, z = (max(0, features[pair].astype(np.longdouble) @ coefficients) for features in (source, target))
        total += (1 - alpha) / 2 * y * y + alpha / 2 * z * z - z
    return total / pairs


def likeliest_of_two(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """Return KLIEP's coefficients of two features: the slope is halved until the proportion is exact."""
    mean = source.astype(np.longdouble).mean(0)
    first, second = (target.astype(np.longdouble) / mean).T
    low, high = np.longdouble(0), np.longdouble(1)
    for _ in range(80):
        share = (low + high) / 2
        slope = ((first - second) / (share * first + (1 - share) * second)).mean()
        low, high = (share, high) if slope > 0 else (low, share)
    return np.asarray([low, 1 - low]) / mean


def matched(source: np.ndarray, linear: np.ndarray, bound: float, slack: float) -> np.ndarray:
    """Return KMM's weights: of all ways to fix entries and the sum at their limits, the feasible best."""
    n = len(linear)
    best, least = None, np.inf
    for fixed in itertools.product((0.0, None, bound), repeat=n):
        free = [number for number, value in enumerate(fixed) if value is None]
        weights = np.asarray([0.0 if value is None else value for value in fixed], np.longdouble)
        for total in (None, n * (1 - slack), n * (1 + slack)):
            if free:
                inner = source[np.ix_(free, free)]
                right = (linear - source @ weights)[free]
                plain = solve(inner, right)
                if total is not None:
                    ones = solve(inner, np.ones(len(free)))
                    plain = plain - ones * ((weights.sum() + plain.sum() - total) / ones.sum())
                candidate = weights.copy()
                candidate[free] = plain
            else:
                candidate = weights
            inside = (candidate >= -1e-15).all() and (candidate <= bound + 1e-15).all()
            value = candidate @ source @ candidate / 2 - linear @ candidate
            if inside and abs(candidate.sum() / n - 1) <= slack + 1e-15 and value < least:
                best, least = candidate, value
    return best
