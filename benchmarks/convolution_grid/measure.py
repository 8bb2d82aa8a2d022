"""Time a convolution at every point of the grid, on one thread and on two."""

from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.convolution_grid.points import BATCH, POINTS
from benchmarks.convolution_grid.steps import OURS, PACKAGES, STEPS, TORCH
from benchmarks.environments import interpreter
from benchmarks.in_turn import Running, ratio, started, time_rounds
from benchmarks.tables import threads_in_words

THREADS = (1, 2)
ROUNDS = 11
TOLERANCE = 1e-3


def measure(folder: Path) -> dict[str, Any]:
    """Measure all points."""
    grids, versions = [], {}
    for threads in THREADS:
        with started([partial(_start, peer, threads) for peer in STEPS]) as running:
            versions = {one.name: one.first["versions"] for one in running}
            grids.append({"threads": threads, "rows": [_measure(point, running) for point in POINTS]})
    return {"rounds": ROUNDS, "batch": BATCH, "grids": grids, "versions": versions}


def _start(peer: str, threads: int) -> Running:
    arguments = [peer, str(threads)]
    python = interpreter(PACKAGES[peer])
    return Running.start(peer, python, "benchmarks.convolution_grid.worker", arguments, threads)


def _measure(point: tuple[int, int, int], running: list[Running]) -> dict[str, Any]:
    for one in running:
        one.choose(point)
    found = {one.name: one for one in running}
    _check_sums(point, found)
    into, out, pixels = point
    title = f"{into} → {out} channels, {pixels} pixels, {threads_in_words(running[0].threads)}"
    time_rounds(title, running, ROUNDS)
    return {
        "point": list(point),
        "milliseconds": {name: one.median * 1e3 for name, one in found.items()},
        "ratio": ratio(found[OURS], found[TORCH]),
    }


def _check_sums(point: tuple[int, int, int], found: dict[str, Running]) -> None:
    """Refuse peers whose results differ."""
    sums = {name: one.first["sums"] for name, one in found.items()}
    for mine, wanted in zip(sums[OURS], sums[TORCH], strict=True):
        if not abs(mine - wanted) <= TOLERANCE * wanted:
            raise RuntimeError(f"{OURS} and {TORCH} differ at {point}: {sums}")
