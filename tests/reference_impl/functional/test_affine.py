"""The affine map against torch, and the words of its errors."""

import numpy as np
import pytest
from draws import seeds, shapes, sizes, values
from hypothesis import given
from hypothesis import strategies as st

from reference_impl import functional as F
from reference_impl.autograd import Tensor, check_gradients


def test_linear_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.functional.linear", "torch.nn.functional.linear", precision) as compare:

        @given(seed=seeds, before=shapes(most=3), n=sizes, m=sizes, bias=st.booleans())
        def drawn(seed, before, n, m, bias):
            arrays = [values(seed, (*before, n)), values(seed + 1, (m, n)), values(seed + 2, (m,))]
            compare(lambda library, *tensors: library.F.linear(*tensors), *arrays[: 2 + bias], sums=True)

        drawn()


def test_gradients_are_right_to_second_order():
    arrays = [values(seed, shape) for seed, shape in enumerate([(2, 2, 3), (4, 3), (4,)])]
    check_gradients(F.linear, *arrays, order=2)


def test_a_constant_input_needs_no_gradient():
    x = Tensor(np.ones((2, 3)))
    weight = Tensor(np.ones((1, 3)), requires_grad=True)
    F.linear(x, weight).sum().backward()
    assert x.grad is None
    assert weight.grad.tolist() == [[2.0, 2.0, 2.0]]


@pytest.mark.parametrize("shape", [(5, 3), (3,), (2, 5, 3)])
def test_features_that_do_not_fit_are_named(shape):
    with pytest.raises(
        RuntimeError,
        match=r"mat1 and mat2 shapes cannot be multiplied \(\w+x3 and 2x16\): the last axis of `input` must have the "
        r"2 features that `weight` \(of shape \(16, 2\)\) takes",
    ):
        F.linear(np.ones(shape), np.ones((16, 2)))
