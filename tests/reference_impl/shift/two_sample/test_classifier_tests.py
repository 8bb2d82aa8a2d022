"""Classifier two-sample test and black-box test: against scikit-learn and scipy, known values, validity, errors."""

import math
from typing import ClassVar

import numpy as np
import pytest
import torch
from draws import seeds
from hypothesis import given, settings
from hypothesis import strategies as st
from libraries import OURS
from scipy.stats import binom, chi2_contingency, ks_2samp, norm
from sklearn.metrics import accuracy_score, roc_auc_score

from reference_impl._array import to_numpy
from reference_impl.shift import ShiftWarning, black_box_shift_test, classifier_two_sample_test
from reference_impl.shift.estimator import Estimator
from reference_impl.shift.two_sample.chi_squared import chi_squared_upper_tail

quiet = pytest.mark.filterwarnings("ignore::reference_impl.shift.ShiftWarning")


class Recorder(Estimator):
    """A ratio that learns only where to cut the first feature, and keeps what it saw."""

    fitted: ClassVar[list] = []
    scored: ClassVar[list] = []

    def __init__(self, on_disjoint="raise"):
        self.on_disjoint = on_disjoint

    def fit(self, source, target):
        assert self.on_disjoint == "warn"
        Recorder.fitted[:] = [to_numpy(source), to_numpy(target)]
        Recorder.scored.clear()
        return self

    def log_weights(self, x):
        Recorder.scored.append(to_numpy(x))
        return x[:, 0]


def rounded_samples(seed, n, m):
    rng = np.random.default_rng(seed)
    return np.round(rng.normal(size=(n, 2)), 1), np.round(rng.normal(0.3, 1, size=(m, 2)), 1)


def test_accuracy_agrees_with_scikit_learn(agreement, precision):
    oracle = "accuracy and area of sklearn.metrics, scipy.stats.norm"
    with agreement("reference_impl.shift.classifier_two_sample_test", oracle, precision) as compare:

        @settings(max_examples=settings.default.max_examples // 2)
        @given(
            seed=seeds, sizes=st.tuples(st.integers(4, 60), st.integers(4, 60)), share=st.floats(0.25, 0.5)
        )
        def drawn(seed, sizes, share):
            for library in OURS:
                samples = [library.array(compare.cast(sample)) for sample in rounded_samples(seed, *sizes)]
                found = classifier_two_sample_test(
                    *samples, ratio=Recorder(), held_out=share, random_state=seed
                )
                source, target = Recorder.scored
                assert len(source) == len(target) == found.held_out / 2 == int(share * min(sizes))
                scores = np.concatenate([source, target])[:, 0]
                labels = np.repeat([0, 1], len(source))
                accuracy = (accuracy_score(labels, scores > 0) + accuracy_score(labels, scores >= 0)) / 2
                p_value = norm.sf(accuracy, 0.5, math.sqrt(1 / (4 * len(scores))))
                wanted = [accuracy, p_value, roc_auc_score(labels, scores)]
                compare.numbers("forward", [found.statistic, found.p_value, found.auc], wanted)

        drawn()


def test_points_are_held_out_and_the_others_trained_on():
    source, target = rounded_samples(0, 40, 60)
    classifier_two_sample_test(source, target, ratio=Recorder(), held_out=0.25)
    for sample, rest, held in zip((source, target), Recorder.fitted, Recorder.scored, strict=True):
        assert len(held) == 10
        together = np.concatenate([rest, held])
        assert sorted(map(tuple, together)) == sorted(map(tuple, sample))


@pytest.mark.parametrize("delta", [0.5, 1.0, 2.0])
def test_accuracy_and_area_of_shifted_normals(delta):
    rng = np.random.default_rng(0)
    found = classifier_two_sample_test(rng.normal(size=30_000), rng.normal(delta, size=30_000))
    assert found.statistic == pytest.approx(norm.cdf(delta / 2), abs=4 * 0.5 / math.sqrt(30_000))
    assert found.auc == pytest.approx(norm.cdf(delta / math.sqrt(2)), abs=4 * 0.5 / math.sqrt(15_000))
    if delta == 1.0:
        assert (norm.cdf(0.5), norm.cdf(1 / math.sqrt(2))) == pytest.approx((0.691462, 0.760250), abs=5e-7)


def test_the_default_classifier_sees_variances_too():
    source, target = np.random.default_rng(1).normal(size=(2, 400, 2))
    assert classifier_two_sample_test(source, 2 * target).p_value < 1e-6


def test_false_alarms_of_the_classifier_are_rare():
    rng = np.random.default_rng(2)
    found = [classifier_two_sample_test(*rng.normal(size=(2, 80, 2)), random_state=rng) for _ in range(200)]
    alarms = sum(test.p_value <= 0.05 for test in found)
    assert alarms <= binom.ppf(0.999, 200, 0.0569)  # P(accuracy >= 47 of 80) for 80 points held out


def test_disjoint_samples_are_found_without_a_warning():
    rng = np.random.default_rng(3)
    found = classifier_two_sample_test(rng.normal(size=60), rng.normal(100, size=60))
    assert found.statistic == found.auc == 1.0 and found.p_value < 1e-13


def test_equal_scores_count_one_half():
    found = classifier_two_sample_test(np.zeros(40), np.zeros(60))
    assert (found.statistic, found.p_value, found.auc) == (0.5, 0.5, 0.5)


def test_the_result_does_not_depend_on_order_or_library(library):
    source, target = (sample.astype("float32") for sample in rounded_samples(4, 50, 70))
    first = classifier_two_sample_test(source, target, random_state=3)
    moved = [library.array(sample) for sample in (source, target)]
    assert classifier_two_sample_test(*moved, random_state=3) == first
    assert classifier_two_sample_test(source[::-1].copy(), target, random_state=3) == first
    assert np.array_equal(library.values(moved[0]), source)


def test_results_as_text():
    found = classifier_two_sample_test(np.zeros(40), np.zeros(60))
    assert str(found) == "accuracy = 0.5, p = 0.5 (40 points held out, AUC 0.5)"


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"held_out": 1.0}, ValueError, r"`held_out` \(=1.0\) must lie between 0 and 1"),
        (
            {"held_out": 0.1},
            ValueError,
            "holds 0 of 6 points out, and must leave at least one to test with and two",
        ),
        ({"held_out": 0.9}, ValueError, "holds 5 of 6 points out"),
        ({"held_out": "half"}, TypeError, "`held_out` .*must be a number"),
        (
            {"ratio": 3},
            TypeError,
            r"`ratio` \(=3\) must have fit and log_weights; pass e.g. LogisticRatio\(\)",
        ),
        ({"ratio": Recorder}, TypeError, "`ratio` .*must have fit and log_weights"),
        ({"random_state": -1}, ValueError, "`random_state` .*must be at least 0"),
    ],
)
def test_bad_settings_of_the_classifier_test(options, error, words):
    with pytest.raises(error, match=words):
        classifier_two_sample_test(np.arange(6.0), np.arange(7.0), **options)


