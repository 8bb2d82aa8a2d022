"""Detectors in blocks raise exactly the alarms of what their papers write."""

import numpy as np
import pytest
from drawn_streams import borders, in_pieces, kinds, numbers, one_by_one, zeros_and_ones
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from literal_detectors import LiteralADWIN, LiteralDDM, LiteralPageHinkley

from reference_impl.shift import ADWIN, DDM, PageHinkley, bernoulli_stream, clone
from reference_impl.shift.concept.adaptive_window import exceeds

streams = st.builds(
    lambda make, kind, seed, length: make(kind, seed, length),
    st.sampled_from([zeros_and_ones, numbers]),
    kinds,
    seeds,
    st.integers(1, 600),
)
binary_streams = st.builds(zeros_and_ones, kinds, seeds, st.integers(1, 1500))


@given(
    stream=st.builds(
        lambda make, *drawn: make(*drawn),
        st.sampled_from([zeros_and_ones, numbers]),
        kinds,
        seeds,
        st.integers(1, 300),
    ),
    delta=st.sampled_from([0.0, 0.005, 0.2]),
    threshold=st.sampled_from([1.5, 4.0, 20.0]),
    direction=st.sampled_from(["up", "down", "both"]),
    ends=borders,
)
def test_page_hinkley_alarms_as_the_papers_do(stream, delta, threshold, direction, ends):
    literal = LiteralPageHinkley(delta, threshold, direction)
    expected = one_by_one(literal, stream)
    detector, scalar = (PageHinkley(delta, threshold, direction) for _ in range(2))
    assert in_pieces(detector, stream, ends) == one_by_one(scalar, stream) == expected
    assert vars(detector) == vars(scalar) and detector.steps_ == len(literal.values)
    assert detector.recent_ == literal.recent


@given(
    stream=binary_streams,
    levels=st.sampled_from([(2.0, 3.0), (1.0, 1.5), (2.5, 2.5), (0.1, 6.0)]),
    minimum_steps=st.sampled_from([1, 2, 30, 400]),
    ends=borders,
)
def test_ddm_alarms_as_the_paper_does(stream, levels, minimum_steps, ends):
    literal = LiteralDDM(*levels, minimum_steps)
    expected = one_by_one(literal, stream)
    detector, scalar = (DDM(*levels, minimum_steps) for _ in range(2))
    assert in_pieces(detector, stream, ends) == one_by_one(scalar, stream) == expected
    assert vars(detector) == vars(scalar)
    assert detector.recent_ == literal.recent and detector.warning_length_ == literal.warned


@given(
    stream=streams,
    delta=st.sampled_from([0.5, 0.05, 0.002]),
    clock=st.sampled_from([1, 7, 32, 100]),
    buckets=st.sampled_from([1, 2, 5, 9]),
    minimum_part=st.sampled_from([1, 5, 20]),
    ends=borders,
)
def test_adwin_alarms_as_the_paper_does(stream, delta, clock, buckets, minimum_part, ends):
    literal = LiteralADWIN(delta, clock, buckets, minimum_part)
    expected = one_by_one(literal, stream)
    detector, scalar = (ADWIN(delta, clock, buckets, minimum_part) for _ in range(2))
    assert in_pieces(detector, stream, ends) == one_by_one(scalar, stream) == expected
    _, width, total, _ = literal.window()
    for found in (detector, scalar):
        assert found.width_ == width and found.recent_ == literal.recent
        assert found.mean_ == pytest.approx(total / width, rel=1e-12, abs=1e-12)
        assert found.variance_ == pytest.approx(literal.variance(), rel=1e-9, abs=1e-9)
    if not detector._waiting:
        rows = [len(row) for row in literal.rows]
        assert detector._window.counts.tolist() == np.trim_zeros(rows, "b")


def test_the_first_of_two_directions_counts():
    """Within one block the sum for rises is looked at first, but the fall comes first."""
    stream = np.concatenate([np.full(20, 5.0), np.zeros(2), np.full(4, 20.0)])
    detector, literal = PageHinkley(0.25, 6.0, "both"), LiteralPageHinkley(0.25, 6.0, "both")
    assert detector.detect(stream) == one_by_one(literal, stream) == [21]
    assert detector.recent_ == literal.recent == [2]


