"""Ratios by logistic regression: by hand, against Newton's method in longdouble, and the known values."""

import numpy as np
import pytest
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from logistic_oracles import log_ratio, regression, some

from reference_impl.shift import LogisticRatio, ShiftWarning, logistic_ratio
from reference_impl.shift.ratio import evidence, newton
from reference_impl.shift.ratio.derivatives import derivatives
from reference_impl.shift.ratio.pool import Pool

pytestmark = pytest.mark.filterwarnings("ignore::reference_impl.shift.ShiftWarning")
drawn_samples = {"seed": seeds, "n": st.integers(60, 90), "m": st.integers(40, 120), "d": st.integers(1, 3)}
penalties = st.sampled_from([0.25, 1.0, 8.0])


def normal(seed, n, m, d, shift=0.3):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)), rng.normal(shift, 1.1, size=(m, d))


def waves(x):
    """Make features with functions that every library has."""
    return x * 0.5 + x * x * x / 8


def test_coefficients_agree_with_longdouble(agreement, precision):
    oracle = "Newton's method with a gradient in NumPy's longdouble"
    with agreement("reference_impl.shift.logistic_ratio", oracle, precision) as compare:

        @some
        @given(**drawn_samples, penalty=penalties)
        def drawn(seed, n, m, d, penalty):
            def run(library, source, target):
                if library.name != "the oracle":
                    return [logistic_ratio(source, target, penalty=penalty)]
                found = regression(library.values(source), library.values(target), penalty)
                found[0] += np.log(np.longdouble(n) / m)
                return [library.array(found.astype(precision))]

            compare.arrays("forward", run, *normal(seed, n, m, d))

        drawn()


def test_log_weights_agree_with_longdouble(agreement, precision):
    oracle = "Newton's method with a gradient in NumPy's longdouble"
    with agreement("reference_impl.shift.LogisticRatio", oracle, precision) as compare:

        @some
        @given(
            **drawn_samples,
            penalty=penalties,
            features=st.sampled_from(["linear", "quadratic", "additive", waves]),
        )
        def drawn(seed, n, m, d, penalty, features):
            def run(library, source, target):
                if library.name != "the oracle":
                    ratio = LogisticRatio(features, penalty=penalty).fit(source, target)
                    return [ratio.log_weights(), ratio.log_weights(target), ratio.weights(target)]
                samples = library.values(source), library.values(target)
                logs = [log_ratio(features, penalty, points, *samples) for points in samples]
                return [library.array(found.astype(precision)) for found in (*logs, np.exp(logs[1]))]

            compare.arrays("forward", run, *normal(seed, n, m, d))

        drawn()


def test_by_hand_in_a_table_of_two_cells(library):
    """Shares of 1/4 and 4/5, from samples of different sizes: weights 4/15 and 16/5."""
    source, target = np.asarray([0.0, 0, 0, 1]), np.asarray([0.0, 1, 1, 1, 1, 0, 1, 1, 1, 1])
    ratio = LogisticRatio(penalty=0.0).fit(library.array(source), library.array(target))
    np.testing.assert_allclose(library.values(ratio.weights()), [4 / 15] * 3 + [3.2], rtol=1e-12)
    given_by_name = library.values(logistic_ratio(library.array(source), library.array(target)))
    np.testing.assert_allclose(given_by_name, [np.log(4 / 15), np.log(12)], rtol=1e-12)


@pytest.mark.parametrize(("n", "m"), [(1000, 1000), (1000, 3000)])
def test_slope_and_intercept_of_two_gaussians(n, m):
    """Four standard deviations of the known values: 0.05518 and 0.03569 where both samples have 1000 points."""
    for seed in range(5):
        rng = np.random.default_rng(seed)
        intercept, slope = logistic_ratio(rng.normal(size=n), rng.normal(1, 1, size=m))
        assert abs(slope - 1) < 4 * 0.05518 and abs(intercept + 0.5) < 4 * 0.03569


def test_the_spread_of_slope_and_intercept_is_the_known_one():
    """Over 400 samples the standard deviations are within an eighth of 0.05518 and 0.03569: four times their error."""
    found = []
    for seed in range(400):
        rng = np.random.default_rng(seed)
        found.append(logistic_ratio(rng.normal(size=1000), rng.normal(1, 1, size=1000)))
    intercept, slope = np.std(found, axis=0)
    assert slope == pytest.approx(0.05518, rel=0.142) and intercept == pytest.approx(0.03569, rel=0.142)


def test_shimodaira_needs_squares():
    """Slopes of the weighted line: the truth is -0.73; a linear log ratio stays near the -0.25 of no weights."""
    slopes = {"linear": [], "quadratic": []}
    for seed in range(10):
        rng = np.random.default_rng(seed)
        x, u = rng.normal(0.5, 0.5, 1000), rng.normal(0, 0.3, 1000)
        y = -x + x**3 + rng.normal(0, 0.3, 1000)
        for features, found in slopes.items():
            w = LogisticRatio(features, penalty=1.0).fit(x, u).weights()
            found.append(np.polyfit(x, y, 1, w=np.sqrt(w))[0])
    assert abs(np.median(slopes["linear"]) + 0.261) < 0.08
    assert abs(np.median(slopes["quadratic"]) + 0.73) < 0.08


def test_large_samples_start_from_thinned_ones_and_agree_with_a_cold_start(monkeypatch):
    rng = np.random.default_rng(0)
    source, target = rng.normal(size=(3000, 2)), rng.normal(0.7, 1, size=(2000, 2))
    cold = logistic_ratio(source, target)
    monkeypatch.setattr(newton, "LARGE", 4000)
    warm = logistic_ratio(source, target)
    assert not np.array_equal(cold, warm)
    np.testing.assert_allclose(warm, cold, rtol=1e-6)


