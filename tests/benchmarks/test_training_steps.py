"""The benchmark: its peers take the same steps, and its table says what was measured."""

import numpy as np
import pytest

from benchmarks.training_steps.peers import (
    HAND_WRITTEN,
    OURS,
    PEERS,
    TORCH,
    hand_written,
    reference,
    torch_eager,
)
from benchmarks.training_steps.report import markdown
from benchmarks.training_steps.workloads import WORKLOADS


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.name)
def test_peers_compute_the_same_losses(workload, tmp_path):
    path = workload.write(tmp_path)

    def losses(peer, place):
        with np.load(path) as arrays:
            step = peer.make_step(dict(arrays), place)
        return [step().item() for _ in range(5)]

    wanted = losses(hand_written, "numpy")
    assert wanted[0] > wanted[-1]
    for peer, place in ((reference, "numpy"), (reference, "cpu"), (torch_eager, "cpu")):
        np.testing.assert_allclose(losses(peer, place), wanted, rtol=1e-4)


@pytest.mark.parametrize(("ratio", "verdict"), [(1.25, "within"), (1.75, "OVER")])
def test_the_table_says_whether_a_limit_was_kept(ratio, verdict):
    rows = [
        {
            "peer": peer.name,
            "microseconds": 40.0,
            "to_hand_written": 1.0,
            "to_torch": 0.5,
            "ours_to_it": {HAND_WRITTEN: ratio, TORCH: 0.5}.get(peer.name, 1.0),
            "versions": {"numpy": "2"},
        }
        for peer in PEERS
    ]
    workloads = [{"workload": WORKLOADS[0].name, "threads": 1, "rows": rows}]
    table = markdown({"made": {}, "measured": {"rounds": 40, "workloads": workloads}})
    assert f"{OURS}: {ratio} of {HAND_WRITTEN} ({verdict} the limit of 1.5), 0.50 of {TORCH} (within" in table
    assert f"| {OURS} | 40 | 1.00 | 0.50 |" in table
