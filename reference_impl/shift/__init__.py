"""Distribution shift between a labelled source and an unlabelled target: measured, tested and corrected.

The source has the density $q$, the target the density $p$; a weight is $w = p/q$, on inputs or on labels.
"""

from reference_impl.shift.estimator import clone
from reference_impl.shift.ratio import RULSIF, ULSIF, ulsif, ulsif_leave_one_out
from reference_impl.shift.simplex import maximise_on_simplex
from reference_impl.shift.warning import ShiftWarning
from reference_impl.shift.weights import (
    WeightReport,
    clip_weights,
    effective_sample_size,
    flatten_weights,
    largest_share,
    pareto_k,
    pareto_smooth,
    weight_report,
)

__all__ = [
    "RULSIF",
    "ULSIF",
    "ShiftWarning",
    "WeightReport",
    "clip_weights",
    "clone",
    "effective_sample_size",
    "flatten_weights",
    "largest_share",
    "maximise_on_simplex",
    "pareto_k",
    "pareto_smooth",
    "ulsif",
    "ulsif_leave_one_out",
    "weight_report",
]
