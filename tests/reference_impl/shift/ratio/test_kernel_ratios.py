"""uLSIF, RuLSIF, KLIEP, KMM and kernel densities: what all ratios owe, on every library."""

import numpy as np
import pytest
import torch
from kernel_oracles import small_samples
from libraries import OURS

from reference_impl.shift import KLIEP, KMM, RULSIF, ULSIF, KernelDensityRatio, clone

FIXED = {
    "ULSIF": ULSIF(n_centers=20, widths=[0.8], penalties=[0.1]),
    "RULSIF": RULSIF(0.3, n_centers=20, widths=[0.8], penalties=[0.1]),
    "KLIEP": KLIEP(n_centers=20, widths=[0.8]),
    "KMM": KMM(0.8),
    "KMM by features": KMM(0.8, n_features=50),
    "KernelDensityRatio": KernelDensityRatio(0.8),
}
DEFAULT = {
    "ULSIF": ULSIF(n_centers=40),
    "RULSIF": RULSIF(n_centers=40),
    "KLIEP": KLIEP(n_centers=40),
    "KMM": KMM(),
    "KMM by features": KMM(n_features=100),
    "KernelDensityRatio": KernelDensityRatio(),
}
pytestmark = small_samples
each_fixed = pytest.mark.parametrize("name", FIXED)
each_default = pytest.mark.parametrize("name", DEFAULT)
BY_POINTS = [name for name in FIXED if not name.startswith("KMM")]


def samples(n=150, m=120, features=1, seed=0):
    """Draw from N(0, 1) and N(1, 1) in the first feature."""
    rng = np.random.default_rng(seed)
    source, target = rng.normal(size=(n, features)), rng.normal(size=(m, features))
    target[:, 0] += 1
    return source, target


def weights(estimator, source, target):
    return clone(estimator).fit(source, target).weights()


@each_default
def test_weights_are_large_where_the_target_is(name):
    """The direction: one published package returns q/p."""
    source, target = samples(400, 300)
    found = weights(DEFAULT[name], source, target)
    some = found > 0
    assert np.corrcoef(np.log(found[some]), source[some, 0] - 0.5)[0, 1] > 0.8


@each_default
def test_better_than_no_weights_in_one_dimension(name):
    source, target = samples(400, 300)
    true = np.exp(source[:, 0] - 0.5)
    assert np.mean((weights(DEFAULT[name], source, target) - true) ** 2) < 0.6 * np.mean((1 - true) ** 2)


