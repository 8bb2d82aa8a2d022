"""Estimates of the ratio p/q of the target's density to the source's."""

from reference_impl.shift.ratio.densities import KernelDensityRatio
from reference_impl.shift.ratio.least_squares import ulsif, ulsif_leave_one_out
from reference_impl.shift.ratio.likelihood import KLIEP, kliep
from reference_impl.shift.ratio.mean_matching import KMM, kmm
from reference_impl.shift.ratio.unconstrained import RULSIF, ULSIF

__all__ = [
    "KLIEP",
    "KMM",
    "RULSIF",
    "ULSIF",
    "KernelDensityRatio",
    "kliep",
    "kmm",
    "ulsif",
    "ulsif_leave_one_out",
]
