"""The MMD test against sums of scikit-learn's kernel, closed forms, its validity and its power, and errors."""

import math

import numpy as np
import pytest
import torch
from draws import seeds, values
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import OURS
from scipy.stats import binom
from sklearn.metrics.pairwise import rbf_kernel

from reference_impl.shift import mmd_test
from reference_impl.shift.two_sample import embedding_sums

METHODS = ["exact", "random_features"]


def oracle(source, target, method, permutations, width, features, seed):
    """Compute statistic and p-value, one permutation after the other, from the whole matrix of kernel values."""
    points = np.concatenate([source, target]).astype(np.float64)
    n, m = len(source), len(target)
    rng = np.random.default_rng(seed)
    orders = [np.arange(n + m)] + [rng.permutation(n + m) for _ in range(permutations)]
    if method == "exact":
        kernel = rbf_kernel(points, gamma=1 / (2 * width**2))
    else:
        gaps = points[:, None, :] - points[None, :, :]
        frequencies = rng.standard_normal((points.shape[1], features // 2)) / width
        kernel = np.cos(gaps @ frequencies).mean(axis=-1)
    np.fill_diagonal(kernel, 0.0)
    found = []
    for order in orders:
        k = kernel[np.ix_(order, order)]
        within = k[:n, :n].sum() / (n * (n - 1)) + k[n:, n:].sum() / (m * (m - 1))
        found.append(within - 2 * k[:n, n:].mean())
    as_large = sum(statistic >= found[0] - 1e-12 for statistic in found[1:])
    return [found[0], (1 + as_large) / (permutations + 1)]


@pytest.mark.parametrize("method", METHODS)
def test_statistic_and_p_value_agree_with_plain_sums(method, agreement, precision):
    with agreement("reference_impl.shift.mmd_test", "sums of sklearn's rbf_kernel", precision) as compare:

        @settings(max_examples=settings.default.max_examples // 2)
        @given(
            seed=seeds,
            sizes=st.tuples(st.integers(2, 12), st.integers(2, 12)),
            features=st.integers(1, 3),
            width=st.sampled_from([0.3, 1.0, 4.0]),
            permutations=st.integers(1, 6),
        )
        def drawn(seed, sizes, features, width, permutations):
            samples = [compare.cast(values(seed + i, (size, features))) for i, size in enumerate(sizes)]
            wanted = oracle(*samples, method, permutations, width, 20, seed)
            for library in OURS:
                found = mmd_test(
                    *map(library.array, samples),
                    method=method,
                    permutations=permutations,
                    width=width,
                    features=20,
                    random_state=seed,
                )
                compare.numbers(method, [found.statistic, found.p_value], wanted, sums=True)

        drawn()


@pytest.mark.parametrize("method", METHODS)
def test_blocks_do_not_matter(method, monkeypatch, library):
    source, target = (library.array(values(seed, (size, 2))) for seed, size in ((0, 30), (1, 21)))
    whole = mmd_test(source, target, method=method)
    monkeypatch.setattr(embedding_sums, "ENTRIES", 1000 if method == "random_features" else 180)
    parts = mmd_test(source, target, method=method)
    assert parts.statistic == pytest.approx(whole.statistic, abs=1e-14) and parts.p_value == whole.p_value


def closed_form(features: int, width: float, distance: float) -> float:
    square = width**2
    gap = 1 - math.exp(-(distance**2) / (2 * (square + 2)))
    return 2 * (square / (square + 2)) ** (features / 2) * gap


@pytest.mark.parametrize(
    ("features", "square", "value"), [(1, 1.0, 0.17726763), (5, 5.0, 0.05945162), (20, 20.0, 0.01732705)]
)
@pytest.mark.parametrize("method", METHODS)
def test_the_estimate_is_unbiased_for_shifted_normals(features, square, value, method):
    """With the diagonal kept, samples of 12 would give 2 (1 - E k) / 12 too much."""
    assert closed_form(features, math.sqrt(square), 1.0) == pytest.approx(value, abs=5e-9)
    rng = np.random.default_rng(0)
    found = []
    for _ in range(400):
        source, target = rng.standard_normal((2, 12, features))
        target[:, 0] += 1
        options = {"width": math.sqrt(square), "permutations": 1, "random_state": rng}
        found.append(mmd_test(source, target, method=method, **options).statistic)
    assert np.mean(found) == pytest.approx(value, abs=4 * np.std(found) / 20)


@pytest.mark.parametrize("method", METHODS)
def test_false_alarms_are_as_rare_as_promised(method):
    rng = np.random.default_rng(1)
    alarms = sum(
        mmd_test(*rng.exponential(size=(2, 8, 2)), method=method, permutations=19, random_state=rng).p_value
        <= 0.05
        for _ in range(600)
    )
    low, high = binom.interval(0.999, 600, 0.05)
    assert low <= alarms <= high


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("change", ["mean", "variance"])
def test_shifts_are_found(method, change):
    source, target = np.random.default_rng(2).standard_normal((2, 150, 3))
    target = target + 0.7 if change == "mean" else target * 2
    found = mmd_test(source, target, method=method, permutations=49)
    assert found.p_value == 1 / 50  # which is the least, and not 0


def test_all_p_values_occur_without_a_shift():
    rng = np.random.default_rng(3)
    found = {
        mmd_test(*rng.normal(size=(2, 6, 1)), permutations=3, random_state=rng).p_value for _ in range(60)
    }
    assert found == {0.25, 0.5, 0.75, 1.0}


def test_ties_count_against_a_shift():
    """All permutations of equal points give the same statistic."""
    assert mmd_test(np.ones((4, 1)), np.ones((5, 1)), width=1.0, permutations=9).p_value == 1.0


@pytest.mark.parametrize("method", METHODS)
def test_order_and_names_of_the_samples_do_not_matter(method):
    source, target = values(4, (20, 2)), values(5, (20, 2)) + 1

    def statistic(source, target):
        return mmd_test(source, target, method=method, width=1.0, permutations=1).statistic

    first = statistic(source, target)
    assert statistic(target, source) == pytest.approx(first, rel=1e-12)
    assert statistic(source[::-1].copy(), target) == pytest.approx(first, rel=1e-12)
    assert statistic(source + 1e6, target + 1e6) == pytest.approx(first, rel=1e-8)


def test_the_median_distance_is_the_width():
    source, target = np.asarray([0.0, 1.0, 2.0]), np.asarray([4.0, 8.0, 16.0])
    found = mmd_test(source, target, permutations=2)
    assert found.width == pytest.approx(6.0)  # the 8th of the 15 distances 1 1 2 2 3 4 4 6 7 8 8 12 14 15 16
    assert mmd_test(10 * source, 10 * target, permutations=2).statistic == pytest.approx(found.statistic)


def test_seeds_and_generators_give_the_same(library):
    source, target = (library.array(values(seed, (15, 2)).astype("float32")) for seed in (0, 1))
    before = library.values(source)
    first = mmd_test(source, target, random_state=5)
    assert first == mmd_test(source, target, random_state=np.random.default_rng(5))
    assert np.array_equal(library.values(source), before)
    assert mmd_test(source, target).permutations == 199


def test_random_features_come_close_to_the_kernel():
    source, target = np.random.default_rng(6).standard_normal((2, 100, 2))
    target = target + 0.5
    exact = mmd_test(source, target, permutations=1).statistic
    near = mmd_test(source, target, permutations=1, method="random_features", features=8000).statistic
    assert near == pytest.approx(exact, rel=0.1)


def test_result_as_text():
    found = mmd_test(np.asarray([0.0, 1.0]), np.asarray([3.0, 7.0]), permutations=4, width=3.5)
    text = f"MMD² = {found.statistic:.4g}, p = {found.p_value:.3g} (4 permutations, kernel of width 3.5)"
    assert str(found) == text


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"method": "fast"}, ValueError, "`method` .*is unknown; choose one of 'exact', 'random_features'"),
        ({"permutations": 0}, ValueError, r"`permutations` \(=0\) must be at least 1"),
        ({"features": 7}, ValueError, r"`features` \(=7\) must be even: a cosine and a sine each"),
        (
            {"width": 0.0},
            ValueError,
            r"`width` \(=0.0\) must be positive and finite; pass e.g. width=1.0, or",
        ),
        ({"width": float("inf")}, ValueError, r"`width` \(=inf\) must be positive and finite"),
        ({"width": "1"}, TypeError, "`width` .*must be a number"),
        ({"random_state": "1"}, TypeError, "`random_state` .*must be an int or a numpy.random.Generator"),
    ],
)
def test_bad_settings_of_mmd(options, error, words):
    with pytest.raises(error, match=words):
        mmd_test(np.zeros((3, 1)), np.ones((3, 1)), **options)


@pytest.mark.parametrize(
    ("source", "target", "error", "words"),
    [
        (np.zeros((1, 2)), np.zeros((3, 2)), ValueError, "`source`.*has 1 of at least 2 points"),
        (np.zeros((3, 2)), np.full((3, 2), np.inf), ValueError, "`target`.*6 entries are NaN or infinite"),
        (np.zeros((3, 2)), np.zeros((3, 1)), ValueError, "`target`.*has 1 features where 2 were expected"),
        (np.zeros((3, 2)), torch.zeros(3, 2), TypeError, "arrays of one library"),
        (
            np.zeros((9, 1)),
            np.zeros((3, 1)),
            ValueError,
            "median distance, which is 0, because most points are equal",
        ),
    ],
)
def test_bad_samples_of_mmd(source, target, error, words):
    with pytest.raises(error, match=words):
        mmd_test(source, target)
