"""The ratio of kernel densities: an oracle, its symmetry, where it fails, and the words of errors."""

import numpy as np
import pytest
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from kernel_oracles import few, kernel, overlapping_or_not, small_samples

from reference_impl.shift import KernelDensityRatio

pytestmark = small_samples


def density(points, sample, width):
    """Return the estimate as the docstring writes it, by Scott's rule unless there is a width."""
    n, d = sample.shape
    if width is None:
        width = np.sqrt(sample.astype(np.longdouble).var(0, ddof=1).mean()) * n ** (-1 / np.longdouble(d + 4))
    return kernel(points, sample, width).sum(1) / (n * (2 * np.pi * width**2) ** (np.longdouble(d) / 2))


@overlapping_or_not
def test_weights_agree_with_longdouble(agreement, precision):
    oracle = "its formula in NumPy's longdouble"
    with agreement("reference_impl.shift.KernelDensityRatio", oracle, precision) as compare:

        @few
        @given(
            seed=seeds,
            n=st.integers(4, 20),
            m=st.integers(4, 20),
            d=st.integers(1, 3),
            width=st.sampled_from([None, 0.5, 2.0]),
        )
        def drawn(seed, n, m, d, width):
            def run(library, source, target):
                if library.name != "the oracle":
                    return [KernelDensityRatio(width, on_disjoint="warn").fit(source, target).weights()]
                points, others = library.values(source), library.values(target)
                found = density(points, others, width) / density(points, points, width)
                return [library.array(found.astype(precision))]

            rng = np.random.default_rng(seed)
            compare.arrays("forward", run, rng.normal(size=(n, d)), rng.normal(size=(m, d)))

        drawn()


def test_samples_the_other_way_round_give_the_reciprocal():
    rng = np.random.default_rng(0)
    source, target, x = rng.normal(size=(60, 2)), rng.normal(0.5, 1, (50, 2)), rng.normal(size=(9, 2))
    there, back = KernelDensityRatio().fit(source, target), KernelDensityRatio().fit(target, source)
    np.testing.assert_allclose(there.weights(x) * back.weights(x), 1, rtol=1e-12)
    assert there.widths_ == pytest.approx(back.widths_[::-1])


def test_far_away_the_logarithm_is_still_finite():
    """Both densities underflow there; their logarithms don't."""
    rng = np.random.default_rng(0)
    ratio = KernelDensityRatio(0.5).fit(rng.normal(size=(60, 1)), rng.normal(0.5, 1, size=(60, 1)))
    assert np.isfinite(ratio.log_weights(np.asarray([[-1e3], [1e3]]))).all()


@pytest.mark.parametrize(("features", "low", "high"), [(1, 0.0, 0.25), (10, 1.5, 3.0)])
def test_the_failure_in_many_dimensions(features, low, high):
    """The squared error of its weights over that of weights of 1, as the docstring has it."""
    rng = np.random.default_rng(0)
    source, target = rng.normal(size=(1000, features)), rng.normal(size=(1000, features))
    target[:, 0] += 1
    ratio = KernelDensityRatio()
    if features == 10:
        with pytest.raises(ValueError, match="supports look disjoint"):
            ratio.fit(source, target)
        with pytest.warns(UserWarning, match="supports look disjoint"):
            ratio.set_params(on_disjoint="warn").fit(source, target)
    found, true = (
        ratio.fit(source, target).weights() if features == 1 else ratio.weights(),
        np.exp(source[:, 0] - 0.5),
    )
    found, true = found / found.mean(), true / true.mean()
    assert low < np.mean((found - true) ** 2) / np.mean((1 - true) ** 2) < high


def test_more_points_than_one_block(monkeypatch):
    rng = np.random.default_rng(0)
    source, target = rng.normal(size=(60, 2)), rng.normal(0.5, 1, (50, 2))
    whole = KernelDensityRatio().fit(source, target).weights()
    monkeypatch.setattr("reference_impl.shift.kernels.BLOCK", 200)
    np.testing.assert_allclose(KernelDensityRatio().fit(source, target).weights(), whole, rtol=1e-12)


def test_bad_input_is_named():
    source = np.random.default_rng(0).normal(size=(20, 1))
    with pytest.raises(ValueError, match=r"`width` \(=-1.0\) must be above 0 and finite"):
        KernelDensityRatio(-1.0).fit(source, source)
    with pytest.raises(
        ValueError, match=r"`target`.*doesn't vary, so its width would be 0; pass a width, e.g. width"
    ):
        KernelDensityRatio().fit(source, np.ones((20, 1)))
