"""One peer in a process of its own, which convolves at the point that it is told."""

import sys
from typing import Any

import numpy as np

from benchmarks.answering import Repeat, hold_to, serve_cases, versions
from benchmarks.convolution_grid.points import drawn
from benchmarks.convolution_grid.steps import PACKAGES, STEPS


def main(peer: str, threads: int) -> None:
    """Tell the versions, for each point the sums of its results, and the times that are asked for."""
    hold_to(threads)
    if "torch" in PACKAGES[peer]:
        import torch

        torch.set_num_threads(threads)

    def make(point: list[int]) -> tuple[dict[str, Any], Repeat]:
        step = STEPS[peer](drawn(*point))

        def steps(count: int) -> None:
            for _ in range(count):
                step()

        return {"sums": [float(np.abs(array).sum(dtype=np.float64)) for array in step()]}, steps

    serve_cases({"versions": versions(list(PACKAGES[peer]))}, make)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
