"""How long a first answer takes in a new process, timed in turn."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks.counting.tools import TOOLS, Tool
from benchmarks.environments import ROOT, interpreter, settings
from benchmarks.in_turn import progress

ROUNDS, ROUNDS_WITH_TORCH = 40, 5
BARE = "a bare interpreter"
SHAPECALC = (sys.executable, "-m", "reference_impl.shapes")
COMMANDS = {
    BARE: (sys.executable, "-c", "pass"),
    "`import reference_impl.shapes`": (sys.executable, "-c", "import reference_impl.shapes"),
    "`shapecalc conv 3x224x224 --out 64 --kernel 7`": (
        *SHAPECALC,
        *["conv", "3x224x224", "--out", "64", "--kernel", "7"],
    ),
    "`shapecalc net resnet50`": (*SHAPECALC, "net", "resnet50"),
}


def starting_times() -> list[dict[str, Any]]:
    """Time the commands, and one table of ResNet-50 with each tool that needs torch; milliseconds above a bare one."""
    commands = {name: partial(_run, command) for name, command in COMMANDS.items()}
    tools = {tool.name: partial(_run_once, tool) for tool in TOOLS if tool.packages and tool.device == "cpu"}
    seconds = _in_turn("starting shapecalc", commands, ROUNDS)
    bare = median(seconds[BARE])
    seconds |= _in_turn("starting tools", tools, ROUNDS_WITH_TORCH)
    return [
        {"name": name, "milliseconds": median(times) * 1e3, "above_bare": (median(times) - bare) * 1e3}
        for name, times in seconds.items()
    ]


def _in_turn(title: str, runs: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(1, rounds + 1):
        progress(title, number, rounds)
        for name, run in runs.items():
            seconds[name].append(run())
    return seconds


def _run_once(tool: Tool) -> float:
    return _run((interpreter(tool.packages), "-m", "benchmarks.counting.once", tool.module))


def _run(command: tuple[str, ...]) -> float:
    start = perf_counter()
    subprocess.run(command, cwd=ROOT, env=settings(1), stdout=subprocess.DEVNULL, check=True)
    return perf_counter() - start
