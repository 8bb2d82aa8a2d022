"""Let every detector read the same streams of zeros and ones."""

from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.in_turn import progress, time_rounds
from benchmarks.shift.peers import Asked, ask, save, started_peers
from benchmarks.shift_streams.peers import DETECTORS, PEERS

RATE, LATER_RATE = 0.2, 0.4
HALF, SEEDS = 5000, 10
TIMED, ROUNDS = 50_000, 5


def measure(folder: Path) -> dict[str, Any]:
    """Measure alarms and delays, and the time of a long stream, on one thread."""
    folder = folder / "shift-streams"
    with started_peers(PEERS, threads=1) as asked:
        alarms = _alarms(asked, folder)
        times = _times(asked, folder)
    return {
        "seeds": SEEDS,
        "half": HALF,
        "rates": [RATE, LATER_RATE],
        "timed": TIMED,
        "rounds": ROUNDS,
        "alarms": alarms,
        "times": times,
        "versions": asked.versions,
        "not_run": asked.not_run,
    }


def draw(count: int, later: int, seed: int) -> np.ndarray:
    """Draw zeros and ones with one rate, and then some with the later rate."""
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.random(count) < RATE, rng.random(later) < LATER_RATE]).astype(float)


def alarms_of(positions: list[int], change: int) -> dict[str, Any]:
    """Count the alarms before a change, and give how long after it the next came; None if none did."""
    after = [position - change for position in positions if position >= change]
    return {"false": len(positions) - len(after), "delay": after[0] if after else None}


def _alarms(asked: Asked, folder: Path) -> dict[str, Any]:
    """Run all detectors on streams with a change in the middle: {peer: {detector: [alarms of each seed]}}."""
    found: dict[str, Any] = {peer.name: {name: [] for name in DETECTORS} for peer, _ in asked.running}
    for seed in range(SEEDS):
        progress("streams with a change", seed + 1, SEEDS)
        saved = save(folder / f"change-{seed}", {"values": draw(HALF, HALF, seed)})
        for peer, process in asked.running:
            for name in DETECTORS:
                answer = ask(process, name, saved, seed)
                found[peer.name][name].append(alarms_of([int(place) for place in answer["values"]], HALF))
    return found


def _times(asked: Asked, folder: Path) -> list[dict[str, Any]]:
    """Time all detectors on one long stream without a change."""
    saved = save(folder / "steady", {"values": draw(TIMED, 0, seed=SEEDS)})
    rows = []
    for name in DETECTORS:
        processes = [process for _, process in asked.running]
        for process in processes:
            ask(process, name, saved, SEEDS)
        time_rounds(f"{name}, {TIMED:,} values", processes, ROUNDS)
        rows += [
            {
                "detector": name,
                "peer": process.name,
                "seconds": process.seconds,
                "alarms": len(process.first["values"]),
            }
            for process in processes
        ]
    return rows
