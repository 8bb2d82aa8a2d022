"""Simulated label shift: shares and weights against counting, and bad arguments."""

from fractions import Fraction

import numpy as np
import pytest
import torch
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_digits

from reference_impl import shift as S


def some_labels(seed, classes, extra):
    rng = np.random.default_rng(seed)
    return rng.permutation(np.concatenate([np.arange(classes), rng.integers(0, classes, extra)]))


@pytest.mark.parametrize("kind", ["tweak_one_shift", "dirichlet_shift"])
def test_shares_and_weights_agree_with_counting(agreement, precision, kind):
    with agreement(f"reference_impl.shift.{kind}", "counting in fractions", precision) as compare:

        @given(
            seed=seeds,
            classes=st.integers(2, 6),
            extra=st.integers(0, 30),
            points=st.integers(1, 20),
            share=st.integers(1, 99).map(lambda number: number / 100),
        )
        def drawn(seed, classes, extra, points, share):
            y = some_labels(seed, classes, extra)
            changed = seed % classes
            if kind == "tweak_one_shift":
                options = {"changed": changed, "share": share}
            else:
                options = {"concentration": share + 0.5}

            def run(library, labels, like):
                if library.name != "the oracle":
                    found = getattr(S, kind)(labels, points, **options, random_state=seed, like=like)
                    return [found.indices, found.prior, found.weights, found.drawn_prior]
                found = getattr(S, kind)(y, points, **options, random_state=seed)
                if kind == "tweak_one_shift":
                    other = (1 - Fraction(share)) / (classes - 1)
                    prior = [Fraction(share) if number == changed else other for number in range(classes)]
                else:
                    gammas = np.random.default_rng(seed).dirichlet([share + 0.5] * classes)
                    prior = [Fraction(p) for p in gammas]
                weights = [p / Fraction(y.tolist().count(c), len(y)) for c, p in enumerate(prior)]
                taken = [y[i] for i in found.indices.tolist()]
                shares = [Fraction(taken.count(c), points) for c in range(classes)]
                floats = [
                    torch.tensor([float(x) for x in row], dtype=like.dtype)
                    for row in (prior, weights, shares)
                ]
                return [torch.tensor(found.indices), *floats]

            compare.arrays("shares", run, y, np.zeros(1))

        drawn()


def test_the_target_has_the_prior():
    digits = load_digits().target
    for drawn in (
        S.tweak_one_shift(digits, 100_000, changed=3, share=0.7),
        S.dirichlet_shift(digits, 100_000, concentration=0.5),
    ):
        np.testing.assert_allclose(drawn.drawn_prior, drawn.prior, atol=0.01)
        q = np.bincount(digits) / len(digits)
        np.testing.assert_allclose(drawn.weights * q, drawn.prior, rtol=1e-12)
        np.testing.assert_allclose(np.bincount(digits[drawn.indices]) / 100_000, drawn.drawn_prior)
    assert S.tweak_one_shift(digits, 1, changed=3, share=0.7).prior[3] == 0.7


def test_every_point_of_a_class_is_drawn_as_often():
    labels = np.asarray([0, 1, 0, 1, 0])
    indices = S.tweak_one_shift(labels, 60_000, changed=1, share=0.4).indices
    np.testing.assert_allclose(np.bincount(indices) / 60_000, [0.2] * 5, atol=0.01)


def test_concentration_sets_the_strength():
    labels = np.repeat(np.arange(10), 2)
    largest = [
        np.mean(
            [S.dirichlet_shift(labels, 1, concentration=a, random_state=s).prior.max() for s in range(200)]
        )
        for a in (0.1, 1.0, 100.0)
    ]
    assert largest[0] > 0.6 and 0.25 < largest[1] < 0.35 and largest[2] < 0.14


def test_weights_are_float64_without_an_example(library):
    drawn = S.dirichlet_shift(library.array(np.asarray([0, 1, 1])), 4)
    assert library.values(drawn.weights).dtype == np.float64
    assert library.values(drawn.indices).dtype == np.int64


GOOD = np.asarray([0, 1, 1, 2])


@pytest.mark.parametrize(
    ("kind", "change", "error", "words"),
    [
        ("tweak_one_shift", {"labels": [0, 1]}, TypeError, "expected an array"),
        (
            "tweak_one_shift",
            {"labels": np.asarray([0.0, 1.0])},
            TypeError,
            "`labels`.*must hold integers; number the",
        ),
        (
            "tweak_one_shift",
            {"labels": np.zeros((2, 2), int)},
            ValueError,
            r"of shape \(2, 2\)'\) must have one axis",
        ),
        (
            "tweak_one_shift",
            {"labels": np.zeros(0, int)},
            ValueError,
            r"of shape \(0,\)'\) must have one axis",
        ),
        (
            "dirichlet_shift",
            {"labels": np.asarray([0, -1])},
            ValueError,
            r"`labels` \(=-1\) must be at least 0",
        ),
        (
            "dirichlet_shift",
            {"labels": np.asarray([0, 2])},
            ValueError,
            "of 3 classes'.*have no point of class 1; add",
        ),
        ("dirichlet_shift", {"labels": np.asarray([3, 1])}, ValueError, r"have no point of classes \[0, 2\]"),
        (
            "tweak_one_shift",
            {"labels": np.asarray([0, 0])},
            ValueError,
            "of one class.*must have at least two classes",
        ),
        ("tweak_one_shift", {"points": 0}, ValueError, r"`points` \(=0\) must be at least 1"),
        ("tweak_one_shift", {"changed": 3}, ValueError, r"`changed` \(=3\) must be a class, from 0 to 2"),
        ("tweak_one_shift", {"share": 1.0}, ValueError, r"`share` \(=1.0\) must be below 1"),
        ("tweak_one_shift", {"share": 0}, ValueError, r"`share` \(=0\) must be above 0"),
        (
            "dirichlet_shift",
            {"concentration": -1.0},
            ValueError,
            r"`concentration` \(=-1.0\) must be above 0",
        ),
        ("dirichlet_shift", {"like": torch.zeros(1)}, TypeError, "arrays of one library"),
        ("dirichlet_shift", {"like": GOOD}, TypeError, "`like`.*must be an array of floating-point numbers"),
    ],
)
def test_bad_arguments_are_named(kind, change, error, words):
    with pytest.raises(error, match=words):
        getattr(S, kind)(**({"labels": GOOD, "points": 3} | change))
