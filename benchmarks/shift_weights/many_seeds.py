"""The default beside the two fast packages over many seeds: a median of ten says little where errors scatter."""

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.in_turn import progress
from benchmarks.shift.peers import Asked, ask, save
from benchmarks.shift.statistics import median_with_error, paired_ratio, rounded, with_error
from benchmarks.shift_weights.draws import COUNT, DIMENSIONS, SHIFTS, draw, weight_error
from benchmarks.shift_weights.peers import DEFAULT, OURS
from benchmarks.tables import table

SEEDS = 100
FAST = {OURS: DEFAULT, "adapt": "IWC (logistic)", "skada": "Gaussian"}


def measure_many_seeds(asked: Asked, folder: Path) -> dict[str, Any]:
    """Give the errors of each fast method for each shift and number of features, by seed."""
    cells = [(shift, dimensions) for shift in SHIFTS for dimensions in DIMENSIONS]
    return {"seeds": SEEDS, "cells": [_cell(asked, shift, dimensions, folder) for shift, dimensions in cells]}


def _cell(asked: Asked, shift: str, dimensions: int, folder: Path) -> dict[str, Any]:
    running = [(peer.name, process) for peer, process in asked.running if peer.name in FAST]
    errors: dict[str, list[float]] = {name: [] for name, _ in running}
    for seed in range(SEEDS):
        progress(f"many seeds of {shift}, {dimensions} features", seed + 1, SEEDS)
        drawn = draw(shift, dimensions, COUNT, seed)
        arrays = save(folder / "many-seeds", {"source": drawn.source, "target": drawn.target})
        for name, process in running:
            weights = np.asarray(ask(process, FAST[name], arrays, seed)["values"])
            errors[name].append(rounded(weight_error(weights, drawn.ratio)))
    return {"shift": shift, "dimensions": dimensions, "errors": errors}


def section(measured: dict[str, Any]) -> list[str]:
    """Write the medians, and the ratio of the default's to the smaller of the others'."""
    names = [name for name in FAST if name in measured["cells"][0]["errors"]]
    rows = []
    for cell in measured["cells"]:
        errors = cell["errors"]
        row = [cell["shift"], str(cell["dimensions"])]
        row += [with_error(*median_with_error(errors[name])) for name in names]
        others = sorted((errors[name] for name in names if name != OURS), key=np.median)
        row.append(with_error(*paired_ratio(errors[OURS], others[0])) if others else "–")
        rows.append(row)
    head = ["shift", "features", *("default" if name == OURS else f"{name} {FAST[name]}" for name in names)]
    return [
        f"### {measured['seeds']} seeds",
        "",
        *table([*head, "ratio"], rows, words=2),
        "Errors scatter widely from draw to draw, and a median of ten with them: this is the same over more seeds, for "
        "the default and the two packages that are fast. The ratio is to the better of the two.",
        "",
    ]
