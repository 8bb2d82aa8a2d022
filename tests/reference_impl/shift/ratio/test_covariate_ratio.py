"""The default ratio and cross-validation: what they choose, how near they come, and the words of errors."""

import numpy as np
import pytest
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from logistic_oracles import STEADY, gaussian_log_ratio, held_out_log_ratios, log_losses, log_ratio, some

from reference_impl.shift import (
    ULSIF,
    ClassifierRatio,
    CovariateRatio,
    GaussianRatio,
    LogisticRatio,
    cross_validate,
)

pytestmark = pytest.mark.filterwarnings("ignore::reference_impl.shift.ShiftWarning")
SETTINGS = {
    "seed": seeds,
    "n": st.integers(50, 70),
    "m": st.integers(50, 70),
    "d": st.integers(1, 2),
    "folds": st.integers(2, 4),
    "state": st.integers(0, 3),
    "penalty": st.sampled_from([0.5, 4.0]),
}


def samples(seed, n, m, d):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)), rng.normal(0.3, 0.8, size=(m, d))


def candidates(penalty):
    return [LogisticRatio(penalty=penalty), GaussianRatio(), LogisticRatio("quadratic", penalty=penalty)]


def oracles(penalty):
    return [
        lambda points, *both: log_ratio("linear", penalty, points, *both),
        gaussian_log_ratio,
        lambda points, *both: log_ratio("quadratic", penalty, points, *both),
    ]


def losses_by_hand(penalty, source, target, folds, state):
    found = held_out_log_ratios(oracles(penalty), source, target, folds, state)
    return log_losses(found, len(source), len(target))


def first_within(losses, rule):
    best = losses[losses.mean(axis=1).argmin()]
    within = [np.mean(row - best) <= rule * np.std(row - best) / len(best) ** 0.5 for row in losses]
    return within.index(True)


def test_losses_agree_with_refitting(agreement, precision):
    with agreement("reference_impl.shift.cross_validate", "refitting in longdouble", precision) as compare:

        @some
        @given(**SETTINGS, rule=st.sampled_from([0.0, 0.5, 2.0]))
        def drawn(seed, n, m, d, folds, state, penalty, rule):
            def run(library, source, target):
                if library.name != "the oracle":
                    settings = {"folds": folds, "random_state": state, "rule": rule}
                    found = cross_validate(candidates(penalty), source, target, **settings)
                    figures = [*found.losses, *found.standard_errors, float(found.chosen)]
                    return [library.array(np.asarray(figures, precision)), found.estimator.log_weights()]
                both = [library.values(x).astype(np.float64) for x in (source, target)]
                losses = losses_by_hand(penalty, *both, folds, state)
                gaps = losses - losses[losses.mean(axis=1).argmin()]
                chosen = first_within(losses, rule)
                errors = gaps.std(axis=1) / (n + m) ** 0.5
                figures = np.concatenate([losses.mean(axis=1), errors, [chosen]])
                logs = oracles(penalty)[chosen](both[0], *both)
                return [library.array(np.asarray(values, precision)) for values in (figures, logs)]

            compare.arrays("forward", run, *samples(seed, n, m, d))

        drawn()


def test_log_weights_agree_with_refitting(agreement, precision):
    oracle = "the candidate with the least loss, refitted in longdouble"
    with agreement("reference_impl.shift.CovariateRatio", oracle, precision) as compare:

        @some
        @given(**SETTINGS)
        def drawn(seed, n, m, d, folds, state, penalty):
            def run(library, source, target):
                if library.name != "the oracle":
                    ratio = CovariateRatio(candidates(penalty), folds=folds, random_state=state)
                    ratio.fit(source, target)
                    return [ratio.log_weights(), ratio.log_weights(target)]
                both = [library.values(x).astype(np.float64) for x in (source, target)]
                chosen = first_within(losses_by_hand(penalty, *both, folds, state), 1.0)
                logs = [oracles(penalty)[chosen](points, *both) for points in both]
                return [library.array(found.astype(precision)) for found in logs]

            compare.arrays("forward", run, *samples(seed, n, m, d))

        drawn()


def made(scenario, d, n, seed):
    """Draw the samples of the published comparison, with the true ratio."""
    rng = np.random.default_rng([seed, d, n, {"mean": 0, "scale": 1, "bimodal": 2}[scenario]])
    x, u = rng.standard_normal((n, d)), rng.standard_normal((n, d))
    first = x[:, 0]
    if scenario == "mean":
        u[:, 0] += 1.0
        return x, u, np.exp(first - 0.5)
    if scenario == "scale":
        u[:, 0] = 0.5 + 0.8 * u[:, 0]
        return x, u, 1.25 * np.exp(-((first - 0.5) ** 2) / 1.28 + first**2 / 2)
    u[:, 0] = np.where(rng.random(n) < 0.5, -1.0, 1.0) + 0.5 * u[:, 0]
    peaks = np.exp(-((first - 1) ** 2) / 0.5) + np.exp(-((first + 1) ** 2) / 0.5)
    return x, u, peaks * np.exp(first**2 / 2)


