"""Time a step on 10 million parameters, side by side: `python -m benchmarks.optimizer_steps`.

On torch's tensors against torch with `foreach=False`, on NumPy's arrays against the expression written by hand, on one
thread and on two; on CUDA, where there is one, against torch.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.environments import ROOT, settings
from benchmarks.optimizer_steps.expressions import EXPRESSIONS
from reference_impl import optim
from reference_impl.autograd import Tensor

FOLDER = ROOT / "build" / "benchmarks"
COUNT = 10_000_000
ROUNDS = 15
LIMITS = {"torch": 1.5, "NumPy by hand": 1.5, "torch on CUDA": 2.0}
RULES: dict[str, tuple[str, dict[str, Any]]] = {
    "gradient descent": ("SGD", {}),
    "SGD": ("SGD", {"momentum": 0.9}),
    "SGD, Nesterov": ("SGD", {"momentum": 0.9, "nesterov": True}),
    "Adagrad": ("Adagrad", {}),
    "RMSprop": ("RMSprop", {}),
    "RMSprop, centred": ("RMSprop", {"centered": True, "momentum": 0.9}),
    "Adadelta": ("Adadelta", {}),
    "Adam": ("Adam", {}),
    "AMSGrad": ("Adam", {"amsgrad": True}),
    "AdamW": ("AdamW", {}),
    "Adamax": ("Adamax", {}),
    "NAdam": ("NAdam", {}),
    "RAdam": ("RAdam", {}),
}
Step = Callable[[], Any]


def on_torch(kind: str, options: dict[str, Any], device: str) -> tuple[Step, Step]:
    """Return a step of ours and one of torch, each on a parameter of its own."""
    import torch

    def parameters() -> list[Any]:
        values = [torch.tensor(array, device=device) for array in drawn()]
        parameter = torch.nn.Parameter(values[0])
        parameter.grad = values[1]
        return [parameter]

    ours = getattr(optim, kind)(parameters(), **options)
    theirs = getattr(torch.optim, kind)(parameters(), foreach=False, **options)
    if device == "cpu":
        return ours.step, theirs.step

    def waiting(step: Step) -> Step:
        return lambda: (step(), torch.cuda.synchronize())

    return waiting(ours.step), waiting(theirs.step)


def on_numpy(name: str, kind: str, options: dict[str, Any]) -> tuple[Step, Step]:
    """Return a step of ours and one of the expression written by hand."""
    values, gradient = drawn()
    parameter = Tensor(values, requires_grad=True)
    parameter.grad = gradient
    return getattr(optim, kind)([parameter], **options).step, EXPRESSIONS[name](*drawn())


def drawn() -> tuple[np.ndarray, np.ndarray]:
    """Draw parameters and gradients."""
    rng = np.random.default_rng(0)
    return rng.standard_normal(COUNT, dtype=np.float32), rng.standard_normal(COUNT, dtype=np.float32)


def in_turn(ours: Step, theirs: Step) -> dict[str, float]:
    """Time both in turn; return milliseconds and the median ratio."""
    rounds = []
    for number in range(ROUNDS + 8):  # RAdam computes without the root for five steps
        seconds = []
        for step in (ours, theirs):
            start = perf_counter()
            step()
            seconds.append(perf_counter() - start)
        if number >= 8:
            rounds.append(seconds)
    mine, other = (1e3 * median(column) for column in zip(*rounds, strict=True))
    return {"ours": mine, "theirs": other, "ratio": median(a / b for a, b in rounds)}


def measure(threads: int) -> list[dict[str, Any]]:
    """Time every rule in this process."""
    import torch

    torch.set_num_threads(threads)
    rows = []
    for name, (kind, options) in RULES.items():
        pairs = {"torch": on_torch(kind, options, "cpu"), "NumPy by hand": on_numpy(name, kind, options)}
        if torch.cuda.is_available():
            pairs["torch on CUDA"] = on_torch(kind, options, "cuda")
        for peer, (ours, theirs) in pairs.items():
            rows.append({"rule": name, "peer": peer, "threads": threads} | in_turn(ours, theirs))
            print(
                f"{name}, {peer}, {threads} thread(s): {rows[-1]['ratio']:.2f}", file=sys.stderr, flush=True
            )
    return rows


def markdown(rows: list[dict[str, Any]]) -> str:
    """Write the table."""
    lines = [
        "# One step on 10 million parameters",
        "",
        f"In float32, medians of {ROUNDS} rounds in which both were timed in turn.",
        "",
        "| rule | peer | threads | ms, ours | ms, peer | ratio | limit |",
        "| --- | --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for row in rows:
        limit = LIMITS[row["peer"]]
        verdict = f"{limit}, {'within' if row['ratio'] <= limit else 'OVER'}"
        times = f"{row['ours']:.1f} | {row['theirs']:.1f} | {row['ratio']:.2f}"
        lines.append(f"| {row['rule']} | {row['peer']} | {row['threads']} | {times} | {verdict} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure in a process for each number of threads, and write build/benchmarks/optimizer_steps.json and .md."""
    if sys.argv[1:]:
        print(json.dumps(measure(int(sys.argv[1]))))
        return
    rows = []
    for threads in (1, 2):
        command = [sys.executable, "-m", "benchmarks.optimizer_steps", str(threads)]
        done = subprocess.run(command, cwd=ROOT, env=settings(threads), stdout=subprocess.PIPE, check=True)
        rows += json.loads(done.stdout)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "optimizer_steps.json").write_text(json.dumps(rows, indent=1) + "\n")
    (FOLDER / "optimizer_steps.md").write_text(markdown(rows))
    print(markdown(rows))


if __name__ == "__main__":
    main()
