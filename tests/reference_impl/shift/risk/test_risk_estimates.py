"""Risks on the target: formulas, scikit-learn's models, known values, properties and errors."""

import math

import numpy as np
import pytest
import torch
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from libraries import OURS
from scipy.stats import norm
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from reference_impl.shift import (
    Risk,
    ShiftWarning,
    doubly_robust_risk,
    gaussian_mean_shift,
    importance_weighted_cross_validation,
    importance_weighted_risk,
    kernels,
    shimodaira_regression,
)
from reference_impl.shift.risk.quadratic import quadratic_regression

quiet = pytest.mark.filterwarnings("ignore::reference_impl.shift.ShiftWarning")
drawn_points = {
    "seed": seeds,
    "points": st.integers(5, 40),
    "features": st.integers(1, 3),
    "normalised": st.booleans(),
}


def sample(seed, points, features=1):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(points, features))
    return x, x.sum(axis=1) ** 2 + rng.normal(size=points), rng.uniform(0.1, 3.0, points)


def plain(losses, w, normalised):
    """Compute estimate and standard error in longdouble."""
    losses, w = (np.asarray(array, np.longdouble) for array in (losses, w))
    if normalised:
        estimate = (w * losses).sum() / w.sum()
        return estimate, np.sqrt((w**2 * (losses - estimate) ** 2).sum()) / w.sum()
    products = w * losses
    return products.mean(), products.std(ddof=1) / np.sqrt(np.longdouble(len(w)))


@quiet
def test_weighted_risk_agrees_with_longdouble(agreement, precision):
    with agreement(
        "reference_impl.shift.importance_weighted_risk", "its formulas in longdouble", precision
    ) as compare:

        @given(seed=seeds, points=st.integers(2, 100), normalised=st.booleans())
        def drawn(seed, points, normalised):
            _, losses, w = map(compare.cast, sample(seed, points))
            wanted = [float(number) for number in plain(losses, w, normalised)]
            for library in OURS:
                arrays = [library.array(losses), library.array(w)]
                found = importance_weighted_risk(*arrays, normalised=normalised)
                compare.numbers("forward", [found.estimate, found.standard_error], wanted, sums=True)

        drawn()


def test_intervals_agree_with_scipy(agreement, precision):
    with agreement("reference_impl.shift.Risk", "scipy.stats.norm.interval", precision) as compare:

        @given(estimate=st.floats(-9, 9), error=st.floats(0.01, 9), level=st.floats(0.01, 0.999))
        def drawn(estimate, error, level):
            wanted = norm.interval(level, estimate, error)
            compare.numbers("interval", Risk(estimate, error).interval(level), wanted, sums=True)

        drawn()


class Watched:
    """Ridge regression as a function of arrays of any library, which keeps what it was trained on."""

    def __init__(self, library):
        self.library, self.seen = library, []

    def __call__(self, x, y, *weights):
        self.seen.append([self.library.values(array) for array in (x, y, *weights)])
        predict = ridge(*self.seen[-1])

        def of_library(new):
            points = self.library.values(new)
            return self.library.array(predict(points).astype(points.dtype))

        return of_library


def ridge(x, y, weights=1.0):
    x, y = x.astype(float), y.astype(float)
    weighed = x.T * weights
    slopes = np.linalg.solve(weighed @ x + 0.5 * np.eye(x.shape[1]), weighed @ y)
    return lambda new: new.astype(float) @ slopes


def held_out(seen, x):
    """Return for each fit the rows that were held out from it, once each row is seen to be so exactly once."""
    rows = {tuple(row): number for number, row in enumerate(x)}
    found = [sorted(set(range(len(x))) - {rows[tuple(row)] for row in trained_on[0]}) for trained_on in seen]
    assert sorted(row for rows in found for row in rows) == list(range(len(x)))
    return found


