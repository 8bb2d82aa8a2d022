"""Estimates of the ratio p/q of the target's density to the source's."""

from reference_impl.shift.ratio.least_squares import ulsif, ulsif_leave_one_out
from reference_impl.shift.ratio.unconstrained import RULSIF, ULSIF

__all__ = ["RULSIF", "ULSIF", "ulsif", "ulsif_leave_one_out"]
