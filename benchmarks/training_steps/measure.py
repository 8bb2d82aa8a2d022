"""Time one training step of each workload with every peer, on one thread and on two."""

from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.in_turn import Running, ratio, time_in_turn
from benchmarks.training_steps.peers import CUDA_PEERS, HAND_WRITTEN, OURS, PEERS, TORCH, Peer
from benchmarks.training_steps.workloads import WORKLOADS, Workload

THREADS = (1, 2)
ROUNDS = 40
LOSS_TOLERANCE = 1e-4


def measure(folder: Path) -> dict[str, Any]:
    """Measure all workloads; their arrays are written into a folder."""
    measured = [_measure(workload, threads, folder) for workload in WORKLOADS for threads in THREADS]
    return {"rounds": ROUNDS, "workloads": measured}


def _measure(workload: Workload, threads: int, folder: Path) -> dict[str, Any]:
    peers = PEERS + (CUDA_PEERS if _has_cuda() else [])
    starts = [partial(_start, peer, str(workload.write(folder)), threads) for peer in peers]
    title = f"{workload.name}, {threads} thread{'s' * (threads > 1)}"
    running = {one.name: one for one in time_in_turn(title, starts, ROUNDS, _check_losses)}
    rows = [
        {
            "peer": name,
            "microseconds": one.median * 1e6,
            "to_hand_written": ratio(one, running[HAND_WRITTEN]),
            "to_torch": ratio(one, running[TORCH]),
            "ours_to_it": ratio(running[OURS], one),
            "versions": one.first["versions"],
        }
        for name, one in running.items()
    ]
    return {"workload": workload.name, "threads": threads, "rows": rows}


def _start(peer: Peer, arrays: str, threads: int) -> Running:
    arguments = [peer.module, peer.place, arrays, str(threads), *peer.packages]
    return Running.start(peer.name, "benchmarks.training_steps.worker", arguments, peer.packages, threads)


def _check_losses(running: list[Running]) -> None:
    """Refuse peers that don't compute the same losses."""
    wanted = next(one.first["losses"] for one in running if one.name == HAND_WRITTEN)
    for one in running:
        for found, expected in zip(one.first["losses"], wanted, strict=True):
            if not abs(found - expected) <= LOSS_TOLERANCE * abs(expected):
                raise RuntimeError(f"{one.name} computes losses {one.first['losses']}, not {wanted}")


def _has_cuda() -> bool:
    import torch

    return bool(torch.cuda.is_available())
