"""One peer in a process of its own: it reads how many steps to take and answers with the seconds that they took."""

import importlib
import json
import os
import sys
from importlib.metadata import version
from time import perf_counter
from typing import Any

import numpy as np

FIRST_STEPS = 5


def main(module: str, place: str, arrays: str, threads: int, packages: list[str]) -> None:
    """Take a few steps, tell their losses and the versions, and then time steps for as long as it is asked to."""
    if "torch" in packages:
        import torch

        torch.set_num_threads(threads)
    make_step = importlib.import_module(f"benchmarks.peers.{module}").make_step
    with np.load(arrays) as file:
        step = make_step(dict(file), place)
    losses = [step().item() for _ in range(FIRST_STEPS)]
    _answer({"losses": losses, "versions": {package: version(package) for package in packages}})
    for line in sys.stdin:
        start = perf_counter()
        for _ in range(int(line)):
            loss = step()
        loss.item()  # waits for a device that still computes
        _answer(perf_counter() - start)


def _answer(value: Any) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    module, place, arrays, threads, *packages = sys.argv[1:]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: int(threads)])
    main(module, place, arrays, int(threads), packages)
