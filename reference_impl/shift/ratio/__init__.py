"""Estimates of the ratio p/q of the target's density to the source's."""

from reference_impl.shift.ratio.least_squares import ulsif, ulsif_leave_one_out
from reference_impl.shift.ratio.unconstrained import ULSIF

__all__ = ["ULSIF", "ulsif", "ulsif_leave_one_out"]
