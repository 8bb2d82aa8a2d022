"""Distribution shift between a labelled source and an unlabelled target: measured, tested and corrected.

The source has the density $q$, the target the density $p$; a weight is $w = p/q$, on inputs or on labels.
"""

from reference_impl.shift.estimator import clone
from reference_impl.shift.labels import (
    BBSE,
    MLLS,
    RLLS,
    SCML,
    BiasCorrectedTemperatureScaling,
    LabelShiftEstimate,
    OptimalMoments,
    TemperatureScaling,
    VectorScaling,
    correct_posteriors,
)
from reference_impl.shift.simplex import maximise_on_simplex
from reference_impl.shift.warning import ShiftWarning

__all__ = [
    "BBSE",
    "MLLS",
    "RLLS",
    "SCML",
    "BiasCorrectedTemperatureScaling",
    "LabelShiftEstimate",
    "OptimalMoments",
    "ShiftWarning",
    "TemperatureScaling",
    "VectorScaling",
    "clone",
    "correct_posteriors",
    "maximise_on_simplex",
]
