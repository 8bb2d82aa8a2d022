"""Kernel mean matching: by hand, all active sets as the oracle, the projection, and the words of errors."""

import itertools

import numpy as np
import pytest
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from kernel_oracles import few, kernel, matched, overlapping_or_not, small_samples

from reference_impl.shift import KMM, kmm
from reference_impl.shift.ratio.box_and_slab import Region

pytestmark = small_samples
EXACT = {"tolerance": 1e-14, "iterations": 2000}


def kernels(seed, n, m):
    """Draw points of which no two are near, so that the minimum is a sharp one."""
    rng = np.random.default_rng(seed)
    source = np.arange(n)[:, None] + rng.uniform(-0.2, 0.2, (n, 1))
    target = rng.uniform(0, n - 1, (m, 1))
    return source, target


limits = {"bound": st.sampled_from([1.25, 2.0, 50.0]), "slack": st.sampled_from([0.0, 0.05, 0.5])}


def test_weights_of_kernels_agree_with_all_active_sets(agreement, precision):
    oracle = "the best of all active sets, in NumPy's longdouble"
    with agreement("reference_impl.shift.kmm", oracle, precision) as compare:

        @few
        @given(seed=seeds, n=st.integers(2, 4), m=st.integers(2, 6), **limits)
        def drawn(seed, n, m, bound, slack):
            def run(library, own, cross):
                if library.name != "the oracle":
                    return [kmm(own, cross, bound=bound, slack=slack, **EXACT)]
                linear = library.values(cross).astype(np.longdouble).sum(1) * n / m
                found = matched(library.values(own).astype(np.longdouble), linear, bound, slack)
                return [library.array(found.astype(precision))]

            source, target = kernels(seed, n, m)
            compare.arrays("forward", run, *(kernel(source, x, 0.4).astype(float) for x in (source, target)))

        drawn()


@overlapping_or_not
def test_weights_of_points_agree_with_all_active_sets(agreement, precision):
    oracle = "the best of all active sets, in NumPy's longdouble"
    with agreement("reference_impl.shift.KMM", oracle, precision) as compare:

        @few
        @given(seed=seeds, n=st.integers(2, 4), m=st.integers(2, 6), **limits)
        def drawn(seed, n, m, bound, slack):
            def run(library, source, target):
                if library.name != "the oracle":
                    made = KMM(0.4, bound, slack, on_disjoint="warn", **EXACT)
                    return [made.fit(source, target).weights()]
                points, others = library.values(source), library.values(target)
                linear = kernel(points, others, 0.4).sum(1) * n / m
                found = matched(kernel(points, points, 0.4), linear, bound, slack)
                return [library.array(found.astype(precision))]

            compare.arrays("forward", run, *kernels(seed, n, m))

        drawn()


@given(
    seed=seeds,
    n=st.integers(1, 12),
    bound=st.sampled_from([1.0, 1.5, 7.0]),
    slack=st.sampled_from([0.0, 0.1]),
)
def test_the_projection_is_the_nearest_point(seed, n, bound, slack):
    """For every other point of the region, the angle at the projection is not acute."""
    rng = np.random.default_rng(seed)
    point = rng.normal(1, 3, n)
    region = Region(bound, n * (1 - slack), n * (1 + slack))
    found = region.project(point)
    assert found.min() >= 0 and found.max() <= bound
    assert region.least * (1 - 1e-12) <= found.sum() <= region.most * (1 + 1e-12)
    corners = [np.asarray(c) for c in itertools.islice(itertools.product((0.0, 1.0, bound), repeat=n), 200)]
    for other in [np.ones(n), *corners]:
        if region.least <= other.sum() <= region.most:
            assert (point - found) @ (other - found) <= 1e-9


def test_a_point_inside_stays():
    inside = np.asarray([0.5, 1.5, 1.0])
    assert Region(2.0, 2.9, 3.1).project(inside).tolist() == inside.tolist()


def shifted(n, m, features=1):
    rng = np.random.default_rng(0)
    source, target = rng.normal(size=(n, features)), rng.normal(size=(m, features))
    target[:, 0] += 1
    return source, target


def test_random_features_stand_in_for_the_kernel():
    """Their weights differ, but bring the means as near: the objective of the exact kernel is almost the least."""
    source, target = shifted(150, 100)
    own = kernel(source, source, 1.0).astype(float)
    linear = kernel(source, target, 1.0).astype(float).sum(1) * 1.5

    def objective(ratio):
        weights = ratio.fit(source, target).weights()
        return weights @ own @ weights / 2 - linear @ weights

    found = [objective(KMM(1.0, n_features=1000, random_state=seed)) for seed in (1, 2)]
    assert found == pytest.approx([objective(KMM(1.0))] * 2, rel=2e-3)
    assert found[0] != found[1]


