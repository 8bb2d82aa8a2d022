"""uLSIF and RuLSIF: oracles, known values, the choice of width and penalty, and what they convert."""

import math

import numpy as np
import pytest
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from kernel_oracles import few, kernel, least_squares, left_out, overlapping_or_not, quantiles, small_samples

from reference_impl.shift import RULSIF, ULSIF

pytestmark = small_samples
drawn_samples = {
    "seed": seeds,
    "n": st.integers(3, 12),
    "m": st.integers(4, 9),
    "features": st.integers(1, 3),
}


def close_samples(seed, n, m, features):
    """Draw points so near each other that every weight lies inside the limits of the support check."""
    rng = np.random.default_rng(seed)
    return rng.uniform(-1, 1, (n, features)), rng.uniform(-0.8, 1, (m, features))


def shifted(n, m, seed=0, delta=1.0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, 1)), rng.normal(delta, 1, size=(m, 1))


def relative(source, target, width, penalty, alpha):
    """Return the linear ratio at the source with a bump at each target point, in longdouble."""
    features = kernel(source, target, width), kernel(target, target, width)
    return np.maximum(features[0] @ least_squares(*features, penalty, alpha), 0)


@overlapping_or_not
@pytest.mark.parametrize("name", ["ULSIF", "RULSIF"])
def test_weights_agree_with_longdouble(name, agreement, precision):
    with agreement(f"reference_impl.shift.{name}", "its formula in NumPy's longdouble", precision) as compare:

        @few
        @given(**drawn_samples, width=st.sampled_from([0.75, 1.5]), alpha=st.sampled_from([0.125, 0.5]))
        def drawn(seed, n, m, features, width, alpha):
            alpha = 0.0 if name == "ULSIF" else alpha
            settings = {"n_centers": m, "widths": [width], "penalties": [0.5], "on_disjoint": "warn"}

            def run(library, source, target):
                if library.name != "the oracle":
                    made = RULSIF(alpha, **settings) if alpha else ULSIF(**settings)
                    return [made.fit(source, target).weights()]
                found = relative(library.values(source), library.values(target), width, 0.5, alpha)
                found = np.minimum(found, n / (alpha * n + 1 - alpha))
                return [library.array(((1 - alpha) * found / (1 - alpha * found)).astype(precision))]

            compare.arrays("forward", run, *close_samples(seed, n, m, features))

        drawn()


@pytest.mark.parametrize("alpha", [0.0, 0.4])
def test_the_table_is_that_of_refitting_and_its_least_is_chosen(alpha):
    source, target = shifted(40, 30)
    ratio = RULSIF(alpha, n_centers=30, widths=[0.5, 1.0], penalties=[0.01, 0.1, 1.0], on_disjoint="warn")
    ratio.fit(source, target)
    for width, row in zip((0.5, 1.0), ratio.scores_, strict=True):
        features = [kernel(x, target, width) for x in (source, target)]
        wanted = [float(left_out(*features, penalty, alpha)) for penalty in (0.01, 0.1, 1.0)]
        np.testing.assert_allclose(row, wanted, rtol=1e-10)
    assert ratio.score_ == min(map(min, ratio.scores_))
    row = ratio.scores_[ratio.widths_.index(ratio.width_)]
    assert row[ratio.penalties_.index(ratio.penalty_)] == ratio.score_
    wanted = relative(source, target, ratio.width_, ratio.penalty_, alpha)
    np.testing.assert_allclose(ratio.relative_weights(), wanted.astype(float), rtol=1e-10)


def test_blocks_give_what_one_block_gives(monkeypatch):
    """Kept, computed twice, and with the last block of one sample shorter than the other's."""
    source, target = shifted(300, 170)
    ratio = RULSIF(0.2, n_centers=20)
    kept = ratio.fit(source, target).scores_, ratio.weights()
    monkeypatch.setattr("reference_impl.shift.ratio.bumps.SMALLER", 1000)
    assert len(list(ratio._bumps.blocks(source))) > 1
    many = ratio.fit(source, target).scores_, ratio.weights()
    monkeypatch.setattr("reference_impl.shift.ratio.bumps.BLOCK", 10)
    again = ratio.fit(source, target).scores_, ratio.weights()
    for other in (many, again):
        np.testing.assert_allclose(other[0], kept[0], rtol=1e-9)
        np.testing.assert_allclose(other[1], kept[1], rtol=1e-9)


@pytest.mark.parametrize("alpha", [0.0, 0.1])
def test_wide_bumps_and_a_small_penalty_cost_few_digits_of_float32(alpha, library):
    """The bumps hardly vary, and the least penalty multiplies what is lost in their products by thousands."""
    rng = np.random.default_rng(129)
    source, target = rng.normal(size=(800, 5)), rng.normal(0.3, 0.9, size=(400, 5))
    source, target = (points.astype("float32") for points in (source, target))
    ratio = RULSIF(alpha, widths=[8.0], penalties=[1e-4])
    wide = ratio.fit(source.astype("float64"), target.astype("float64")).weights()
    found = library.values(ratio.fit(library.array(source), library.array(target)).weights())
    assert found.dtype == "float32"
    assert np.max(np.abs(found - wide)) <= 5e-5 * np.max(wide)


