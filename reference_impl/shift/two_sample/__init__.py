"""Tests of shift: do source and target have one distribution?"""

from reference_impl.shift.two_sample.black_box import black_box_shift_test
from reference_impl.shift.two_sample.classification import classifier_two_sample_test
from reference_impl.shift.two_sample.marginals import kolmogorov_smirnov_test
from reference_impl.shift.two_sample.mean_discrepancy import mmd_test

__all__ = [
    "black_box_shift_test",
    "classifier_two_sample_test",
    "kolmogorov_smirnov_test",
    "mmd_test",
]
