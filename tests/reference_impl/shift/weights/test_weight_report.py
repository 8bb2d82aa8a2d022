"""The tail shape against its formula in high precision, and what the report says about good and bad weights."""

import math
import warnings

import numpy as np
import pytest
from draws import seeds
from generalised_pareto import shape_of_tail
from hypothesis import given
from hypothesis import strategies as st
from libraries import OURS

from reference_impl.shift import pareto_k, weight_report


@st.composite
def weight_samples(draw) -> np.ndarray:
    rng = np.random.default_rng(draw(seeds))
    points, k = draw(st.integers(26, 60)), draw(st.sampled_from([-0.5, 0.3, 0.7, 2.0]))
    return rng.uniform(0.01, 1.0, points) ** -k


def test_tail_shape_agrees_with_mpmath(agreement, precision):
    with agreement("reference_impl.shift.pareto_k", "its formulas in mpmath", precision) as compare:

        @given(w=weight_samples())
        def drawn(w):
            w = compare.cast(w)
            found = [pareto_k(library.array(w)) for library in OURS]
            compare.numbers("forward", [1 + k for k in found], [1 + shape_of_tail(w)] * len(OURS))

        drawn()


def test_report_agrees_with_longdouble(agreement, precision):
    with agreement(
        "reference_impl.shift.weight_report", "its formulas in longdouble, mpmath", precision
    ) as compare:

        @given(w=weight_samples())
        def drawn(w):
            w = compare.cast(w)
            exact = w.astype(np.longdouble)
            size = exact.sum() ** 2 / (exact * exact).sum()
            wanted = [exact.mean(), size, size / len(w), exact.max() / exact.sum(), 1 + shape_of_tail(w)]
            for library in OURS:
                report = weight_report(library.array(w))
                found = [report.mean, report.effective_sample_size, report.share, report.largest_share]
                compare.numbers("forward", [*found, 1 + report.pareto_k], [float(value) for value in wanted])

        drawn()


@pytest.mark.parametrize("k", [0.2, 0.5, 0.9, 1.5])
def test_tail_shape_of_a_pareto_law(k):
    w = np.random.default_rng(0).uniform(size=200_000) ** -k
    assert pareto_k(w) == pytest.approx(k, abs=3.5 * (1 + k) / math.sqrt(3 * math.sqrt(200_000)))


def test_an_exponential_grid_point_is_no_division_by_zero():
    """Of 64 exceedances with a largest three times their quartile, one theta of the grid is exactly 0."""
    tail = np.concatenate([np.linspace(0.5, 1.0, 16), np.linspace(1.0, 3.0, 48)])
    w = np.concatenate([np.ones(392), 1.0 + tail])
    assert pareto_k(w) == pytest.approx(shape_of_tail(w), abs=1e-12)


def test_finite_and_infinite_variance_are_told_apart():
    """The law N(0, s^2) against q = N(0, 1): the variance is infinite from s = sqrt(2) on."""
    x = np.random.default_rng(0).standard_normal(20_000)

    def weights(s: float) -> np.ndarray:
        return np.exp(0.5 * x**2 * (1 - 1 / s**2)) / s

    assert pareto_k(weights(1.1)) < 0.3 and pareto_k(weights(3.0)) > 0.7
    assert any("Pareto k" in text for text in weight_report(weights(3.0)).warnings)


@pytest.mark.parametrize("scale", [1e-300, 1e300])
def test_tail_shape_has_no_scale_and_no_order(scale):
    w = np.random.default_rng(1).pareto(2.0, 500) + 1
    assert pareto_k(scale * w) == pytest.approx(pareto_k(w), rel=1e-12)
    assert pareto_k(np.random.default_rng(2).permutation(w)) == pareto_k(w)


def test_tails_that_are_none():
    assert pareto_k(np.ones(50)) == pareto_k(np.minimum(np.arange(1.0, 101.0), 50.0)) == -math.inf
    assert math.isnan(pareto_k(np.arange(1.0, 21.0))) and math.isnan(pareto_k(np.asarray([1.0])))
    assert math.isnan(pareto_k(np.concatenate([np.zeros(99), np.ones(1)])))
    assert math.isfinite(pareto_k(np.arange(1.0, 22.0)))


def test_tails_of_the_smallest_numbers_stay_finite():
    w = np.concatenate([np.full(80, 5e-324), 1e-310 * np.arange(1.0, 20.0), [1e300]])
    assert pareto_k(w) > 1


def test_good_weights_raise_no_doubt():
    w = np.exp(np.random.default_rng(0).standard_normal(2000) * 0.5 - 0.125)
    report = weight_report(w, auc=0.7)
    assert report.warnings == () and report.auc == 0.7
    assert weight_report(np.ones(3)).warnings == ()
    assert report.share == report.effective_sample_size / 2000


@pytest.mark.parametrize(
    ("w", "auc", "words"),
    [
        (
            np.full(100, 1e-5),
            None,
            "the mean of the weights is 1e-05: outside 0.2 to 5, so the supports look disjoint; give up the weights",
        ),
        (np.full(100, 5.5), None, "the mean of the weights is 5.5: outside 0.2 to 5"),
        (np.ones(100), 0.9996, "the AUC is 0.9996: above 0.999, so the supports look disjoint; give up"),
        (
            np.concatenate([np.zeros(1960), np.full(40, 50.0)]),
            None,
            "the effective sample size is 0.02 of the points: below 0.05; clip or flatten the weights, or collect",
        ),
        (
            ((np.arange(1000) + 0.5) / 1000) ** -0.9 / 8,
            None,
            "Pareto k is 0.84: above 0.67, so the tail is too heavy; smooth the weights and distrust their variance",
        ),
        (
            np.concatenate([np.ones(94), np.full(5, 1.5), [6.0]]),
            None,
            "the largest share is 0.0558: above 0.05; clip or smooth the weights",
        ),
    ],
)
def test_words_of_doubt(w, auc, words):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert any(text.startswith(words) for text in weight_report(w, auc=auc).warnings), weight_report(
            w, auc=auc
        )


def test_limits_themselves_raise_no_doubt():
    assert weight_report(np.full(2, 5.0), auc=0.999).warnings == weight_report(np.full(2, 0.2)).warnings == ()


def test_report_as_text():
    text = str(weight_report(np.asarray([1.0, 2.0, 3.0]), auc=0.75))
    assert text.splitlines() == [
        "mean of the weights    2",
        "effective sample size  2.571 (85.7 % of the points)",
        "Pareto k               not estimable",
        "largest share          50 %",
        "AUC                    0.75",
    ]


@pytest.mark.parametrize(
    ("auc", "error", "words"),
    [
        (1.5, ValueError, r"`auc` \(=1.5\) must lie from 0 to 1; pass e.g. auc=0.8"),
        ("0.5", TypeError, "`auc` .*must be a number"),
    ],
)
def test_bad_areas(auc, error, words):
    with pytest.raises(error, match=words):
        weight_report(np.ones(3), auc=auc)
