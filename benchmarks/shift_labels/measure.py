"""Let every method estimate the weights of classes from the same scores, and compare with the true ones."""

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.in_turn import progress
from benchmarks.shift.peers import Asked, ask, save, started_peers
from benchmarks.shift.statistics import rounded
from benchmarks.shift_labels.cone_program import ConeProgram
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
        self.conic: dict[str, float] = {}

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
            self._compare(np.asarray(ours["values"]), np.asarray(conic["values"]), ConeProgram.of(drawn))

    def _compare(self, ours: np.ndarray, conic: np.ndarray, program: ConeProgram) -> None:
        """Keep the largest differences of RLLS from a cone solver, from its refined weights, and in the objective."""
        found = {
            "conic": float(np.max(np.abs(ours - conic))),
            "refined_conic": float(np.max(np.abs(ours - program.refine(conic)))),
            "above_conic": float(program.objective(ours) - program.objective(conic)),
        }
        for name, value in found.items():
            self.conic[name] = rounded(max(value, self.conic.get(name, value)))
