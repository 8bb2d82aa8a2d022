"""Ratios by classifiers: cross-fitted, calibrated, with scikit-learn and with torch, and the words of errors."""

import numpy as np
import pytest
import torch
from draws import seeds
from hypothesis import given
from hypothesis import strategies as st
from logistic_oracles import held_out_log_ratios, regression, some
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import SVC

from reference_impl._array import namespace
from reference_impl.shift import ClassifierRatio, LogisticRatio

pytestmark = pytest.mark.filterwarnings("ignore::reference_impl.shift.ShiftWarning")


def nearest_mean(points, labels):
    """Train a classifier whose logit points from the source's mean to the target's."""
    xp = namespace(points)
    share = xp.mean(labels)
    between = xp.mean(points * (labels / share - (1 - labels) / (1 - share))[:, None], axis=0)
    return lambda new: xp.matmul(new, between)


def nearest_mean_score(points, source, target):
    return points @ (target.mean(axis=0) - source.mean(axis=0))


def calibrated(scores, n, platt):
    """Return slope and intercept of held-out logits, with the penalty 0.01 of the standardised slope."""
    center = scores.mean() if platt else 0.0
    scale = np.sqrt(np.mean((scores - center) ** 2))
    z = ((scores - center) / scale)[:, None]
    intercept, slope = regression(z[:n], z[n:], 0.01, with_intercept=platt)
    return slope / scale, intercept - slope * center / scale


def test_held_out_weights_agree_with_cross_fitting(agreement, precision):
    oracle = "cross-fitting in NumPy, calibrated in longdouble"
    with agreement("reference_impl.shift.ClassifierRatio", oracle, precision) as compare:

        @some
        @given(
            seed=seeds,
            n=st.integers(40, 60),
            m=st.integers(40, 60),
            calibration=st.sampled_from(["platt", "temperature", None]),
            folds=st.integers(2, 4),
            state=st.integers(0, 3),
        )
        def drawn(seed, n, m, calibration, folds, state):
            def run(library, source, target):
                if library.name != "the oracle":
                    settings = {"calibration": calibration, "folds": folds, "random_state": state}
                    ratio = ClassifierRatio(nearest_mean, **settings).fit(source, target)
                    return [ratio.log_weights()]
                source, target = (library.values(x).astype(np.float64) for x in (source, target))
                scores = held_out_log_ratios([nearest_mean_score], source, target, folds, state)[0]
                slope, intercept = (
                    (1, 0) if calibration is None else calibrated(scores, n, calibration == "platt")
                )
                logs = slope * scores[:n] + intercept + np.log(n / m)
                return [library.array(logs.astype(precision))]

            rng = np.random.default_rng(seed)
            compare.arrays("forward", run, rng.normal(size=(n, 2)), rng.normal(0.5, 1, size=(m, 2)))

        drawn()


def two_normals(n=600, m=500, shift=1.0, d=1):
    rng = np.random.default_rng(0)
    return rng.normal(size=(n, d)), rng.normal(size=(m, d)) + shift * np.eye(d)[0]


@pytest.mark.parametrize(
    ("classifier", "least"),
    [
        (LogisticRegression(), 0.999),
        (GaussianNB(), 0.99),
        (SVC(kernel="linear"), 0.999),
        (RandomForestClassifier(50, min_samples_leaf=20, random_state=0), 0.84),
    ],
    ids=lambda value: type(value).__name__,
)
def test_estimators_of_scikit_learn_point_the_right_way(classifier, least):
    source, target = two_normals()
    ratio = ClassifierRatio(classifier).fit(source, target)
    assert np.corrcoef(ratio.log_weights(), source[:, 0] - 0.5)[0, 1] > least - 0.01
    assert np.corrcoef(ratio.log_weights(target), target[:, 0] - 0.5)[0, 1] > least
    assert not hasattr(classifier, "classes_"), "the classifier that was passed isn't fitted itself"


def test_classifiers_of_scikit_learn_serve_every_library(library):
    source, target = two_normals(80, 70)
    expected = ClassifierRatio(LogisticRegression()).fit(source, target)
    ratio = ClassifierRatio(LogisticRegression()).fit(library.array(source), library.array(target))
    np.testing.assert_allclose(library.values(ratio.weights()), expected.weights(), rtol=1e-10)
    found = library.values(ratio.log_weights(library.array(target)))
    np.testing.assert_allclose(found, expected.log_weights(target), rtol=1e-9, atol=1e-10)


