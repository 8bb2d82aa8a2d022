"""Count with every tool, and time the table of ResNet-50."""

from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.counting.networks import BESIDE, CASES, RESNET, more_than_products
from benchmarks.counting.starting import starting_times
from benchmarks.counting.tools import OURS, TOOLS, Tool
from benchmarks.environments import interpreter
from benchmarks.in_turn import Running, ratio, time_in_turn

ROUNDS = 15


def measure(folder: Path) -> dict[str, Any]:
    """Measure times and counts on one thread."""
    running = time_in_turn("the table of ResNet-50", [partial(_start, tool) for tool in TOOLS], ROUNDS)
    ours = next(one for one in running if one.name == OURS)
    rows = [
        {
            "tool": one.name,
            "milliseconds": one.median * 1e3,
            "to_ours": ratio(one, ours),
            "counts": {name: one.first["counts"][name] for name in (RESNET, *CASES)},
            "beside": [name for name in BESIDE if _counts_more(one.first["counts"][name], name)],
            "versions": one.first["versions"],
        }
        for one in running
    ]
    return {"rounds": ROUNDS, "tools": rows, "starting": starting_times()}


def _start(tool: Tool) -> Running:
    arguments = [tool.module, tool.device, *tool.packages]
    python = interpreter(tool.packages)
    return Running.start(tool.name, python, "benchmarks.counting.worker", arguments, threads=1)


def _counts_more(counted: list[int] | str, name: str) -> bool:
    return not isinstance(counted, str) and more_than_products(name, counted[1])
