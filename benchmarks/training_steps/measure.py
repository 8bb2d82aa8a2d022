"""Time one training step of each workload with every peer, on one thread and on two."""

from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.cuda import has_cuda
from benchmarks.environments import interpreter
from benchmarks.in_turn import Running, ratio, time_in_turn
from benchmarks.tables import threads_in_words
from benchmarks.training_steps.peers import (
    CUDA_PEERS,
    HAND_WRITTEN,
    OURS,
    OURS_ON_CUDA,
    PEERS,
    TORCH,
    TORCH_ON_CUDA,
    Peer,
)
from benchmarks.training_steps.workloads import WORKLOADS, Workload

THREADS = (1, 2)
ROUNDS = 15
LOSS_TOLERANCE = 1e-5


def measure(folder: Path) -> dict[str, Any]:
    """Measure all workloads; their arrays are written into a folder."""
    measured = [_measure(workload, threads, folder) for workload in WORKLOADS for threads in THREADS]
    return {"rounds": ROUNDS, "workloads": measured}


def _measure(workload: Workload, threads: int, folder: Path) -> dict[str, Any]:
    peers = [peer for peer in PEERS + (CUDA_PEERS if has_cuda() else []) if workload.network in peer.networks]
    arrays = str(workload.write(folder))
    starts = [partial(_start, peer, workload.network, arrays, threads) for peer in peers]
    title = f"{workload.name}, {threads_in_words(threads)}"
    running = {one.name: one for one in time_in_turn(title, starts, ROUNDS, _check_losses)}
    rows = [
        {
            "peer": name,
            "microseconds": one.median * 1e6,
            "to_hand_written": ratio(one, running[HAND_WRITTEN]) if HAND_WRITTEN in running else None,
            "to_torch": ratio(one, running[TORCH]),
            "ours_to_it": ratio(running[OURS], one),
            "versions": one.first["versions"],
        }
        for name, one in running.items()
    ]
    on_cuda = OURS_ON_CUDA in running
    return {
        "workload": workload.name,
        "threads": threads,
        "rows": rows,
        "on_cuda": ratio(running[OURS_ON_CUDA], running[TORCH_ON_CUDA]) if on_cuda else None,
    }


def _start(peer: Peer, network: str, arrays: str, threads: int) -> Running:
    arguments = [peer.module, network, peer.place, arrays, str(threads), *peer.packages]
    python = interpreter(peer.packages)
    return Running.start(peer.name, python, "benchmarks.training_steps.worker", arguments, threads)


def _check_losses(running: list[Running]) -> None:
    """Refuse peers that don't compute the same losses."""
    wanted = next(one.first["losses"] for one in running if one.name == TORCH)
    for one in running:
        for found, expected in zip(one.first["losses"], wanted, strict=True):
            if not abs(found - expected) <= LOSS_TOLERANCE * abs(expected):
                raise RuntimeError(f"{one.name} computes losses {one.first['losses']}, not {wanted}")
