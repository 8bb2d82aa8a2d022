"""Two Gaussian classes whose shares change: the threshold, the accuracies and the error of BBSE that theory gives."""

import math

import numpy as np
import pytest
from scipy.stats import norm

from reference_impl.shift import BBSE, correct_posteriors


def test_gaussian_classes_by_their_own_law():
    """The prior (.9, .1) moves the threshold from 0 to ln(9) / 2, and the accuracy from .841345 to .929939."""
    assert math.log(9) / 2 == pytest.approx(1.098612, abs=5e-7)
    before, after = (norm.cdf(1 + at) * 0.9 + norm.cdf(1 - at) * 0.1 for at in (0.0, math.log(9) / 2))
    assert (before, after) == pytest.approx((0.841345, 0.929939), abs=5e-7)
    x = quantiles_of_the_target(20_000)
    logits, right = np.outer(x, [-1.0, 1.0]), np.repeat([0, 1], [18_000, 2_000])
    corrected = correct_posteriors(logits, np.asarray([1.8, 0.2]), logits=True)
    for scores, accuracy in ((logits, before), (corrected, after)):
        assert np.mean(scores.argmax(axis=1) == right) == pytest.approx(accuracy, abs=1e-4)
    holdout = np.arange(200_000) % 2
    points = np.random.default_rng(0).normal(2.0 * holdout - 1)
    found = BBSE(scores="hard", logits=True).fit(np.outer(points, [-1.0, 1.0]), holdout)
    of_prior = found.estimate(logits[::20]).prior_covariance[0, 0]
    assert math.sqrt(of_prior) == pytest.approx(0.01940, rel=0.02)  # from 1000 points, with C known


def quantiles_of_the_target(points):
    """Return so many quantiles of N(-1, 1), nine tenths, and of N(1, 1)."""
    of_each = (norm.ppf((np.arange(size) + 0.5) / size) for size in (points * 9 // 10, points // 10))
    return np.concatenate([quantiles + mean for quantiles, mean in zip(of_each, (-1, 1), strict=True)])
