"""Concepts that change: models that forget, detectors of the change, and their evaluation on a stream."""

from reference_impl.shift.concept.adaptive_window import ADWIN
from reference_impl.shift.concept.error_rates import DDM
from reference_impl.shift.concept.errors import prequential_error
from reference_impl.shift.concept.evaluation import prequential_evaluation
from reference_impl.shift.concept.gradient_steps import ForgettingSGD
from reference_impl.shift.concept.least_squares import RecursiveLeastSquares
from reference_impl.shift.concept.page_hinkley import PageHinkley
from reference_impl.shift.concept.training import ContinualTrainer
from reference_impl.shift.concept.windows import SlidingWindow

__all__ = [
    "ADWIN",
    "DDM",
    "ContinualTrainer",
    "ForgettingSGD",
    "PageHinkley",
    "RecursiveLeastSquares",
    "SlidingWindow",
    "prequential_error",
    "prequential_evaluation",
]
