"""Maps from standardised points to the columns of a logistic regression."""

from collections.abc import Callable

from reference_impl.shift.ratio.features.bumps import additive_bumps, kernel_bumps
from reference_impl.shift.ratio.features.fourier import random_fourier
from reference_impl.shift.ratio.features.polynomials import linear, quadratic
from reference_impl.shift.ratio.features.signature import Features, Place

MAPS: dict[str, Callable[[Place], Features]] = {
    "linear": linear,
    "quadratic": quadratic,
    "additive": additive_bumps,
    "kernel": kernel_bumps,
    "random": random_fourier,
}