def train_module(points, labels):
    """Fit one linear unit of torch by its own optimizer."""
    net = torch.nn.Linear(points.shape[1], 1, dtype=points.dtype)
    torch.nn.init.zeros_(net.weight), torch.nn.init.zeros_(net.bias)
    optimizer = torch.optim.LBFGS(net.parameters(), max_iter=100, tolerance_grad=1e-9)

    def loss():
        optimizer.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(net(points)[:, 0], labels)
        value.backward()
        return value

    optimizer.step(loss)
    return net


@pytest.mark.parametrize("dtype", [torch.float64, torch.float32])
def test_a_module_of_torch_is_trained_and_calibrated(dtype):
    source, target = (torch.tensor(x, dtype=dtype) for x in two_normals(d=2))
    ratio = ClassifierRatio(train_module).fit(source, target)
    logistic = LogisticRatio(penalty=0.0).fit(source, target)
    assert ratio.slope_ == pytest.approx(1, abs=0.05)
    weights = ratio.weights(target)
    assert weights.dtype == dtype and not weights.requires_grad
    torch.testing.assert_close(weights, logistic.weights(target), rtol=0.1, atol=0.02)


def test_calibration_mends_an_overconfident_classifier():
    """Logits five times too large: the slope is a fifth, and the mean weight near one instead of far above it."""
    source, target = two_normals(2000, 1500)

    def train(points, labels):
        exact = LogisticRegression(C=1e6).fit(points, labels)
        return lambda new: 5 * exact.decision_function(new)

    raw = ClassifierRatio(train, calibration=None, on_disjoint="warn").fit(source, target)
    assert np.mean(raw.weights()) > 5
    for calibration in ("platt", "temperature"):
        mended = ClassifierRatio(train, calibration=calibration).fit(source, target)
        assert mended.slope_ == pytest.approx(0.2, rel=0.05)
        assert np.mean(mended.weights()) == pytest.approx(1, abs=0.1)


def test_weights_are_held_out():
    """A classifier that learns its points by heart separates them; held out, it knows nothing."""
    rng = np.random.default_rng(0)
    source, target = rng.normal(size=(300, 2)), rng.normal(size=(300, 2))
    forest = RandomForestClassifier(20, random_state=0)
    ratio = ClassifierRatio(forest).fit(source, target)
    assert abs(ratio.auc_ - 0.5) < 0.06
    assert np.std(ratio.log_weights()) < 0.2


def test_votes_without_dissent_give_finite_weights():
    """A forest says 0 and 1; from N points no probability below 1/(N + 2) is believed."""
    source, target = two_normals(200, 200, shift=2.5)
    forest = RandomForestClassifier(5, random_state=0)
    ratio = ClassifierRatio(forest, calibration=None, on_disjoint="warn").fit(source, target)
    most = np.log(320 + 1)
    assert np.max(np.abs(ratio.log_weights())) == pytest.approx(most)
    assert np.isfinite(ratio.weights(np.asarray([[-50.0], [50.0]]))).all()


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (
            {"classifier": 3},
            TypeError,
            r"`classifier` \(=3\) must have fit and decision_function or predict_proba",
        ),
        (
            {"classifier": GaussianNB},
            TypeError,
            "`classifier` .* must have fit and .*; pass e.g. LogisticRegr",
        ),
        (
            {"classifier": torch.nn.Linear(1, 1)},
            TypeError,
            "says nothing of its training; pass a function of po",
        ),
        (
            {"calibration": "isotonic"},
            ValueError,
            "`calibration` .* choose one of 'platt', 'temperature', None",
        ),
        ({"folds": 1}, ValueError, r"`folds` \(=1\) must be from 2 to 50, the points of the smaller sample"),
        ({"folds": 51}, ValueError, r"`folds` \(=51\) must be from 2 to 50"),
        (
            {"classifier": lambda x, y: 3},
            TypeError,
            r"\(=3\) must be a function of points; return e.g. the mod",
        ),
        (
            {"classifier": lambda x, y: lambda new: 3},
            TypeError,
            "must be an array; return one logit for each po",
        ),
        ({"classifier": lambda x, y: lambda new: new[1:, 0]}, ValueError, r"must have shape \(\d+,\)"),
        ({"classifier": lambda x, y: lambda new: new[:, 0] * np.nan}, ValueError, "must be finite, but"),
    ],
)
def test_bad_settings_are_named(make, error, words):
    source, target = two_normals(60, 50)
    with pytest.raises(error, match=words):
        ClassifierRatio(**({"classifier": nearest_mean} | make)).fit(source, target)
