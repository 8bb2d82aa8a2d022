"""The Kolmogorov–Smirnov test against scipy, with and without ties, known values, validity, power and errors."""

import numpy as np
import pytest
import torch
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from libraries import OURS
from scipy.special import kolmogorov, ndtri
from scipy.stats import ks_2samp

from reference_impl.shift import kolmogorov_smirnov_test
from reference_impl.shift.two_sample.kolmogorov import exact_p_value, kolmogorov_upper_tail


def samples(seed, n, m, features, ties):
    rng = np.random.default_rng(seed)
    source, target = rng.normal(size=(n, features)), rng.normal(0.5, 1.5, size=(m, features))
    return (np.round(2 * source) / 2, np.round(2 * target) / 2) if ties else (source, target)


@pytest.mark.parametrize("method", ["exact", "limit"])
def test_distances_and_p_values_agree_with_scipy(method, agreement, precision):
    with agreement(
        "reference_impl.shift.kolmogorov_smirnov_test", "scipy.stats.ks_2samp", precision
    ) as compare:

        @given(
            seed=seeds,
            sizes=st.tuples(st.integers(2, 60), st.integers(2, 60)),
            features=st.integers(1, 3),
            ties=st.booleans(),
        )
        def drawn(seed, sizes, features, ties):
            source, target = map(compare.cast, samples(seed, *sizes, features, ties))
            theirs = [ks_2samp(x, u, method="exact") for x, u in zip(source.T, target.T, strict=True)]
            p_values = [result.pvalue for result in theirs]
            if method == "limit":
                s = np.sqrt(sizes[0] * sizes[1] / sum(sizes))
                p_values = [kolmogorov((s + 0.12 + 0.11 / s) * result.statistic) for result in theirs]
            wanted = [*(result.statistic for result in theirs), *p_values, min(1, features * min(p_values))]
            for library in OURS:
                found = kolmogorov_smirnov_test(library.array(source), library.array(target), method=method)
                compare.numbers(method, [*found.statistics, *found.p_values, found.p_value], wanted)
                assert found.statistic == max(found.statistics) and found.method == method

        drawn()


def test_ties_are_no_gaps_in_between():
    """At the value 1, all points are counted before the functions are compared."""
    source, target = np.asarray([1.0, 1.0, 1.0, 2.0]), np.asarray([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0])
    found = kolmogorov_smirnov_test(source, target)
    assert found.statistic == 0.0 and found.p_value == 1.0


@pytest.mark.parametrize(("delta", "distance"), [(0.5, 0.197413), (1.0, 0.382925), (2.0, 0.682689)])
def test_distance_of_shifted_normals(delta, distance):
    quantiles = ndtri((np.arange(20_000) + 0.5) / 20_000)
    found = kolmogorov_smirnov_test(quantiles, quantiles + delta)
    assert found.statistic == pytest.approx(distance, abs=1e-4) and found.method == "limit"


@pytest.mark.parametrize("x", [0.05, 0.4, 1.0, 1.1799, 1.18, 1.5, 4.0])
def test_limit_is_kolmogorovs_on_both_sides_of_the_switch(x):
    assert kolmogorov_upper_tail(x) == pytest.approx(kolmogorov(x), rel=1e-14)


def test_limit_comes_close_to_the_exact_law():
    n, m = 400, 500
    for gap in (10_000, 18_000, 24_000):
        s = np.sqrt(n * m / (n + m))
        limit = kolmogorov_upper_tail((s + 0.12 + 0.11 / s) * gap / (n * m))
        assert limit == pytest.approx(exact_p_value(gap, n, m), rel=0.2)


def test_exact_p_values_of_large_samples_are_small_and_positive():
    assert exact_p_value(500 * 500, 500, 500) == pytest.approx(2 / 2.7028824e299, rel=1e-6)


def test_methods_are_chosen_by_size():
    small, large = np.arange(500.0), np.arange(501.0)
    assert kolmogorov_smirnov_test(small, small).method == "exact"
    assert (
        kolmogorov_smirnov_test(small, large).method
        == kolmogorov_smirnov_test(large, small).method
        == "limit"
    )


def test_false_alarms_of_many_features_are_rare():
    rng = np.random.default_rng(0)
    alarms = sum(kolmogorov_smirnov_test(*rng.normal(size=(2, 25, 10))).p_value <= 0.05 for _ in range(300))
    assert alarms <= 28  # at most 5 %: more than 28 of 300 come with probability 0.001


def test_a_shift_in_one_of_many_features_is_found():
    source, target = np.random.default_rng(1).normal(size=(2, 100, 10))
    target[:, 7] += 1
    found = kolmogorov_smirnov_test(source, target)
    assert found.p_value < 1e-6 and found.p_values.index(min(found.p_values)) == 7
    assert found.p_value == 10 * found.p_values[7]


def test_order_units_and_names_of_the_samples_do_not_matter(library):
    source, target = samples(2, 30, 41, 2, ties=True)
    before = source.copy()
    first = kolmogorov_smirnov_test(library.array(source), library.array(target))
    assert np.array_equal(source, before)
    assert first == kolmogorov_smirnov_test(library.array(target), library.array(source))
    assert first == kolmogorov_smirnov_test(library.array(source[::-1].copy()), library.array(3 * target / 3))
    assert first == kolmogorov_smirnov_test(library.array(np.exp(source)), library.array(np.exp(target)))


def test_result_of_the_test_as_text():
    source = np.asarray([[0.0, 1.0], [0.0, 2.0]])
    found = kolmogorov_smirnov_test(source, source + np.asarray([0.0, 5.0]))
    assert str(found) == "KS distance = 1, p = 0.667 (feature 1 of 2, Bonferroni, exact)"
    found = kolmogorov_smirnov_test(source[:, 0], source[:, 1], method="limit")
    assert str(found) == f"KS distance = 1, p = {found.p_value:.3g} (1 feature, limit)"


@pytest.mark.parametrize(
    ("source", "target", "options", "error", "words"),
    [
        (np.zeros((3, 1)), np.zeros((0, 1)), {}, ValueError, "`target`.*is empty; pass at least 2 points"),
        (
            np.full((3, 1), np.nan),
            np.zeros((3, 1)),
            {},
            ValueError,
            "`source`.*3 entries are NaN or infinite",
        ),
        (np.zeros((3, 1)), torch.zeros(3, 1), {}, TypeError, "arrays of one library"),
        (np.zeros(3), np.zeros(3), {"method": "asymp"}, ValueError, "choose one of 'auto', 'exact', 'limit'"),
    ],
)
def test_bad_input_of_the_test(source, target, options, error, words):
    with pytest.raises(error, match=words):
        kolmogorov_smirnov_test(source, target, **options)