def test_few_points_are_refused():
    with pytest.raises(ValueError, match=r"`target`.*has 3 of at least 4 points"):
        classifier_two_sample_test(np.arange(6.0), np.arange(3.0))


def score_samples(seed, n, m, classes):
    rng = np.random.default_rng(seed)
    tilt = rng.uniform(0.5, 2.0, classes)
    return rng.dirichlet(np.ones(classes), n), rng.dirichlet(tilt, m)


@quiet
@pytest.mark.parametrize("method", ["scores", "labels"])
def test_black_box_agrees_with_scipy(method, agreement, precision):
    oracle = "scipy.stats.chi2_contingency, ks_2samp"
    with agreement("reference_impl.shift.black_box_shift_test", oracle, precision) as compare:

        @given(
            seed=seeds, sizes=st.tuples(st.integers(12, 60), st.integers(12, 60)), classes=st.integers(2, 6)
        )
        def drawn(seed, sizes, classes):
            source, target = map(compare.cast, score_samples(seed, *sizes, classes))
            if method == "scores":
                each = [ks_2samp(x, u, method="exact") for x, u in zip(source.T, target.T, strict=True)]
                wanted = [max(r.statistic for r in each), min(1, classes * min(r.pvalue for r in each))]
            else:
                counts = [np.bincount(s.argmax(axis=1), minlength=classes) for s in (source, target)]
                table = np.asarray(counts)[:, np.sum(counts, axis=0) > 0]
                wanted = list(chi2_contingency(table, correction=False)[:2])
            for library in OURS:
                found = black_box_shift_test(library.array(source), library.array(target), method=method)
                compare.numbers(method, [found.statistic, found.p_value], wanted)

        drawn()


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 9, 10, 99, 998])
@pytest.mark.parametrize("times", [0.1, 1.0, 3.0])
def test_upper_tail_of_chi_squared(freedom, times):
    from scipy.stats import chi2

    wanted = chi2.sf(times * freedom, freedom)
    assert chi_squared_upper_tail(times * freedom, freedom) == pytest.approx(wanted, rel=1e-11)
    assert chi_squared_upper_tail(0.0, freedom) == 1.0


