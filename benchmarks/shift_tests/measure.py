"""Let every test decide about the same pairs of samples."""

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.in_turn import progress
from benchmarks.shift.peers import Asked, ask, save, started_peers
from benchmarks.shift.statistics import rounded
from benchmarks.shift_tests.peers import PEERS, SIZES, is_run

DIMENSIONS, SHIFT, PERMUTATIONS = 5, 0.2, 100


def measure(folder: Path) -> dict[str, Any]:
    """Measure all tests on one thread."""
    with started_peers(PEERS, threads=1) as asked:
        # The largest first: a process that has run smaller samples before asks for ten times the memory.
        largest_first = [_size(asked, size, folder / "shift-tests") for size in reversed(SIZES)]
    return {
        "permutations": PERMUTATIONS,
        "dimensions": DIMENSIONS,
        "sizes": largest_first[::-1],
        "versions": asked.versions,
        "not_run": asked.not_run,
    }


def draw(size: int, seed: int) -> dict[str, np.ndarray]:
    """Draw two normal samples whose first coordinates differ in the mean."""
    rng = np.random.default_rng(seed)
    source, target = (rng.standard_normal((size, DIMENSIONS)) for _ in range(2))
    target[:, 0] += SHIFT
    return {"source": source, "target": target, "permutations": np.asarray(PERMUTATIONS)}


def _size(asked: Asked, size: int, folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {peer.name: {} for peer, _ in asked.running}
    for seed in range(SIZES[size]):
        progress(f"two samples of {size}", seed + 1, SIZES[size])
        saved = save(folder / f"{size}-{seed}", draw(size, seed))
        for peer, process in asked.running:
            for method in peer.methods:
                if is_run(method, size, seed):
                    row = found[peer.name].setdefault(method, {"seconds": [], "p_value": [], "failed": []})
                    answer = ask(process, method, saved, seed)
                    if "failed" in answer:
                        row["failed"].append(answer["failed"])
                        continue
                    row["seconds"].append(rounded(answer["seconds"]))
                    row["p_value"].append(rounded(answer["values"]))
    return {"size": size, "methods": found}
