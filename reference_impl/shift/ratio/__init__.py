"""Estimates of the ratio p/q of the target's density to the source's."""

from reference_impl.shift.ratio.least_squares import ulsif, ulsif_leave_one_out
from reference_impl.shift.ratio.likelihood import KLIEP, kliep
from reference_impl.shift.ratio.unconstrained import RULSIF, ULSIF

__all__ = ["KLIEP", "RULSIF", "ULSIF", "kliep", "ulsif", "ulsif_leave_one_out"]
