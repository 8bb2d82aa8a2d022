"""Clipped, flattened and smoothed weights and their effective number: known values, oracles, properties, errors."""

import math

import numpy as np
import pytest
import torch
from draws import seeds
from generalised_pareto import smoothed
from hypothesis import given
from hypothesis import strategies as st
from libraries import OURS

from reference_impl import shift
from reference_impl.shift import (
    clip_weights,
    effective_sample_size,
    flatten_weights,
    largest_share,
    pareto_smooth,
)

NAMES = ["clip_weights", "effective_sample_size", "flatten_weights", "largest_share", "pareto_smooth"]
SETTINGS = {"clip_weights": (2.0,), "flatten_weights": (0.5,)}
POINTS = (np.arange(200_000) + 0.5) / 200_000


def exact_weights(delta: float) -> np.ndarray:
    """Return the weights of N(delta, 1) against N(0, 1) at the quantiles of the latter."""
    x = torch.special.ndtri(torch.tensor(POINTS)).numpy()
    return np.exp(delta * x - delta**2 / 2)


def drawn_weights(seed: int, points: int, spread: float) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.exp(spread * rng.standard_normal(points)) * (rng.random(points) < 0.9) + (
        np.arange(points) == 0
    )


weighted = {"seed": seeds, "points": st.integers(1, 200), "spread": st.sampled_from([0.1, 1.0, 3.0])}


@pytest.mark.parametrize("name", ["effective_sample_size", "largest_share"])
def test_concentration_agrees_with_longdouble(name, agreement, precision):
    def wanted(w: np.ndarray) -> float:
        w = w.astype(np.longdouble)
        return float(w.sum() ** 2 / (w * w).sum() if name == "effective_sample_size" else w.max() / w.sum())

    with agreement(f"reference_impl.shift.{name}", "its formula in NumPy's longdouble", precision) as compare:

        @given(**weighted)
        def drawn(seed, points, spread):
            w = compare.cast(drawn_weights(seed, points, spread))
            for library in OURS:
                compare.numbers("forward", [getattr(shift, name)(library.array(w))], [wanted(w)])

        drawn()


@pytest.mark.parametrize("name", ["clip_weights", "flatten_weights"])
def test_taming_agrees_with_torch(name, agreement, precision):
    oracle = "torch.clamp" if name == "clip_weights" else "torch.pow"
    with agreement(f"reference_impl.shift.{name}", oracle, precision) as compare:

        @given(**weighted, setting=st.floats(0.015625, 1.0))
        def drawn(seed, points, spread, setting):
            def run(library, w):
                if library.name != "the oracle":
                    return [getattr(shift, name)(w, setting)]
                return [w.clamp(max=setting) if name == "clip_weights" else w.pow(setting)]

            compare.arrays("forward", run, drawn_weights(seed, points, spread))

        drawn()


def test_smoothing_agrees_with_mpmath(agreement, precision):
    with agreement("reference_impl.shift.pareto_smooth", "its formulas in mpmath", precision) as compare:

        @given(**weighted)
        def drawn(seed, points, spread):
            def run(library, w):
                if library.name != "the oracle":
                    return [pareto_smooth(w)]
                return [library.array(smoothed(library.values(w)))]

            compare.arrays("forward", run, drawn_weights(seed, min(points, 60), spread))

        drawn()


@pytest.mark.parametrize(("delta", "share"), [(0.5, 0.778801), (1.0, 0.367879)])
def test_effective_size_of_a_shifted_normal(delta, share):
    """The known value exp(-delta^2). The quantiles end at 4.5, and so the squares of the weights lack a little."""
    assert effective_sample_size(exact_weights(delta)) / len(POINTS) == pytest.approx(share, rel=2e-3)


@pytest.mark.parametrize(
    ("most", "mean", "share"),
    [(2, 0.809390, 0.632271), (5, 0.953646, 0.475173), (10, 0.989621, 0.408418), (20, 0.998443, 0.379084)],
)
def test_clipping_a_shifted_normal(most, mean, share):
    clipped = clip_weights(exact_weights(1.0), most)
    assert clipped.mean() == pytest.approx(mean, abs=2e-6)
    assert effective_sample_size(clipped) / len(POINTS) == pytest.approx(share, abs=2e-5)


@pytest.mark.parametrize(
    ("exponent", "share"), [(0.25, 0.939413), (0.5, 0.778801), (0.75, 0.569783), (1.0, 0.367879)]
)
def test_flattening_a_shifted_normal(exponent, share):
    flat = flatten_weights(exact_weights(1.0), exponent)
    assert effective_sample_size(flat) / len(POINTS) == pytest.approx(share, rel=2e-3)
    assert flat.mean() == pytest.approx(math.exp(exponent * (exponent - 1) / 2), abs=3e-5)


