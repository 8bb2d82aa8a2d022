"""Simulated streams: rates and coefficients step by step, and bad arguments."""

import numpy as np
import pytest
import torch
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st

from reference_impl import shift as S

rates = st.lists(st.integers(0, 100).map(lambda number: number / 100), min_size=1, max_size=4)


def test_rates_agree_with_a_loop(agreement, precision):
    name = "reference_impl.shift.bernoulli_stream"
    with agreement(name, "a loop over the steps", precision) as compare:

        @given(seed=seeds, rates=rates, length=st.integers(1, 8), part=st.floats(0, 0.99))
        def drawn(seed, rates, length, part):
            width = int(part * length)

            def run(library, like):
                if library.name != "the oracle":
                    found = S.bernoulli_stream(
                        rates, length, width=width, streams=2, random_state=seed, like=like
                    )
                    return [found.values, found.rates]
                at = []
                for concept, rate in enumerate(rates):
                    for step in range(length):
                        old = rates[max(concept - 1, 0)]
                        at.append(rate if step >= width else old + (rate - old) * (step + 1) / (width + 1))
                uniform = np.random.default_rng(seed).random((2, len(at)))
                ones = [[float(u < r) for u, r in zip(row, at, strict=True)] for row in uniform]
                return [torch.tensor(values, dtype=like.dtype) for values in (ones, at)]

            compare.arrays("stream", run, np.zeros(1))

        drawn()


def test_coefficients_agree_with_a_loop(agreement, precision):
    name = "reference_impl.shift.moving_linear_stream"
    with agreement(name, "a loop over the steps", precision) as compare:
        spreads = st.integers(0, 30).map(lambda number: number / 10)

        @given(seed=seeds, length=st.integers(1, 8), features=st.integers(1, 3), speed=spreads, noise=spreads)
        def drawn(seed, length, features, speed, noise):
            def run(library, like):
                if library.name != "the oracle":
                    found = S.moving_linear_stream(
                        length, features, speed=speed, noise=noise, random_state=seed, like=like
                    )
                    return [found.inputs, found.outputs, found.coefficients]
                rng = np.random.default_rng(seed)
                theta, steps = rng.standard_normal(features), rng.standard_normal((length, features))
                x, errors = rng.standard_normal((length, features)), rng.standard_normal(length)
                path, y = [], []
                for t in range(length):
                    theta = theta + speed * steps[t]
                    path.append(theta)
                    y.append(x[t] @ theta + noise * errors[t])
                return [torch.tensor(np.asarray(values), dtype=like.dtype) for values in (x, y, path)]

            compare.arrays("stream", run, np.zeros(1))

        drawn()


def test_shares_of_ones_follow_the_rates():
    drawn = S.bernoulli_stream([0.2, 0.4], 50_000)
    assert drawn.changes == [50_000]
    assert drawn.values[:50_000].mean() == pytest.approx(0.2, abs=0.01)
    assert drawn.values[50_000:].mean() == pytest.approx(0.4, abs=0.01)


def test_a_gradual_change_passes_between_the_rates():
    drawn = S.bernoulli_stream([0.0, 1.0, 0.5], 4, width=3)
    assert drawn.rates.tolist() == [0, 0, 0, 0, 0.25, 0.5, 0.75, 1, 0.875, 0.75, 0.625, 0.5]
    assert drawn.changes == [4, 8]


def test_without_speed_the_concept_stays():
    drawn = S.moving_linear_stream(5, 2, speed=0, noise=0)
    assert (drawn.coefficients == drawn.coefficients[0]).all()
    np.testing.assert_allclose(drawn.outputs, drawn.inputs @ drawn.coefficients[0])
    assert drawn.outputs.dtype == np.float64


@pytest.mark.parametrize(
    ("kind", "change", "error", "words"),
    [
        ("bernoulli_stream", {"length": 0}, ValueError, r"`length` \(=0\) must be at least 1"),
        ("bernoulli_stream", {"rates": []}, ValueError, r"`rates` \(=\[\]\) must be a list of rates"),
        ("bernoulli_stream", {"rates": 0.2}, ValueError, r"`rates` \(=0.2\) must be a list of rates"),
        (
            "bernoulli_stream",
            {"rates": [0.1, 1.5]},
            ValueError,
            r"`rates\[1\]` \(=1.5\) must lie from 0 to 1",
        ),
        ("bernoulli_stream", {"rates": ["a"]}, TypeError, r"`rates\[0\]` \(='a'\) must be a number"),
        (
            "bernoulli_stream",
            {"width": 4},
            ValueError,
            r"`width` \(=4\) must be an int of at least 0 and below `length`",
        ),
        ("bernoulli_stream", {"width": 0.5}, ValueError, r"`width` \(=0.5\) must be an int"),
        ("bernoulli_stream", {"streams": 0}, ValueError, r"`streams` \(=0\) must be at least 1"),
        ("moving_linear_stream", {"features": 0}, ValueError, r"`features` \(=0\) must be at least 1"),
        ("moving_linear_stream", {"speed": -0.1}, ValueError, r"`speed` \(=-0.1\) must be at least 0"),
        ("moving_linear_stream", {"noise": "loud"}, TypeError, r"`noise` \(='loud'\) must be a number"),
    ],
)
def test_bad_arguments_are_named(kind, change, error, words):
    right = {"length": 4} | ({"rates": [0.1, 0.2]} if kind == "bernoulli_stream" else {})
    with pytest.raises(error, match=words):
        getattr(S, kind)(**(right | change))
