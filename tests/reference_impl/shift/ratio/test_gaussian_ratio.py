"""The ratio of two Gaussians: by hand, against longdouble, where its variance is infinite, and the words of errors."""

import math

import numpy as np
import pytest
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from logistic_oracles import gaussian_log_ratio, some
from scipy.stats import multivariate_normal

from reference_impl.shift import GaussianRatio, ShiftWarning

quiet = pytest.mark.filterwarnings("ignore::reference_impl.shift.ShiftWarning")


@quiet
def test_log_weights_agree_with_longdouble(agreement, precision):
    oracle = "two normal densities with moments in NumPy's longdouble"
    with agreement("reference_impl.shift.GaussianRatio", oracle, precision) as compare:

        @some
        @given(
            seed=seeds,
            n=st.integers(40, 60),
            m=st.integers(40, 60),
            d=st.integers(1, 4),
            offset=st.sampled_from([0.0, 5.0]),
        )
        def drawn(seed, n, m, d, offset):
            def run(library, source, target):
                if library.name != "the oracle":
                    ratio = GaussianRatio(on_disjoint="warn").fit(source, target)
                    return [ratio.log_weights(), ratio.log_weights(target)]
                samples = library.values(source), library.values(target)
                found = [gaussian_log_ratio(points, *samples) for points in samples]
                return [library.array(logs.astype(precision)) for logs in found]

            rng = np.random.default_rng(seed)
            mixed = np.eye(d) + 0.3 * rng.uniform(-1, 1, (d, d)) / d
            source, target = rng.normal(size=(n, d)), rng.normal(0.5, 0.9, (m, d)) @ mixed
            compare.arrays("forward", run, offset + source, offset + target)

        drawn()


@quiet
def test_by_hand(library):
    """Means 0 and 2, variances 5 and 2.5: at 2, log(2)/2 + 4/10."""
    source, target = np.asarray([-3.0, -1, 1, 3]), np.asarray([0.0, 1, 3, 4])
    ratio = GaussianRatio().fit(library.array(source), library.array(target))
    found = library.values(ratio.log_weights(library.array(np.asarray([2.0]))))
    np.testing.assert_allclose(found, [math.log(2) / 2 + 0.4], rtol=1e-14)
    np.testing.assert_allclose([ratio.source_mean_[0], ratio.source_covariance_[0, 0]], [0, 5], atol=1e-15)
    np.testing.assert_allclose([ratio.target_mean_[0], ratio.target_covariance_[0, 0]], [2, 2.5])
    assert ratio.excess_ == pytest.approx(0.5)


@quiet
def test_correlation_counts():
    """The same means and variances, another correlation: the ratio is that of SciPy's densities."""
    rng = np.random.default_rng(0)
    source, target = rng.normal(size=(500, 2)), rng.normal(size=(500, 2)) @ [[1, 0.8], [0, 0.6]]
    ratio = GaussianRatio().fit(source, target)
    densities = [multivariate_normal(x.mean(0), np.cov(x.T, ddof=0)).logpdf(source) for x in (source, target)]
    np.testing.assert_allclose(ratio.log_weights(), densities[1] - densities[0], atol=1e-10)


@pytest.mark.parametrize(("width", "second_moment"), [(1.2, 1.113589), (0.5, 1.511858)])
@quiet
def test_second_moment_is_the_known_one(width, second_moment):
    rng = np.random.default_rng(1)
    source, target = rng.normal(size=200_000), rng.normal(0, width, 200_000)
    w = GaussianRatio().fit(source, target).weights()
    assert np.mean(w**2) == pytest.approx(second_moment, rel=0.02) and np.mean(w) == pytest.approx(
        1, rel=0.01
    )


@quiet
def test_infinite_variance_is_said(library):
    rng = np.random.default_rng(2)
    source, target = rng.normal(size=(400, 2)), rng.normal(size=(400, 2)) * [1, 1.6]
    words = (
        r"variance in one direction is 2\.\d+ times the source's: from 2 on, the weights have infinite var"
    )
    with pytest.warns(ShiftWarning, match=words) as seen:
        GaussianRatio().fit(library.array(source), library.array(target))
    assert {warning.filename for warning in seen} == {__file__}
    rotated = np.asarray([[0.6, 0.8], [-0.8, 0.6]])
    with pytest.warns(ShiftWarning, match=words):
        GaussianRatio().fit(library.array(source @ rotated), library.array(target @ rotated))


def test_no_warning_below_the_limit():
    rng = np.random.default_rng(2)
    ratio = GaussianRatio().fit(rng.normal(size=(400, 2)), rng.normal(size=(400, 2)) * [1, 1.1])
    assert ratio.excess_ < 2 and ratio.report().warnings == ()


@quiet
def test_ridge_is_a_share_of_the_pooled_variance():
    source, target = np.asarray([0.0, 2, 4, 6]), np.asarray([10.0, 12])
    ratio = GaussianRatio(ridge=0.5, on_disjoint="warn").fit(source, target)
    pooled = np.var([0, 2, 4, 6, 10, 12])
    np.testing.assert_allclose(ratio.source_covariance_, [[5 + pooled / 2]])
    np.testing.assert_allclose(ratio.target_covariance_, [[1 + pooled / 2]])


@quiet
def test_a_singular_covariance_is_refused_by_name():
    rng = np.random.default_rng(0)
    points = rng.normal(size=(50, 2))
    constant = np.column_stack([points[:, 0], np.full(50, 0.1)])
    doubled = np.column_stack([points, points @ [1, 2]])
    with pytest.raises(
        ValueError, match=r"`source` .* has a singular covariance: feature 1 is constant; drop"
    ):
        GaussianRatio().fit(constant, points)
    with pytest.raises(
        ValueError, match=r"`target` .* some features follow from the others, or there are too"
    ):
        GaussianRatio().fit(rng.normal(size=(50, 3)), doubled)
    with pytest.raises(ValueError, match=r"`ridge` \(=-1\) must be at least 0"):
        GaussianRatio(ridge=-1).fit(points, points)
    with pytest.raises(ValueError, match=r"`ridge` \(=inf\) must be finite; pass e.g. ridge=1e-06"):
        GaussianRatio(ridge=np.inf).fit(points, points)


def test_with_a_ridge_a_constant_feature_changes_nothing():
    rng = np.random.default_rng(0)
    source, target = rng.normal(size=(200, 1)), rng.normal(0.3, 1, size=(150, 1))
    alone = GaussianRatio(ridge=1e-6).fit(source, target)
    padded = [np.column_stack([sample, np.full(len(sample), 0.1)]) for sample in (source, target)]
    with_it = GaussianRatio(ridge=1e-6).fit(*padded)
    np.testing.assert_allclose(with_it.weights(), alone.weights(), rtol=1e-9)
