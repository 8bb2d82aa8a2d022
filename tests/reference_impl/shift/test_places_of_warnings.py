"""Every warning names the line of the user's call, from wherever in the library it comes."""

import numpy as np
import pytest

from reference_impl.shift import (
    BBSE,
    KLIEP,
    KMM,
    ULSIF,
    GaussianRatio,
    LogisticRatio,
    OptimalMoments,
    ShiftWarning,
    black_box_shift_test,
    cross_validate,
    importance_weighted_risk,
    kmm,
    maximise_on_simplex,
)

rng = np.random.default_rng(0)
SOURCE, TARGET = rng.normal(size=(40, 1)), rng.normal(0.3, 1, size=(30, 1))
SCORES, LABELS = np.asarray([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3]]), np.asarray([0, 1, 0])
CALLS = {
    "centres of uLSIF": lambda: ULSIF(50).fit(SOURCE, TARGET),
    "centres of KLIEP": lambda: KLIEP(50).fit(SOURCE, TARGET),
    "steps of KMM": lambda: KMM(iterations=2, tolerance=1e-12).fit(SOURCE, TARGET),
    "steps of kmm": lambda: kmm(np.eye(3), np.asarray([[1.0], [2.0], [6.0]]), iterations=1, tolerance=0.0),
    "disjoint supports": lambda: LogisticRatio(on_disjoint="warn").fit(SOURCE, TARGET + 50),
    "infinite variance": lambda: GaussianRatio().fit(SOURCE, 1.6 * TARGET),
    "negative weights": lambda: BBSE().fit(SCORES, LABELS).estimate(SCORES[[0, 0, 0]]),
    "an ill condition": lambda: BBSE().fit(0.5 + 1e-4 * (SCORES - 0.5), LABELS),
    "steps of moments": lambda: (
        OptimalMoments(calibration=None, iterations=1).fit(SCORES, LABELS).estimate(SCORES[:2])
    ),
    "passes of the simplex": lambda: maximise_on_simplex(SCORES, iterations=1),
    "a candidate": lambda: cross_validate([GaussianRatio()], SOURCE, 1.6 * TARGET),
    "few predictions": lambda: black_box_shift_test(SCORES, SCORES, method="labels"),
    "weights of a risk": lambda: importance_weighted_risk(np.ones(60), np.exp(np.arange(60.0))),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_the_place_is_the_users(call):
    with pytest.warns(ShiftWarning) as seen:
        call()
    assert {warning.filename for warning in seen} == {__file__}
