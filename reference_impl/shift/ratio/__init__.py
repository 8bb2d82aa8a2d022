"""Estimates of the ratio p/q of the target's density to the source's."""

from reference_impl.shift.ratio.classifier import ClassifierRatio
from reference_impl.shift.ratio.covariate import CovariateRatio
from reference_impl.shift.ratio.densities import KernelDensityRatio
from reference_impl.shift.ratio.gaussian import GaussianRatio
from reference_impl.shift.ratio.kernel_means import kmm
from reference_impl.shift.ratio.least_squares import ulsif, ulsif_leave_one_out
from reference_impl.shift.ratio.likelihood import KLIEP, kliep
from reference_impl.shift.ratio.logistic import LogisticRatio
from reference_impl.shift.ratio.mean_matching import KMM
from reference_impl.shift.ratio.regression import logistic_ratio
from reference_impl.shift.ratio.selection import CrossValidation, cross_validate
from reference_impl.shift.ratio.unconstrained import RULSIF, ULSIF

__all__ = [
    "KLIEP",
    "KMM",
    "RULSIF",
    "ULSIF",
    "ClassifierRatio",
    "CovariateRatio",
    "CrossValidation",
    "GaussianRatio",
    "KernelDensityRatio",
    "LogisticRatio",
    "cross_validate",
    "kliep",
    "kmm",
    "logistic_ratio",
    "ulsif",
    "ulsif_leave_one_out",
]
