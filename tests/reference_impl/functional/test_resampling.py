"""Padding in every mode and interpolation: against torch, to second order, and the words of their errors."""

import numpy as np
import pytest
from agreement import Comparison, second_gradients
from draws import seeds, values
from hypothesis import assume, given
from hypothesis import strategies as st

from reference_impl import functional as F


def test_pad_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.functional.pad", "torch.nn.functional.pad", precision) as compare:

        @given(seed=seeds, axes=st.integers(1, 3), data=st.data())
        def drawn(seed, axes, data):
            mode = data.draw(st.sampled_from(["constant", "reflect", "replicate", "circular"]))
            size = data.draw(st.tuples(*[st.integers(1, 4)] * axes))
            numbers = []
            for length in reversed(size):
                least = -((length - 1) // 2) if mode == "constant" else 0
                most = {"reflect": length - 1, "circular": length}.get(mode, 3)
                numbers += [data.draw(st.integers(least, most)) for _ in range(2)]
            value = {"value": data.draw(st.sampled_from([0.0, -2.5]))} if mode == "constant" else {}
            x = values(seed, (2, 1, *size))
            compare(lambda library, x: library.F.pad(x, tuple(numbers), mode, **value), x)

        drawn()


MODES = {1: ["nearest", "linear"], 2: ["nearest", "bilinear"], 3: ["nearest", "trilinear"]}


@st.composite
def interpolations(draw, axes):
    """Draw sizes and settings."""
    mode = draw(st.sampled_from(MODES[axes]))
    size = draw(st.tuples(*[st.integers(1, 6 - axes)] * axes))
    settings = {"mode": mode} | (
        {} if mode == "nearest" else {"align_corners": draw(st.sampled_from([None, False, True]))}
    )
    if draw(st.booleans()):
        numbers = st.integers(1, 8 - axes)
        return size, settings | {"size": draw(numbers | st.tuples(*[numbers] * axes))}
    factors = st.sampled_from([1, 2, 1.5, 3.0, 2.7, 1.1, 2.1])
    return size, settings | {"scale_factor": draw(factors | st.tuples(*[factors] * axes))}


def torch_contradicts_itself(size, settings):
    """Say whether torch 2.13 takes other places in the gradient than in the result: where rounding hides a factor."""
    factor = settings.get("scale_factor")
    if factor is None or settings["mode"] != "nearest" or len(size) == 2:
        return False
    factors = factor if isinstance(factor, tuple) else (factor,) * len(size)
    return any(
        int(length * one) in (length, 2 * length) and one not in (1, 2)
        for length, one in zip(size, factors, strict=True)
    )


def test_interpolate_agrees_with_torch(agreement, precision):
    oracle = "torch.nn.functional.interpolate"
    with agreement("reference_impl.functional.interpolate", oracle, precision) as compare:

        @given(seed=seeds, axes=st.integers(1, 3), data=st.data())
        def drawn(seed, axes, data):
            size, settings = data.draw(interpolations(axes))
            assume(not torch_contradicts_itself(size, settings))
            x = values(seed, (2, 1, *size))
            compare(lambda library, x: library.F.interpolate(x, **settings), x, sums=True)

        drawn()


@pytest.mark.parametrize("length", [5, 7, 10, 49])
@pytest.mark.parametrize("count", [1, 3, 6, 7, 21, 98, 100])
def test_nearest_entries_are_those_of_torch_where_places_fall_on_an_edge(length, count):
    with Comparison("float64", None) as compare:
        compare(lambda library, x: library.F.interpolate(x, count), np.arange(float(length))[None, None])


SECOND = {
    "bilinear": lambda library, x: library.F.interpolate(x, (5, 3), mode="bilinear") ** 2,
    "nearest": lambda library, x: library.F.interpolate(x, (5, 3)) ** 2,
    "reflect": lambda library, x: library.F.pad(x, (2, 1, 0, 2), mode="reflect") ** 2,
}


@pytest.mark.parametrize("name", SECOND)
def test_second_gradients_agree_with_torch(name):
    with Comparison("float64", None) as compare:
        compare.arrays(
            "gradient",
            lambda library, *xs: second_gradients(library, SECOND[name], *xs),
            values(1, (1, 2, 3, 4)),
        )


@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate", "circular"])
def test_padding_moves_infinities_and_nan_as_they_are(mode):
    numbers = [np.inf, 1.0, np.nan, -np.inf]
    found = F.pad(np.asarray(numbers), (2, 1), mode, value=np.nan).tolist()
    around = {
        "constant": ([np.nan, np.nan], [np.nan]),
        "reflect": ([np.nan, 1.0], [np.nan]),
        "replicate": ([np.inf, np.inf], [-np.inf]),
        "circular": ([np.nan, -np.inf], [np.inf]),
    }
    before, after = around[mode]
    assert np.array_equal(found, before + numbers + after, equal_nan=True)


ERRORS = {
    "mode": (
        lambda: F.pad(np.ones(3), (1, 1), "mirror"),
        r"`mode` \(='mirror'\) is unknown; choose one of 'constant'",
    ),
    "odd": (
        lambda: F.pad(np.ones(3), (1, 1, 1)),
        r"`pad` \(=\(1, 1, 1\)\) must hold two numbers for each axis",
    ),
    "too far": (
        lambda: F.pad(np.ones((1, 3)), (1, 3), "reflect"),
        r"`pad` \(=\(1, 3\)\) must lie between 0 and 2 for an axis of 3 in mode 'reflect'",
    ),
    "round twice": (
        lambda: F.pad(np.ones((1, 3)), (4, 0), "circular"),
        "must lie between 0 and 3 for an axis of 3",
    ),
    "unknown": (
        lambda: F.interpolate(np.ones((1, 1, 3)), 2, mode="bicubic"),
        r"`mode` \(='bicubic'\) is unknown",
    ),
    "axes": (
        lambda: F.interpolate(np.ones((1, 1, 3)), 2, mode="bilinear"),
        r"`mode` \(='bilinear'\) doesn't fit an input of 3 axes \(samples, channels and 1 more\); choose nearest",
    ),
    "corners": (
        lambda: F.interpolate(np.ones((1, 1, 3)), 2, align_corners=False),
        r"`align_corners` \(=False\) has no meaning for mode='nearest'; leave it out",
    ),
    "both": (lambda: F.interpolate(np.ones((1, 1, 3)), 2, 2.0), "must be given, and both was"),
}


@pytest.mark.parametrize(("call", "words"), ERRORS.values(), ids=ERRORS)
def test_bad_arguments_are_named(call, words):
    with pytest.raises(ValueError, match=words):
        call()
