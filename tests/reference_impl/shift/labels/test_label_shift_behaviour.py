"""Label shift: known values, directions and symmetries, and the words of every error and warning."""

import math

import numpy as np
import pytest
import torch
from mixture_oracles import shifted

from reference_impl.shift import (
    BBSE,
    MLLS,
    RLLS,
    SCML,
    OptimalMoments,
    ShiftWarning,
    clone,
    correct_posteriors,
)

ALL = [BBSE(), BBSE(scores="hard"), RLLS(), SCML(), SCML(scores="hard"), OptimalMoments(), MLLS()]
each = pytest.mark.parametrize("estimator", ALL, ids=repr)
each_kind = pytest.mark.parametrize("estimator", [BBSE(), RLLS(), SCML(), OptimalMoments(), MLLS()], ids=repr)
SEEN = np.asarray([[45 / 55, 10 / 55], [5 / 45, 40 / 45]])
"""Posteriors of a classifier that predicts .9 of class 0 and .8 of class 1 rightly, after each prediction."""
LABELS = np.repeat([0, 1], 500)
SCORES = SEEN[np.repeat([0, 1, 0, 1], [450, 50, 100, 400])]
TARGET = SEEN[np.repeat([0, 1], [340, 660])]


@pytest.mark.parametrize(
    "estimator",
    [
        *ALL[:3],
        *(SCML(scores=kind, tolerance=1e-14) for kind in ("soft", "hard")),
        OptimalMoments(),
        MLLS(calibration=None, tolerance=1e-14),
        OptimalMoments(calibration=None, tolerance=1e-13),
    ],
    ids=repr,
)
def test_two_classes_by_hand(estimator, library):
    """The joint matrix gives the weights (.4, 1.6); read as a prior they would sum to 2."""
    bound = 1e-12 if estimator.calibration is None else 1e-6
    arrays = [library.array(values) for values in (SCORES, LABELS, TARGET)]
    found = clone(estimator).fit(*arrays[:2]).estimate(arrays[2])
    assert np.allclose(library.values(found.weights), [0.4, 1.6], rtol=0, atol=bound)
    assert np.allclose(library.values(found.prior), [0.2, 0.8], rtol=0, atol=bound)
    error = math.sqrt((0.34 * 0.66 / 1000 + 0.64 * 0.8 * 0.2 / 500 + 0.04 * 0.9 * 0.1 / 500) / 0.7**2)
    spread = np.sqrt(np.diagonal(library.values(found.prior_covariance)))
    if not isinstance(estimator, MLLS):  # which takes these posteriors as known
        assert np.allclose(spread, error, rtol=1e-4) and round(error, 6) == 0.029843
    corrected = found.correct(library.array(np.asarray([[0.7, 0.3]])))
    if estimator.calibration is None:
        assert np.allclose(library.values(corrected), [[0.368421052631579, 0.631578947368421]], atol=1e-12)


def test_gaussian_classes_reach_the_bound_of_cramer_and_rao():
    """Classes N(-1, 1) and N(1, 1), prior (.9, .1), 1000 unlabelled points: a standard error of .014793."""
    rng = np.random.default_rng(0)

    def logits(labels):
        return np.outer(rng.normal(2.0 * labels - 1), [-1.0, 1.0])

    labels = np.arange(100_000) % 2
    fitted = MLLS(calibration=None, logits=True).fit(logits(labels), labels)
    errors, spreads = [], []
    for _ in range(300):
        found = fitted.estimate(logits(rng.choice(2, 1000, p=[0.9, 0.1])))
        errors.append(found.prior[1] - 0.1)
        spreads.append(found.prior_covariance[1, 1])
    assert math.sqrt(np.mean(spreads)) == pytest.approx(0.014793, rel=0.02)
    assert np.std(errors) == pytest.approx(0.014793, rel=4 / math.sqrt(600))
    weights = fitted.estimate(logits(np.repeat([0, 1], [9000, 1000]))).weights
    assert math.log(weights[0] / weights[1]) / 2 == pytest.approx(math.log(9) / 2, abs=0.1)
    moved = np.asarray([[-1.0, 1.0]]) * (math.log(9) / 2)
    assert correct_posteriors(moved, np.asarray([1.8, 0.2]), logits=True)[0, 0] == pytest.approx(
        0.5, abs=1e-12
    )


