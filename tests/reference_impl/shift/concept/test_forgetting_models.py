"""Models that forget: against the recursions and weighted fits of the literature, and torch's SGD."""

import math
from functools import partial

import numpy as np
import pytest
import torch
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LinearRegression

from reference_impl.shift import (
    ForgettingSGD,
    RecursiveLeastSquares,
    SlidingWindow,
    clone,
    moving_linear_stream,
)

pieces = st.lists(st.integers(1, 6), min_size=1, max_size=3)


def draw(seed, rows, features):
    rng = np.random.default_rng(seed)
    x = rng.standard_normal((rows, features))
    return x, x @ rng.uniform(0.5, 2, features) + 0.1 * rng.standard_normal(rows) + 1


def in_pieces(model, x, y, lengths):
    start = 0
    for length in lengths:
        model.update(x[start : start + length, :], y[start : start + length])
        start += length
    return model


def recursion(x, y, gamma, penalty):
    """Run the textbook's recursion with gain vector and inverse."""
    size = x.shape[1]
    theta, inverse = np.zeros(size, np.longdouble), np.eye(size, dtype=np.longdouble) / np.longdouble(penalty)
    for row, target in zip(x.astype(np.longdouble), y.astype(np.longdouble), strict=True):
        gain = inverse @ row / (gamma + row @ inverse @ row)
        theta = theta + gain * (target - row @ theta)
        inverse = (inverse - np.outer(gain, row @ inverse)) / gamma
    return theta


def test_least_squares_agree_with_the_recursion(agreement, precision):
    name = "reference_impl.shift.RecursiveLeastSquares"
    with agreement(name, "the recursion of the textbook in extended precision", precision) as compare:

        @given(
            seed=seeds,
            lengths=pieces,
            features=st.integers(1, 3),
            gamma=st.sampled_from([0.7, 0.9, 0.99, 1.0]),
            penalty=st.sampled_from([0.5, 1.0, 3.0]),
            intercept=st.booleans(),
        )
        def drawn(seed, lengths, features, gamma, penalty, intercept):
            x, y = draw(seed, sum(lengths), features)

            def run(library, x, y):
                if library.name != "the oracle":
                    model = in_pieces(RecursiveLeastSquares(gamma, penalty, intercept), x, y, lengths)
                    return [model.coefficients_, model.predict(x)]
                rows = np.hstack([x.numpy(), np.ones((len(y), 1))]) if intercept else x.numpy()
                theta = recursion(rows, y.numpy(), gamma, penalty)
                found = theta[:features], rows.astype(np.longdouble) @ theta
                return [torch.tensor(values.astype(float), dtype=x.dtype) for values in found]

            compare.arrays("fit", run, x, y)

        drawn()


def test_least_squares_agree_with_a_weighted_fit():
    x, y = draw(3, 40, 2)
    model = RecursiveLeastSquares(0.8, 0.0).fit(x, y)
    oracle = LinearRegression().fit(x, y, sample_weight=0.8 ** np.arange(40)[::-1])
    np.testing.assert_allclose(model.coefficients_, oracle.coef_, rtol=1e-10)
    assert model.intercept_ == pytest.approx(oracle.intercept_, rel=1e-10)
    assert RecursiveLeastSquares(intercept=False).update(x, y).intercept_ == 0


@pytest.mark.parametrize(("gamma", "size"), [(0.9, 19), (0.99, 199), (0.999, 1999)])
def test_known_sample_sizes(gamma, size):
    """(1 + γ) / (1 - γ), to which the share of weights tends."""
    model = RecursiveLeastSquares(gamma, intercept=False)
    model.update(np.ones((7, 1)), np.ones(7))
    weights = gamma ** np.arange(7)
    assert model.effective_sample_size_ == pytest.approx(weights.sum() ** 2 / (weights**2).sum(), rel=1e-12)
    model.update(np.ones((40_000, 1)), np.ones(40_000))
    assert model.effective_sample_size_ == pytest.approx(size, rel=1e-9)
    assert RecursiveLeastSquares(1.0).fit(np.ones((7, 1)), np.ones(7)).effective_sample_size_ == 7


def test_the_best_forgetting_for_a_walk():
    """Its gain is (√(r² + 4r) - r) / 2 for r = Q / R; more or less forgetting follows the walk worse."""
    ratio = 0.05**2 / 0.5**2
    gain = (math.sqrt(ratio**2 + 4 * ratio) - ratio) / 2
    drawn = moving_linear_stream(40_000, speed=0.05, noise=0.5)
    seen = drawn.coefficients[:, 0] + np.random.default_rng(1).normal(0, 0.5, 40_000)

    def error(gamma):
        model, estimate = RecursiveLeastSquares(gamma, 0.0, intercept=False), []
        for start in range(0, 40_000, 20):
            model.update(np.ones((20, 1)), seen[start : start + 20])
            estimate.append(model.coefficients_[0])
        return np.mean((np.asarray(estimate) - drawn.coefficients[19::20, 0]) ** 2)

    best = error(1 - gain)
    assert best == pytest.approx(0.5**2 * gain, rel=0.1)
    assert best < error(1 - 3 * gain) and best < error(1 - gain / 3)


