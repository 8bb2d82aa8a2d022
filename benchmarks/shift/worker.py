"""One peer in a process of its own: it reads saved arrays, and answers with what a method makes of them."""

import contextlib
import importlib
import resource
import sys
import warnings
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.answering import Repeat, hold_to, serve_cases, versions
from benchmarks.shift.memory import above, start_of_peak

LONGEST_MESSAGE = 120


def main(module: str, threads: int, gigabytes: int | None = None) -> None:
    """Tell the versions, and then for each case its result, seconds and highest memory, or the error it ended in."""
    hold_to(threads)
    if gigabytes is not None:
        resource.setrlimit(resource.RLIMIT_AS, (gigabytes * 2**30,) * 2)
    warnings.simplefilter("ignore")
    with contextlib.redirect_stdout(sys.stderr):
        peer = importlib.import_module(module)
    if "torch" in peer.PACKAGES:
        import torch

        torch.set_num_threads(threads)
    serve_cases({"versions": versions(list(peer.PACKAGES))}, partial(answer, peer.METHODS))


def answer(methods: dict[str, Any], case: dict[str, Any]) -> tuple[dict[str, Any], Repeat]:
    """Run the method that a case names once; a method prepares what isn't timed, and gives a function that is."""
    with contextlib.redirect_stdout(sys.stderr):
        try:
            run = methods[case["method"]](read(case["arrays"]), case["seed"])
            memory, start = start_of_peak(), perf_counter()
            values = run()
            seconds, peak = perf_counter() - start, above(memory)
        except Exception as error:
            return {"failed": f"{type(error).__name__}: {error}".strip(": ")[:LONGEST_MESSAGE]}, range

    def repeat(count: int) -> None:
        with contextlib.redirect_stdout(sys.stderr):
            for _ in range(count):
                run()

    return {"seconds": seconds, "peak": peak, "values": np.asarray(values, dtype=float).tolist()}, repeat


def read(folder: str) -> dict[str, np.ndarray]:
    """Read the arrays that are saved in a folder."""
    return {path.stem: np.load(path) for path in Path(folder).glob("*.npy")}


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
