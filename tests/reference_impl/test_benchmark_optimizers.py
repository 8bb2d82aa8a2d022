"""The benchmark of optimizers: what is timed side by side computes the same, and the table says whether limits hold."""

import numpy as np
import pytest

from benchmarks.optimizer_steps import __main__ as benchmark


@pytest.mark.parametrize("name", benchmark.RULES)
def test_what_is_timed_computes_the_same(name, monkeypatch):
    arrays = []

    def drawn():
        rng = np.random.default_rng(0)
        arrays.append(rng.standard_normal(5))
        return arrays[-1], rng.standard_normal(5)

    monkeypatch.setattr(benchmark, "drawn", drawn)
    kind, options = benchmark.RULES[name]
    for ours, theirs in (benchmark.on_torch(kind, options, "cpu"), benchmark.on_numpy(name, kind, options)):
        for _ in range(8):
            ours()
            theirs()
    _, _, ours, by_hand = arrays
    assert not np.array_equal(ours, np.random.default_rng(0).standard_normal(5))
    np.testing.assert_allclose(ours, by_hand, rtol=1e-12)


@pytest.mark.parametrize(("ratio", "verdict"), [(1.25, "1.5, within"), (1.75, "1.5, OVER")])
def test_the_table_says_whether_a_limit_was_kept(ratio, verdict):
    row = {"rule": "Adam", "peer": "torch", "threads": 1, "ours": 20.0, "theirs": 16.0, "ratio": ratio}
    assert f"| Adam | torch | 1 | 20.0 | 16.0 | {ratio} | {verdict} |" in benchmark.markdown([row])
