r"""Label shift: the classes become rarer or commoner, and each looks as before, $p(x \mid y) = q(x \mid y)$.

A classifier's scores on a labelled hold-out from the source and on the unlabelled target are all that is needed.
"""

from reference_impl.shift.labels.black_box import BBSE
from reference_impl.shift.labels.correction import correct_posteriors
from reference_impl.shift.labels.counts import SCML
from reference_impl.shift.labels.estimate import LabelShiftEstimate
from reference_impl.shift.labels.likelihood import MLLS
from reference_impl.shift.labels.optimal import OptimalMoments
from reference_impl.shift.labels.regularised import RLLS
from reference_impl.shift.labels.scaling import (
    BiasCorrectedTemperatureScaling,
    TemperatureScaling,
    VectorScaling,
)

__all__ = [
    "BBSE",
    "MLLS",
    "RLLS",
    "SCML",
    "BiasCorrectedTemperatureScaling",
    "LabelShiftEstimate",
    "OptimalMoments",
    "TemperatureScaling",
    "VectorScaling",
    "correct_posteriors",
]
