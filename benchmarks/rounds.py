"""Timing peers in turn: each round times every peer once, so that what slows the machine down slows all of them."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import sleep
from typing import Any, Self

from benchmarks.environments import ROOT, interpreter, settings
from benchmarks.peers import HAND_WRITTEN, Peer

ROUNDS = 40
SECONDS_IN_A_ROUND = 0.02
SECONDS_OF_PAUSE = 0.1  # the threads of the peer before go on spinning for a while when it has stopped
LOSS_TOLERANCE = 1e-4


@dataclass
class Running:
    """A peer in its process, and the seconds for a step that it needed in each round."""

    peer: Peer
    threads: int
    process: subprocess.Popen[str]
    first: dict[str, Any] = field(default_factory=dict)
    steps: int = 1
    seconds: list[float] = field(default_factory=list)

    @classmethod
    def start(cls, peer: Peer, arrays: Path, threads: int) -> Self:
        """Start a peer and wait for its first losses."""
        command = [
            interpreter(peer),
            "-m",
            "benchmarks.worker",
            peer.module,
            peer.place,
            str(arrays),
            str(threads),
        ]
        process = subprocess.Popen(
            [*command, *peer.packages],
            cwd=ROOT,
            env=settings(threads),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        running = cls(peer, threads, process)
        running.first = running.answer()
        return running

    def answer(self) -> Any:
        """Read one answer."""
        line = self.process.stdout.readline() if self.process.stdout else ""
        if not line:
            raise RuntimeError(
                f"{self.peer.name} ended with exit code {self.process.wait()}; its error stands above"
            )
        return json.loads(line)

    def time(self, steps: int) -> float:
        """Return the seconds that one of `steps` steps takes."""
        assert self.process.stdin is not None
        if self.threads > 1:
            sleep(SECONDS_OF_PAUSE)
        self.process.stdin.write(f"{steps}\n")
        self.process.stdin.flush()
        return self.answer() / steps

    def stop(self) -> None:
        """End the process."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()


def time_in_turn(
    peers: list[Peer], arrays: Path, threads: int, progress: Callable[[int, int], None]
) -> list[Running]:
    """Check that all peers compute the same losses, and time them in rounds."""
    running: list[Running] = []
    try:
        for peer in peers:
            running.append(Running.start(peer, arrays, threads))
        _check_losses(running)
        for one in running:
            one.steps = max(1, round(SECONDS_IN_A_ROUND / one.time(3)))
            one.steps = max(1, round(SECONDS_IN_A_ROUND / one.time(one.steps)))
        for number in range(ROUNDS):
            progress(number + 1, ROUNDS)
            for one in running:
                one.seconds.append(one.time(one.steps))
    finally:
        for one in running:
            one.stop()
    return running


def _check_losses(running: list[Running]) -> None:
    wanted = next(one.first["losses"] for one in running if one.peer.name == HAND_WRITTEN)
    for one in running:
        for found, expected in zip(one.first["losses"], wanted, strict=True):
            if not abs(found - expected) <= LOSS_TOLERANCE * abs(expected):
                raise RuntimeError(f"{one.peer.name} computes losses {one.first['losses']}, not {wanted}")


def ratio(one: Running, other: Running) -> float:
    """Return how many times longer one takes than the other: the median over rounds."""
    return median(mine / theirs for mine, theirs in zip(one.seconds, other.seconds, strict=True))
