"""Shifts whose truth is known: the density ratio, the shares of the classes, or the concept at every step."""

from reference_impl.shift.simulate.gaussian import bimodal_shift, gaussian_mean_shift, gaussian_scale_shift
from reference_impl.shift.simulate.regression import shimodaira_regression
from reference_impl.shift.simulate.relabelling import dirichlet_shift, tweak_one_shift
from reference_impl.shift.simulate.streams import bernoulli_stream, moving_linear_stream

__all__ = [
    "bernoulli_stream",
    "bimodal_shift",
    "dirichlet_shift",
    "gaussian_mean_shift",
    "gaussian_scale_shift",
    "moving_linear_stream",
    "shimodaira_regression",
    "tweak_one_shift",
]
