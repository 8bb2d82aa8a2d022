"""Samples of a source and a target whose ratio is known."""

from dataclasses import dataclass

import numpy as np

SHIFTS = ("mean", "scale", "bimodal")
DIMENSIONS = (1, 5, 20)
COUNT = 1000
TARGET_RISK = {"mean": 2.0, "scale": 0.5**2 + 0.8**2, "bimodal": 1.0 + 0.5**2}
"""The mean of x₁² over the target; the loss is x₁² and noise with mean 0."""


@dataclass(frozen=True)
class Drawn:
    """Points of source and target, and for the points of the source the true ratio and the loss."""

    source: np.ndarray
    target: np.ndarray
    ratio: np.ndarray
    loss: np.ndarray


def draw(shift: str, dimensions: int, count: int, seed: int) -> Drawn:
    """Draw the source from N(0, I), and the target with another first coordinate.

    That is N(1, 1) for "mean", N(½, 0.8²) for "scale", and one of N(−1, ½²) and N(1, ½²) for "bimodal".
    """
    rng = np.random.default_rng([seed, dimensions, count, SHIFTS.index(shift)])
    source, target = (rng.standard_normal((count, dimensions)) for _ in range(2))
    first = source[:, 0]
    if shift == "mean":
        target[:, 0] += 1.0
        ratio = np.exp(first - 0.5)
    elif shift == "scale":
        target[:, 0] = 0.5 + 0.8 * target[:, 0]
        ratio = np.exp(first**2 / 2 - (first - 0.5) ** 2 / (2 * 0.8**2)) / 0.8
    else:
        target[:, 0] = np.where(rng.random(count) < 0.5, -1.0, 1.0) + 0.5 * target[:, 0]
        bumps = np.exp(-2 * (first - 1) ** 2) + np.exp(-2 * (first + 1) ** 2)
        ratio = bumps * np.exp(first**2 / 2)
    return Drawn(source, target, ratio, first**2 + 0.5 * rng.standard_normal(count))


def weight_error(weights: np.ndarray, ratio: np.ndarray) -> float:
    """Give the mean squared difference of both after each was divided by its mean."""
    return float(np.mean((weights / weights.mean() - ratio / ratio.mean()) ** 2))


def risk_error(weights: np.ndarray, loss: np.ndarray, shift: str) -> float:
    """Give how far the weighted mean loss is from the target's."""
    return float(abs(weights @ loss / weights.sum() - TARGET_RISK[shift]))


def widths(source: np.ndarray, target: np.ndarray, seed: int) -> list[float]:
    """Give kernel widths to choose among: multiples of the median distance of 500 points."""
    points = np.vstack([source, target])
    chosen = points[np.random.default_rng(seed).choice(len(points), min(len(points), 500), replace=False)]
    squares = ((chosen[:, None] - chosen[None]) ** 2).sum(axis=2)
    median = float(np.median(np.sqrt(squares[np.triu_indices(len(chosen), 1)])))
    return [factor * median for factor in (0.3, 0.5, 0.75, 1.0, 1.5, 2.5)]
