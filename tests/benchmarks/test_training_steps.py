"""The benchmark: its peers take the same steps, and its table says what was measured."""

import numpy as np
import pytest

from benchmarks.training_steps.measure import LOSS_TOLERANCE
from benchmarks.training_steps.peers import (
    CUDA_PEERS,
    HAND_WRITTEN,
    OURS,
    OURS_ON_CUDA,
    PEERS,
    TORCH,
    hand_written,
    reference,
    torch_eager,
)
from benchmarks.training_steps.report import LIMITS, markdown
from benchmarks.training_steps.workloads import WORKLOADS


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda workload: workload.name)
def test_peers_compute_the_same_losses(workload, tmp_path):
    path = workload.write(tmp_path)

    def losses(peer, place):
        with np.load(path) as arrays:
            step = peer.make_step(workload.network, dict(arrays), place)
        return [step().item() for _ in range(5)]

    wanted = losses(torch_eager, "cpu")
    assert wanted[0] > wanted[-1] + 10 * LOSS_TOLERANCE * wanted[0], "a step that changes nothing would pass"
    np.testing.assert_allclose(losses(reference, "numpy"), wanted, rtol=LOSS_TOLERANCE)
    np.testing.assert_allclose(losses(reference, "cpu"), wanted, rtol=LOSS_TOLERANCE)
    if workload.network in hand_written.NETWORKS:
        np.testing.assert_allclose(losses(hand_written, "numpy"), wanted, rtol=LOSS_TOLERANCE)


def test_every_network_is_compared_and_has_limits():
    assert list(LIMITS) == [workload.name for workload in WORKLOADS]
    for workload in WORKLOADS:
        measured = {peer.name for peer in PEERS if workload.network in peer.networks}
        assert {OURS, TORCH, *LIMITS[workload.name]} <= measured


def measured(workload, ratios, on_cuda=None):
    rows = [
        {
            "peer": peer.name,
            "microseconds": 40.0,
            "to_hand_written": 1.0 if "mlp" in workload.network else None,
            "to_torch": 0.5,
            "ours_to_it": ratios.get(peer.name, 1.0),
            "versions": {"numpy": "2"},
        }
        for peer in PEERS + (CUDA_PEERS if on_cuda else [])
        if workload.network in peer.networks
    ]
    one = {"workload": workload.name, "threads": 1, "rows": rows, "on_cuda": on_cuda}
    return markdown({"made": {}, "measured": {"rounds": 25, "workloads": [one]}})


@pytest.mark.parametrize(("ratio", "verdict"), [(1.25, "within"), (1.26, "OVER")])
def test_the_table_says_whether_a_limit_was_kept(ratio, verdict):
    workload = WORKLOADS[1]
    table = measured(workload, {HAND_WRITTEN: ratio, TORCH: 0.5})
    assert f"| {workload.name} | 1 | {OURS} | {HAND_WRITTEN} | {ratio} | 1.25, {verdict} |" in table
    assert f"| {workload.name} | 1 | {OURS} | {TORCH} | 0.50 | 0.9, within |" in table
    assert f"| {OURS} | 40 | 1.00 | 0.50 |" in table
    assert "CUDA" not in table and "Not in this run" not in table


def test_a_network_that_nobody_wrote_by_hand_has_a_dash_and_cuda_its_own_limit():
    table = measured(WORKLOADS[-1], {TORCH: 1.5}, on_cuda=2.5)
    assert f"| {OURS} | 40 | – | 0.50 |" in table
    assert table.endswith(f"\nNot in this run: {HAND_WRITTEN}.\n")
    assert f"| {OURS_ON_CUDA} | torch eager, CUDA | 2.50 | 2.0, OVER |" in table
