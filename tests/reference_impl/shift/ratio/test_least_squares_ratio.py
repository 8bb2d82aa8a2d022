"""uLSIF and RuLSIF on given features: by hand, against refitting without each pair, and the words of errors."""

import numpy as np
import pytest
import torch
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from kernel_oracles import few, kernel, least_squares, left_out

from reference_impl.shift import ulsif, ulsif_leave_one_out
from reference_impl.shift.ratio.squared_loss import PENALTIES

FEATURES = np.asarray([[0.5, 1.0], [2.0, 0.0], [1.0, 1.0]])
drawn_samples = {
    "seed": seeds,
    "n": st.integers(3, 9),
    "m": st.integers(3, 9),
    "features": st.integers(1, 4),
    "alpha": st.sampled_from([0.0, 0.3, 0.75]),
}


def positive(seed, n, m, features):
    rng = np.random.default_rng(seed)
    return rng.uniform(0.1, 1.0, (n, features)), rng.uniform(0.1, 1.0, (m, features))


def test_coefficients_agree_with_longdouble(agreement, precision):
    with agreement("reference_impl.shift.ulsif", "its formula in NumPy's longdouble", precision) as compare:

        @few
        @given(**drawn_samples, penalty=st.sampled_from([0.125, 1.0, 8.0]))
        def drawn(seed, n, m, features, alpha, penalty):
            def run(library, source, target):
                if library.name != "the oracle":
                    return [ulsif(source, target, penalty, alpha)]
                found = least_squares(library.values(source), library.values(target), penalty, alpha)
                return [library.array(found.astype(precision))]

            compare.arrays("forward", run, *positive(seed, n, m, features))

        drawn()


def test_left_out_scores_agree_with_refitting(agreement, precision):
    oracle = "a fit without each pair, in NumPy's longdouble"
    penalties = [0.125, 2.0]
    with agreement("reference_impl.shift.ulsif_leave_one_out", oracle, precision) as compare:

        @few
        @given(**drawn_samples)
        def drawn(seed, n, m, features, alpha):
            def run(library, source, target):
                if library.name != "the oracle":
                    return [ulsif_leave_one_out(source, target, penalties, alpha)]
                samples = library.values(source), library.values(target)
                return [
                    library.array(np.asarray([left_out(*samples, p, alpha) for p in penalties], precision))
                ]

            compare.arrays("forward", run, *positive(seed, n, m, features))

        drawn()


@pytest.mark.parametrize(("n", "m"), [(40, 40), (40, 30), (30, 40)])
@pytest.mark.parametrize("alpha", [0.0, 0.1, 0.5, 0.9])
def test_every_penalty_is_exact_with_kernels(n, m, alpha):
    """The table that two packages miss by 0.3: Gaussian kernels, penalties from 0.0001 to 100, to 1e-10."""
    rng = np.random.default_rng(0)
    source, target = rng.normal(size=(n, 1)), rng.normal(0.5, 1, size=(m, 1))
    features = [kernel(x, target[:8], 0.7).astype(float) for x in (source, target)]
    found = ulsif_leave_one_out(*features, PENALTIES, alpha)
    wanted = [float(left_out(*features, penalty, alpha)) for penalty in PENALTIES]
    np.testing.assert_allclose(found, wanted, rtol=1e-10, atol=1e-10)


def test_scores_see_the_clipped_output():
    """With both samples on opposite features, coefficients and outputs would be negative without clipping."""
    source = np.asarray([[1.0, 0.0], [1.0, 0.2], [0.9, 0.1]])
    target = np.asarray([[0.0, 1.0], [-0.5, 1.0], [-0.1, 1.0]])
    found = ulsif_leave_one_out(source, target, [0.5])
    assert found[0] == pytest.approx(float(left_out(source, target, 0.5, 0.0)), abs=1e-14)
    assert ulsif(source, target, 0.5)[0] < 0


def test_blocks_add_up(monkeypatch):
    samples = positive(0, 50, 41, 3)
    whole = ulsif(*samples, 0.2, 0.3), ulsif_leave_one_out(*samples, [0.2], 0.3)
    monkeypatch.setattr("reference_impl.shift.kernels.BLOCK", 30)
    np.testing.assert_allclose(ulsif(*samples, 0.2, 0.3), whole[0], rtol=1e-12)
    np.testing.assert_allclose(ulsif_leave_one_out(*samples, [0.2], 0.3), whole[1], rtol=1e-12)


