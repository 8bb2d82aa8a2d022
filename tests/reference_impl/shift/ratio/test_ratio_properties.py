"""What holds for every ratio by regression, classification or Gaussians, and what all refuse or warn of."""

import numpy as np
import pytest
import torch
from libraries import OURS
from sklearn.base import clone as clone_of_scikit_learn
from sklearn.linear_model import LogisticRegression

from reference_impl.shift import (
    ClassifierRatio,
    CovariateRatio,
    GaussianRatio,
    LogisticRatio,
    ShiftWarning,
    clone,
)

quiet = pytest.mark.filterwarnings("ignore::reference_impl.shift.ShiftWarning")
MAKE = {
    "linear": lambda: LogisticRatio("linear"),
    "linear, one penalty": lambda: LogisticRatio("linear", penalty=2.0),
    "quadratic": lambda: LogisticRatio("quadratic"),
    "additive": lambda: LogisticRatio("additive"),
    "kernel": lambda: LogisticRatio("kernel"),
    "random": lambda: LogisticRatio("random", random_state=1),
    "function": lambda: LogisticRatio(lambda x: x + 0.05 * x * x),
    "Gaussian": GaussianRatio,
    "classifier": lambda: ClassifierRatio(LogisticRegression(tol=1e-10)),
    "default": CovariateRatio,
}
each = pytest.mark.parametrize("make", MAKE.values(), ids=MAKE)
UNITS = {"function", "classifier"}
"""These see the points as they are, so that their units matter."""


def mean_shift(n=400, m=300, d=1):
    """Draw N(0, I) and N(e, I), so that log w is the first coordinate minus a half."""
    rng = np.random.default_rng(5)
    return rng.normal(size=(n, d)), rng.normal(size=(m, d)) + np.eye(d)[0]


@each
@quiet
def test_weights_point_from_source_to_target(make):
    source, target = mean_shift()
    ratio = make().fit(source, target)
    for points, found in ((source, ratio.log_weights()), (target, ratio.log_weights(target))):
        assert np.corrcoef(found, points[:, 0] - 0.5)[0, 1] > 0.93
    assert np.mean(ratio.weights()) == pytest.approx(1, abs=0.15)


@each
@quiet
def test_raw_weights_know_the_sizes_of_the_samples(make):
    """Three times as many points of the target, and the weights don't change by a factor of three."""
    source, target = mean_shift(300, 900)
    assert np.mean(make().fit(source, target).weights()) == pytest.approx(1, abs=0.15)


@each
@quiet
def test_swapping_the_samples_inverts_the_weights(make):
    source, target = mean_shift(d=2)
    forth, back = make().fit(source, target), make().fit(target, source)
    np.testing.assert_allclose(forth.log_weights(target), -back.log_weights(target[:]), atol=1e-6)
    product = forth.weights(source) * back.weights(source)
    np.testing.assert_allclose(product, 1, rtol=1e-6)


@each
@quiet
def test_the_order_of_the_rows_does_not_matter(make):
    source, target = mean_shift(d=2)
    rng = np.random.default_rng(0)
    rows, others = rng.permutation(len(source)), rng.permutation(len(target))
    expected = make().fit(source, target).log_weights()[rows]
    np.testing.assert_allclose(make().fit(source[rows], target[others]).log_weights(), expected, atol=1e-8)


@pytest.mark.parametrize("name", [name for name in MAKE if name not in UNITS])
@quiet
def test_the_units_of_the_features_do_not_matter(name):
    source, target = mean_shift(d=2)
    expected = MAKE[name]().fit(source, target).log_weights()
    units, origin = np.asarray([1e4, 1e-3]), np.asarray([-3e4, 0.02])
    found = MAKE[name]().fit(source * units + origin, target * units + origin).log_weights()
    np.testing.assert_allclose(found, expected, atol=1e-7)


@each
@quiet
def test_libraries_and_precisions_agree(make):
    """NumPy against every other library to 1e-10 in float64, and float32 against float64 to 1e-4."""
    source, target = mean_shift(60, 50, d=2)
    expected = make().fit(source, target)
    rounded = [sample.astype(np.float32) for sample in (source, target)]
    exact = make().fit(*(sample.astype(np.float64) for sample in rounded))
    for library in OURS:
        found = make().fit(library.array(source), library.array(target))
        np.testing.assert_allclose(library.values(found.weights()), expected.weights(), rtol=1e-10)
        elsewhere = library.values(found.log_weights(library.array(target)))
        np.testing.assert_allclose(elsewhere, expected.log_weights(target), rtol=1e-9, atol=1e-10)
        short = make().fit(*(library.array(sample) for sample in rounded))
        weights = library.values(short.weights())
        assert weights.dtype == np.float32
        np.testing.assert_allclose(weights, exact.weights(), rtol=1e-4)