@quiet
def test_doubly_robust_risk_agrees_with_plain_sums(agreement, precision):
    oracle = "ridge regressions in NumPy, cross-fitted, sums in longdouble"
    with agreement("reference_impl.shift.doubly_robust_risk", oracle, precision) as compare:

        @given(**drawn_points, folds=st.integers(2, 5))
        def drawn(seed, points, features, normalised, folds):
            x, losses, w = map(compare.cast, sample(seed, points, features))
            u = compare.cast(np.random.default_rng(seed + 1).normal(0.5, 1, size=(points + 3, features)))
            options = {"folds": folds, "normalised": normalised, "random_state": seed}
            wanted = None
            for library in OURS:
                model = Watched(library)
                arrays = [library.array(array) for array in (losses, w, x, u)]
                found = doubly_robust_risk(*arrays, regressor=model, **options)
                wanted = wanted or robust(held_out(model.seen, x), losses, w, x, u, normalised)
                compare.numbers("forward", [found.estimate, found.standard_error], wanted, sums=True)
                assert len(model.seen) == folds

        drawn()


def robust(parts, losses, w, x, u, normalised):
    on_source, on_target = np.zeros(len(x)), np.zeros(len(u))
    for rows in parts:
        predict = ridge(np.delete(x, rows, axis=0), np.delete(losses, rows))
        on_source[rows] = predict(x[rows])
        on_target += predict(u) / len(parts)
    residual, error = plain(losses - on_source, w, normalised)
    deviation = on_target.std(ddof=1) / np.sqrt(len(u))
    return [float(on_target.mean() + residual), float(np.hypot(error, deviation))]


@quiet
def test_cross_validation_agrees_with_plain_sums(agreement, precision):
    oracle = "ridge regressions in NumPy, cross-validated, sums in longdouble"
    name = "reference_impl.shift.importance_weighted_cross_validation"
    with agreement(name, oracle, precision) as compare:

        @given(**drawn_points, folds=st.integers(2, 5), weighted=st.booleans())
        def drawn(seed, points, features, normalised, folds, weighted):
            x, y, w = map(compare.cast, sample(seed, points, features))
            training = np.sqrt(w) if weighted else None
            options = {"folds": folds, "normalised": normalised, "random_state": seed}
            wanted = None
            for library in OURS:
                model = Watched(library)
                arrays = [library.array(array) for array in (x, y, w)]
                given_weights = library.array(training) if weighted else None
                found = importance_weighted_cross_validation(
                    model, *arrays, training_weights=given_weights, **options
                )
                wanted = wanted or validated(held_out(model.seen, x), x, y, w, training, normalised)
                compare.numbers("forward", [found.estimate, found.standard_error], wanted, sums=True)

        drawn()


def validated(parts, x, y, w, training, normalised):
    losses = np.zeros(len(x))
    for rows in parts:
        weights = [] if training is None else [np.delete(training, rows)]
        predict = ridge(np.delete(x, rows, axis=0), np.delete(y, rows), *weights)
        losses[rows] = (predict(x[rows]) - y[rows]) ** 2
    return [float(number) for number in plain(losses, w, normalised)]