@given(seed=seeds, scale=st.sampled_from([0.1, 10.0]))
def test_scaled_features(seed, scale):
    """Features and the root of the penalty times s: coefficients over s, and the same scores."""
    source, target = positive(seed, 6, 7, 3)
    scaled = scale * source, scale * target
    np.testing.assert_allclose(ulsif(*scaled, 0.5 * scale**2), ulsif(source, target, 0.5) / scale, rtol=1e-10)
    np.testing.assert_allclose(
        ulsif_leave_one_out(*scaled, [0.5 * scale**2], 0.3),
        ulsif_leave_one_out(source, target, [0.5], 0.3),
        rtol=1e-9,
    )


def test_order_of_features_and_points():
    source, target = positive(1, 6, 6, 3)
    order, rows = [2, 0, 1], [5, 3, 1, 0, 4, 2]
    np.testing.assert_allclose(
        ulsif(source[rows][:, order], target[:, order], 0.5, 0.2),
        ulsif(source, target, 0.5, 0.2)[order],
        rtol=1e-10,
    )
    np.testing.assert_allclose(
        ulsif_leave_one_out(source[rows], target[rows], [0.5], 0.2),
        ulsif_leave_one_out(source, target, [0.5], 0.2),
        rtol=1e-10,
    )


def test_inputs_are_unchanged(library):
    before = library.array(FEATURES), library.array(FEATURES[:2])
    ulsif(*before, 0.5, 0.5)
    ulsif_leave_one_out(*before, [0.5], 0.5)
    assert np.array_equal(library.values(before[0]), FEATURES)
    assert np.array_equal(library.values(before[1]), FEATURES[:2])


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"source_features": np.zeros((0, 2))}, ValueError, "`source_features`.*is empty"),
        ({"target_features": np.zeros((0, 2))}, ValueError, "`target_features`.*is empty"),
        ({"source_features": np.full((2, 2), np.nan)}, ValueError, "`source_features`.*4 entries are NaN"),
        ({"target_features": np.ones((3, 3))}, ValueError, "`target_features`.*3 features where 2 were"),
        ({"target_features": torch.ones(3, 2)}, TypeError, "arrays of one library"),
        ({"target_features": np.ones((3, 2), "f")}, TypeError, "one dtype"),
        (
            {"source_features": np.zeros((4, 2))},
            ValueError,
            r"`source_features`.*zero at every source point.*use wider kernels, or collect a source that covers",
        ),
        (
            {"penalty": 0.0},
            ValueError,
            r"`penalty` \(=0.0\) must be above 0 and finite; pass e.g. penalty=0.1",
        ),
        ({"penalty": float("inf")}, ValueError, "must be above 0 and finite"),
        ({"penalty": "much"}, TypeError, r"`penalty` \(='much'\) must be a number"),
        ({"alpha": 1.0}, ValueError, r"`alpha` \(=1.0\) must be at least 0 and below 1"),
    ],
)
def test_bad_arguments_are_named(change, error, words):
    right = {"source_features": FEATURES, "target_features": FEATURES, "penalty": 1.0, "alpha": 0.5}
    with pytest.raises(error, match=words):
        ulsif(**(right | change))


@pytest.mark.parametrize(
    ("penalties", "error", "words"),
    [
        (
            [],
            TypeError,
            r"`penalties` \(=\[\]\) must be a sequence of numbers; pass e.g. penalties=\(0.01, 0.1\)",
        ),
        (0.5, TypeError, "must be a sequence of numbers"),
        ([0.5, -1.0], ValueError, r"`penalties` \(=-1.0\) must be above 0 and finite"),
    ],
)
def test_bad_penalties_are_named(penalties, error, words):
    with pytest.raises(error, match=words):
        ulsif_leave_one_out(FEATURES, FEATURES, penalties)


def test_one_point_cannot_be_left_out():
    with pytest.raises(ValueError, match=r"`target_features`.*has 1 of at least 2 points"):
        ulsif_leave_one_out(FEATURES, FEATURES[:1], [0.5])
