"""Distribution shift between a labelled source and an unlabelled target: measured, tested and corrected.

The source has the density $q$, the target the density $p$; a weight is $w = p/q$, on inputs or on labels.
"""

from reference_impl.shift.concept import (
    ADWIN,
    DDM,
    ContinualTrainer,
    ForgettingSGD,
    PageHinkley,
    RecursiveLeastSquares,
    SlidingWindow,
    prequential_error,
    prequential_evaluation,
)
from reference_impl.shift.estimator import clone
from reference_impl.shift.ratio import (
    KLIEP,
    KMM,
    RULSIF,
    ULSIF,
    ClassifierRatio,
    CovariateRatio,
    CrossValidation,
    GaussianRatio,
    KernelDensityRatio,
    LogisticRatio,
    cross_validate,
    kliep,
    kmm,
    logistic_ratio,
    ulsif,
    ulsif_leave_one_out,
)
from reference_impl.shift.ratio.covariate import CovariateRatio
from reference_impl.shift.ratio.gaussian import GaussianRatio
from reference_impl.shift.ratio.logistic import LogisticRatio
from reference_impl.shift.risk import (
    Risk,
    doubly_robust_risk,
    importance_weighted_cross_validation,
    importance_weighted_risk,
)
from reference_impl.shift.simplex import maximise_on_simplex
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
from reference_impl.shift.two_sample import (
    black_box_shift_test,
    classifier_two_sample_test,
    kolmogorov_smirnov_test,
    mmd_test,
)
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
    "ADWIN",
    "DDM",
    "KLIEP",
    "KMM",
    "RULSIF",
    "ULSIF",
    "ClassifierRatio",
    "ContinualTrainer",
    "CovariateRatio",
    "CrossValidation",
    "ForgettingSGD",
    "GaussianRatio",
    "KernelDensityRatio",
    "LogisticRatio",
    "PageHinkley",
    "RecursiveLeastSquares",
    "Risk",
    "ShiftWarning",
    "SlidingWindow",
    "WeightReport",
    "bernoulli_stream",
    "bimodal_shift",
    "black_box_shift_test",
    "classifier_two_sample_test",
    "clip_weights",
    "clone",
    "cross_validate",
    "dirichlet_shift",
    "doubly_robust_risk",
    "effective_sample_size",
    "flatten_weights",
    "gaussian_mean_shift",
    "gaussian_scale_shift",
    "importance_weighted_cross_validation",
    "importance_weighted_risk",
    "kliep",
    "kmm",
    "kolmogorov_smirnov_test",
    "largest_share",
    "logistic_ratio",
    "maximise_on_simplex",
    "mmd_test",
    "moving_linear_stream",
    "pareto_k",
    "pareto_smooth",
    "prequential_error",
    "prequential_evaluation",
    "shimodaira_regression",
    "tweak_one_shift",
    "ulsif",
    "ulsif_leave_one_out",
    "weight_report",
]