@each_fixed
def test_order_of_the_source(name):
    source, target = samples()
    order = np.random.default_rng(1).permutation(len(source))
    found = weights(FIXED[name], source[order], target)
    np.testing.assert_allclose(found, weights(FIXED[name], source, target)[order], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", [name for name in FIXED if name != "KMM by features"])
def test_order_of_the_features(name):
    source, target = samples(features=3)
    found = weights(FIXED[name], source[:, [2, 0, 1]], target[:, [2, 0, 1]])
    np.testing.assert_allclose(found, weights(FIXED[name], source, target), rtol=1e-6, atol=1e-6)


@each_default
@pytest.mark.parametrize(("factor", "shift"), [(-1.0, 0.0), (1000.0, 0.0), (1.0, 1e7)])
def test_mirror_unit_and_origin_do_not_matter(name, factor, shift):
    """Far from the origin, expanded squares of distances lose what this needs unless points are centred first."""
    source, target = samples(80, 60, features=2)
    found = weights(DEFAULT[name], factor * source + shift, factor * target + shift)
    np.testing.assert_allclose(found, weights(DEFAULT[name], source, target), rtol=1e-4, atol=1e-5)


@each_default
def test_libraries_and_dtypes_agree(name):
    source, target = samples(50, 45, features=2)
    wanted = weights(DEFAULT[name], source, target)
    for library in OURS:
        for dtype, limit in (("float64", 1e-10), ("float32", 1e-4)):
            arrays = library.array(source.astype(dtype)), library.array(target.astype(dtype))
            ratio = clone(DEFAULT[name]).fit(*arrays)
            found = library.values(ratio.weights())
            assert found.dtype == dtype and found.shape == (50,)
            np.testing.assert_allclose(found, wanted, rtol=0, atol=limit * wanted.max())
            logs = library.values(ratio.log_weights())
            assert logs.dtype == dtype
            np.testing.assert_allclose(np.exp(logs), found, rtol=1e-5)
            assert np.array_equal(library.values(arrays[0]), source.astype(dtype))
            assert np.array_equal(library.values(arrays[1]), target.astype(dtype))


@pytest.mark.parametrize("name", BY_POINTS)
def test_weights_at_other_points(name, library):
    source, target = samples(60, 50)
    ratio = clone(FIXED[name]).fit(library.array(source), library.array(target))
    again = library.values(ratio.weights(library.array(source[:7])))
    np.testing.assert_allclose(again, library.values(ratio.weights())[:7], rtol=1e-9)
    one_axis = library.values(ratio.log_weights(library.array(source[:7, 0])))
    np.testing.assert_allclose(np.exp(one_axis), again, rtol=1e-9)


@each_fixed
def test_one_fit_after_the_other_is_the_same(name):
    ratio = clone(DEFAULT[name])
    assert np.array_equal(ratio.fit(*samples()).weights(), ratio.fit(*samples()).weights())


def test_the_seed_draws_the_centres():
    source, target = samples()
    first, again, other, generator = (
        weights(ULSIF(n_centers=5, random_state=state), source, target)
        for state in (1, 1, 2, np.random.default_rng(1))
    )
    assert np.array_equal(first, again) and np.array_equal(first, generator)
    assert not np.array_equal(first, other)


@pytest.mark.parametrize("name", ["ULSIF", "RULSIF", "KLIEP"])
def test_fewer_target_points_than_centres(name):
    source, target = samples(60, 30)
    words = (
        "n_centers is 40: the target has only 30 points, and all of them become centres; pass n_centers=30"
    )
    with pytest.warns(UserWarning, match=words):
        ratio = clone(DEFAULT[name]).fit(source, target)
    assert ratio.centers_.shape == (30, 1)
    assert ratio.get_params()["n_centers"] == 40


GOOD = samples(20, 20, features=2)


@each_fixed
@pytest.mark.parametrize(
    ("source", "target", "error", "words"),
    [
        (np.zeros((0, 2)), GOOD[1], ValueError, "`source`.*is empty; pass at least 2 points"),
        (GOOD[0], np.zeros((0, 2)), ValueError, "`target`.*is empty; pass at least 2 points"),
        (GOOD[0], GOOD[1] * np.nan, ValueError, r"`target`.*40 entries are NaN.*at index \(0, 0\); drop"),
        (GOOD[0], GOOD[1][:, :1], ValueError, "`target`.*has 1 features where 2 were expected"),
        (GOOD[0], torch.tensor(GOOD[1]), TypeError, "arrays of one library"),
        (GOOD[0], GOOD[1].astype("float32"), TypeError, "one dtype"),
    ],
)
def test_bad_samples_are_named(name, source, target, error, words):
    with pytest.raises(error, match=words):
        clone(FIXED[name]).fit(source, target)


@pytest.mark.parametrize("name", ["ULSIF", "RULSIF", "KLIEP", "KMM"])
def test_kernels_that_reach_no_source_point(name):
    source, target = samples(20, 20)
    words = "has only features that are zero at every source point.*use wider kernels, or collect a source"
    with pytest.raises(ValueError, match=words):
        clone(FIXED[name]).fit(source, target + 100)


@each_fixed
def test_disjoint_supports_are_refused(name):
    source, target = samples(60, 60)
    ratio = clone(FIXED[name])
    with pytest.raises(
        ValueError, match=r"refuses samples whose supports look disjoint.*pass on_disjoint='warn'"
    ):
        ratio.fit(source, target + 9)
    with pytest.warns(
        UserWarning, match="the supports look disjoint; collect a source that covers the target"
    ):
        ratio.set_params(on_disjoint="warn").fit(source, target + 9)
    assert ratio.weights().shape == (60,)


@each_default
@pytest.mark.parametrize("distance", [9.0, 100.0, 1e6])
def test_disjoint_supports_are_refused_however_far_apart(name, distance):
    """The median distance grows with the gap, and so do the widths that follow it."""
    source, target = samples(60, 60)
    ratio = clone(DEFAULT[name])
    with pytest.raises(ValueError, match=r"supports look disjoint: the .* is .*pass on_disjoint='warn'"):
        ratio.fit(source, target + distance)
    with pytest.warns(UserWarning, match="the supports look disjoint; collect a source that covers"):
        ratio.set_params(on_disjoint="warn").fit(source, target + distance)


@each_fixed
def test_other_words_of_errors(name):
    source, target = samples(30, 30)
    with pytest.raises(
        ValueError, match=r"`on_disjoint` \(='ignore'\) is unknown; choose one of 'raise', 'warn'"
    ):
        clone(FIXED[name]).set_params(on_disjoint="ignore").fit(source, target)
    with pytest.raises(RuntimeError, match="isn't fitted yet; call fit first"):
        clone(FIXED[name]).weights()
    with pytest.raises(ValueError, match=r"`x`.*has 2 features where 1 were expected"):
        clone(FIXED[name]).fit(source, target).weights(np.zeros((3, 2)))


@pytest.mark.parametrize("name", ["ULSIF", "RULSIF", "KLIEP"])
@pytest.mark.parametrize(
    ("setting", "value", "error", "words"),
    [
        ("n_centers", 0, ValueError, r"`n_centers` \(=0\) must be at least 1"),
        ("n_centers", 2.5, TypeError, "must be an int"),
        (
            "widths",
            [],
            TypeError,
            r"`widths` \(=\[\]\) must be None or a sequence of numbers; pass e.g. widths=",
        ),
        ("widths", [1.0, 0.0], ValueError, r"`widths` \(=0.0\) must be above 0"),
    ],
)
def test_bad_settings_are_named(name, setting, value, error, words):
    with pytest.raises(error, match=words):
        clone(FIXED[name]).set_params(**{setting: value}).fit(*samples(30, 30))


@pytest.mark.parametrize("name", ["ULSIF", "KLIEP", "KMM"])
def test_points_that_are_all_equal_need_a_width(name):
    words = r"`widths?` \(=None\) can't follow the median distance between points, which is 0; set width"
    with pytest.raises(ValueError, match=words):
        clone(DEFAULT[name]).set_params(**({} if name == "KMM" else {"n_centers": 5})).fit(
            np.ones((9, 1)), np.ones((9, 1))
        )
