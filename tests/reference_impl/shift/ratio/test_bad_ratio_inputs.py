"""Every estimate of the ratio refuses the same bad samples in the same words, before it computes anything."""

import warnings

import numpy as np
import pytest
import torch
from sklearn.linear_model import LogisticRegression

from reference_impl.shift import (
    KLIEP,
    KMM,
    RULSIF,
    ULSIF,
    ClassifierRatio,
    CovariateRatio,
    GaussianRatio,
    KernelDensityRatio,
    LogisticRatio,
    ShiftWarning,
)

EVERY = [
    LogisticRatio(),
    ClassifierRatio(LogisticRegression()),
    GaussianRatio(),
    CovariateRatio(),
    ULSIF(),
    RULSIF(),
    KLIEP(),
    KMM(),
    KernelDensityRatio(),
]
DRAWING = [one for one in EVERY if hasattr(one, "random_state")]
rng = np.random.default_rng(0)
SOURCE, TARGET = rng.normal(size=(60, 2)), rng.normal(0.3, 1, size=(50, 2))


def with_one(value):
    points = TARGET.copy()
    points[3, 1] = value
    return points


CASES = {
    "empty": (SOURCE[:0], TARGET, ValueError, r"`source` .*is empty; pass at least 2 points"),
    "one point": (SOURCE, TARGET[:1], ValueError, r"`target` .*has 1 of at least 2 points; pass"),
    "NaN": (
        SOURCE,
        with_one(np.nan),
        ValueError,
        r"`target` .*1 entry is NaN .*index \(3, 1\); drop or impute",
    ),
    "infinite": (
        with_one(np.inf),
        TARGET,
        ValueError,
        r"`source` .*1 entry is NaN .*index \(3, 1\); drop or impute",
    ),
    "huge": (
        SOURCE,
        with_one(-1e200),
        ValueError,
        r"`target` .*1e\+200'\) must lie within 6e\+141, or .*; divide",
    ),
    "no features": (SOURCE[:, :0], TARGET[:, :0], ValueError, r"`source` .*has no features; give each point"),
    "other features": (
        SOURCE,
        TARGET[:, :1],
        ValueError,
        r"`target` .*has 1 features where 2 were expected; give",
    ),
    "three axes": (SOURCE[:, :, None], TARGET, ValueError, r"`source` .*must have one or two axes; pass"),
    "no floats": (SOURCE.astype(int), TARGET, TypeError, r"`source` .*int64'\) must hold floats; convert"),
    "half precision": (
        SOURCE.astype("float16"),
        TARGET.astype("float16"),
        TypeError,
        r"`source` .*float16'\) must hold float32 or float64; convert it first: half precision",
    ),
    "a list": (
        SOURCE.tolist(),
        TARGET,
        TypeError,
        r"expected an array, not \[\[.* \(a list\); pass e.g. numpy",
    ),
    "another library": (
        SOURCE,
        torch.tensor(TARGET),
        TypeError,
        "one library, but found numpy .* and torch .*; conv",
    ),
    "another dtype": (
        SOURCE,
        TARGET.astype("float32"),
        TypeError,
        "one dtype, but found .*64 .* and .*32 .*; conv",
    ),
    "another device": (
        torch.tensor(SOURCE),
        torch.tensor(TARGET, device="sim:0"),
        RuntimeError,
        "the same device, but found .* on cpu and .* on sim:0; move",
    ),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("estimator", EVERY, ids=lambda one: type(one).__name__)
def test_bad_samples_have_their_words(estimator, case):
    source, target, error, words = CASES[case]
    with pytest.raises(error, match=words) as seen:
        estimator.fit(source, target)
    assert len(str(seen.value)) < 400


@pytest.mark.parametrize("estimator", DRAWING, ids=lambda one: type(one).__name__)
def test_seeds_are_ints_or_generators(estimator):
    """A generator draws other numbers each time; the same one, made anew, the same."""

    def weights(random_state):
        return type(estimator)(**estimator.get_params(deep=False) | {"random_state": random_state})

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ShiftWarning)
        found = [
            weights(state).fit(SOURCE, TARGET).weights()
            for state in (3, np.int64(3), np.random.default_rng(3), np.random.default_rng(3))
        ]
    assert np.array_equal(found[0], found[1]) and np.array_equal(found[2], found[3])


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        (-1, ValueError, r"`random_state` \(=-1\) must be at least 0; pass e.g. random_state=0"),
        *(
            (
                value,
                TypeError,
                "`random_state` .* must be an int or a numpy.random.Generator; pass e.g. random_state=0",
            )
            for value in (None, True, "a", 0.5, [1])
        ),
    ],
)
@pytest.mark.parametrize("estimator", DRAWING, ids=lambda one: type(one).__name__)
def test_bad_seeds_have_their_words(estimator, value, error, words):
    made = type(estimator)(**estimator.get_params(deep=False) | {"random_state": value})
    with pytest.raises(error, match=words):
        made.fit(SOURCE, TARGET)
