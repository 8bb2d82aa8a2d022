"""Estimates of the mean loss on the target, with the weights of the default."""

import warnings
from typing import Any

import numpy as np

from benchmarks.in_turn import progress
from benchmarks.shift.statistics import rounded
from benchmarks.shift_weights.draws import COUNT, TARGET_RISK, Drawn, draw
from reference_impl.shift import (
    CovariateRatio,
    ShiftWarning,
    doubly_robust_risk,
    importance_weighted_risk,
)

SEEDS, DIMENSIONS, LEVEL = 50, (1, 5), 0.95
UNWEIGHTED, TRUE_RATIO, WEIGHTED, ROBUST = (
    "unweighted mean",
    "true ratio",
    "importance_weighted_risk",
    "doubly_robust_risk",
)


def measure_risk() -> dict[str, Any]:
    """Give absolute errors by seed where the mean shifts, and how often the intervals hold the risk."""
    cells = []
    for dimensions in DIMENSIONS:
        errors: dict[str, list[float]] = {}
        covered: dict[str, int] = {WEIGHTED: 0, ROBUST: 0}
        for seed in range(SEEDS):
            progress(f"risk on the target, {dimensions} features", seed + 1, SEEDS)
            for name, (error, inside) in estimates(draw("mean", dimensions, COUNT, seed)).items():
                errors.setdefault(name, []).append(rounded(error))
                if name in covered:
                    covered[name] += inside
        cells.append({"dimensions": dimensions, "errors": errors, "covered": covered})
    return {"seeds": SEEDS, "cells": cells}


def estimates(drawn: Drawn) -> dict[str, tuple[float, bool]]:
    """Give for each estimate its absolute error, and whether its interval holds the risk."""
    risk = TARGET_RISK["mean"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ShiftWarning)
        weights = CovariateRatio().fit(drawn.source, drawn.target).weights()
        weighted = importance_weighted_risk(drawn.loss, weights)
        robust = doubly_robust_risk(drawn.loss, weights, drawn.source, drawn.target)
    plain = {UNWEIGHTED: np.mean(drawn.loss), TRUE_RATIO: np.average(drawn.loss, weights=drawn.ratio)}
    found = {name: (float(abs(value - risk)), False) for name, value in plain.items()}
    for name, estimate in ((WEIGHTED, weighted), (ROBUST, robust)):
        low, high = estimate.interval(LEVEL)
        found[name] = abs(estimate.estimate - risk), bool(low <= risk <= high)
    return found
