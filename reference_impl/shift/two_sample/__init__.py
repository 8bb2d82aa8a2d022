"""Tests of shift: do source and target have one distribution?"""

from reference_impl.shift.two_sample.marginals import kolmogorov_smirnov_test
from reference_impl.shift.two_sample.mean_discrepancy import mmd_test

__all__ = ["kolmogorov_smirnov_test", "mmd_test"]
