"""One peer in a process of its own, which takes training steps."""

import importlib
import sys

import numpy as np

from benchmarks.answering import hold_to, serve, versions

FIRST_STEPS = 5


def main(module: str, network: str, place: str, arrays: str, threads: int, packages: list[str]) -> None:
    """Take a few steps, tell their losses and the versions, and then time steps for as long as it is asked to."""
    hold_to(threads)
    if "torch" in packages:
        import torch

        torch.set_num_threads(threads)
    make_step = importlib.import_module(f"benchmarks.training_steps.peers.{module}").make_step
    with np.load(arrays) as file:
        step = make_step(network, dict(file), place)
    losses = [step().item() for _ in range(FIRST_STEPS)]

    def steps(count: int) -> None:
        for _ in range(count):
            loss = step()
        loss.item()  # waits for a device that still computes

    serve({"losses": losses, "versions": versions(packages)}, steps)


if __name__ == "__main__":
    module, network, place, arrays, threads, *packages = sys.argv[1:]
    main(module, network, place, arrays, int(threads), packages)
