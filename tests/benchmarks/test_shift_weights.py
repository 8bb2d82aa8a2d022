"""The benchmark of density ratios: its ratios are true, and its tables say whether limits were met."""

import numpy as np
import pytest
from scipy import stats

from benchmarks.shift.worker import answer
from benchmarks.shift_weights.draws import (
    DIMENSIONS,
    SHIFTS,
    TARGET_RISK,
    draw,
    risk_error,
    weight_error,
    widths,
)
from benchmarks.shift_weights.peers import DEFAULT, OURS, PEERS, SEEDS, is_run, reference
from benchmarks.shift_weights.report import MOST_ERROR, markdown
from benchmarks.shift_weights.risk import ROBUST, TRUE_RATIO, UNWEIGHTED, WEIGHTED, estimates

TARGETS = {
    "mean": lambda x: stats.norm.pdf(x, 1),
    "scale": lambda x: stats.norm.pdf(x, 0.5, 0.8),
    "bimodal": lambda x: (stats.norm.pdf(x, -1, 0.5) + stats.norm.pdf(x, 1, 0.5)) / 2,
}


@pytest.mark.parametrize("shift", SHIFTS)
def test_the_ratio_is_that_of_the_densities_and_the_target_has_its_moments(shift):
    drawn = draw(shift, 3, 20_000, seed=1)
    first = drawn.source[:, 0]
    np.testing.assert_allclose(drawn.ratio, TARGETS[shift](first) / stats.norm.pdf(first), rtol=1e-12)
    assert np.mean(drawn.target[:, 0] ** 2) == pytest.approx(TARGET_RISK[shift], rel=0.05)
    assert np.mean(drawn.ratio) == pytest.approx(1, abs=0.05)
    assert stats.kstest(drawn.target[:, 1], "norm").pvalue > 1e-3
    assert not np.array_equal(draw(shift, 3, 20, seed=2).source, drawn.source[:20])


def test_errors_ignore_a_common_factor():
    ratio = np.array([0.5, 1.0, 1.5])
    assert weight_error(3 * ratio, ratio) == pytest.approx(0)
    assert weight_error(np.array([1.0, 1.0, 4.0]), ratio) == pytest.approx(
        ((0.5 - 0.5) ** 2 + 0.5**2 + 0.5**2) / 3
    )
    assert risk_error(np.array([2.0, 0, 0]), np.array([1.5, 7, 7]), "mean") == pytest.approx(0.5)


def test_widths_are_multiples_of_the_median_distance():
    points = np.array([[0.0], [1.0], [3.0]])
    assert widths(points[:2], points[2:], seed=0) == pytest.approx([0.6, 1.0, 1.5, 2.0, 3.0, 5.0])


@pytest.mark.filterwarnings("ignore::reference_impl.shift.ShiftWarning")
def test_our_methods_answer_with_weights_that_point_the_right_way():
    drawn = draw("mean", 1, 200, seed=0)
    arrays = {"source": drawn.source, "target": drawn.target}
    (ours,) = (peer for peer in PEERS if peer.name == OURS)
    assert ours.methods == tuple(reference.METHODS)
    for name, prepare in reference.METHODS.items():
        weights = prepare(arrays, 0)()
        assert np.corrcoef(weights, drawn.ratio)[0, 1] > 0.3, name


def test_slow_methods_get_fewer_seeds():
    assert is_run("adapt", "IWC (logistic)", 20, SEEDS - 1) and not is_run(
        "adapt", "IWC (logistic)", 20, SEEDS
    )
    assert not is_run("adapt", "KLIEP, median widths", 5, 0) and is_run("adapt", "KLIEP, median widths", 1, 0)
    assert is_run("densratio", "uLSIF", 5, 4) and not is_run("densratio", "uLSIF", 5, 5)


def test_the_risk_is_estimated_with_weights_of_the_default():
    found = estimates(draw("mean", 1, 300, seed=0))
    assert list(found) == [UNWEIGHTED, TRUE_RATIO, WEIGHTED, ROBUST]
    assert found[UNWEIGHTED][0] > 0.6 > found[ROBUST][0]
    assert all(inside in (True, False) for _, inside in found.values())


def report(ours, best, robust):
    def rows(error):
        return {"error": [error] * 3, "risk": [0.1] * 3, "seconds": [0.2] * 3, "failed": []}

    methods = {OURS: {DEFAULT: rows(ours)}, "densratio": {"uLSIF": rows(best), "KLIEP": rows(2 * best)}}
    methods["adapt"] = {"KMM": {"error": [], "risk": [], "seconds": [], "failed": ["MemoryError: 27 GiB"]}}
    cells = [
        {
            "shift": shift,
            "dimensions": d,
            "uniform": {"error": [1.5] * 3, "risk": [1.0] * 3},
            "methods": methods,
        }
        for shift in SHIFTS
        for d in DIMENSIONS
    ]
    risks = {UNWEIGHTED: [1.0] * 3, TRUE_RATIO: [0.2] * 3, WEIGHTED: [0.2] * 3, ROBUST: [robust] * 3}
    risk = [{"dimensions": d, "errors": risks, "covered": {WEIGHTED: 2, ROBUST: 3}} for d in (1, 5)]
    errors = {OURS: [ours] * 3, "adapt": [best] * 3, "skada": [2 * best] * 3}
    many = [{"shift": cell["shift"], "dimensions": cell["dimensions"], "errors": errors} for cell in cells]
    measured = {"seeds": 3, "count": 1000, "cells": cells, "risk": {"seeds": 3, "cells": risk}}
    measured["many_seeds"] = {"seeds": 100, "cells": many}
    told = {
        "versions": {"densratio": {"densratio": "0.4.0"}},
        "not_run": {"skada": "pip could not install it"},
    }
    return markdown({"measured": measured | told})


def test_limits_that_are_met_are_said_to_be():
    text = report(0.001, 0.001, 0.05)
    assert set(MOST_ERROR) == {(shift, d) for shift in SHIFTS for d in DIMENSIONS}
    row = "| mean | 1 | 0.0010 ± 0.0000 | 0.0014 | met | densratio uLSIF | 0.0010 ± 0.0000 | 1.0000 ± 0.0000 | met |"
    assert row in text and "not met" not in text
    assert (
        "Intervals of `doubly_robust_risk` at 95 % held the risk in 3 of 3 with 1 feature, 3 of 3 with 5 features"
        in text
    )
    assert "| adapt | `KMM` | MemoryError | MemoryError | MemoryError |" in text
    assert "| densratio | `uLSIF` | 200 ms | 1 | 27 |" in text
    assert text.rstrip().endswith("- skada: not run; pip could not install it")


def test_limits_that_are_missed_are_said_to_be():
    text = report(0.5, 0.3, 0.07)
    row = (
        "| mean | 1 | 0.5000 ± 0.0000 | 0.0014 | **not met** by 35614.3% | densratio uLSIF | 0.3000 ± 0.0000"
    )
    assert row in text
    assert "| bimodal | 20 | 0.5000 ± 0.0000 | 0.3000 ± 0.0000 | 0.6000 ± 0.0000 | 1.6667 ± 0.0000 |" in text
    assert text.count("**not met**") == 9 + 9 + 2
    assert "| `doubly_robust_risk` | 0.0700 ± 0.0000 | **not met** | 0.0700 ± 0.0000 | **not met** |" in text


def test_a_case_names_a_method_of_the_module():
    about, _ = answer(reference.METHODS, {"method": "absent", "arrays": ".", "seed": 0})
    assert about["failed"].startswith("KeyError: 'absent'")
