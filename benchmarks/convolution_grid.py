"""A convolution beside torch's over a grid of channels and pixels: `python -m benchmarks.convolution_grid`.

Each point is one forward and both gradients of a 3×3 convolution with padding 1, in float32, for a batch of 8 images.
Ours runs on NumPy. Both read the same arrays, each in a process of its own, and are timed in turn, so that what slows
the machine down slows both; a figure is the median ratio of the rounds.
"""

import argparse
import json
import math
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product
from statistics import median
from time import perf_counter, sleep
from typing import Any

import numpy as np

from benchmarks.environments import ROOT, settings

CHANNELS = [(1, 1), (1, 16), (4, 4), (16, 16), (64, 64), (256, 256)]
PIXELS = [7, 14, 28, 56]
BATCH, KERNEL, PADDING = 8, 3, 1
ROUNDS = 15
SECONDS_IN_A_ROUND = 0.02
SECONDS_OF_PAUSE = 0.1  # the threads of the one before go on spinning for a while when it has stopped
MEAN_LIMIT, LIMIT = 3.0, 5.0
TOLERANCE = 1e-3

Point = tuple[int, int, int]


def arrays(point: Point) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw images, kernels and the gradient that is carried back."""
    into, out, pixels = point
    rng = np.random.default_rng(0)
    shapes = [(BATCH, into, pixels, pixels), (out, into, KERNEL, KERNEL), (BATCH, out, pixels, pixels)]
    x, weight, gradient = (rng.standard_normal(shape, dtype=np.float32) for shape in shapes)
    return x, weight, gradient


def ours(point: Point) -> Callable[[], tuple[np.ndarray, ...]]:
    """Make a step of ours on NumPy."""
    from reference_impl import functional as F
    from reference_impl.autograd import Tensor

    x, weight, gradient = arrays(point)

    def step() -> tuple[np.ndarray, ...]:
        leaves = Tensor(x, requires_grad=True), Tensor(weight, requires_grad=True)
        result = F.conv2d(*leaves, padding=PADDING)
        result.backward(gradient)
        return result.data, leaves[0].grad, leaves[1].grad

    return step


def torchs(point: Point) -> Callable[[], tuple[np.ndarray, ...]]:
    """Make a step of torch."""
    import torch

    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    x, weight, gradient = map(torch.from_numpy, arrays(point))

    def step() -> tuple[np.ndarray, ...]:
        leaves = x.detach().requires_grad_(), weight.detach().requires_grad_()
        result = torch.nn.functional.conv2d(*leaves, padding=PADDING)
        result.backward(gradient)
        return result.detach().numpy(), leaves[0].grad.numpy(), leaves[1].grad.numpy()

    return step


STEPS = {"ours": ours, "torch": torchs}


def work(peer: str) -> None:
    """Answer a point with the sums of its results, and a number of steps with the seconds that they took."""
    step: Callable[[], tuple[np.ndarray, ...]] = tuple
    for line in sys.stdin:
        request = json.loads(line)
        if isinstance(request, list):
            into, out, pixels = request
            step = STEPS[peer]((into, out, pixels))
            answer: Any = [float(np.abs(array).sum(dtype=np.float64)) for array in step()]
        else:
            start = perf_counter()
            for _ in range(request):
                step()
            answer = perf_counter() - start
        print(json.dumps(answer), flush=True)


@contextmanager
def running(threads: int) -> Iterator[dict[str, Callable[[Any], Any]]]:
    """Start both in processes of their own, and give for each a function that asks it."""
    processes = {
        peer: subprocess.Popen(
            [sys.executable, "-m", "benchmarks.convolution_grid", "--work", peer],
            cwd=ROOT,
            env=settings(threads),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for peer in STEPS
    }

    def ask(process: subprocess.Popen[str], request: Any) -> Any:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())

    try:
        yield {
            peer: lambda request, process=process: ask(process, request)
            for peer, process in processes.items()
        }
    finally:
        for process in processes.values():
            process.communicate()


def measure(point: Point, ask: dict[str, Callable[[Any], Any]], threads: int) -> dict[str, Any]:
    """Time both in turn at one point, once their results are seen to agree."""
    sums = {peer: ask[peer](list(point)) for peer in ask}
    for found, wanted in zip(sums["ours"], sums["torch"], strict=True):
        if not abs(found - wanted) <= TOLERANCE * wanted:
            raise RuntimeError(f"ours and torch differ at {point}: {sums}")
    steps = {peer: max(1, round(SECONDS_IN_A_ROUND / ask[peer](2) * 2)) for peer in ask}
    seconds: dict[str, list[float]] = {peer: [] for peer in ask}
    for _ in range(ROUNDS):
        for peer in ask:
            if threads > 1:
                sleep(SECONDS_OF_PAUSE)
            seconds[peer].append(ask[peer](steps[peer]) / steps[peer])
    ratios = [mine / theirs for mine, theirs in zip(seconds["ours"], seconds["torch"], strict=True)]
    medians = {peer: median(times) for peer, times in seconds.items()}
    return {
        "point": list(point),
        "milliseconds": {p: 1e3 * s for p, s in medians.items()},
        "ratio": median(ratios),
    }


def grid(threads: int) -> list[dict[str, Any]]:
    """Measure every point."""
    with running(threads) as ask:
        rows = []
        for (into, out), pixels in product(CHANNELS, PIXELS):
            rows.append(measure((into, out, pixels), ask, threads))
            print(".", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return rows


def report(threads: int, rows: list[dict[str, Any]]) -> bool:
    """Print a table, and say whether the limits are kept."""
    print(f"\n## Convolution, {threads} thread{'s' * (threads > 1)}\n")
    print("| channels | pixels | ours, ms | torch, ms | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    for row in rows:
        into, out, pixels = row["point"]
        times = row["milliseconds"]
        print(
            f"| {into} → {out} | {pixels} | {times['ours']:.2f} | {times['torch']:.2f} | {row['ratio']:.2f} |"
        )
    ratios = [row["ratio"] for row in rows]
    mean, worst = math.exp(sum(map(math.log, ratios)) / len(ratios)), max(ratios)
    kept = mean <= MEAN_LIMIT and worst <= LIMIT
    print(
        f"\nGeometric mean {mean:.2f} (limit {MEAN_LIMIT}), worst point {worst:.2f} (limit {LIMIT}): "
        f"{'within' if kept else 'OVER'} the limits."
    )
    return kept


def main() -> None:
    """Measure the grid for each number of threads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--work", choices=STEPS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.work)
        return
    print(f"Python {platform.python_version()}, NumPy {np.__version__}, {platform.machine()}, batch {BATCH}")
    verdicts = [report(threads, grid(threads)) for threads in options.threads]
    sys.exit(not all(verdicts))


if __name__ == "__main__":
    main()