@pytest.mark.parametrize(("points", "features"), [(30, 1), (29, 1), (60, 2), (59, 2), (300, 5), (8, 4)])
def test_the_quadratic_regression_is_scikit_learns(points, features, library):
    x, y, _ = sample(0, points, features)
    x[:, -1] = x[:, -1] * 1e3 + 1e5
    scale = make_pipeline(StandardScaler(), PolynomialFeatures(2, include_bias=False))
    products = points >= 10 * (1 + features * (features + 3) // 2)
    columns = scale.fit_transform(x)
    if not products:
        columns = np.concatenate([columns[:, :features], columns[:, :features] ** 2], axis=1)
    model = Ridge(1e-4 * points).fit(columns, y)
    found = library.values(quadratic_regression(library.array(x), library.array(y))(library.array(x)))
    np.testing.assert_allclose(found, model.predict(columns), rtol=1e-8, atol=1e-8)


def test_a_constant_feature_is_no_division_by_zero():
    x, y, _ = sample(1, 20)
    both = np.concatenate([x, np.full((20, 1), 7.0)], axis=1)
    np.testing.assert_allclose(quadratic_regression(both, y)(both), quadratic_regression(x, y)(x), rtol=1e-8)


def test_blocks_of_rows_do_not_matter(monkeypatch):
    x, y, _ = sample(2, 50, 2)
    whole = quadratic_regression(x, y)(x)
    monkeypatch.setattr(kernels, "BLOCK", 35)
    np.testing.assert_allclose(quadratic_regression(x, y)(x), whole, rtol=1e-10)


@quiet
def test_standard_deviations_of_the_known_example():
    """Losses x^2 + e on N(0, 1) and N(1, 1): the doubly robust risk is four times as sharp as the weighted one."""
    found = {"raw": [], "normalised": [], "robust": []}
    for seed in range(300):
        drawn = gaussian_mean_shift(1000, shift=1.0, random_state=seed)
        losses = drawn.source[:, 0] ** 2 + 0.5 * np.random.default_rng(10**6 + seed).standard_normal(1000)
        found["raw"].append(importance_weighted_risk(losses, drawn.weights, normalised=False).estimate)
        found["normalised"].append(importance_weighted_risk(losses, drawn.weights).estimate)
        found["robust"].append(doubly_robust_risk(losses, drawn.weights, drawn.source, drawn.target).estimate)
    for name, deviation in (("raw", 0.3370), ("normalised", 0.2722), ("robust", 0.0817)):
        # the deviation of a sample of 300 is off by 4 %, and by more where tails are heavy
        assert np.std(found[name]) == pytest.approx(deviation, rel=0.15), name
    assert np.mean(found["robust"]) == pytest.approx(2.0, abs=4 * 0.0817 / math.sqrt(300))


@quiet
@pytest.mark.parametrize("wrong", ["weights", "regression"])
def test_one_right_model_is_enough(wrong):
    rng = np.random.default_rng(0)
    x, u = rng.standard_normal((20_000, 1)), rng.standard_normal((20_000, 1)) + 0.5
    losses, w = x[:, 0] ** 2, np.exp(0.5 * x[:, 0] - 0.125)
    if wrong == "weights":
        found = doubly_robust_risk(losses, np.ones(20_000), x, u)
    else:
        found = doubly_robust_risk(losses, w, x, u, regressor=lambda x, y: lambda new: 0 * new[:, 0] + 5)
    assert found.estimate == pytest.approx(1.25, abs=0.08)
    assert doubly_robust_risk(losses, 0 * w + 1, x, u, regressor=LinearRegression()).estimate < 1.1


@quiet
def test_cross_validation_chooses_the_weighted_line():
    """Shimodaira's regression: a line that is trained with weights has the smaller risk on the target."""
    drawn = shimodaira_regression(2000, random_state=1)
    arrays = (drawn.source, drawn.source_outputs, drawn.weights)
    plain_line = importance_weighted_cross_validation(LinearRegression(), *arrays)
    weighted_line = importance_weighted_cross_validation(
        LinearRegression(), *arrays, training_weights=drawn.weights
    )
    slope, noise = drawn.target_line[1], 0.3**2
    assert weighted_line.estimate < 0.5 * plain_line.estimate
    # the risk of the best line on the target: its noise and E (x^3 - 3 s^2 x)^2 = 6 s^6 with s = 0.3
    assert slope == pytest.approx(-1 + 3 * 0.3**2)
    assert weighted_line.estimate == pytest.approx(noise + 6 * 0.3**6, abs=4 * weighted_line.standard_error)


@quiet
@pytest.mark.parametrize("scale", [1e-3, 1e3])
def test_scale_of_weights_and_losses(scale):
    _, losses, w = sample(3, 50)
    first = importance_weighted_risk(losses, w)
    assert importance_weighted_risk(losses, scale * w).estimate == pytest.approx(first.estimate, rel=1e-12)
    larger = importance_weighted_risk(scale * losses, w)
    assert larger.standard_error == pytest.approx(scale * first.standard_error, rel=1e-12)
    raw = importance_weighted_risk(losses, w, normalised=False)
    assert importance_weighted_risk(losses, scale * w, normalised=False).estimate == pytest.approx(
        scale * raw.estimate
    )


@quiet
def test_order_of_the_points_does_not_matter():
    x, losses, w = sample(4, 60, 2)
    u = x[:30] + 0.3
    order = np.random.default_rng(0).permutation(60)
    first = doubly_robust_risk(losses, w, x, u)
    second = doubly_robust_risk(losses[order], w[order], x[order], u)
    assert second.estimate == pytest.approx(first.estimate, rel=1e-12)
    third = importance_weighted_cross_validation(LinearRegression(), x, losses, w)
    fourth = importance_weighted_cross_validation(LinearRegression(), x[order], losses[order], w[order])
    assert fourth.standard_error == pytest.approx(third.standard_error, rel=1e-12)


@quiet
def test_inputs_stay_and_defaults_work_everywhere(library):
    x, losses, w = (array.astype("float32") for array in sample(5, 40, 2))
    arrays = [library.array(array) for array in (losses, w, x, x[:20] + np.float32(0.3))]
    found = doubly_robust_risk(*arrays)
    assert found.estimate == pytest.approx(
        doubly_robust_risk(losses, w, x, x[:20] + np.float32(0.3)).estimate, rel=1e-9
    )
    for array, before in zip(arrays, (losses, w, x), strict=False):
        assert np.array_equal(library.values(array), before)


@quiet
def test_models_of_torch_and_losses_of_ones_own():
    x, y, w = map(torch.tensor, sample(6, 30))

    def train(points, labels):
        module = torch.nn.Linear(1, 1, dtype=torch.float64)
        torch.nn.init.constant_(module.weight, 2.0)
        torch.nn.init.zeros_(module.bias)
        return module

    found = doubly_robust_risk(y, w, x, x, regressor=train)
    residual = plain((y - 2 * x[:, 0]).numpy(), w.numpy(), True)[0]
    assert found.estimate == pytest.approx(2 * x.mean().item() + float(residual), rel=1e-12)
    labels = (x[:, 0] > 0).to(torch.int64)
    options = {
        "loss": lambda predicted, label: (predicted[:, 0] > 1).to(torch.int64) != label,
        "normalised": True,
    }
    risk = importance_weighted_cross_validation(train, x, labels, w, **options)
    wrong = (x[:, 0] > 0) & (x[:, 0] <= 0.5)
    assert risk.estimate == pytest.approx((w[wrong].sum() / w.sum()).item(), rel=1e-12)


def test_a_risk_as_text():
    assert str(Risk(2.0, 0.25)) == "2 ± 0.25 (95 % interval 1.51 to 2.49)"


def test_heavy_weights_are_warned_of():
    w = np.concatenate([np.full(96, 0.01), [1.0, 2.0, 4.0, 40.0]])
    words = "effective sample size is 0.014 of the points: below 0.05|the largest share is 0.834: above 0.05"
    x, losses, _ = sample(7, 100)
    for call in (
        lambda: importance_weighted_risk(losses, w),
        lambda: doubly_robust_risk(losses, w, x, x),
        lambda: importance_weighted_cross_validation(LinearRegression(), x, losses, w),
    ):
        with pytest.warns(ShiftWarning, match=words) as seen:
            call()
        assert len(seen) == 2 and all(warning.filename == __file__ for warning in seen)


GOOD = {"losses": np.ones(6), "weights": np.ones(6), "source": np.arange(6.0), "target": np.arange(4.0)}


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"losses": np.ones(5)}, ValueError, r"`losses`.*must have shape \(6,\)"),
        ({"losses": np.full(6, np.nan)}, ValueError, "`losses`.*6 entries are NaN or infinite"),
        ({"losses": np.ones(6, int)}, TypeError, "`losses`.*must hold floats"),
        ({"losses": np.ones(6, "float32")}, TypeError, "one dtype"),
        ({"weights": -np.ones(6)}, ValueError, "`weights`.*must not be negative, but 6 are"),
        ({"weights": torch.ones(6)}, TypeError, "arrays of one library"),
        ({"weights": np.ones(7)}, ValueError, r"`weights`.*must have shape \(6,\)"),
        ({"target": np.ones((4, 2))}, ValueError, "`target`.*has 2 features where 1 were expected"),
        ({"target": np.ones(0)}, ValueError, "`target`.*is empty"),
        ({"folds": 7}, ValueError, r"`folds` \(=7\) must lie from 2 to the 6 points of the source"),
        ({"folds": 1}, ValueError, r"`folds` \(=1\) must lie from 2"),
        ({"folds": 2.0}, TypeError, "`folds` .*must be an int"),
        (
            {"regressor": "ridge"},
            TypeError,
            "`regressor` .*must have fit and predict, or be a function of points and",
        ),
        ({"regressor": Ridge}, TypeError, "`regressor` .*must have fit and predict"),
        (
            {"regressor": lambda x, y: 3},
            TypeError,
            r"`regressor\(points, values\)` \(=3\) must be a function of points",
        ),
        (
            {"regressor": lambda x, y: lambda new: 3},
            TypeError,
            "must return an array; return one prediction for each",
        ),
        (
            {"regressor": lambda x, y: lambda new: new[:0, 0]},
            ValueError,
            r"`the regressor's predictions` .*must have",
        ),
        ({"random_state": None}, TypeError, "`random_state` .*must be an int or a numpy.random.Generator"),
    ],
)
def test_bad_input_of_the_doubly_robust_risk(changed, error, words):
    with pytest.raises(error, match=words):
        doubly_robust_risk(**GOOD | changed)


