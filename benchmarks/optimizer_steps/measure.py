"""Time a step on 10 million parameters with every rule and peer, on one thread and on two."""

from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.cuda import has_cuda
from benchmarks.environments import interpreter
from benchmarks.in_turn import Running, ratio, started, time_rounds
from benchmarks.optimizer_steps.peers import CUDA_PEERS, PAIRS, PEERS, Peer
from benchmarks.optimizer_steps.rules import COUNT, RULES
from benchmarks.tables import threads_in_words

THREADS = (1, 2)
ROUNDS = 11


def measure(folder: Path) -> dict[str, Any]:
    """Measure all rules."""
    rows, versions = [], {}
    for threads in THREADS:
        peers = PEERS + (CUDA_PEERS if has_cuda() else [])
        with started([partial(_start, peer, threads) for peer in peers]) as running:
            versions = {one.name: one.first["versions"] for one in running}
            for rule in RULES:
                rows += _measure(rule, running)
    return {"rounds": ROUNDS, "count": COUNT, "rows": rows, "versions": versions}


def _start(peer: Peer, threads: int) -> Running:
    arguments = [peer.name, str(threads)]
    python = interpreter(peer.packages)
    return Running.start(peer.name, python, "benchmarks.optimizer_steps.worker", arguments, threads)


def _measure(rule: str, running: list[Running]) -> list[dict[str, Any]]:
    for one in running:
        one.choose(rule)
    threads = running[0].threads
    time_rounds(f"{rule}, {threads_in_words(threads)}", running, ROUNDS)
    found = {one.name: one for one in running}
    return [
        {
            "rule": rule,
            "threads": threads,
            "ours": ours,
            "peer": peer,
            "ours_milliseconds": found[ours].median * 1e3,
            "peer_milliseconds": found[peer].median * 1e3,
            "ratio": ratio(found[ours], found[peer]),
        }
        for ours, peer in PAIRS
        if ours in found
    ]