def test_forgotten_directions_are_named():
    model = RecursiveLeastSquares(0.5, 1.0, intercept=False)
    model.update(np.asarray([[1.0, 0.0]] * 200), np.ones(200))
    with pytest.raises(
        ValueError, match=r"`forgetting` \(=0.5\) leaves coefficients undetermined .*; forget less"
    ):
        model.predict(np.ones((1, 2)))


def test_sgd_agrees_with_torch(agreement, precision):
    with agreement(
        "reference_impl.shift.ForgettingSGD", "torch.optim.SGD on torch.nn.Linear", precision
    ) as compare:

        @given(
            seed=seeds,
            lengths=pieces,
            features=st.integers(1, 3),
            lr=st.sampled_from([0.01, 0.1, 0.3]),
            loss=st.sampled_from(["squared", "logistic"]),
            steps=st.integers(1, 3),
            intercept=st.booleans(),
        )
        def drawn(seed, lengths, features, lr, loss, steps, intercept):
            x, y = draw(seed, sum(lengths), features)
            y = (y > 1).astype(float) if loss == "logistic" else y

            def run(library, x, y):
                if library.name != "the oracle":
                    model = in_pieces(ForgettingSGD(lr, loss, steps, intercept), x, y, lengths)
                    return [model.coefficients_, model.predict(x)]
                line = torch.nn.Linear(features, 1, bias=intercept, dtype=x.dtype)
                for parameter in line.parameters():
                    torch.nn.init.zeros_(parameter)
                rule, start = torch.optim.SGD(line.parameters(), lr=lr), 0
                for length in lengths:
                    part = slice(start, start + length)
                    for _ in range(steps):
                        rule.zero_grad()
                        score = line(x[part])[:, 0]
                        if loss == "squared":
                            risk = torch.nn.functional.mse_loss(score, y[part]) / 2
                        else:
                            risk = torch.nn.functional.binary_cross_entropy_with_logits(score, y[part])
                        risk.backward()
                        rule.step()
                    start += length
                score = line(x)[:, 0].detach()
                return [line.weight[0].detach(), score if loss == "squared" else torch.sigmoid(score)]

            compare.arrays("fit", run, x, y)

        drawn()


def test_a_fixed_step_forgets():
    """Along an eigenvector with the eigenvalue λ, a step keeps 1 - ηλ of what was learned."""
    x = np.asarray([[2.0, 0.0], [0.0, 1.0]])  # the mean of x xᵀ is diag(2, 0.5)
    model = ForgettingSGD(lr=0.1, intercept=False).update(x, np.asarray([4.0, 8.0]))
    before = model.coefficients_
    after = model.update(x, np.zeros(2)).coefficients_
    np.testing.assert_allclose(after / before, [1 - 0.1 * 2, 1 - 0.1 * 0.5], rtol=1e-14)


def test_sgd_does_not_overflow():
    model = ForgettingSGD(lr=1e4, loss="logistic").update(np.asarray([[1.0], [-1.0]]), np.asarray([1.0, 0.0]))
    assert model.predict(np.asarray([[9.0], [-9.0]])).tolist() == [1, 0]


def test_windows_agree_with_a_fit_to_the_newest(agreement, precision):
    name = "reference_impl.shift.SlidingWindow"
    with agreement(name, "numpy.linalg.solve on the newest points in float64", precision) as compare:

        @given(
            seed=seeds,
            lengths=pieces,
            features=st.integers(1, 3),
            size=st.integers(1, 9),
            every=st.integers(1, 5),
        )
        def drawn(seed, lengths, features, size, every):
            x, y = draw(seed, sum(lengths), features)
            model = RecursiveLeastSquares(1.0, 0.5, intercept=False)

            def run(library, x, y):
                if library.name != "the oracle":
                    window = in_pieces(SlidingWindow(model, size, every), x, y, lengths)
                    return [window.inputs_, window.targets_, window.predict(x)]
                new = read = fitted = 0
                for number, length in enumerate(lengths):
                    read, new = read + length, new + length
                    if number == 0 or new >= every:
                        fitted, new = read, 0
                rows, values = (a.numpy().astype(float)[max(0, fitted - size) : fitted] for a in (x, y))
                theta = np.linalg.solve(rows.T @ rows + 0.5 * np.eye(features), rows.T @ values)
                found = torch.tensor(x.numpy().astype(float) @ theta, dtype=x.dtype)
                return [x[-size:], y[-size:], found]

            compare.arrays("fit", run, x, y)

        drawn()


