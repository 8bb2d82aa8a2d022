"""Optimal moments where a class is almost or wholly gone: the bound at zero, against scipy, and where it misleads."""

import numpy as np
import pytest
from mixture_oracles import shifted
from scipy.optimize import nnls

from reference_impl.shift import OptimalMoments, ShiftWarning


def without_the_last_class(seed):
    """Draw a target whose points all look like another class, so that the plain solution is negative for the last."""
    scores, labels, target = shifted(seed, 3, holdout=200, target=300, mixed=3.0)
    return scores, labels, target[target.argmax(axis=1) != 2]


def plain_and_bounded(weights, scores, labels, target):
    """Return one step from the weights by the formulas: the solution of the moments, and its least miss from 0 on."""
    n, m, frequencies = len(labels), len(target), np.bincount(labels) / len(labels)
    counted = np.maximum(weights, 1 / (m * frequencies))
    h, reached = (each / (each @ (counted + m / n * counted**2))[:, None] for each in (scores, target))
    joint, means = h.T @ np.eye(3)[labels] / n, reached.mean(axis=0)
    weighed = h * counted[labels][:, None]
    seconds = weighed.T @ weighed / n**2 + reached.T @ reached / m**2
    root = np.linalg.cholesky(np.linalg.inv(seconds)).T
    bounded = nnls(root @ joint, root @ means)[0]
    return np.linalg.solve(joint, means), bounded / (bounded @ frequencies)


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 4, 5])
def test_the_bound_at_zero_is_that_of_least_squares(seed, library):
    arrays = without_the_last_class(seed)
    estimator = OptimalMoments(calibration=None, tolerance=1e-12)
    scores, labels, target = (library.array(values) for values in arrays)
    found = estimator.fit(scores, labels).estimate(target)
    weights = library.values(found.weights)
    plain, bounded = plain_and_bounded(weights, *arrays)
    assert plain[2] < 0 and weights[2] == 0
    np.testing.assert_allclose(weights, bounded, rtol=1e-9)
    assert library.values(found.prior).sum() == pytest.approx(1, abs=1e-12)
    assert library.values(found.interval()[1])[2] > 0


def test_moments_that_contradict_one_another_warn():
    """No point of the target looks a bit like the last class, as the classes' own scores say some must."""
    scores, labels, target = without_the_last_class(0)
    target[:, 2] *= 0.2
    target /= target.sum(axis=1, keepdims=True)
    words = "the last change of a weight is .*: it should be at most 1e-06; the moments contradict .*, so use MLLS"
    with pytest.warns(ShiftWarning, match=words):
        OptimalMoments(calibration=None).fit(scores, labels).estimate(target)
