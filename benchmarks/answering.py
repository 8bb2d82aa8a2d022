"""The side of the program that is timed: it reads how many repetitions to make, and answers with their seconds."""

import json
import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from time import perf_counter
from typing import Any


def hold_to(threads: int) -> None:
    """Keep this process on as many processors as it may have threads."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])


def versions(packages: list[str]) -> dict[str, str]:
    """Give the version of each package, without the words for its build."""
    return {package: version(package).partition("+")[0] for package in packages}


def serve(first: dict[str, Any], repeat: Callable[[int], object]) -> None:
    """Tell what is to be told first, and then time repetitions for as long as they are asked for."""
    _answer(first)
    for line in sys.stdin:
        start = perf_counter()
        repeat(int(line))
        _answer(perf_counter() - start)


def _answer(value: Any) -> None:
    print(json.dumps(value), flush=True)
