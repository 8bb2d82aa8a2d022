"""The benchmark of optimizers: what is timed side by side computes the same, and the table says whether limits hold."""

import numpy as np
import pytest

from benchmarks.optimizer_steps.peers import CUDA_PEERS, PAIRS, PEERS
from benchmarks.optimizer_steps.report import LIMITS, markdown
from benchmarks.optimizer_steps.rules import RULES


@pytest.mark.parametrize("rule", RULES)
def test_what_is_timed_computes_the_same(rule):
    stepped = {}
    for peer in PEERS:
        rng = np.random.default_rng(0)
        arrays = rng.standard_normal(5), rng.standard_normal(5)
        step = peer.make_step(rule, arrays, peer.device)
        for _ in range(8):
            step()
        stepped[peer.name] = arrays[0]
    theirs = stepped.pop("torch")
    assert not np.array_equal(theirs, np.random.default_rng(0).standard_normal(5))
    for name, values in stepped.items():
        np.testing.assert_allclose(values, stepped["NumPy by hand"], rtol=1e-12, err_msg=name)
        np.testing.assert_allclose(values, theirs, rtol=1e-7, err_msg="NAdam of torch multiplies in float32")


def test_everything_that_is_timed_has_a_partner_and_a_limit():
    assert sorted(name for pair in PAIRS for name in pair) == sorted(peer.name for peer in PEERS + CUDA_PEERS)
    assert [peer for _, peer in PAIRS] == list(LIMITS)


@pytest.mark.parametrize(("ratio", "verdict", "kept"), [(1.25, "within", 1), (1.75, "OVER", 0)])
def test_the_table_says_whether_a_limit_was_kept(ratio, verdict, kept):
    ours, peer = PAIRS[0]
    row = {"rule": "Adam", "threads": 1, "ours": ours, "peer": peer, "ratio": ratio}
    row |= {"ours_milliseconds": 20.0, "peer_milliseconds": 16.0}
    versions = {peer: {"torch": "2.13"}}
    measured = {"rounds": 11, "count": 10, "rows": [row, row | {"threads": 2}], "versions": versions}
    table = markdown({"measured": measured})
    assert f"## {ours} beside {peer}, 1 thread\n" in table and f"beside {peer}, 2 threads\n" in table
    assert table.count(f"| Adam | 20.0 | 16.0 | {ratio} | {verdict} |") == 2
    assert table.count(f"{kept} of 1 rules within the limit; median {ratio}, largest {ratio}.") == 2
    assert table.endswith(f"- {peer}: torch 2.13\n")
