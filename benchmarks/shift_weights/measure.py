"""Let every method estimate the ratio from the same samples, and compare with the true one."""

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.in_turn import progress
from benchmarks.shift.peers import Asked, ask, save, started_peers
from benchmarks.shift.statistics import rounded
from benchmarks.shift_weights.draws import COUNT, DIMENSIONS, SHIFTS, draw, risk_error, weight_error
from benchmarks.shift_weights.many_seeds import measure_many_seeds
from benchmarks.shift_weights.peers import PEERS, SEEDS, is_run
from benchmarks.shift_weights.risk import measure_risk

UNIFORM = "uniform weights"


def measure(folder: Path) -> dict[str, Any]:
    """Measure the errors of weights with every peer on one thread, and of our estimates of the target's risk."""
    with started_peers(PEERS, threads=1) as asked:
        cells = [_cell(asked, shift, dimensions, folder) for shift in SHIFTS for dimensions in DIMENSIONS]
        many_seeds = measure_many_seeds(asked, folder / "shift-weights")
    return {
        "seeds": SEEDS,
        "count": COUNT,
        "cells": cells,
        "many_seeds": many_seeds,
        "risk": measure_risk(),
        "versions": asked.versions,
        "not_run": asked.not_run,
    }


def _cell(asked: Asked, shift: str, dimensions: int, folder: Path) -> dict[str, Any]:
    """Measure one shift: {peer: {method: errors, seconds and failures by seed}}."""
    uniform: dict[str, Any] = {"error": [], "risk": []}
    found: dict[str, Any] = {peer.name: {} for peer, _ in asked.running}
    for seed in range(SEEDS):
        progress(f"{shift}, {dimensions} features", seed + 1, SEEDS)
        drawn = draw(shift, dimensions, COUNT, seed)
        arrays = {"source": drawn.source, "target": drawn.target}
        saved = save(folder / "shift-weights" / f"{shift}-{dimensions}-{seed}", arrays)
        _note(uniform, np.ones(COUNT), drawn, shift)
        for peer, process in asked.running:
            for method in peer.methods:
                if is_run(peer.name, method, dimensions, seed):
                    row = found[peer.name].setdefault(
                        method, {"error": [], "risk": [], "seconds": [], "failed": []}
                    )
                    answer = ask(process, method, saved, seed)
                    if "failed" in answer:
                        row["failed"].append(answer["failed"])
                        continue
                    row["seconds"].append(rounded(answer["seconds"]))
                    _note(row, np.asarray(answer["values"]), drawn, shift)
    return {"shift": shift, "dimensions": dimensions, "uniform": uniform, "methods": found}


def _note(row: dict[str, Any], weights: np.ndarray, drawn: Any, shift: str) -> None:
    if not (np.all(np.isfinite(weights)) and weights.sum() > 0):
        row["failed"].append("weights that are not finite, or all zero")
        return
    row["error"].append(rounded(weight_error(weights, drawn.ratio)))
    row["risk"].append(rounded(risk_error(weights, drawn.loss, shift)))
