"""Timing programs in turn: each round times every one once, so that what slows the machine down slows all of them."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median
from time import sleep
from typing import Any, Self

from benchmarks.environments import ROOT, settings

SECONDS_IN_A_ROUND = 0.02
SECONDS_OF_PAUSE = 0.1  # the threads of the program before go on spinning for a while when it has stopped


@dataclass
class Running:
    """A program in its process, what it told first, and the seconds that one repetition took in each round.

    Such a program is made by `benchmarks.answering`: it reads how many repetitions to make, and answers with seconds.
    """

    name: str
    threads: int
    process: subprocess.Popen[str]
    first: dict[str, Any] = field(default_factory=dict)
    repetitions: int = 1
    seconds: list[float] = field(default_factory=list)

    @classmethod
    def start(cls, name: str, python: str, module: str, arguments: Iterable[str], threads: int) -> Self:
        """Start a module with arguments in a Python, and wait for what it tells first."""
        process = subprocess.Popen(
            [python, "-m", module, *arguments],
            cwd=ROOT,
            env=settings(threads),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        running = cls(name, threads, process)
        running.first = running.answer()
        return running

    def answer(self) -> Any:
        """Read one answer."""
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise RuntimeError(
                f"{self.name} ended with exit code {self.process.wait()}; its error stands above"
            )
        return json.loads(line)

    def time(self, repetitions: int) -> float:
        """Return the seconds that one of several repetitions takes."""
        if self.threads > 1:
            sleep(SECONDS_OF_PAUSE)
        self._ask(repetitions)
        return float(self.answer()) / repetitions

    def choose(self, case: Any) -> None:
        """Turn a program with several cases to this one, read what it tells about it, and forget earlier times."""
        self._ask(case)
        self.first, self.seconds = self.answer(), []

    def _ask(self, request: Any) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{json.dumps(request)}\n")
        self.process.stdin.flush()

    @property
    def median(self) -> float:
        """The seconds of one repetition, over all rounds."""
        return median(self.seconds)

    def stop(self) -> None:
        """End the process."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


@contextmanager
def started(starts: Iterable[Callable[[], Running]]) -> Iterator[list[Running]]:
    """Start programs, and stop them at the end."""
    running: list[Running] = []
    try:
        for start in starts:
            running.append(start())
        yield running
    finally:
        for one in running:
            one.stop()


def time_rounds(title: str, running: list[Running], rounds: int) -> None:
    """Time programs that run, in rounds; each makes as many repetitions in a round as fill a fiftieth of a second."""
    for one in running:
        one.repetitions = max(1, round(SECONDS_IN_A_ROUND / one.time(1)))
        one.repetitions = max(1, round(SECONDS_IN_A_ROUND / one.time(one.repetitions)))
    for number in range(1, rounds + 1):
        progress(title, number, rounds)
        for one in running:
            one.seconds.append(one.time(one.repetitions))


def time_in_turn(
    title: str,
    starts: Iterable[Callable[[], Running]],
    rounds: int,
    check: Callable[[list[Running]], None] = lambda running: None,
) -> list[Running]:
    """Start programs, check what they told first, and time them in rounds."""
    with started(starts) as running:
        check(running)
        time_rounds(title, running, rounds)
    return running


def progress(title: str, number: int, count: int) -> None:
    """Say on the console which round is run."""
    if sys.stderr.isatty() or number == count:
        print(
            f"\r{title}: round {number} of {count}", end="\n" * (number == count), file=sys.stderr, flush=True
        )


def ratio(one: Running, other: Running) -> float:
    """Return how many times longer one takes than the other: the median over rounds."""
    return median(mine / theirs for mine, theirs in zip(one.seconds, other.seconds, strict=True))
