"""Let every method estimate the weights of classes from the same scores, and compare with the true ones."""

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.in_turn import progress
from benchmarks.shift.peers import Asked, ask, save, started_peers
from benchmarks.shift.statistics import rounded
from benchmarks.shift_labels.draws import CLASSIFIERS, SHIFTS, Drawn, draw_all
from benchmarks.shift_labels.many_classes import measure_many_classes
from benchmarks.shift_labels.peers import CONIC, OURS, PEERS, RIDGE, SPLITS, is_run


def measure(folder: Path) -> dict[str, Any]:
    """Measure errors and times on digits with one thread, and the time for a thousand classes with two."""
    folder = folder / "shift-labels"
    cells = {(classifier, shift): _Cell() for classifier in CLASSIFIERS for shift in SHIFTS}
    with started_peers(PEERS, threads=1) as asked:
        for seed in range(SPLITS):
            progress("splits of the digits", seed + 1, SPLITS)
            for classifier, shift, drawn in draw_all(seed):
                cells[classifier, shift].add(asked, drawn, seed, folder)
    return {
        "splits": SPLITS,
        "cells": [
            {
                "classifier": classifier,
                "shift": shift,
                "methods": cell.methods,
                "conic": cell.conic,
                "above_conic": cell.above_conic,
            }
            for (classifier, shift), cell in cells.items()
        ],
        "many_classes": measure_many_classes(folder),
        "versions": asked.versions,
        "not_run": asked.not_run,
    }


class _Cell:
    """What was found for one classifier and shift: {peer: {method: errors, seconds and failures by split}}."""

    def __init__(self) -> None:
        self.methods: dict[str, Any] = {}
        self.conic: float | None = None
        self.above_conic: float | None = None

    def add(self, asked: Asked, drawn: Drawn, seed: int, folder: Path) -> None:
        arrays = {"scores": drawn.scores, "labels": drawn.labels, "target_scores": drawn.target_scores}
        saved = save(folder / "digits", arrays)
        answers = {
            (peer.name, method): ask(process, method, saved, seed)
            for peer, process in asked.running
            for method in peer.methods
            if is_run(method, seed)
        }
        for (peer, method), answer in answers.items():
            empty: dict[str, Any] = {"error": [], "seconds": [], "failed": []}
            row = self.methods.setdefault(peer, {}).setdefault(method, empty)
            values = np.asarray(answer.get("values", np.nan))
            if not np.all(np.isfinite(values)):
                row["failed"].append(answer.get("failed", "weights that are not finite"))
                continue
            row["error"].append(rounded(float(np.mean((values - drawn.weights) ** 2))))
            row["seconds"].append(rounded(answer["seconds"]))
        ours, conic = answers.get((OURS, RIDGE), {}), answers.get(CONIC, {})
        if "values" in ours and "values" in conic:
            difference = np.max(np.abs(np.subtract(ours["values"], conic["values"])))
            self.conic = max(self.conic or 0.0, rounded(float(difference)))
            above = float(rlls_objective(ours["values"], drawn) - rlls_objective(conic["values"], drawn))
            self.above_conic = rounded(above if self.above_conic is None else max(above, self.above_conic))


def rlls_objective(weights: Any, drawn: Drawn) -> np.longdouble:
    """Give what RLLS minimises, in higher precision than either solver computes with."""
    points, classes = drawn.scores.shape
    joint = (drawn.scores.T @ np.eye(classes)[drawn.labels] / points).astype(np.longdouble)
    excess = np.asarray(weights, np.longdouble) - 1
    missed = joint @ excess - (drawn.target_scores.mean(axis=0) - joint.sum(axis=1))
    logarithm = 2 * np.log(np.longdouble(2 * classes) / np.longdouble("0.05"))
    ridge = np.longdouble("0.03") * (logarithm / (3 * points) + np.sqrt(logarithm / points))
    return np.linalg.norm(missed) + ridge * np.linalg.norm(excess)
