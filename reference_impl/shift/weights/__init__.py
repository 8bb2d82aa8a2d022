"""Weights diagnosed and tamed: how few points count, how heavy the tail is, and what to do about it."""

from reference_impl.shift.weights.concentration import effective_sample_size, largest_share
from reference_impl.shift.weights.pareto import pareto_k, pareto_smooth
from reference_impl.shift.weights.report import WeightReport, weight_report
from reference_impl.shift.weights.taming import clip_weights, flatten_weights

__all__ = [
    "WeightReport",
    "clip_weights",
    "effective_sample_size",
    "flatten_weights",
    "largest_share",
    "pareto_k",
    "pareto_smooth",
    "weight_report",
]
