"""Estimators of label shift against their papers' formulas, solved another way."""

import numpy as np
import pytest
from draws import seeds
from hypothesis import given, settings
from hypothesis import strategies as st
from mixture_oracles import either, expectation_maximisation, shifted
from scipy import stats
from scipy.optimize import minimize_scalar, nnls

from reference_impl._array import to_numpy
from reference_impl.shift import BBSE, MLLS, RLLS, SCML, OptimalMoments, correct_posteriors
from reference_impl.shift.labels.regularised import regularised_inverse

few = settings(max_examples=8 if settings.default.max_examples <= 50 else 100)
classes = st.integers(2, 4)
kinds = st.sampled_from(["soft", "hard"])


def moments(functions, labels):
    """Return the joint confusion matrix."""
    return functions.T @ np.eye(functions.shape[1])[labels] / len(labels)


def summary(scores, kind):
    """Return the scores in float64, or the predicted class."""
    scores = scores.astype(np.float64)
    scores = scores / scores.sum(axis=1, keepdims=True)
    return scores if kind == "soft" else np.eye(scores.shape[1])[scores.argmax(axis=1)]


def frequencies(scores, labels):
    """Return the class frequencies of the hold-out."""
    return np.bincount(labels, minlength=scores.shape[1]) / len(labels)


def black_box(kind):
    def oracle(scores, labels, target):
        joint = moments(summary(scores, kind), labels).astype(np.longdouble)
        shares = summary(target, kind).mean(axis=0)
        found = np.linalg.solve(joint.astype(float), shares)
        return found + np.linalg.solve(joint.astype(float), (shares - joint @ found).astype(float))

    return oracle


def likeliest(scores, labels, target):
    prior = frequencies(scores, labels)
    return expectation_maximisation(summary(target, "soft") / prior, np.ones(len(target)), 2000) / prior


def likeliest_counts(kind):
    def oracle(scores, labels, target):
        prior = frequencies(scores, labels)
        conditional = moments(summary(scores, kind), labels) / prior
        return expectation_maximisation(conditional, summary(target, kind).mean(axis=0), 3000) / prior

    return oracle


def least_variance(scores, labels, target):
    f, u = summary(scores, "soft"), summary(target, "soft")
    weights = np.ones(f.shape[1])
    for _ in range(300):
        weighing = len(u) / len(f) * weights**2 + weights
        h, g = f / (f @ weighing)[:, None], u / (u @ weighing)[:, None]
        weights = 0.5 * weights + 0.5 * np.linalg.solve(moments(h, labels), g.mean(axis=0))
    return weights


ESTIMATORS = {
    "BBSE": (lambda kind: BBSE(scores=kind), black_box, "the linear equation, refined"),
    "MLLS": (
        lambda kind: MLLS(calibration=None, tolerance=1e-14),
        lambda kind: likeliest,
        "EM in longdouble",
    ),
    "SCML": (lambda kind: SCML(scores=kind, tolerance=1e-14), likeliest_counts, "EM in longdouble"),
    "OptimalMoments": (
        lambda kind: OptimalMoments(calibration=None, tolerance=1e-13),
        lambda kind: least_variance,
        "300 damped iterations",
    ),
}


@pytest.mark.parametrize("name", ESTIMATORS)
def test_weights_agree_with_the_formula(agreement, precision, name):
    make, oracle_of, words = ESTIMATORS[name]
    with agreement(f"reference_impl.shift.{name}", words, precision) as compare:

        @few
        @given(seed=seeds, classes=classes, kind=kinds)
        def drawn(seed, classes, kind):
            oracle = oracle_of(kind)

            def ours(scores, labels, target):
                return [make(kind).fit(scores, labels).estimate(target).weights]

            compare.arrays(
                "forward",
                either(ours, lambda *arrays: [oracle(*arrays)]),
                *shifted(seed, classes, holdout=200, target=300),
            )

        drawn()


def penalised(joint, shares, penalty, weights):
    """Return what RLLS minimises."""
    missed = np.linalg.norm(joint @ weights - shares)
    return missed + penalty * np.linalg.norm(weights - 1)


def along_the_ridges(joint, shares, penalty):
    """Search all ridges; for each, scipy solves the least squares with non-negative weights."""

    def weights(logarithm):
        root = np.exp(logarithm / 2)
        rows = np.vstack([joint, root * np.eye(len(shares))])
        return nnls(rows, np.concatenate([shares, np.full(len(shares), root)]))[0]

    def reached(logarithm):
        return penalised(joint, shares, penalty, weights(logarithm))

    grid = np.linspace(-40, 20, 61)
    best = grid[np.argmin([reached(point) for point in grid])]
    found = minimize_scalar(reached, bounds=(best - 1, best + 1), method="bounded", options={"xatol": 1e-9})
    return min([found.x, best, 60.0], key=reached), weights