def test_fewer_pairs_are_spread_evenly():
    source, target = shifted(40, 31)
    settings = {"n_centers": 31, "widths": [0.7], "penalties": [0.1], "on_disjoint": "warn"}
    some = ULSIF(pairs=10, **settings).fit(source, target)
    features = [kernel(x, target, 0.7).astype(float) for x in (source, target)]
    total = 0.0
    for pair in range(0, 31, 4):
        rest = [np.delete(one, pair, 0) for one in features]
        coefficients = least_squares(*rest, 0.1, 0.0)
        y, z = (max(0, one[pair] @ coefficients) for one in features)
        total += y * y / 2 - z
    assert some.score_ == pytest.approx(float(total) / 8, rel=1e-10)
    every = ULSIF(pairs=None, **settings).fit(source, target)
    assert np.array_equal(some.weights(), every.weights())
    assert every.score_ == ULSIF(pairs=31, **settings).fit(source, target).score_ != some.score_


@pytest.mark.parametrize(
    ("alpha", "divergence"), [(0.0, 0.859141), (0.1, 0.467441), (0.5, 0.102027), (0.9, 0.005771)]
)
def test_the_score_tends_to_the_divergence(alpha, divergence):
    """PE_alpha = E_mix (r - 1)^2 / 2 is minus the objective less one half; for alpha = 0 the objective is -1.359141.

    The quantiles end at 3.7, and so the squares of the weights lack a twentieth.
    """
    source, target = quantiles(4000), quantiles(4000) + 1
    found = -RULSIF(alpha).fit(source, target).score_ - 0.5
    assert found == pytest.approx(divergence, rel=0.02 if alpha else 0.08)


def test_half_the_shift_has_a_sixth_of_the_divergence():
    found = -ULSIF().fit(quantiles(4000), quantiles(4000) + 0.5).score_ - 0.5
    assert found == pytest.approx(0.142013, rel=0.02)


@pytest.mark.parametrize(("features", "most"), [(1, 0.19), (5, 0.29), (20, 0.49)])
def test_weight_error_of_a_moved_mean(features, most):
    """Medians over ten samples; the best package has .257, 1.14 and 1.34, and weights of 1 about 1.55."""
    errors = []
    for seed in range(10):
        rng = np.random.default_rng([seed, features, 1000, 0])
        source, target = rng.standard_normal((1000, features)), rng.standard_normal((1000, features))
        target[:, 0] += 1
        found, true = ULSIF(random_state=seed).fit(source, target).weights(), np.exp(source[:, 0] - 0.5)
        errors.append(np.mean((found / found.mean() - true / true.mean()) ** 2))
    assert np.median(errors) <= most


def test_relative_weights_and_their_conversion():
    source, target = shifted(300, 200)
    ratio = RULSIF(0.5, n_centers=50).fit(source, target)
    x = np.linspace(-2, 3, 40)[:, None]
    found, weights = ratio.relative_weights(x), ratio.weights(x)
    assert found.max() < 2 < weights.max()
    np.testing.assert_allclose(weights, 0.5 * found / (1 - 0.5 * found), rtol=1e-12)
    np.testing.assert_allclose(ratio.relative_weights(source), ratio.relative_weights(), rtol=1e-12)
    np.testing.assert_allclose(found, 1 / (0.5 + 0.5 * np.exp(0.5 - x[:, 0])), atol=0.2)


def test_no_converted_weight_exceeds_the_number_of_points():
    """An estimate of the relative ratio above 1/alpha has no weight: it would be negative."""
    source, target = shifted(30, 200, delta=3.0)
    ratio = RULSIF(0.9, n_centers=50, penalties=[1e-4], on_disjoint="warn")
    with pytest.warns(UserWarning):
        ratio.fit(source, target)
    x = np.linspace(0, 6, 200)[:, None]
    assert ratio._linear(x).max() > 1 / 0.9
    assert ratio.weights(x).max() == pytest.approx(30) and ratio.weights(x).min() >= 0
    assert ratio.relative_weights(x).max() <= 1 / 0.9


def test_alpha_of_zero_is_ulsif():
    samples = shifted(60, 60)
    plain, relative_to_source = ULSIF(n_centers=20).fit(*samples), RULSIF(0.0, n_centers=20).fit(*samples)
    np.testing.assert_allclose(relative_to_source.weights(), plain.weights(), rtol=1e-12)
    assert relative_to_source.scores_ == plain.scores_


def test_a_width_that_reaches_no_source_point_is_not_chosen():
    """Its score would have no limit: coefficients without cost at the source, and a gain at the target."""
    source, target = shifted(50, 40)
    ratio = ULSIF(n_centers=40, widths=[1e-5, 1.0]).fit(source, target + 1e-3)
    assert ratio.width_ == 1.0 and ratio.scores_[0] == (math.inf,) * 13


@pytest.mark.parametrize(
    ("made", "error", "words"),
    [
        (ULSIF(penalties=()), TypeError, r"`penalties` \(=\(\)\) must be a sequence of numbers"),
        (ULSIF(penalties=[0.0]), ValueError, r"`penalties` \(=0.0\) must be above 0 and finite"),
        (ULSIF(pairs=0), ValueError, r"`pairs` \(=0\) must be at least 1"),
        (RULSIF(1.0), ValueError, r"`alpha` \(=1.0\) must be at least 0 and below 1"),
        (RULSIF("half"), TypeError, r"`alpha` \(='half'\) must be a number"),
    ],
)
def test_bad_settings_have_their_words(made, error, words):
    with pytest.raises(error, match=words):
        made.fit(*shifted(200, 200))