BEST_OF_THE_PACKAGES = {"mean": (0.0014, 0.0253, 0.12), "scale": (0.0026, 0.0194, 0.1086)}
BEST_OF_THE_PACKAGES["bimodal"] = (0.0207, 0.2903, 0.3502)


@pytest.mark.parametrize("scenario", BEST_OF_THE_PACKAGES)
@pytest.mark.parametrize(("d", "place"), [(1, 0), (5, 1), (20, 2)])
def test_it_is_never_far_from_the_best_package(scenario, d, place):
    """Normalised weight error at 1000 points, a median over samples: within 1.25 times of the best of 19 methods."""
    errors = []
    for seed in range({1: 10, 5: 5, 20: 3}[d] if STEADY else 10):
        x, u, w = made(scenario, d, 1000, seed)
        found = CovariateRatio().fit(x, u).weights()
        errors.append(np.mean((found / found.mean() - w / w.mean()) ** 2))
    assert np.median(errors) <= 1.25 * BEST_OF_THE_PACKAGES[scenario][place]


def test_what_is_chosen_where_the_truth_is_known():
    chosen = {}
    for scenario in ("mean", "scale", "bimodal"):
        best = CovariateRatio().fit(*made(scenario, 5, 1000, 0)[:2]).best_
        chosen[scenario] = best.features
    assert chosen == {"mean": "linear", "scale": "quadratic", "bimodal": "additive"}


def test_a_correlation_that_changes_is_seen():
    """No coordinate changes alone: only the Gaussian ratio or bumps in the plane can see it."""
    rng = np.random.default_rng(0)
    source, target = rng.normal(size=(800, 2)), rng.normal(size=(800, 2)) @ [[1, 0.6], [0, 0.8]]
    ratio = CovariateRatio().fit(source, target)
    assert isinstance(ratio.best_, GaussianRatio)
    assert ratio.losses_[0] > ratio.losses_[1] + 0.02


def test_other_candidates_and_settings_inside_candidates():
    source, target = made("mean", 1, 300, 0)[:2]
    every = [
        ULSIF(n_centers=20),
        LogisticRatio(penalty=1.0),
        ClassifierRatio(lambda x, y: lambda new: new[:, 0]),
    ]
    found = cross_validate(every, source, target)
    assert found.chosen in (1, 2) and len(found.losses) == 3 and found.losses[0] > found.losses[1]
    assert not any(hasattr(candidate, "weights_") for candidate in every)


def test_a_weight_of_zero_costs_thirty_not_infinity():
    class Nothing(LogisticRatio):
        def _log_ratio(self, points):
            return -np.inf * np.ones(len(points))

    source, target = made("mean", 1, 100, 0)[:2]
    losses = cross_validate([Nothing(), LogisticRatio()], source, target).losses
    assert losses[0] == pytest.approx(15, abs=0.01)


def test_bad_arguments_are_named():
    source, target = made("mean", 1, 100, 0)[:2]
    with pytest.raises(
        ValueError, match=r"`candidates` \(=\[\]\) must not be empty; pass e.g. \[LogisticRatio"
    ):
        cross_validate([], source, target)
    with pytest.raises(TypeError, match=r"`candidates` .* has an entry that is no estimate of a ratio"):
        CovariateRatio([LogisticRatio(), "linear"]).fit(source, target)
    with pytest.raises(TypeError, match=r"`candidates` \(=3\) must be a sequence; pass e.g. \[LogisticRatio"):
        CovariateRatio(3).fit(source, target)
    with pytest.raises(ValueError, match=r"`folds` \(=3\) must be from 2 to 2, .*; pass e.g. folds=2"):
        CovariateRatio().fit(source, target[:2])
    with pytest.raises(ValueError, match=r"`folds` \(=1\) must be from 2 to 100, the points of the smaller"):
        CovariateRatio(folds=1).fit(source, target)
    with pytest.raises(ValueError, match=r"`folds` \(=101\) must be from 2 to 100"):
        cross_validate([LogisticRatio()], source, target, folds=101)
    with pytest.raises(ValueError, match=r"`rule` \(=-1\) must be at least 0"):
        cross_validate([LogisticRatio()], source, target, rule=-1)
