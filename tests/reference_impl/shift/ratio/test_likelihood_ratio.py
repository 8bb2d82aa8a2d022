"""KLIEP: by hand, an oracle, known values, the choice of the width, and the words of errors."""

import math

import numpy as np
import pytest
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from kernel_oracles import few, kernel, likeliest_of_two, overlapping_or_not, quantiles, small_samples

from reference_impl.shift import KLIEP, kliep

pytestmark = small_samples
BOXES = np.eye(2)


def two_features(seed, points):
    """Draw features of which now one and now the other is large, so that the maximum is a sharp one."""
    rng = np.random.default_rng(seed)
    found = rng.uniform(0.0, 0.1, (points, 2))
    found[np.arange(points), np.arange(points) % 2] += rng.uniform(0.5, 1.0, points)
    return found


def test_coefficients_agree_with_bisection(agreement, precision):
    with agreement(
        "reference_impl.shift.kliep", "bisection of the slope in longdouble", precision
    ) as compare:

        @few
        @given(seed=seeds, n=st.integers(2, 9), m=st.integers(4, 9))
        def drawn(seed, n, m):
            def run(library, source, target):
                if library.name != "the oracle":
                    return [kliep(source, target, tolerance=1e-13)]
                found = likeliest_of_two(library.values(source), library.values(target))
                return [library.array(found.astype(precision))]

            compare.arrays("forward", run, two_features(seed, n), two_features(seed + 1, m))

        drawn()


@overlapping_or_not
def test_weights_agree_with_bisection(agreement, precision):
    with agreement(
        "reference_impl.shift.KLIEP", "bisection of the slope in longdouble", precision
    ) as compare:

        @few
        @given(seed=seeds, n=st.integers(4, 9), m=st.integers(4, 9), width=st.sampled_from([0.5, 0.75]))
        def drawn(seed, n, m, width):
            made = KLIEP(2, [width], folds=2, tolerance=1e-13, random_state=seed, on_disjoint="warn")
            rng = np.random.default_rng(seed)
            sides = (
                np.arange(size)[:, None] % 2 * 2.0 - 1 + rng.uniform(-0.3, 0.3, (size, 1)) for size in (n, m)
            )

            def run(library, source, target):
                if library.name != "the oracle":
                    return [made.fit(source, target).weights()]
                points, others = library.values(source), library.values(target)
                centers = others[np.random.default_rng(seed).choice(m, 2, replace=False)]
                features = [kernel(x, centers, width) for x in (points, others)]
                return [library.array((features[0] @ likeliest_of_two(*features)).astype(precision))]

            compare.arrays("forward", run, *sides)

        drawn()


def test_the_mean_is_one_and_the_objective_is_the_mean_log_weight():
    source, target = quantiles(300), quantiles(200) + 0.5
    ratio = KLIEP(50).fit(source, target)
    assert ratio.weights().mean() == pytest.approx(1, abs=1e-12)
    assert ratio.objective_ == pytest.approx(ratio.log_weights(target).mean(), abs=1e-12)


def test_means_of_many_points_cost_few_digits_of_float32(library):
    """All weights hang on the mean features of the source."""
    rng = np.random.default_rng(153)
    source, target = rng.normal(size=(900, 2)), rng.normal(0.3, 0.8, size=(500, 2))
    source, target = (points.astype("float32") for points in (source, target))
    ratio = KLIEP(widths=[0.7])
    wide = ratio.fit(source.astype("float64"), target.astype("float64")).weights()
    found = library.values(ratio.fit(library.array(source), library.array(target)).weights())
    assert found.dtype == "float32"
    assert np.max(np.abs(found - wide)) <= 3e-6 * np.max(wide)


@pytest.mark.parametrize(("delta", "divergence"), [(0.5, 0.125), (1.0, 0.5)])
def test_the_objective_tends_to_the_divergence(delta, divergence):
    ratio = KLIEP().fit(quantiles(1000), quantiles(1000) + delta)
    assert ratio.objective_ == pytest.approx(divergence, abs=0.025)


def test_the_width_is_the_one_under_which_held_out_points_are_likeliest():
    """Scores anew: each fold by the coefficients of the others."""
    source, target = quantiles(60), quantiles(40) + 0.5
    ratio = KLIEP(10, [0.3, 1.0, 3.0], folds=4, random_state=3).fit(source, target)
    rng = np.random.default_rng(3)
    centers = target[rng.choice(40, 10, replace=False)]
    fold = rng.permutation(40) % 4
    for width, score in zip(ratio.widths_, ratio.scores_, strict=True):
        features = [kernel(x, centers, width).astype(float) for x in (source, target)]
        held = [np.log(features[1][fold == k] @ kliep(features[0], features[1][fold != k])) for k in range(4)]
        assert score == pytest.approx(np.concatenate(held).mean(), abs=1e-4)
    assert ratio.width_ == ratio.widths_[np.argmax(ratio.scores_)]


def test_a_width_without_weight_for_some_target_point_is_not_chosen():
    source, target = quantiles(50), np.concatenate([quantiles(50), [[3.0]]])
    ratio = KLIEP(20, [1e-3, 1.0], random_state=2).fit(source, target)
    assert ratio.scores_[0] == -math.inf and ratio.width_ == 1.0
    with pytest.raises(
        ValueError, match=r"`widths` \(=\[0.001\]\) leaves some target point where no bump.*use wider"
    ):
        KLIEP(20, [1e-3], random_state=2).fit(source, target)


def test_a_feature_without_source_gets_no_coefficient():
    source, target = BOXES[[0, 0]], np.asarray([[1.0, 0.0], [0.5, 1.0]])
    assert kliep(source, target).tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"source_features": -BOXES},
            r"`source_features` \(=-1.0\) must not be negative; pass kernels, or other feat",
        ),
        ({"target_features": -BOXES}, r"`target_features` \(=-1.0\) must not be negative"),
        ({"source_features": 0 * BOXES}, "`source_features`.*zero at every source point"),
        ({"source_features": BOXES[:0]}, "`source_features`.*is empty"),
        ({"target_features": np.full((2, 2), np.inf)}, "`target_features`.*must be finite"),
        ({"source_features": BOXES[:1]}, "has 1 points, the first at index 1, with likelihood zero"),
    ],
)
def test_bad_features_are_named(change, words):
    with pytest.raises(ValueError, match=words):
        kliep(**({"source_features": BOXES, "target_features": BOXES} | change))


@pytest.mark.parametrize(
    ("folds", "error", "words"),
    [
        (1, ValueError, r"`folds` \(=1\) must be from 2 to the 20 target points; pass e.g. folds=5"),
        (21, ValueError, r"`folds` \(=21\) must be from 2 to the 20 target points"),
        (2.5, TypeError, r"`folds` \(=2.5\) must be an int"),
    ],
)
def test_bad_folds_are_named(folds, error, words):
    with pytest.raises(error, match=words):
        KLIEP(5, folds=folds).fit(quantiles(20), quantiles(20))
