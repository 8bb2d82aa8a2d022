"""What the detectors are said not to see."""

import numpy as np
import pytest

from reference_impl.shift import ADWIN, DDM, PageHinkley, bernoulli_stream


def delays(make, stable, runs=10):
    """Return how many steps after a rise from 0.2 to 0.4 the first alarm came, in each run."""
    found = []
    for seed in range(runs):
        alarms = make().detect(bernoulli_stream([0.2, 0.4], stable, random_state=seed).values)
        found.append(next((alarm - stable + 1 for alarm in alarms if alarm >= stable), np.inf))
    return sorted(found)


def test_ddm_is_late_after_a_long_stable_stretch():
    medians = [delays(DDM, stable)[5] for stable in (5_000, 20_000, 100_000)]
    assert medians == [583, 2818, 17_071]
    assert [delays(make, 20_000)[5] for make in (PageHinkley, ADWIN)] == [217, 160]


def test_false_alarms_without_a_change():
    calm = [bernoulli_stream([0.2], 300_000, random_state=seed).values for seed in range(10)]
    first = sorted(PageHinkley().detect(stream)[0] for stream in calm)
    assert (first[0] + 1, first[-1] + 1) == (4230, 114_954)
    assert not any(PageHinkley(delta=0.02).detect(stream) for stream in calm)
    assert not any(ADWIN().detect(stream) for stream in calm)
    assert sum(bool(DDM().detect(stream[:10_000])) for stream in calm) == 3


def test_changes_below_the_tolerance_are_never_found():
    stream = np.concatenate([np.zeros(1000), np.full(200_000, 0.1)])
    assert PageHinkley(delta=0.1, threshold=1.0).detect(stream) == []
    assert PageHinkley(delta=0.01, threshold=1.0).detect(stream) == [1000 + 11]


def test_ddm_after_a_start_without_errors():
    stream = np.concatenate([np.zeros(200), np.ones(1), np.zeros(100)])
    assert DDM().detect(stream) == [200]
    assert DDM().detect(np.zeros(5000)) == DDM().detect(np.ones(5000)) == []


@pytest.mark.parametrize("make", [DDM, PageHinkley])
def test_falls_are_not_found(make):
    stream = bernoulli_stream([0.6, 0.1], 2000).values
    assert make().detect(stream) == []
    assert PageHinkley(direction="down").detect(stream) and ADWIN().detect(stream)


def test_one_change_raises_alarms_in_a_row():
    alarms = ADWIN().detect(bernoulli_stream([0.2, 0.9], 3008).values)
    assert alarms == [3039, 3071, 3167]
