"""The benchmarks of scale, two-sample tests and streams: what they measure, and what their tables say."""

import numpy as np
import pytest

from benchmarks.shift_scale import report as scale
from benchmarks.shift_scale.peers import (
    DENSRATIO,
    LARGE_ULSIF,
    LOGISTIC,
    MIDDLE,
    OURS,
    OURS_ON_CUDA,
    SMALL,
    THEIR_ULSIF,
    ULSIF,
    on_cuda,
)
from benchmarks.shift_scale.peers import reference as scale_reference
from benchmarks.shift_streams import measure as streams_measure
from benchmarks.shift_streams import report as streams
from benchmarks.shift_streams.peers import DETECTORS, FROUROS, RIVER
from benchmarks.shift_streams.peers import reference as streams_reference
from benchmarks.shift_tests import measure as tests_measure
from benchmarks.shift_tests import report as two_sample
from benchmarks.shift_tests.peers import (
    ALIBI,
    ALIBI_KOLMOGOROV,
    ALIBI_MMD,
    EXACT,
    KOLMOGOROV,
    RANDOM_FEATURES,
)
from benchmarks.shift_tests.peers import is_run as is_asked
from benchmarks.shift_tests.peers import reference as tests_reference
from benchmarks.shift_weights.draws import draw
from benchmarks.tables import in_seconds


def test_ours_at_scale_estimate_the_same_weights_on_a_device(monkeypatch):
    monkeypatch.setattr(on_cuda, "DEVICE", "cpu")
    drawn = draw("mean", 20, 300, seed=0)
    arrays = {"source": drawn.source, "target": drawn.target}
    for name in (ULSIF, LOGISTIC, LARGE_ULSIF):
        weights = scale_reference.METHODS[name](arrays, 0)()
        np.testing.assert_allclose(on_cuda.METHODS[name](arrays, 0)(), weights, rtol=1e-6, atol=1e-9)
        assert np.corrcoef(weights, drawn.ratio)[0, 1] > 0.2, name
    assert {name for peer in [*SMALL, *MIDDLE] if peer.name == OURS for name in peer.methods} == set(
        scale_reference.METHODS
    )


def scale_report(ratio, seconds, peak):
    def row(peer, method, seconds, peak=1000):
        return {"peer": peer, "method": method, "seconds": [seconds] * 3, "error": 0.25, "peak": peak}

    def part(size, rows):
        return {"size": size, "dimensions": 5, "threads": 1, "rows": rows}

    few = [
        part(size, [row(OURS, ULSIF, 0.1), row(DENSRATIO, THEIR_ULSIF, 0.1 * ratio)]) for size in (1000, 5000)
    ]
    failed = {"peer": "skada", "method": "KMM", "seconds": [], "failed": "MemoryError: 26.8 GiB"}
    million = [row(OURS, LOGISTIC, seconds, peak), row(OURS, LARGE_ULSIF, 5.0, None)]
    million.append(row(OURS_ON_CUDA, LARGE_ULSIF, 0.25, None))
    measured = {"few": few, "many": part(60_000, [failed]), "million": part(1_000_000, million)}
    return scale.markdown({"measured": measured | {"versions": {}, "not_run": {}}})


def test_the_scale_says_whether_limits_were_met():
    text = scale_report(100, 0.5, 2e8)
    assert "| `ULSIF()`, times faster than densratio | 1,000 | 100.0 | 40 | met |" in text
    assert "| `ULSIF()`, times faster than densratio | 5,000 | 100.0 | 150 | **not met** |" in text
    assert f"| `{LOGISTIC}`, seconds | 1,000,000 | 0.50 | 0.6 | met |" in text
    assert f"| `{LOGISTIC}`, GB beyond the inputs | 1,000,000 | 0.20 | 1 | met |" in text
    assert "| skada | `KMM` | MemoryError | – | – | – |" in text
    assert f"| {OURS} | `{LOGISTIC}` | 500 ms | 3 | 200 MB | 0.2500 |" in text
    assert f"| `{LARGE_ULSIF}`, times faster on CUDA | 1,000,000 | 20.0 | 10 | met |" in text
    assert scale_report(200, 0.7, 2e9).count("**not met**") == 2


