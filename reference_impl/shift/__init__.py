"""Distribution shift between a labelled source and an unlabelled target: measured, tested and corrected.

The source has the density $q$, the target the density $p$; a weight is $w = p/q$, on inputs or on labels.
"""

from reference_impl.shift.estimator import clone
from reference_impl.shift.simulate import (
    bernoulli_stream,
    bimodal_shift,
    dirichlet_shift,
    gaussian_mean_shift,
    gaussian_scale_shift,
    moving_linear_stream,
    shimodaira_regression,
    tweak_one_shift,
)
from reference_impl.shift.warning import ShiftWarning

__all__ = [
    "ShiftWarning",
    "bernoulli_stream",
    "bimodal_shift",
    "clone",
    "dirichlet_shift",
    "gaussian_mean_shift",
    "gaussian_scale_shift",
    "moving_linear_stream",
    "shimodaira_regression",
    "tweak_one_shift",
]