@each
def test_no_shift_gives_ones_and_shift_its_direction(estimator):
    scores, labels, target = shifted(3, 3, holdout=300, target=400)
    estimator = clone(estimator).fit(scores, labels)
    assert np.allclose(estimator.estimate(scores).weights, 1, atol=1e-3)
    rarer = np.repeat(target, np.where(target.argmax(axis=1) == 0, 5, 1), axis=0)
    before, after = estimator.estimate(target), estimator.estimate(rarer)
    assert after.weights[0] > before.weights[0] and np.all(after.weights[1:] < before.weights[1:])
    assert after.prior.sum() == pytest.approx(1, abs=1e-12)


@each
def test_orders_of_points_and_classes_do_not_matter(estimator):
    scores, labels, target = shifted(4, 3, holdout=300, target=400)
    copies = [values.copy() for values in (scores, labels, target)]
    found = clone(estimator).fit(scores, labels).estimate(target)
    assert all(np.array_equal(*pair) for pair in zip(copies, (scores, labels, target), strict=True))
    rng = np.random.default_rng(0)
    order, classes = rng.permutation(labels.size), np.asarray([2, 0, 1])
    turned = clone(estimator).fit(scores[order][:, classes], np.argsort(classes)[labels[order]])
    again = turned.estimate(target[::-1][:, classes])
    assert np.allclose(again.weights, found.weights[classes], atol=1e-7)
    assert np.allclose(again.covariance, found.covariance[np.ix_(classes, classes)], atol=1e-7)
    assert again.condition == pytest.approx(found.condition, rel=1e-6)


@each
def test_results_have_the_scores_precision(estimator, library):
    arrays = shifted(5, 3, holdout=100, target=90)
    scores, labels, target = (
        library.array(values.astype("float32") if values.dtype.kind == "f" else values) for values in arrays
    )
    found = clone(estimator).fit(scores, labels).estimate(target)
    lower, upper = found.interval(0.9)
    for array in (found.weights, found.prior, found.covariance, lower, upper, found.correct(target)):
        assert library.values(array).dtype == "float32"
    wide = clone(estimator).fit(*arrays[:2]).estimate(arrays[2])
    assert np.allclose(library.values(found.weights), wide.weights, rtol=0, atol=1e-4)


@each
def test_scores_may_come_with_their_graph(estimator):
    """As a network's do; nothing is differentiated here, and nothing but the numbers is kept."""
    scores, labels, target = (torch.tensor(values) for values in shifted(6, 3))
    with_graph = [values.clone().requires_grad_() * 1.0 for values in (scores, target)]
    plain = clone(estimator).fit(scores, labels).estimate(target)
    found = clone(estimator).fit(with_graph[0], labels).estimate(with_graph[1])
    assert torch.equal(found.weights, plain.weights) and not found.weights.requires_grad


def test_logits_are_posteriors():
    scores, labels, target = shifted(6, 3)
    for estimator in ALL:
        plain = clone(estimator).fit(scores, labels).estimate(target)
        of_logits = clone(estimator).set_params(logits=True).fit(np.log(scores) + 2.0, labels)
        moved = of_logits.estimate(np.log(target) - 700.0)
        assert np.allclose(moved.weights, plain.weights, atol=1e-7)
        assert np.allclose(moved.correct(np.log(target)), plain.correct(target), atol=1e-7)


