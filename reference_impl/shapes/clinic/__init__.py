"""Torch's messages about shapes, explained."""

from reference_impl.shapes.clinic.explanation import Explanation, explain_error

__all__ = ["Explanation", "explain_error"]