@pytest.mark.parametrize(
    ("losses", "weights", "error", "words"),
    [
        (np.ones(1), np.ones(1), ValueError, "`weights`.*has 1 of at least 2 weights; pass at least 2"),
        (np.ones(3), np.ones(2), ValueError, r"`losses`.*must have shape \(2,\)"),
        (torch.ones(2), np.ones(2), TypeError, "arrays of one library"),
        (np.ones(2, "float32"), np.ones(2), TypeError, "one dtype"),
        (torch.ones(2), torch.ones(2, device="sim:0"), RuntimeError, "same device"),
    ],
)
def test_bad_input_of_the_weighted_risk(losses, weights, error, words):
    with pytest.raises(error, match=words):
        importance_weighted_risk(losses, weights)


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"model": 3}, TypeError, r"`model` \(=3\) must have fit and predict, or be a function"),
        (
            {"model": torch.nn.Linear(1, 1)},
            TypeError,
            "`model` .*must have fit and predict, or be a function",
        ),
        (
            {"labels": np.ones(5)},
            ValueError,
            r"`labels` \(='of shape \(5,\)'\) must have 6 rows; pass a label for",
        ),
        ({"labels": torch.ones(6)}, TypeError, "arrays of one library"),
        ({"labels": np.ones(6, "float32")}, TypeError, "one dtype"),
        ({"labels": np.full(6, np.nan)}, ValueError, "`labels`.*6 entries are NaN"),
        ({"training_weights": np.ones(6, "float32")}, TypeError, "one dtype"),
        (
            {"labels": np.ones((6, 2)), "model": lambda x, y: lambda new: new},
            ValueError,
            "`predictions`.*must have shape .*; pass a `loss` of your own",
        ),
        ({"training_weights": np.zeros(6)}, ValueError, "`training_weights`.*must not all be 0"),
        ({"training_weights": np.ones(4)}, ValueError, r"`training_weights`.*must have shape \(6,\)"),
        (
            {"loss": lambda p, y: (p - y)[:, None]},
            ValueError,
            r"`loss\(predictions, labels\)`.*must have shape",
        ),
        ({"folds": 9}, ValueError, r"`folds` \(=9\) must lie from 2 to the 6 points of the source"),
    ],
)
def test_bad_input_of_cross_validation(changed, error, words):
    good = {
        "model": LinearRegression(),
        "source": np.arange(6.0),
        "labels": np.ones(6),
        "weights": np.ones(6),
    }
    with pytest.raises(error, match=words):
        importance_weighted_cross_validation(**good | changed)


