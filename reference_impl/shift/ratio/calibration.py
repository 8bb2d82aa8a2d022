"""Calibration of held-out logits: a slope and an intercept, or a temperature."""

import numpy

from reference_impl.shift.ratio.design import Design
from reference_impl.shift.ratio.newton import fit_logistic

CALIBRATIONS = ("platt", "temperature", None)
PENALTY = 0.01
"""Keeps the slope finite where the logits separate the samples."""


def calibrate(calibration: str | None, source: numpy.ndarray, target: numpy.ndarray) -> tuple[float, float]:
    """Return the slope and the intercept that turn logits into those of the best log loss."""
    if calibration is None:
        return 1.0, 0.0
    platt = calibration == "platt"
    pooled = numpy.concatenate([source, target])
    center = pooled.mean() if platt else 0.0
    scale = float(numpy.sqrt(((pooled - center) ** 2).mean())) or 1.0
    design = Design(lambda scores: (scores - center) / scale, source[:, None], target[:, None])
    intercept, slope = fit_logistic(design, PENALTY, with_intercept=platt).coefficients
    return float(slope / scale), float(intercept - slope * center / scale)