def test_what_it_is_for_and_what_not():
    """With 20 features, the reweighted mean is right to a fifth of the shift; the weights are no better than 1."""
    source, target = shifted(1000, 1000, 20)
    true, weights = np.exp(source[:, 0] - 0.5), KMM().fit(source, target).weights()
    assert abs(weights @ source[:, 0] / weights.sum() - 1) < 0.2
    assert np.mean((weights - true) ** 2) > 0.9 * np.mean((1 - true) ** 2)
    assert 0.3 < np.mean(weights == 0) < 0.6


def test_the_mean_stays_in_the_slab():
    source, target = shifted(100, 80)
    assert abs(KMM(slack=0.01).fit(source, target).weights().mean() - 1) <= 0.01 + 1e-12
    assert abs(KMM().fit(source, target).weights().mean() - 1) <= 0.1 + 1e-12
    assert KMM(bound=2.5).fit(source, target).weights().max() == 2.5


def test_there_are_no_weights_at_other_points():
    ratio = KMM().fit(*shifted(60, 60))
    words = r"`x` \(='of shape \(3, 1\)'\) can't have weights: kernel mean matching weighs the source points only; call"
    for ask in (ratio.weights, ratio.log_weights):
        with pytest.raises(ValueError, match=words):
            ask(np.zeros((3, 1)))


def test_the_area_of_the_kernel_is_that_of_the_shift():
    """For N(0, 1) and N(1, 1), whose means every kernel tells apart in the same order, it is 0.760250."""
    ratio = KMM(n_features=200).fit(*shifted(3000, 3000))
    assert ratio.report().auc == ratio.auc_ == pytest.approx(0.760250, abs=0.04)
    both = np.random.default_rng(1).normal(size=(400, 20))
    assert KMM().fit(both[:200], both[200:]).auc_ == pytest.approx(0.5, abs=0.12)


def test_steps_that_do_not_suffice():
    words = r"the largest change of a weight is .* after 3 iterations: the weights still change by more than 1e-09"
    with pytest.warns(UserWarning, match=words):
        KMM(tolerance=1e-9, iterations=3).fit(*shifted(60, 60))


def test_too_many_points_for_the_exact_kernel(monkeypatch):
    monkeypatch.setattr("reference_impl.shift.ratio.mean_matching.MOST_EXACT", 50)
    words = r"`n_features` \(=None\) needs an array of 60 x 60 numbers; pass e.g. n_features=500 for random features"
    with pytest.raises(ValueError, match=words):
        KMM().fit(*shifted(60, 60))
    assert KMM(n_features=100).fit(*shifted(60, 60)).weights().shape == (60,)


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        ({"width": 0.0}, ValueError, r"`width` \(=0.0\) must be above 0"),
        ({"bound": 0.5}, ValueError, r"`bound` \(=0.5\) must be at least 1; pass e.g. bound=10.0"),
        ({"slack": -0.1}, ValueError, r"`slack` \(=-0.1\) must be at least 0; pass e.g. slack=0.01"),
        ({"n_features": 0}, ValueError, r"`n_features` \(=0\) must be at least 1"),
        ({"tolerance": -1.0}, ValueError, r"`tolerance` \(=-1.0\) must be at least 0"),
        ({"iterations": 0}, ValueError, r"`iterations` \(=0\) must be at least 1"),
        ({"iterations": 1.5}, TypeError, r"`iterations` \(=1.5\) must be an int"),
    ],
)
def test_bad_settings_of_matching(settings, error, words):
    with pytest.raises(error, match=words):
        KMM(**settings).fit(*shifted(30, 30))


@pytest.mark.parametrize(
    ("own", "cross", "words"),
    [
        (
            np.eye(3),
            np.ones((2, 4)),
            r"`source_kernel` .*must have shape \(2, 2\), as `cross_kernel` has 2 rows; pass k",
        ),
        (np.eye(2), np.zeros((2, 4)), "`cross_kernel`.*zero at every source point"),
        (np.eye(2), np.full((2, 4), np.nan), "`cross_kernel`.*8 entries are NaN"),
        (np.eye(2)[:0], np.ones((2, 4)), "`source_kernel`.*is empty"),
    ],
)
def test_bad_kernels_are_named(own, cross, words):
    with pytest.raises(ValueError, match=words):
        kmm(own, cross)
