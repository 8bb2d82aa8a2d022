"""Concepts that change: models that forget, detectors of the change, and their evaluation on a stream."""

from reference_impl.shift.concept.adaptive_window import ADWIN
from reference_impl.shift.concept.error_rates import DDM
from reference_impl.shift.concept.page_hinkley import PageHinkley

__all__ = ["ADWIN", "DDM", "PageHinkley"]
