"""One peer in a process of its own, which takes steps of the rule that it is told."""

import sys
from typing import Any

from benchmarks.answering import Repeat, hold_to, serve_cases, versions
from benchmarks.optimizer_steps.peers import CUDA_PEERS, PEERS, Peer
from benchmarks.optimizer_steps.rules import drawn

FIRST_STEPS = 8  # RAdam computes without the root for five steps


def main(peer: Peer, threads: int) -> None:
    """Tell the versions, and then time steps for as long as it is asked to."""
    hold_to(threads)
    if "torch" in peer.packages:
        import torch

        torch.set_num_threads(threads)

    def make(rule: str) -> tuple[dict[str, Any], Repeat]:
        step = peer.make_step(rule, drawn(), peer.device)

        def steps(count: int) -> None:
            for _ in range(count):
                step()
            if peer.device == "cuda":
                torch.cuda.synchronize()

        steps(FIRST_STEPS)
        return {}, steps

    serve_cases({"versions": versions(list(peer.packages))}, make)


if __name__ == "__main__":
    (chosen,) = (peer for peer in [*PEERS, *CUDA_PEERS] if peer.name == sys.argv[1])
    main(chosen, int(sys.argv[2]))