def test_windows_hold_models_of_scikit_learn():
    x, y = draw(5, 30, 2)
    model = LinearRegression()
    window = SlidingWindow(model, 12).update(x, y)
    np.testing.assert_allclose(window.predict(x), LinearRegression().fit(x[-12:], y[-12:]).predict(x))
    assert not hasattr(model, "coef_") and clone(window).get_params()["size"] == 12


MODELS = [
    partial(RecursiveLeastSquares, 0.9),
    ForgettingSGD,
    partial(SlidingWindow, RecursiveLeastSquares(1.0), 4),
]
each_model = pytest.mark.parametrize("make", MODELS)


@each_model
def test_models_only_read_and_start_anew(make):
    (x, y), (u, v) = draw(1, 6, 2), draw(2, 6, 2)
    copies = x.copy(), y.copy()
    model = make().update(x, y)
    assert np.array_equal(copies[0], x) and np.array_equal(copies[1], y)
    model.reset()
    np.testing.assert_array_equal(model.update(u, v).predict(u), make().update(u, v).predict(u))
    if hasattr(model, "fit"):
        np.testing.assert_array_equal(model.fit(x, y).predict(u), make().update(x, y).predict(u))


@each_model
@pytest.mark.parametrize(
    ("inputs", "targets", "error", "words"),
    [
        (np.ones((2, 3)), np.ones(2), ValueError, "`inputs`.*has 3 features where 2 were expected"),
        (np.ones((2, 2)), np.ones(3), ValueError, r"`targets`.*must have shape \(2,\); pass one"),
        (np.full((2, 2), np.nan), np.ones(2), ValueError, "`inputs`.*4 entries are NaN"),
        (np.ones((2, 2)), np.full(2, np.inf), ValueError, "`targets`.*2 entries are NaN or infinite"),
        (np.ones((2, 2), np.float32), np.ones(2, np.float32), TypeError, "one dtype"),
        (torch.ones(2, 2), torch.ones(2), TypeError, "arrays of one library"),
        (np.ones((2, 2)), torch.ones(2), TypeError, "arrays of one library"),
    ],
)
def test_bad_points_are_named(make, inputs, targets, error, words):
    model = make().update(*draw(1, 6, 2))
    with pytest.raises(error, match=words):
        model.update(inputs, targets)


@each_model
def test_models_that_read_nothing_say_so(make):
    with pytest.raises(RuntimeError, match="has read nothing yet; call update first"):
        make().predict(np.ones((1, 2)))


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (
            partial(RecursiveLeastSquares, 0.0),
            ValueError,
            r"`forgetting` \(=0.0\) must be above 0 and at most 1; pass",
        ),
        (partial(RecursiveLeastSquares, "x"), TypeError, r"`forgetting` \(='x'\) must be a number"),
        (partial(RecursiveLeastSquares, penalty=-1), ValueError, r"`penalty` \(=-1\) must be at least 0"),
        (partial(RecursiveLeastSquares, intercept=1), TypeError, r"`intercept` \(=1\) must be True or False"),
        (partial(ForgettingSGD, 0), ValueError, r"`lr` \(=0\) must be above 0"),
        (partial(ForgettingSGD, float("inf")), ValueError, r"`lr` \(=inf\) must be finite"),
        (partial(ForgettingSGD, loss="hinge"), ValueError, "`loss`.*choose one of 'squared', 'logistic'"),
        (partial(ForgettingSGD, steps=0), ValueError, r"`steps` \(=0\) must be at least 1"),
        (partial(ForgettingSGD, intercept=None), TypeError, r"`intercept` \(=None\) must be True or False"),
        (partial(SlidingWindow, LinearRegression(), 0), ValueError, r"`size` \(=0\) must be at least 1"),
        (partial(SlidingWindow, LinearRegression(), 3, 0), ValueError, r"`every` \(=0\) must be at least 1"),
        (
            partial(SlidingWindow, LinearRegression, 3),
            TypeError,
            "`model`.*must have the method fit; pass e.g. Recurs",
        ),
        (partial(SlidingWindow, ForgettingSGD, 3), TypeError, "`model`.*must have the method fit"),
    ],
)
def test_bad_settings_of_models_are_named(make, error, words):
    with pytest.raises(error, match=words):
        make()


@each_model
def test_settings_are_checked_when_they_change(make):
    x, y = draw(1, 6, 2)
    model, bad = make().update(x, y), {"size": 0, "lr": -1.0, "forgetting": float("nan")}
    name = next(name for name in bad if name in model.get_params())
    before = model.predict(x)
    with pytest.raises(ValueError, match=f"`{name}` "):
        model.set_params(**{name: bad[name]})
    np.testing.assert_array_equal(model.predict(x), before)
    assert model.get_params(deep=False).keys() == make().get_params(deep=False).keys()


def test_models_stay_on_a_device():
    model = RecursiveLeastSquares().update(torch.ones(2, 1, device="sim:0"), torch.ones(2, device="sim:0"))
    with pytest.raises(RuntimeError, match="same device"):
        model.predict(torch.ones(2, 1))
