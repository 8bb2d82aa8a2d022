"""Peers that are started together and asked in turn."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.in_turn import Running
from benchmarks.shift.environments import NoEnvironment, python_of


@dataclass(frozen=True)
class Peer:
    """A package, the module that calls it, the environment that has it (None: the project's), and its methods.

    `gigabytes` is the most memory that it may ask for.
    """

    name: str
    module: str
    environment: str | None
    methods: tuple[str, ...]
    gigabytes: int | None = None

    def start(self, threads: int) -> Running:
        """Start it in its environment."""
        arguments = [self.module, str(threads)] + ([] if self.gigabytes is None else [str(self.gigabytes)])
        return Running.start(
            self.name, python_of(self.environment), "benchmarks.shift.worker", arguments, threads
        )


@dataclass
class Asked:
    """Peers that run, and for those that don't the reason."""

    running: list[tuple[Peer, Running]] = field(default_factory=list)
    versions: dict[str, dict[str, str]] = field(default_factory=dict)
    not_run: dict[str, str] = field(default_factory=dict)


@contextmanager
def started_peers(peers: Iterable[Peer], threads: int) -> Iterator[Asked]:
    """Start peers, and stop them at the end; one whose environment can't be made or that doesn't start is left out."""
    asked = Asked()
    with ExitStack() as stack:
        for peer in peers:
            try:
                process = peer.start(threads)
            except (NoEnvironment, RuntimeError) as error:
                asked.not_run[peer.name] = str(error)
                print(f"{peer.name} is not run: {error}", file=sys.stderr)
                continue
            stack.callback(process.stop)
            asked.running.append((peer, process))
            asked.versions[peer.name] = process.first["versions"]
        yield asked


def ask(process: Running, method: str, arrays: Path, seed: int) -> dict[str, Any]:
    """Return the values and seconds of a method on the arrays in a folder, or how it failed."""
    process.choose({"method": method, "arrays": str(arrays), "seed": seed})
    return process.first


def save(folder: Path, arrays: Mapping[str, np.ndarray]) -> Path:
    """Write arrays into a folder, from which every peer reads them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array)
    return folder