@each
@quiet
def test_samples_are_only_read_and_settings_kept(make):
    source, target = mean_shift(60, 50)
    before = source.copy(), target.copy()
    estimator = make()
    settings = estimator.get_params(deep=False)
    assert estimator.fit(source, target) is estimator
    np.testing.assert_array_equal(source, before[0])
    np.testing.assert_array_equal(target, before[1])
    assert all(estimator.get_params(deep=False)[name] is value for name, value in settings.items())
    for copied in (clone(estimator), clone_of_scikit_learn(estimator)):
        assert not hasattr(copied, "weights_")
        np.testing.assert_array_equal(copied.fit(source, target).weights(), estimator.weights())


@pytest.mark.parametrize("name", [name for name in MAKE if name != "Gaussian"])
@quiet
def test_a_constant_feature_changes_next_to_nothing(name):
    """It has no Gaussian density: that ratio's own tests say how it is refused, and allowed by a ridge."""
    make = MAKE[name]
    source, target = mean_shift(80, 60)
    alone = make().fit(source, target).log_weights()
    padded = [np.column_stack([sample, np.full(len(sample), 7.0)]) for sample in (source, target)]
    found = make().fit(*padded).log_weights()
    assert np.corrcoef(found, alone)[0, 1] > 0.9


@each
@quiet
def test_disjoint_supports_are_refused_or_warned_of(make):
    rng = np.random.default_rng(0)
    source, target = rng.normal(size=(60, 1)), rng.normal(40, 1, size=(60, 1))
    words = "refuses samples whose supports look disjoint: the .* is .*; collect a source that covers the target, or"
    with pytest.raises(ValueError, match=words):
        make().fit(source, target)
    estimator = make().set_params(on_disjoint="warn")
    with pytest.warns(ShiftWarning, match="the supports look disjoint; collect a source that covers") as seen:
        estimator.fit(source, target)
    assert {warning.filename for warning in seen} == {__file__}
    assert np.isfinite(estimator.weights()).all() and np.isfinite(estimator.log_weights(target)).all()


def test_both_signs_of_disjoint_supports_are_named():
    rng = np.random.default_rng(0)
    source, target = rng.normal(size=(60, 1)), rng.normal(40, 1, size=(60, 1))
    with pytest.warns(ShiftWarning) as seen:
        LogisticRatio(on_disjoint="warn").fit(source, target)
    words = [str(warning.message) for warning in seen]
    assert any(text.startswith("the AUC of the fitted ratio (at most 0.999) is 1.0000: ") for text in words)
    assert any("the mean of the weights over the source (from 0.2 to 5) is " in text for text in words)


def test_doubts_of_the_report_are_warnings_at_fit():
    rng = np.random.default_rng(0)
    source, target = rng.normal(size=400), rng.normal(2.2, 1, size=300)
    with pytest.warns(ShiftWarning) as seen:
        ratio = LogisticRatio().fit(source, target)
    assert tuple(str(warning.message) for warning in seen) == ratio.report().warnings
    assert {warning.filename for warning in seen} == {__file__}
    for words in ("effective sample size", "Pareto k is", "the largest share is"):
        assert any(words in text for text in ratio.report().warnings)
    assert ratio.report().auc == ratio.auc_ == pytest.approx(0.94, abs=0.02)


def test_the_area_is_the_known_one():
    """For N(0, 1) and N(1, 1) it is 0.760250."""
    rng = np.random.default_rng(0)
    ratio = LogisticRatio().fit(rng.normal(size=100_000), rng.normal(1, 1, size=100_000))
    assert ratio.auc_ == pytest.approx(0.760250, abs=0.006)
    w = ratio.weights()
    assert w.sum() ** 2 / (w * w).sum() / len(w) == pytest.approx(0.367879, rel=0.05)


@quiet
def test_samples_that_do_not_fit_together_are_named():
    source, target = mean_shift(60, 50)
    ratio = LogisticRatio().fit(source, target)
    for make in MAKE.values():
        with pytest.raises(ValueError, match=r"`target` .* has 1 of at least 2 points"):
            make().fit(source, target[:1])
        with pytest.raises(
            ValueError, match=r"`source` .* must be finite, but 1 entry is NaN or infinite, the first"
        ):
            make().fit(np.where(source == source[3], np.nan, source), target)
        with pytest.raises(TypeError, match="Expected arrays of one library"):
            make().fit(source, torch.tensor(target))
    with pytest.raises(ValueError, match=r"`x` .* has 2 features where 1 were expected"):
        ratio.weights(np.ones((3, 2)))
    with pytest.raises(TypeError, match="Expected one dtype"):
        ratio.log_weights(target.astype(np.float32))
