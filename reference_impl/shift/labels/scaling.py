"""Calibration of a classifier on a labelled hold-out: temperature, with biases, or a slope for each class."""

from typing import Self

import numpy

from reference_impl._array import Array, from_numpy, namespace
from reference_impl._checks import check_at_least, check_choice
from reference_impl.shift.estimator import Estimator
from reference_impl.shift.labels.holdout import read_classes
from reference_impl.shift.labels.scores import read_scores
from reference_impl.shift.labels.softmax_fit import Softmax, fit_softmax

RIDGES = {"temperature": 1e-6, "bcts": 1e-6, "vector": 1e-4}


def start_softmax(calibration: str, classes: int) -> tuple[Softmax, float]:
    """Return the identity in the parameters of a calibration, and its ridge."""
    slopes = numpy.ones(classes if calibration == "vector" else 1)
    biases = None if calibration == "temperature" else numpy.zeros(classes)
    return Softmax(slopes, biases), RIDGES[calibration]
