"""Time one training step of each workload with every peer, on one thread and on two, and write a table."""

import json
import platform
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.environments import ROOT
from benchmarks.peers import CUDA_PEERS, HAND_WRITTEN, OURS, PEERS, TORCH
from benchmarks.report import markdown
from benchmarks.rounds import ROUNDS, ratio, time_in_turn
from benchmarks.workloads import WORKLOADS, Workload

FOLDER = ROOT / "build" / "benchmarks"
THREADS = (1, 2)


def main() -> None:
    """Measure, and write build/benchmarks/results.json and results.md."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    measured = [measure(workload, threads) for workload in WORKLOADS for threads in THREADS]
    report = {
        "made": {
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "python": platform.python_version(),
            "machine": f"{platform.system()} {platform.machine()}, {_processor()}",
            "rounds": ROUNDS,
        },
        "measured": measured,
    }
    (FOLDER / "results.json").write_text(json.dumps(report, indent=1) + "\n")
    table = markdown(report)
    (FOLDER / "results.md").write_text(table)
    print(table)


def measure(workload: Workload, threads: int) -> dict[str, Any]:
    """Time every peer at one workload."""
    title = f"{workload.name}, {threads} thread{'s' * (threads > 1)}"

    def progress(number: int, count: int) -> None:
        if sys.stderr.isatty() or number == count:
            print(
                f"\r{title}: round {number} of {count}",
                end="\n" * (number == count),
                file=sys.stderr,
                flush=True,
            )

    peers = PEERS + (CUDA_PEERS if _has_cuda() else [])
    running = {one.peer.name: one for one in time_in_turn(peers, workload.write(FOLDER), threads, progress)}
    rows = [
        {
            "peer": name,
            "microseconds": sorted(one.seconds)[len(one.seconds) // 2] * 1e6,
            "to_hand_written": ratio(one, running[HAND_WRITTEN]),
            "to_torch": ratio(one, running[TORCH]),
            "ours_to_it": ratio(running[OURS], one),
            "versions": one.first["versions"],
        }
        for name, one in running.items()
    ]
    return {"workload": workload.name, "threads": threads, "rows": rows}


def _has_cuda() -> bool:
    import torch

    return bool(torch.cuda.is_available())


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


if __name__ == "__main__":
    main()