def test_both_parts_hold_their_minimum():
    """Eight values have one split into parts of four, and none into parts of five."""
    stream = np.repeat([0.0, 100.0], [4, 4])
    for minimum_part, alarms in ((4, [7]), (5, [])):
        assert ADWIN(0.5, clock=1, buckets=100, minimum_part=minimum_part).detect(stream) == alarms


def test_long_streams_need_few_buckets():
    detector = ADWIN()
    assert detector.detect(zeros_and_ones("zeros", 0, 300_000)) == []
    assert detector.width_ == 300_000 and len(detector._window.ages) < 5 * np.log2(300_000)


def test_adwin_keeps_its_precision_far_from_zero():
    stream = bernoulli_stream([0.2, 0.6], 3000).values
    near, far = ADWIN(), ADWIN()
    assert near.detect(stream) == far.detect(stream + 2.0**30) != []
    assert far.variance_ == pytest.approx(near.variance_, rel=1e-12)


@pytest.mark.parametrize(("zeros", "ones"), [(100, 66), (1000, 52), (10_000, 51)])
def test_known_page_hinkley(zeros, ones):
    stream = np.concatenate([np.zeros(zeros), np.ones(100)])
    assert PageHinkley(delta=0.005, threshold=50.0).detect(stream)[0] == zeros + ones - 1


def test_known_cuts_of_adwin():
    """With buckets that are never merged, the cut at the change is tested: it is found after 11, 7 and 7 ones."""
    for zeros, ones in ((100, 11), (1000, 7)):
        stream = np.concatenate([np.zeros(zeros), np.ones(20)])
        alarms = ADWIN(delta=0.002, clock=1, buckets=2000, minimum_part=1).detect(stream)
        assert alarms[0] == zeros + ones - 1


@pytest.mark.parametrize(("zeros", "first"), [(100, 11), (1000, 7), (10_000, 7)])
def test_known_cuts_by_the_inequality_alone(zeros, first):
    ones = np.arange(1, 21)
    width = zeros + ones
    doubt = np.log(2 * np.log(width) / 0.002)
    cut = exceeds(ones, ones, width, ones, ones / width * (1 - ones / width), doubt)
    assert ones[cut].tolist() == list(range(first, 21))


@pytest.mark.parametrize("make", [PageHinkley, DDM, ADWIN])
def test_alarms_are_those_of_every_library(make, library):
    stream = zeros_and_ones("bursts", 4, 4000)
    settings = {"threshold": 5.0} if make is PageHinkley else {}
    expected = make(**settings).detect(stream)
    assert expected and all(type(alarm) is int for alarm in expected)
    assert make(**settings).detect(library.array(stream)) == expected
    assert make(**settings).detect(library.array(stream.astype(np.float32))) == expected
    assert make(**settings).detect(library.array(stream.astype(np.int64))) == expected
    assert make(**settings).detect(library.array(stream == 1)) == expected


@pytest.mark.parametrize("make", [PageHinkley, DDM, ADWIN])
def test_several_streams_are_read_afresh(make):
    rows = np.stack([zeros_and_ones("bursts", seed, 2000) for seed in range(3)])
    detector = make()
    detector.detect(rows[0])
    before = repr(vars(detector))
    assert detector.detect(rows) == [make().detect(row) for row in rows]
    assert repr(vars(detector)) == before
    detector.reset()
    assert detector.detect(rows[1]) == make().detect(rows[1])
    assert clone(detector).get_params() == detector.get_params()


@pytest.mark.parametrize("make", [PageHinkley, DDM, ADWIN])
def test_streams_are_only_read(make):
    stream = zeros_and_ones("jump", 1, 900)
    before = stream.copy()
    assert make().detect(stream[:0]) == []
    make().detect(stream)
    assert np.array_equal(stream, before)