@pytest.mark.parametrize("method", ["scores", "labels"])
def test_label_shift_is_found_and_its_absence_not(method):
    rng = np.random.default_rng(5)

    def scores(shares, points):
        means = np.asarray([[2.0, 0.0, 0.0], [0.0, 2.0, 0.0], [0.0, 0.0, 2.0]])
        logits = means[rng.choice(3, points, p=shares)] + rng.normal(size=(points, 3))
        return np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)

    even, tilted = [1 / 3, 1 / 3, 1 / 3], [0.6, 0.2, 0.2]
    assert black_box_shift_test(scores(even, 300), scores(tilted, 300), method=method).p_value < 1e-4
    alarms = sum(
        black_box_shift_test(scores(even, 60), scores(even, 80), method=method).p_value <= 0.05
        for _ in range(200)
    )
    assert alarms <= binom.ppf(0.999, 200, 0.05)


def test_black_box_by_hand_and_as_text(library):
    source = np.repeat([[0.8, 0.2], [0.3, 0.7]], [60, 60], axis=0)
    target = np.repeat([[0.8, 0.2], [0.5, 0.5], [0.3, 0.7]], [40, 8, 96], axis=0)  # equal scores: the first
    found = black_box_shift_test(library.array(source), library.array(target), method="labels")
    assert str(found) == "chi-squared = 7.521, p = 0.0061 (labels of 2 classes)"
    assert found == black_box_shift_test(
        library.array(source[::-1].copy()), library.array(target), method="labels"
    )


@pytest.mark.parametrize("method", ["scores", "labels"])
def test_logits_are_taken_too(method):
    rng = np.random.default_rng(6)
    logits = rng.normal(size=(2, 40, 3)) + np.asarray([[[0.0, 0.0, 0.0]], [[0.7, 0.0, 0.0]]])
    scores = np.exp(logits) / np.exp(logits).sum(axis=-1, keepdims=True)
    assert black_box_shift_test(*logits, method=method, logits=True) == black_box_shift_test(
        *scores, method=method
    )


def test_few_expected_counts_are_warned_of():
    source = np.eye(3)[[0] * 10 + [1] * 10 + [2] * 2]
    words = (
        "33 % of the expected counts are below 5, the smallest is 2: chi-squared is a limit that needs at most 20 %,"
        " and none below 1; pass method='scores' or more points"
    )
    with pytest.warns(ShiftWarning, match=words):
        black_box_shift_test(source, source, method="labels")


@pytest.mark.parametrize(
    ("source", "target", "options", "error", "words"),
    [
        (
            [[0.5, 0.5], [1.2, -0.2]],
            None,
            {},
            ValueError,
            r"`source_scores` \(=-0.2\) must not be negative; pass logits",
        ),
        (
            [[0.5, 0.5], [0.5, 0.502]],
            None,
            {},
            ValueError,
            r"`source_scores` .*sum to one .* row 1 sums to 1.002; pass",
        ),
        (
            None,
            [[0.5, 0.5], [0.0, 0.0]],
            {},
            ValueError,
            "`target_scores` .*must sum to one .*but row 1 sums to 0; pass",
        ),
        (None, [[0.5, np.nan], [0.0, 0.0]], {}, ValueError, "`target_scores` .*1 entry is NaN or infinite"),
        ([[1.0], [1.0]], [[1.0], [1.0]], {}, ValueError, "`source_scores`.*has fewer than 2 classes"),
        ([[0.5, 0.5]], None, {}, ValueError, "`source_scores`.*has 1 of at least 2 points"),
        (None, [[0.2, 0.3, 0.5]] * 2, {}, ValueError, "`target_scores`.*has 3 classes where 2 were expected"),
        (
            None,
            None,
            {"method": "hard"},
            ValueError,
            "`method` .*is unknown; choose one of 'scores', 'labels'",
        ),
        (
            [[0.1, 0.9]] * 5,
            [[0.2, 0.8]] * 5,
            {"method": "labels"},
            ValueError,
            "compares predicted classes, but class 1 is predicted everywhere; pass method='scores'",
        ),
    ],
)
def test_bad_scores(source, target, options, error, words):
    good = [[0.5, 0.5], [0.9, 0.1]]
    with pytest.raises(error, match=words):
        black_box_shift_test(np.asarray(source or good), np.asarray(target or good), **options)


def test_scores_of_two_libraries_are_refused():
    with pytest.raises(TypeError, match="arrays of one library"):
        black_box_shift_test(np.full((2, 2), 0.5), torch.full((2, 2), 0.5))
