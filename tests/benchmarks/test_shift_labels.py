"""The benchmark of label shift: its targets have other classes, and its tables say whether limits were met."""

import numpy as np
import pytest

from benchmarks.shift_labels import many_classes
from benchmarks.shift_labels.cone_program import ConeProgram
from benchmarks.shift_labels.draws import CLASSES, CLASSIFIERS, SHIFTS, TWEAKED, TWEAKED_SHARE, draw_all
from benchmarks.shift_labels.many_classes import SOLVER, WHOLE, residual
from benchmarks.shift_labels.peers import (
    BEST_OF_PACKAGES,
    MAXIMUM,
    OPTIMAL,
    OURS,
    PEERS,
    RIDGE,
    is_run,
    reference,
)
from benchmarks.shift_labels.report import MOST_ERROR, markdown
from reference_impl.shift import RLLS


@pytest.fixture(scope="module")
def drawn():
    return {(classifier, shift): drawn for classifier, shift, drawn in draw_all(0)}


def test_every_classifier_and_shift_is_drawn(drawn):
    assert list(drawn) == [(classifier, shift) for classifier in CLASSIFIERS for shift in SHIFTS]
    for one in drawn.values():
        assert one.scores.shape == (len(one.labels), CLASSES) and one.target_scores.shape == (1000, CLASSES)
        np.testing.assert_allclose(one.target_scores.sum(axis=1), 1)
        assert one.scores.min() > 0
        assert np.mean(one.target_scores.argmax(axis=1) == one.target_labels) > 0.8
        shares = np.bincount(one.labels, minlength=CLASSES) / len(one.labels)
        assert one.weights @ shares == pytest.approx(1)
    tweaked = drawn[CLASSIFIERS[0], "tweak-one 0.7"].target_labels
    assert np.mean(tweaked == TWEAKED) == pytest.approx(TWEAKED_SHARE, abs=0.05)


@pytest.mark.filterwarnings("ignore::reference_impl.shift.ShiftWarning")
def test_our_methods_come_near_the_true_weights(drawn):
    one = drawn[CLASSIFIERS[0], "Dirichlet 1"]
    arrays = {"scores": one.scores, "labels": one.labels, "target_scores": one.target_scores}
    (ours,) = (peer for peer in PEERS if peer.name == OURS)
    assert set(ours.methods) | {SOLVER} == set(reference.METHODS)
    for name, prepare in reference.METHODS.items():
        error = np.mean((prepare(arrays, 0)() - one.weights) ** 2)
        assert error < 0.1 * np.mean((1 - one.weights) ** 2), name


def test_slow_methods_get_fewer_splits():
    assert is_run("EM", 99) and is_run("DMy", 19) and not is_run("DMy", 20)


def test_the_residual_is_zero_at_the_maximum_only():
    small = many_classes.draw(classes=12, count=600)
    found = reference.METHODS[SOLVER](small, 0)()
    assert abs(residual(found, small)) < 1e-7
    assert residual(np.ones(12), small) > 0.1


@pytest.mark.parametrize(("seed", "number", "meets"), [(0, 0, False), (0, 2, True)])
@pytest.mark.filterwarnings("ignore::reference_impl.shift.ShiftWarning")
def test_the_cone_program_has_its_minimum_where_it_says(seed, number, meets):
    one = list(draw_all(seed))[number][2]
    program = ConeProgram.of(one)
    ours = RLLS().fit(one.scores, one.labels).estimate(one.target_scores).weights
    near = np.where(ours > 1e-6, ours * (1 + 1e-7 * np.arange(10)), 1e-8)
    refined = program.refine(near)
    assert (np.linalg.norm(program.matrix @ (refined - 1) - program.wanted) < 1e-12) == meets
    for moved in (refined + 1e-4, refined * 1.0001, np.ones(10), near):
        assert program.objective(moved) > program.objective(refined)
    np.testing.assert_allclose(ours, refined, rtol=0, atol=1e-12)


def test_weights_that_lead_to_no_minimum_are_refused(drawn):
    program = ConeProgram.of(drawn[CLASSIFIERS[0], "Dirichlet 0.1"])
    with pytest.raises(ArithmeticError, match="not at a minimum"):
        program.refine(np.where(np.arange(10) < 5, 0.0, 2.0))


def report(error, seconds, residual, refined, above):
    def row(error):
        return {"error": [error] * 3, "seconds": [seconds] * 3, "failed": []}

    ours = {name: row(error) for name in (OPTIMAL, MAXIMUM, RIDGE)}
    peer, method = BEST_OF_PACKAGES
    failing = {"error": [], "seconds": [], "failed": ["AssertionError: fun: nan"]}
    methods = {OURS: ours, peer: {method: row(0.002)}, "abstention": {"VS, then EM": failing}}
    conic = {"conic": 1e-6, "refined_conic": refined, "above_conic": above}
    cells = [
        {"classifier": classifier, "shift": shift, "methods": methods, "conic": conic}
        for classifier in CLASSIFIERS
        for shift in SHIFTS
    ]
    rows = [
        {"peer": OURS, "method": SOLVER, "seconds": [2.0], "residual": residual},
        {"peer": OURS, "method": WHOLE, "failed": "MemoryError"},
    ]
    many = {"classes": 1000, "count": 100_000, "threads": 2, "rows": rows}
    measured = {"splits": 3, "cells": cells, "many_classes": many, "versions": {}, "not_run": {}}
    return markdown({"measured": measured})


def test_limits_that_are_met_are_said_to_be():
    text = report(0.0005, 0.001, 1e-9, 1e-10, -1e-16)
    assert list(MOST_ERROR) == list(SHIFTS)
    row = "| Dirichlet 0.1 | 0.0005 ± 0.0000 | 0.00080 | met | 0.0020 ± 0.0000 | 0.2500 ± 0.0000 |"
    assert row in text and "not met" not in text
    assert "| abstention | `VS, then EM` | AssertionError | AssertionError | AssertionError |" in text
    assert f"| reference_impl | `{WHOLE}` | MemoryError | – |" in text
    assert "| reference_impl | `RLLS()` | 1.00 ms | 1 | 18 |" in text


def test_limits_that_are_missed_are_said_to_be():
    text = report(0.01, 0.005, 1e-6, 1e-4, 1e-9)
    assert text.count("**not met**") == len(SHIFTS) + 3 + 1 + 1 + 1
    assert "as its solver leaves it | 1.0e-06 | – | – |" in text
    assert "| `RLLS()`, fit and estimate | 5.00 ms | 1.50 ms | **not met** |" in text
    assert "largest difference of a weight | 1.0e-04 | 1e-08 | **not met** |" in text
    assert "at most | 1.0e-09 | 1e-14 | **not met** |" in text