@pytest.mark.parametrize(
    ("make", "settings", "error", "words"),
    [
        (PageHinkley, {"delta": -1.0}, ValueError, r"`delta` \(=-1.0\) must be at least 0"),
        (
            PageHinkley,
            {"threshold": 0},
            ValueError,
            r"`threshold` \(=0\) must be above 0; pass e.g. threshold=0.5",
        ),
        (
            PageHinkley,
            {"threshold": float("inf")},
            ValueError,
            r"`threshold` \(=inf\) must be finite; pass e.g",
        ),
        (PageHinkley, {"direction": []}, ValueError, "`direction` .*choose one of 'up', 'down', 'both'"),
        (PageHinkley, {"direction": "left"}, ValueError, "`direction` .*choose one of 'up', 'down', 'both'"),
        (DDM, {"warning": 0.0}, ValueError, r"`warning` \(=0.0\) must be above 0"),
        (DDM, {"drift": "3"}, TypeError, r"`drift` \(='3'\) must be a number"),
        (DDM, {"warning": 4.0}, ValueError, r"`warning` \(=4.0\) must be at most `drift` \(=3.0\)"),
        (DDM, {"minimum_steps": 0}, ValueError, r"`minimum_steps` \(=0\) must be at least 1"),
        (
            ADWIN,
            {"delta": 1.0},
            ValueError,
            r"`delta` \(=1.0\) must be above 0 and below 1; pass e.g. delta=0.002",
        ),
        (ADWIN, {"delta": True}, TypeError, r"`delta` \(=True\) must be a number"),
        (ADWIN, {"clock": 0}, ValueError, r"`clock` \(=0\) must be at least 1"),
        (ADWIN, {"buckets": 2.5}, TypeError, r"`buckets` \(=2.5\) must be an int"),
        (ADWIN, {"minimum_part": 0}, ValueError, r"`minimum_part` \(=0\) must be at least 1"),
    ],
)
def test_bad_settings_are_named(make, settings, error, words):
    with pytest.raises(error, match=words):
        make(**settings)
    made = make()
    made.update(1.0)
    with pytest.raises(error, match=words):
        made.set_params(**settings)
    assert made.get_params() == make().get_params() and made.update(1.0) is False


@pytest.mark.parametrize("make", [PageHinkley, DDM, ADWIN])
@pytest.mark.parametrize("value", ["a", None, [1.0, 2.0]])
def test_values_that_are_no_numbers_are_named(make, value):
    with pytest.raises(TypeError, match=r"`value` \(=.*\) must be a number; pass e.g. 1.0"):
        make().update(value)


@pytest.mark.parametrize("make", [PageHinkley, DDM, ADWIN])
@pytest.mark.parametrize(
    ("values", "error", "words"),
    [
        ([0.0, 1.0], TypeError, "expected an array"),
        (np.asarray([1j]), TypeError, "`values`.*complex128.*must hold numbers; convert it first"),
        (
            np.zeros((2, 2, 2)),
            ValueError,
            r"`values`.*of shape \(2, 2, 2\).*one or two axes; pass \(steps,\)",
        ),
        (
            np.asarray([0.0, np.nan, 1.0, np.inf]),
            ValueError,
            r"2 entries are NaN or infinite, the first at index \(1,\)",
        ),
    ],
)
def test_bad_streams_are_named(make, values, error, words):
    with pytest.raises(error, match=words):
        make().detect(values)


@pytest.mark.parametrize("make", [PageHinkley, DDM, ADWIN])
def test_bad_values_are_named(make):
    with pytest.raises(ValueError, match=r"`value` \(=nan\) must be finite; drop or impute that value"):
        make().update(float("nan"))


def test_errors_are_zeros_and_ones():
    with pytest.raises(
        ValueError, match=r"`values` \(=0.5\) must be 0 or 1; pass 1 for an error and 0 otherwise"
    ):
        DDM().detect(np.asarray([[0.0, 1.0], [1.0, 0.5]]))
    with pytest.raises(ValueError, match=r"`value` \(=0.25\) must be 0 or 1"):
        DDM().update(0.25)