def test_losses_may_come_with_their_graph():
    """As a network's do, straight from the criterion."""
    x, w = torch.linspace(0, 1, 60, dtype=torch.float64), torch.linspace(0.5, 1.5, 60, dtype=torch.float64)
    losses = x.clone().requires_grad_() * 2
    for estimate in (
        lambda losses: importance_weighted_risk(losses, w),
        lambda losses: doubly_robust_risk(losses, w, x, x),
    ):
        assert estimate(losses) == estimate(losses.detach())
    assert losses.requires_grad


@pytest.mark.parametrize(
    "estimate",
    [
        lambda x, **given: importance_weighted_risk(x, x, **given),
        lambda x, **given: doubly_robust_risk(x, x, x, x, **given),
        lambda x, **given: importance_weighted_cross_validation(LinearRegression(), x, x, x, **given),
    ],
)
def test_whether_to_normalise_is_a_bool(estimate):
    with pytest.raises(ValueError, match=r"`normalised` .*'no'.* is unknown; choose one of True, False"):
        estimate(np.ones(9), normalised="no")


@pytest.mark.parametrize(
    ("level", "error", "words"),
    [
        (1.0, ValueError, r"`level` \(=1.0\) must lie between 0 and 1; pass e.g. level=0.95"),
        ("95", TypeError, "`level` .*must be a number"),
    ],
)
def test_bad_levels(level, error, words):
    with pytest.raises(error, match=words):
        Risk(1.0, 0.1).interval(level)
