"""The risk on the target, from labels on the source alone."""

from reference_impl.shift.risk.cross_validating import importance_weighted_cross_validation
from reference_impl.shift.risk.double_robustness import doubly_robust_risk
from reference_impl.shift.risk.estimates import Risk
from reference_impl.shift.risk.weighted_means import importance_weighted_risk

__all__ = ["Risk", "doubly_robust_risk", "importance_weighted_cross_validation", "importance_weighted_risk"]