def test_trust_and_penalty_of_the_regularised_weights():
    plain = RLLS().fit(SCORES, LABELS).estimate(TARGET)
    half = RLLS(trust=0.5).fit(SCORES, LABELS).estimate(TARGET)
    none = RLLS(alpha=9.0).fit(SCORES, LABELS).estimate(TARGET)
    assert np.allclose(half.weights, (1 + plain.weights) / 2, atol=1e-12)
    assert np.allclose(half.covariance, plain.covariance / 4, rtol=1e-12)
    assert none.weights.tolist() == [1.0, 1.0] and none.covariance.tolist() == [[0.0, 0.0], [0.0, 0.0]]


GOOD = np.asarray([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]])
KINDS = np.asarray([0, 1, 0])


@pytest.mark.parametrize(
    ("scores", "labels", "error", "words"),
    [
        (GOOD[:0], KINDS[:0], ValueError, "`scores`.*is empty; pass at least 2 points"),
        (GOOD[:1], KINDS[:1], ValueError, "`scores`.*has 1 of at least 2 points"),
        (GOOD[:, 0], KINDS, ValueError, "`scores`.*two axes"),
        (GOOD.tolist(), KINDS, TypeError, r"expected an array, not \[\[0.9, 0.1\].* \(a list\); pass"),
        (GOOD.astype("float16"), KINDS, TypeError, "`scores`.*must hold float32 or float64; convert"),
        (GOOD[:, :1], KINDS, ValueError, "fewer than 2 classes"),
        (GOOD > 0.5, KINDS, TypeError, "`scores`.*must hold floats"),
        (
            np.where(GOOD > 0.85, np.nan, GOOD),
            KINDS,
            ValueError,
            r"1 entry is NaN or infinite, the first at index \(0, 0\)",
        ),
        (GOOD - 0.5, KINDS, ValueError, r"`scores` \(=-0.4\) must not be negative; pass logits=True\?"),
        (2 * GOOD, KINDS, ValueError, r"row 0 sums to 2; pass logits=True\?"),
        (GOOD, np.asarray([0, 2, 0]), ValueError, r"`labels` \(=2\) must lie from 0 to 1"),
        (GOOD, np.asarray([0, -1, 0]), ValueError, r"`labels` \(=-1\) must lie from 0 to 1"),
        (GOOD, KINDS[:2], ValueError, r"`labels`.*must have shape \(3,\)"),
        (
            GOOD,
            np.asarray([0, 0, 0]),
            ValueError,
            r"no point of class 1: q\(y\) = 0, so the weight is undefined; add",
        ),
        (GOOD, torch.tensor(KINDS), TypeError, "arrays of one library"),
        (GOOD[[0, 0, 0]], KINDS, ValueError, "is singular: the columns of classes 0, 1 coincide"),
    ],
)
@each_kind
def test_bad_holdouts(estimator, scores, labels, error, words):
    with pytest.raises(error, match=words):
        clone(estimator).fit(scores, labels)


@pytest.mark.parametrize(
    ("target", "error", "words"),
    [
        (GOOD[:0], ValueError, "`target_scores`.*is empty; pass at least 1 point$"),
        (
            np.full((2, 3), 1 / 3),
            ValueError,
            "`target_scores`.*has 3 classes where 2 were expected; take all scores",
        ),
        (np.asarray([[0.5, np.inf]]), ValueError, "`target_scores`.*1 entry is NaN or infinite"),
        (-GOOD, ValueError, "`target_scores`.*must not be negative"),
        (GOOD.astype("float32"), TypeError, "one dtype"),
        (torch.tensor(GOOD), TypeError, "arrays of one library"),
    ],
)
@each_kind
def test_bad_targets(estimator, target, error, words):
    fitted = clone(estimator).fit(GOOD, KINDS)
    with pytest.raises(error, match=words):
        fitted.estimate(target)
    with pytest.raises(error, match=words.replace("target_scores", "scores")):
        fitted.estimate(GOOD).correct(target)


def test_devices_are_not_mixed():
    fitted = BBSE().fit(torch.tensor(GOOD), torch.tensor(KINDS))
    with pytest.raises(RuntimeError, match="same device"):
        fitted.estimate(torch.tensor(GOOD, device="sim:0"))


