"""Maps from standardised points to the columns of a logistic regression.

A map is made once, from standardised points of both samples in NumPy, sorted so that the order of the rows doesn't
matter; `like` is an array of the place where it will work.
"""

from reference_impl.shift.ratio.features.bumps import additive_bumps, kernel_bumps
from reference_impl.shift.ratio.features.fourier import random_fourier
from reference_impl.shift.ratio.features.polynomials import linear, quadratic

MAPS = {
    "linear": linear,
    "quadratic": quadratic,
    "additive": additive_bumps,
    "kernel": kernel_bumps,
    "random": random_fourier,
}