def test_the_regularised_objective_agrees_with_scipy(agreement, precision):
    """A search makes weights good to half the digits only; what they reach is good to all."""
    with agreement(
        "reference_impl.shift.RLLS", "the objective at the best ridge that scipy finds", precision
    ) as compare:

        @few
        @given(seed=seeds, classes=classes, alpha=st.floats(0.01, 0.5), kind=kinds)
        def drawn(seed, classes, alpha, kind):
            def reached(scores, labels, target, find):
                joint, shares = moments(summary(scores, kind), labels), summary(target, kind).mean(axis=0)
                logarithm = np.log(2 * classes / 0.1)
                root = np.sqrt(2 * logarithm / len(labels))
                penalty = 3 * alpha * (2 * logarithm / (3 * len(labels)) + root)
                return penalised(joint, shares, penalty, find(joint, shares, penalty))

            arrays = shifted(seed, classes, holdout=30)

            def ours(scores, labels, target):
                found = RLLS(scores=kind, alpha=alpha, delta=0.1).fit(scores, labels).estimate(target)
                weights = to_numpy(found.weights).astype(np.float64)
                plain = [compare.cast(values) for values in arrays]
                return [scores[0, :] * 0 + float(reached(*plain, lambda *_: weights))]

            def oracle(scores, labels, target):
                def find(*problem):
                    ridge, weights = along_the_ridges(*problem)
                    return weights(ridge)

                return [np.full(classes, reached(scores, labels, target, find))]

            compare.arrays("objective", either(ours, oracle), *arrays)

        drawn()


def bounded_problems(count):
    """Draw confusion matrices and shares, some of them far from what any weights explain."""
    for seed in range(count):
        rng = np.random.default_rng(seed)
        size = int(rng.integers(2, 8))
        conditional = 0.5 * rng.dirichlet(np.full(size, 0.5), size).T + 0.5 * np.eye(size)
        joint = conditional * rng.dirichlet(np.full(size, 5.0))
        shares = rng.multinomial(300, conditional @ rng.dirichlet(np.full(size, 0.2))) / 300
        yield joint, shares, float(rng.choice([0.0, 0.001, 0.01, 0.05, 0.2]))


def test_regularised_weights_are_the_conic_solution():
    """To 1e-8: scipy's search reaches no less, from as near, and neither does any step of that length."""
    kinds = set()
    for joint, shares, penalty in bounded_problems(60):
        weights, ridge = regularised_inverse(joint, shares, penalty)
        kinds.add("none" if ridge == np.inf else "bound" if weights.min() < 1e-12 else ridge > 0)
        best, path = along_the_ridges(joint, shares, penalty)
        here = penalised(joint, shares, penalty, weights)
        assert weights.min() >= 0 and here <= penalised(joint, shares, penalty, path(best)) + 1e-14
        if 0 < ridge < np.inf:
            assert np.allclose(weights, path(np.log(ridge)), rtol=0, atol=1e-8)
        for step in 1e-7 * np.vstack([np.eye(len(shares)), -np.eye(len(shares))]):
            assert penalised(joint, shares, penalty, np.maximum(weights + step, 0)) >= here - 1e-15
    assert kinds == {"none", "bound", True, False}


def test_posteriors_agree_with_bayes_rule(agreement, precision):
    with agreement(
        "reference_impl.shift.correct_posteriors", "Bayes' rule in longdouble", precision
    ) as compare:

        @few
        @given(seed=seeds, classes=st.integers(2, 6), logits=st.booleans())
        def drawn(seed, classes, logits):
            scores = shifted(seed, classes)[0]
            weights = np.random.default_rng(seed).gamma(1.0, size=classes)

            def oracle(scores, weights):
                likely = (np.exp(scores.astype(np.longdouble)) if logits else scores) * weights
                return [likely / likely.sum(axis=1, keepdims=True)]

            def ours(scores, weights):
                return [correct_posteriors(scores, weights, logits=logits)]

            compare.arrays("forward", either(ours, oracle), np.log(scores) + 3 if logits else scores, weights)

        drawn()


def test_intervals_agree_with_scipy_and_the_jackknife(agreement, precision):
    name, words = (
        "reference_impl.shift.LabelShiftEstimate",
        "scipy.stats.norm and the derivative by each point",
    )
    with agreement(name, words, precision) as compare:

        @few
        @given(
            seed=seeds, classes=classes, level=st.floats(0.5, 0.99), of=st.sampled_from(["weights", "prior"])
        )
        def drawn(seed, classes, level, of):
            def ours(scores, labels, target):
                return BBSE().fit(scores, labels).estimate(target).interval(level, of)

            def oracle(scores, labels, target):
                f, u, prior = summary(scores, "soft"), summary(target, "soft"), frequencies(scores, labels)
                inverse = np.linalg.inv(moments(f, labels))
                weights = inverse @ u.mean(axis=0)
                by_source = -(f * weights[labels][:, None] - u.mean(axis=0)) @ inverse.T
                by_target, middle = (u - u.mean(axis=0)) @ inverse.T, weights
                if of == "prior":
                    by_source = by_source * prior + weights * (np.eye(classes)[labels] - prior)
                    by_target, middle = by_target * prior, weights * prior
                variance = (by_source**2).sum(axis=0) / len(f) ** 2 + (by_target**2).sum(axis=0) / len(u) ** 2
                reach = stats.norm.ppf((1 + level) / 2) * np.sqrt(variance)
                most = 1.0 if of == "prior" else np.inf
                return [np.maximum(middle - reach, 0), np.minimum(middle + reach, most)]

            compare.arrays("ends", either(ours, oracle), *shifted(seed, classes, holdout=200, target=300))

        drawn()