def test_a_step_that_falls_short_is_taken():
    """Where the loss still falls steeply after a step, half of the step would fall shorter yet, and so on for ever."""
    rng = np.random.default_rng(194)
    source, target = rng.normal(size=(30, 1)), rng.normal(0.3, 0.5, size=(25, 1))
    found = LogisticRatio("quadratic", penalty=0.5).fit(source, target).log_weights()
    expected = log_ratio("quadratic", 0.5, source, source, target)
    np.testing.assert_allclose(found, expected.astype(float), rtol=0, atol=1e-12)


def test_large_samples_need_two_passes(monkeypatch):
    """The step that chooses the penalties is one of Newton's, and the next shows that it came near enough."""
    rng = np.random.default_rng(0)
    source, target = rng.normal(size=(100_000, 2)), rng.normal(0.7, 1, size=(60_000, 2))
    exact = LogisticRatio().fit(source, target).coefficients_
    rows = []

    def counted(design, at):
        rows.append(design.rows)
        return derivatives(design, at)

    for module in (evidence, newton):
        monkeypatch.setattr(module, "LARGE", 40_000)
        monkeypatch.setattr(module, "derivatives", counted)
    near = LogisticRatio().fit(source, target).coefficients_
    assert rows.count(160_000) == 2
    assert 0 < np.abs(near - exact).max() < 1e-6


def test_penalties_are_at_the_maximum_of_the_evidence():
    """Each penalty is its group's determined coefficients over their squares, or at the bound."""
    rng = np.random.default_rng(1)
    source, target = rng.normal(size=(400, 3)), rng.normal([0.8, 0, 0], [1, 0.7, 1], size=(300, 3))
    ratio = LogisticRatio("quadratic").fit(source, target)
    pool = Pool(source, target, 0)
    made = pool.features("quadratic").columns
    z = np.concatenate([made(source), made(target)])
    z = np.concatenate([np.ones((len(z), 1)), z], axis=1)
    s = 1 / (1 + np.exp(-(z @ ratio.coefficients_ + np.log(300 / 400))))
    inverse = np.linalg.inv((z * (s * (1 - s))[:, None]).T @ z + np.diag(np.r_[0, ratio.penalties_]))
    determined = 1 - ratio.penalties_ * inverse.diagonal()[1:]
    expected = np.clip(determined / ratio.coefficients_[1:] ** 2, 0.01, 1e5)
    free = ratio.penalties_ < 1e3
    assert free[0] and free[4] and set(ratio.penalties_[~free]) == {1e5}
    np.testing.assert_allclose(ratio.penalties_[free], expected[free], rtol=0.01)


def test_penalties_that_fit_beat_a_fixed_one_where_one_coordinate_of_twenty_shifts():
    errors = {"adaptive": [], 1.0: []}
    for seed in range(5):
        rng = np.random.default_rng(seed)
        source, target = rng.normal(size=(500, 20)), rng.normal(size=(500, 20))
        target[:, 0] += 1
        true = source[:, 0] - 0.5
        for penalty, found in errors.items():
            logs = LogisticRatio(penalty=penalty).fit(source, target).log_weights()
            found.append(np.mean((logs - true) ** 2))
    assert np.median(errors["adaptive"]) < 0.5 * np.median(errors[1.0])


def test_a_fit_that_has_not_converged_says_so(monkeypatch):
    monkeypatch.setattr(newton, "MOST_STEPS", 1)
    monkeypatch.setattr(newton.fit_logistic, "__defaults__", (None, True, 1))
    source, target = normal(0, 90, 80, 1)
    words = r"the last of 1 steps is 0\.\d+: Newton's method hasn't converged; pass a larger penalty"
    with pytest.warns(ShiftWarning, match=words) as seen:
        logistic_ratio(source, target)
    assert seen[0].filename == __file__
    with pytest.warns(ShiftWarning, match=words) as seen:
        LogisticRatio(penalty=1.0).fit(source, target)
    assert seen[0].filename == __file__


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (
            {"features": "cubic"},
            ValueError,
            "`features` \\(='cubic'\\) is unknown; choose one of 'linear', 'qu",
        ),
        ({"penalty": -1.0}, ValueError, r"`penalty` \(=-1.0\) must be at least 0; pass e.g. penalty=1.0"),
        ({"penalty": np.inf}, ValueError, r"`penalty` \(=inf\) must be finite"),
        ({"features": []}, ValueError, r"`features` \(=\[\]\) is unknown"),
        ({"penalty": "auto"}, ValueError, r"`penalty` \(='auto'\) is unknown; choose one of 'adaptive'"),
        ({"on_disjoint": "stop"}, ValueError, "`on_disjoint` .* choose one of 'raise', 'warn'"),
        (
            {"features": lambda x: x[0]},
            ValueError,
            r"`features\(x\)` .*of shape \(2, 1\).* must have 90 rows",
        ),
    ],
)
def test_bad_settings_are_named(make, error, words):
    with pytest.raises(error, match=words):
        LogisticRatio(**make).fit(*normal(0, 90, 80, 2))


def test_bad_samples_are_named():
    source, target = normal(0, 90, 80, 2)
    with pytest.raises(ValueError, match=r"`target`.* has 1 features where 2 were expected"):
        logistic_ratio(source, target[:, :1])
    with pytest.raises(ValueError, match=r"`penalty` \(=-0.5\) must be at least 0"):
        logistic_ratio(source, target, penalty=-0.5)
    with pytest.raises(RuntimeError, match="this LogisticRatio isn't fitted yet; call fit first"):
        LogisticRatio().weights(source)
