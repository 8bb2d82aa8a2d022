"""Time estimates of the ratio on few points, on many, and on a million."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.in_turn import progress
from benchmarks.shift.peers import Peer, ask, save, started_peers
from benchmarks.shift.statistics import rounded
from benchmarks.shift_scale.peers import DENSRATIO, LARGE, MIDDLE, SMALL
from benchmarks.shift_weights.draws import draw, weight_error

FEW, FEW_DIMENSIONS = {1000: 7, 5000: 5}, 5
"""Points in each sample, and the number of runs."""
FEWER_RUNS = {(DENSRATIO, 5000): 1}
MANY, MILLION, MANY_DIMENSIONS = 60_000, 1_000_000, 20
MILLION_RUNS = 3


def measure(folder: Path) -> dict[str, Any]:
    """Measure few points on one thread, many and a million on two."""
    folder = folder / "shift-scale"
    versions: dict[str, Any] = {}
    not_run: dict[str, str] = {}
    told = versions, not_run
    few = [_timed(SMALL, size, FEW_DIMENSIONS, 1, runs, folder, told) for size, runs in FEW.items()]
    many = _timed(MIDDLE, MANY, MANY_DIMENSIONS, 2, 1, folder, told)
    million = [
        _timed([peer], MILLION, MANY_DIMENSIONS, 2, MILLION_RUNS, folder, told, np.float32) for peer in LARGE
    ]
    rows = [row for found in million for row in found["rows"]]
    return {
        "few": few,
        "many": many,
        "million": {**million[0], "rows": rows},
        "versions": versions,
        "not_run": not_run,
    }


def _timed(
    peers: Sequence[Peer],
    size: int,
    dimensions: int,
    threads: int,
    runs: int,
    folder: Path,
    told: tuple[dict[str, Any], dict[str, str]],
    dtype: Any = np.float64,
) -> dict[str, Any]:
    """Time every method of these peers in turn on one draw."""
    drawn = draw("mean", dimensions, size, seed=0)
    arrays = {"source": drawn.source.astype(dtype), "target": drawn.target.astype(dtype)}
    saved = save(folder / f"{size}", arrays)
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    with started_peers(peers, threads) as asked:
        for number in range(runs):
            progress(f"{size:,} points, {peers[-1].methods[-1]}", number + 1, runs)
            for peer, process in asked.running:
                if number < FEWER_RUNS.get((peer.name, size), runs):
                    for method in peer.methods:
                        _add(rows, peer.name, method, ask(process, method, saved, 0), drawn.ratio)
    told[0].update(asked.versions)
    told[1].update(asked.not_run)
    return {"size": size, "dimensions": dimensions, "threads": threads, "rows": list(rows.values())}


def _add(
    rows: dict[tuple[str, str], dict[str, Any]],
    peer: str,
    method: str,
    answer: dict[str, Any],
    ratio: np.ndarray,
) -> None:
    row = rows.setdefault((peer, method), {"peer": peer, "method": method, "seconds": []})
    if "failed" in answer:
        row["failed"] = answer["failed"]
        return
    row["seconds"].append(rounded(answer["seconds"]))
    row.setdefault("error", rounded(weight_error(np.asarray(answer["values"]), ratio)))
    row.setdefault("peak", answer["peak"])