def test_bounds_of_the_concentration():
    assert effective_sample_size(np.full(7, 3.0)) == pytest.approx(7)
    assert effective_sample_size(np.asarray([0.0, 2.0, 0.0])) == 1 == largest_share(np.asarray([0.0, 2.0]))
    assert largest_share(np.full(8, 0.1)) == pytest.approx(1 / 8)


@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_scale_of_the_weights_does_not_matter(scale):
    w = drawn_weights(0, 100, 1.0)
    assert effective_sample_size(scale * w) == pytest.approx(effective_sample_size(w), rel=1e-13)
    assert largest_share(scale * w) == pytest.approx(largest_share(w), rel=1e-13)
    np.testing.assert_allclose(pareto_smooth(scale * w) / scale, pareto_smooth(w), rtol=1e-12)


def test_smoothing_moves_with_the_order():
    w = drawn_weights(1, 150, 2.0)
    order = np.random.default_rng(0).permutation(150)
    np.testing.assert_array_equal(pareto_smooth(w[order]), pareto_smooth(w)[order])


def test_smoothing_steadies_the_mean_of_heavy_tails():
    samples = [np.random.default_rng(seed).pareto(1.4, 400) for seed in range(200)]
    smooth = [pareto_smooth(w).mean() for w in samples]
    assert np.std(smooth) < 0.9 * np.std([w.mean() for w in samples])


def test_smoothing_keeps_the_ranks():
    w = np.random.default_rng(3).pareto(1.4, 2000) + 1
    smooth = pareto_smooth(w)
    assert smooth.max() <= w.max() and np.array_equal(np.argsort(smooth, kind="stable"), np.argsort(w))
    replaced = np.sort(smooth) != np.sort(w)
    assert (
        not replaced[:-135].any() and replaced[-135:-1].all()
    )  # the 3 sqrt(2000) largest; the last is the bound


@pytest.mark.parametrize(
    "w", [np.ones(40), np.arange(1.0, 20.0), np.asarray([2.0])], ids=["equal", "few", "one"]
)
def test_what_has_no_tail_stays(w):
    np.testing.assert_array_equal(pareto_smooth(w), w)


@pytest.mark.parametrize("name", NAMES)
def test_inputs_stay_and_the_place_is_kept(name, library):
    w = library.array(drawn_weights(2, 60, 1.0).astype("float32"))
    before = library.values(w)
    found = getattr(shift, name)(w, *SETTINGS.get(name, ()))
    assert np.array_equal(library.values(w), before)
    if not isinstance(found, float):
        assert library.values(found).dtype == np.float32


@pytest.mark.parametrize("name", [*NAMES, "pareto_k", "weight_report"])
@pytest.mark.parametrize(
    ("w", "error", "words"),
    [
        (np.zeros(0), ValueError, "`weights`.*is empty; pass at least 1"),
        (np.ones((3, 1)), ValueError, r"`weights`.*must have one axis; pass one weight for each point"),
        (np.asarray([1, 2]), TypeError, "`weights`.*must hold floats; convert it first"),
        ([1.0, 2.0], TypeError, "expected an array"),
        (np.asarray([1.0, np.nan]), ValueError, r"1 entry is NaN or infinite, the first at index \(1,\)"),
        (
            np.asarray([1.0, -0.5, -2.0]),
            ValueError,
            r"`weights` \(=-0.5\) must not be negative, but 2 are, the first at index 1; pass p/q .* not its logarithm",
        ),
        (np.asarray([1.0, 3.0, -0.5]), ValueError, "but 1 is, the first at index 2"),
        (np.zeros(4), ValueError, "must not all be 0; check that source and target overlap"),
    ],
)
def test_bad_weights(name, w, error, words):
    with pytest.raises(error, match=words):
        getattr(shift, name)(w, *SETTINGS.get(name, ()))


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda w: clip_weights(w, 0.0),
            ValueError,
            r"`most` \(=0.0\) must be positive; pass e.g. most=10.0",
        ),
        (lambda w: clip_weights(w, math.nan), ValueError, "must be positive"),
        (lambda w: clip_weights(w, "2"), TypeError, "`most` .*must be a number"),
        (lambda w: flatten_weights(w, 1.5), ValueError, r"`exponent` \(=1.5\) must lie from 0 to 1"),
        (lambda w: flatten_weights(w, True), TypeError, "`exponent` .*must be a number"),
    ],
)
def test_bad_settings(call, error, words):
    with pytest.raises(error, match=words):
        call(np.ones(3))
