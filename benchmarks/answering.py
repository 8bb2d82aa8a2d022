"""The side of the program that is timed: it reads how many repetitions to make, and answers with their seconds."""

import json
import os
import sys
from collections.abc import Callable
from importlib.metadata import version
from time import perf_counter
from typing import Any

Repeat = Callable[[int], object]


def hold_to(threads: int) -> None:
    """Keep this process on as many processors as it may have threads."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])


def versions(packages: list[str]) -> dict[str, str]:
    """Give the version of each package, without the words for its build."""
    return {package: version(package).partition("+")[0] for package in packages}


def serve(first: dict[str, Any], repeat: Repeat) -> None:
    """Tell what is to be told first, and then time repetitions for as long as they are asked for."""
    _answer(first)
    for line in sys.stdin:
        _answer(_seconds(repeat, int(line)))


def serve_cases(first: dict[str, Any], make: Callable[[Any], tuple[dict[str, Any], Repeat]]) -> None:
    """Do the same for a program with several cases: a number asks for repetitions, anything else names a case.

    For a case, `make` gives what is told about it, and its repetitions.
    """
    _answer(first)
    repeat: Repeat = range
    for line in sys.stdin:
        request = json.loads(line)
        if isinstance(request, int):
            _answer(_seconds(repeat, request))
        else:
            about, repeat = make(request)
            _answer(about)


def _seconds(repeat: Repeat, count: int) -> float:
    start = perf_counter()
    repeat(count)
    return perf_counter() - start


def _answer(value: Any) -> None:
    print(json.dumps(value), flush=True)