def test_ours_see_that_two_samples_differ_and_slow_tests_get_fewer_seeds():
    arrays = tests_measure.draw(400, seed=0)
    for name, prepare in tests_reference.METHODS.items():
        assert prepare(arrays, 0)() < 0.05, name
    assert is_asked(ALIBI_MMD, 5000, 0) and not is_asked(ALIBI_MMD, 5000, 1)
    assert is_asked(EXACT, 5000, 2) and not is_asked("kernel_mmd", 5000, 0)


def test_two_sample_tests_are_compared_with_the_same_kind():
    def row(seconds):
        return {"seconds": [seconds] * 2, "p_value": [0.0099, 0.0], "failed": []}

    ours = {EXACT: row(2.0), RANDOM_FEATURES: row(0.2), KOLMOGOROV: row(0.001)}
    methods = {OURS: ours, ALIBI: {ALIBI_MMD: row(60.0), ALIBI_KOLMOGOROV: row(0.004)}}
    too_large = {"seconds": [], "p_value": [], "failed": ["MemoryError"]}
    larger = {OURS: ours, ALIBI: {ALIBI_MMD: too_large, ALIBI_KOLMOGOROV: row(0.004)}}
    sizes = [{"size": 2500, "methods": methods}, {"size": 5000, "methods": larger}]
    measured = {"permutations": 100, "dimensions": 5, "sizes": sizes}
    text = two_sample.markdown({"measured": measured | {"versions": {}, "not_run": {}}})
    assert f"| `{EXACT}` | 2,500 | 30.0 | 20 | met |" in text
    assert f"| `{RANDOM_FEATURES}` | 2,500 | 300.0 | 500 | **not met** |" in text
    assert f"| {ALIBI} | `{ALIBI_MMD}` | MemoryError | – | – |" in text
    assert f"| {OURS} | `{KOLMOGOROV}` | 1.00 ms | 0.25 | 0.0099, 0 |" in text
    assert f"| {OURS} | `{EXACT}` | 2.00 s | 0.0333 | 0.0099, 0 |" in text


def test_streams_change_in_the_middle():
    values = streams_measure.draw(5000, 5000, seed=0)
    assert set(values.tolist()) == {0.0, 1.0}
    assert np.mean(values[:5000]) == pytest.approx(0.2, abs=0.03)
    assert np.mean(values[5000:]) == pytest.approx(0.4, abs=0.03)
    for name in DETECTORS:
        found = streams_measure.alarms_of(streams_reference.METHODS[name]({"values": values}, 0)(), 5000)
        assert found["false"] == 0 and 50 < found["delay"] < 1000, name
    assert streams_measure.alarms_of([3, 10, 12], 10) == {"false": 1, "delay": 0}
    assert streams_measure.alarms_of([3], 10) == {"false": 1, "delay": None}


@pytest.mark.parametrize(("ours", "missed"), [(0.001, 0), (0.2, 3)])
def test_detectors_are_compared_with_river(ours, missed):
    times = [
        {"detector": name, "peer": peer, "seconds": [ours if peer == OURS else 0.1] * 3, "alarms": 2}
        for name in DETECTORS
        for peer in (OURS, RIVER, FROUROS)
    ]
    alarms = {OURS: {name: [{"false": 1, "delay": 150}, {"false": 0, "delay": None}] for name in DETECTORS}}
    measured = {"seeds": 2, "half": 5000, "rates": [0.2, 0.4], "timed": 100_000, "rounds": 3}
    measured |= {"alarms": alarms, "times": times, "versions": {}, "not_run": {}}
    text = streams.markdown({"measured": measured})
    assert text.count("**not met**") == missed
    assert "| DDM | river | 1,000,000 | 1 | 2 |" in text
    assert "| ADWIN | reference_impl | 1 | 1 of 2 | 150 |" in text


@pytest.mark.parametrize(
    ("seconds", "written"),
    [(12.34, "12.3 s"), (0.01, "10.0 ms"), (0.0025, "2.50 ms"), (2e-6, "2.00 µs"), (167, "167 s")],
)
def test_a_time_has_a_readable_unit(seconds, written):
    assert in_seconds(seconds) == written
