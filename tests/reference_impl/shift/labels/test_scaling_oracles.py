"""Calibration against the equations of its minimum, solved by scipy; by hand, and where others diverge."""

import numpy as np
import pytest
from draws import seeds
from hypothesis import given, settings
from hypothesis import strategies as st
from mixture_oracles import either, shifted
from scipy.optimize import root
from scipy.special import softmax

from reference_impl.shift import (
    MLLS,
    BiasCorrectedTemperatureScaling,
    OptimalMoments,
    ShiftWarning,
    TemperatureScaling,
    VectorScaling,
)

few = settings(max_examples=8 if settings.default.max_examples <= 50 else 100)


def outputs(kind, parameters, logits):
    """Return the scaled and shifted logits."""
    slopes = parameters[: logits.shape[1]] if kind is VectorScaling else parameters[:1]
    return logits * slopes + (0 if kind is TemperatureScaling else parameters[slopes.size :])


def solved(kind, ridge, logits, labels):
    """Return the parameters where the gradient vanishes, and the posteriors there."""
    logits = logits.astype(np.float64)
    size = logits.shape[1]
    first = np.concatenate(
        [
            np.ones(size if kind is VectorScaling else 1),
            np.zeros(0 if kind is TemperatureScaling else size),
        ]
    )

    def gradient(parameters):
        off = softmax(outputs(kind, parameters, logits), axis=1) - np.eye(size)[labels]
        by_slope, by_bias = (off * logits).mean(axis=0), off.mean(axis=0)
        by_slope = by_slope if kind is VectorScaling else by_slope.sum(keepdims=True)
        whole = by_slope if kind is TemperatureScaling else np.concatenate([by_slope, by_bias])
        return whole + ridge * (parameters - first)

    found = root(gradient, first, tol=1e-15).x
    assert np.abs(gradient(found)).max() < 1e-13
    return softmax(outputs(kind, found, logits), axis=1)


@pytest.mark.parametrize("kind", [TemperatureScaling, BiasCorrectedTemperatureScaling, VectorScaling])
def test_posteriors_agree_with_scipy(agreement, precision, kind):
    with agreement(
        f"reference_impl.shift.{kind.__name__}", "scipy.optimize.root of the gradient", precision
    ) as compare:

        @few
        @given(seed=seeds, classes=st.integers(2, 4), ridge=st.floats(0.01, 1.0))
        def drawn(seed, classes, ridge):
            logits = np.random.default_rng(seed).normal(size=(60, classes))
            labels = shifted(seed, classes)[1]

            def ours(logits, labels):
                return [kind(ridge=ridge, logits=True).fit(logits, labels).transform(logits)]

            compare.arrays(
                "forward", either(ours, lambda *arrays: [solved(kind, ridge, *arrays)]), logits, labels
            )

        drawn()


def test_posteriors_and_their_logarithms_are_calibrated_alike():
    scores, labels, target = shifted(0, 3, mixed=3.0)
    for kind in (TemperatureScaling, BiasCorrectedTemperatureScaling):
        plain = kind().fit(scores, labels).transform(target)
        of_logits = kind(logits=True).fit(np.log(scores) + 7.0, labels).transform(np.log(target) - 2.0)
        assert np.allclose(plain, of_logits, atol=1e-8)


def test_bias_correction_makes_the_mean_posterior_the_frequencies():
    scores, labels, _ = shifted(1, 3, mixed=3.0)
    found = BiasCorrectedTemperatureScaling().fit(scores, labels).transform(scores).mean(axis=0)
    assert np.allclose(found, np.bincount(labels) / labels.size, atol=1e-5)


@pytest.mark.parametrize("kind", [TemperatureScaling, BiasCorrectedTemperatureScaling, VectorScaling])
def test_certain_and_right_scores_stay_finite(kind):
    """Exact zeros and ones, all right: without a ridge, the slopes would grow without end."""
    labels = np.arange(30) % 3
    posteriors = kind().fit(np.eye(3)[labels], labels).transform(np.eye(3)[labels])
    assert np.all(np.isfinite(posteriors)) and np.all(posteriors.argmax(axis=1) == labels)


@pytest.mark.parametrize("estimator", [MLLS(), MLLS(calibration="vector"), OptimalMoments()])
def test_certain_scores_can_be_calibrated_and_shifted(estimator):
    labels = np.arange(90) % 3
    target = np.eye(3)[np.repeat([0, 1, 2], [60, 20, 10])]
    found = estimator.fit(np.eye(3)[labels], labels).estimate(target)
    assert np.allclose(found.prior, [6 / 9, 2 / 9, 1 / 9], atol=1e-3)


def test_a_calibration_that_does_not_converge_warns(monkeypatch):
    monkeypatch.setattr("reference_impl.shift.labels.softmax_fit.STEPS", 1)
    scores, labels, _ = shifted(0, 3, mixed=3.0)
    words = r"the calibration is .* above its minimum: should be 1e-14; raise the ridge"
    with pytest.warns(ShiftWarning, match=words):
        TemperatureScaling().fit(scores, labels)


def test_a_ridge_may_not_be_negative():
    with pytest.raises(ValueError, match="`ridge`"):
        VectorScaling(ridge=-1.0).fit(np.eye(2), np.arange(2))
    with pytest.raises(ValueError, match=r"`ridge` \(=inf\) must be finite; pass e.g. ridge=0.0001"):
        VectorScaling(ridge=np.inf).fit(np.eye(2), np.arange(2))
    words = r"`ridge` \(=0.0\) leaves the calibration without a minimum: its .*; pass e.g. ridge=1e-6"
    with pytest.raises(ValueError, match=words):
        TemperatureScaling(ridge=0.0).fit(np.full((4, 2), 0.5), np.arange(4) % 2)
    with pytest.raises(RuntimeError, match="isn't fitted yet"):
        TemperatureScaling().transform(np.eye(2))