def test_classes_that_coincide_are_named():
    scores, labels, _ = shifted(7, 4)
    scores[:, 3] = scores[:, 1] = (scores[:, 1] + scores[:, 3]) / 2
    alike = np.where(labels == 3, 1, labels)
    scores = np.concatenate([scores, scores[alike == 1]])
    labels = np.concatenate([np.where(alike == 1, 1, labels), np.full(np.count_nonzero(alike == 1), 3)])
    with pytest.raises(ValueError, match=r"the columns of classes 1, 3 coincide.*merge these classes"):
        BBSE().fit(scores, labels)


def test_ill_conditioning_warns():
    scores = 0.5 + 1e-4 * np.asarray([[1, -1], [-1, 1], [1, -1]])
    with pytest.warns(ShiftWarning, match="the condition number of the confusion matrix is 5000: above 1000"):
        BBSE().fit(scores, KINDS)


def test_negative_weights_are_clipped_with_a_warning():
    """By hand: .05 = .2 - .7 p gives p = 15/70 too much; -0.214286 is clipped."""
    target = SEEN[np.repeat([0, 1], [5, 95])]
    with pytest.warns(
        ShiftWarning, match=r"the negative mass of the target prior is 0.21 for class 0: clipped"
    ):
        found = BBSE().fit(SCORES, LABELS).estimate(target)
    assert np.allclose(found.prior, [0, 1]) and np.allclose(found.weights, [0, 2])


def test_no_convergence_warns():
    with pytest.warns(
        ShiftWarning, match=r"the last change of a weight is .*: it should be at most 1e-06; raise"
    ):
        OptimalMoments(iterations=1).fit(SCORES, LABELS).estimate(TARGET)


@pytest.mark.parametrize(
    ("estimator", "words"),
    [
        (BBSE(scores="both"), "`scores` .* is unknown; choose one of 'soft', 'hard'"),
        (SCML(scores="both"), "`scores`"),
        (RLLS(scores="both"), "`scores`"),
        (RLLS(alpha=-1.0), "`alpha`"),
        (RLLS(alpha=np.inf), "`alpha` .* must be finite"),
        (RLLS(delta=1.0), "`delta`"),
        (RLLS(delta=0.0), "`delta` .* above 0"),
        (RLLS(trust=-1.0), "`trust`"),
        (RLLS(trust=3.0), "`trust` .* from 0 to 1"),
        (MLLS(calibration="platt"), "`calibration` .*choose one of None, 'temperature', 'bcts', 'vector'"),
        (MLLS(tolerance=-1.0), "`tolerance`"),
        (SCML(tolerance=-1.0), "`tolerance`"),
        (OptimalMoments(tolerance=-1.0), "`tolerance`"),
        (OptimalMoments(iterations=0), "`iterations`"),
        (BBSE(logits=2), "`logits`"),
    ],
)
def test_bad_settings(estimator, words):
    with pytest.raises(ValueError, match=words):
        estimator.fit(SCORES, LABELS)


def test_bad_requests_of_an_estimate():
    with pytest.raises(RuntimeError, match="this BBSE isn't fitted yet"):
        BBSE().estimate(TARGET)
    found = BBSE().fit(SCORES, LABELS).estimate(TARGET)
    with pytest.raises(ValueError, match=r"`level`.*between 0 and 1"):
        found.interval(1.0)
    with pytest.raises(ValueError, match=r"`of`.*choose one of 'weights', 'prior'"):
        found.interval(of="odds")
    with pytest.raises(ValueError, match=r"`weights` \(=-1.0\) must not be negative"):
        correct_posteriors(GOOD, np.asarray([1.0, -1.0]))
    with pytest.raises(TypeError, match="one dtype, but found"):
        correct_posteriors(GOOD, np.asarray([1.0, 1.0], "float32"))
    with pytest.raises(ValueError, match="leave no class possible at row 1 of the scores"):
        correct_posteriors(np.eye(2), np.asarray([1.0, 0.0]))
