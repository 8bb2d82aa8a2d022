"""Intervals of 95 % hold the truth in 95 % of all draws: 4,000 of them in the nightly run.

Every estimator is here with every kind of scores and of calibration that its theory allows: MLLS without a calibration
needs true posteriors. The penalty of RLLS doesn't act here, and so its intervals are those of BBSE.
"""

import numpy as np
import pytest
from hypothesis import settings
from scipy.stats import binom

from reference_impl.shift import BBSE, MLLS, RLLS, SCML, OptimalMoments

DRAWS = 4000 if settings.default.max_examples > 50 else 60
LEAST, MOST = binom.interval(0.999, DRAWS, 0.95)
SOURCE, TARGET = np.asarray([0.3, 0.3, 0.4]), np.asarray([0.55, 0.25, 0.2])
CENTRES = np.asarray([[0.0, 0.0], [2.0, 0.0], [0.0, 2.0]])
POINTS = 2000


def overconfident_logits(rng, prior, factor=1.5):
    """Draw classes and Gaussian features, and return the Bayes classifier's logits under the source, made too sure."""
    labels = rng.choice(3, POINTS, p=prior)
    features = CENTRES[labels] + rng.standard_normal((POINTS, 2))
    distances = ((features[:, None, :] - CENTRES) ** 2).sum(axis=2)
    return factor * (np.log(SOURCE) - distances / 2), labels


ESTIMATORS = [
    *(kind(scores=scores) for kind in (BBSE, RLLS, SCML) for scores in ("soft", "hard")),
    *(BBSE(calibration=name) for name in ("temperature", "bcts", "vector")),
    *(OptimalMoments(calibration=name) for name in (None, "temperature", "bcts", "vector")),
    *(MLLS(calibration=name) for name in (None, "temperature", "bcts", "vector")),
]


@pytest.mark.parametrize("estimator", ESTIMATORS, ids=repr)
def test_intervals_cover(estimator):
    held = {"weights": np.zeros(3), "prior": np.zeros(3)}
    truth = {"weights": TARGET / SOURCE, "prior": TARGET}
    factor = 1.0 if isinstance(estimator, MLLS) and estimator.calibration is None else 1.5
    estimator.set_params(logits=True)
    for seed in range(DRAWS):
        rng = np.random.default_rng(seed)
        estimator.fit(*overconfident_logits(rng, SOURCE, factor))
        found = estimator.estimate(overconfident_logits(rng, TARGET, factor)[0])
        for of, counts in held.items():
            lower, upper = found.interval(0.95, of=of)
            counts += (lower <= truth[of]) & (truth[of] <= upper)
    for counts in held.values():
        assert np.all((counts >= LEAST) & (counts <= MOST)), (
            f"{counts / DRAWS} outside {LEAST}…{MOST} of {DRAWS}"
        )
