"""Activation functions: against torch, by hand, and where numbers are extreme."""

import numpy as np
import pytest
import torch
from draws import scales, seeds, shapes, values
from hypothesis import given

from reference_impl import functional as F
from reference_impl.autograd import Tensor, check_gradients, grad

INFINITY = float("inf")
EXTREME = [INFINITY, -INFINITY, float("nan"), 1e308, -1e308, 5e-324, 710.0, -710.0, 0.0, -0.0]
NAMES = ["relu", "sigmoid", "tanh"]


@pytest.mark.parametrize("name", NAMES)
def test_activations_agree_with_torch(name, agreement, precision):
    oracle = "torch.nn.functional.relu" if name == "relu" else f"torch.{name}"
    with agreement(f"reference_impl.functional.{name}", oracle, precision) as compare:

        @given(seed=seeds, shape=shapes(), scale=scales)
        def drawn(seed, shape, scale):
            compare(lambda library, x: getattr(library.F, name)(x), values(seed, shape, scale))

        drawn()


@pytest.mark.parametrize("name", NAMES)
def test_extreme_entries_give_what_torch_gives(name):
    for entry in EXTREME:
        x = Tensor(np.asarray([entry]), requires_grad=True)
        theirs = torch.tensor([entry], dtype=torch.float64, requires_grad=True)
        with np.errstate(all="ignore"):
            y = getattr(F, name)(x)
            y.backward(np.asarray([2.0]))
        wanted = getattr(torch, name)(theirs)
        wanted.backward(torch.tensor([2.0], dtype=torch.float64))
        np.testing.assert_allclose(y.data, wanted.detach(), rtol=1e-14, atol=1e-300, err_msg=str(entry))
        if name == "relu" or not np.isnan(entry):
            np.testing.assert_allclose(x.grad, theirs.grad, rtol=1e-14, atol=1e-300, err_msg=str(entry))


@pytest.mark.parametrize("name", NAMES)
def test_gradients_are_right_to_third_order(name):
    x = np.asarray([-2.5, -0.75, 0.25, 3.0])
    check_gradients(getattr(F, name), x, order=3)


def test_sigmoid_is_smooth_at_zero():
    zero = np.zeros(2)
    check_gradients(F.sigmoid, zero, order=3)


def test_sigmoid_overflows_nowhere():
    x = np.asarray([-1000.0, 1000.0])
    assert F.sigmoid(x).tolist() == [0.0, 1.0]
    assert grad(lambda x: grad(lambda x: F.sigmoid(x).sum())(x).sum())(x).tolist() == [0.0, 0.0]


def test_the_derivative_of_relu_at_zero_is_zero():
    x = Tensor(np.asarray([0.0, -0.0]), requires_grad=True)
    F.relu(x).sum().backward()
    assert x.grad.tolist() == [0.0, 0.0]


def test_an_infinite_gradient_at_a_closed_relu_is_nan_where_torch_gives_zero():
    """The documented difference: choosing instead of multiplying takes NumPy many times as long."""
    x = Tensor(np.asarray([-1.0, 0.0, 2.0]), requires_grad=True)
    theirs = torch.tensor([-1.0, 0.0, 2.0], requires_grad=True)
    with np.errstate(invalid="ignore"):
        F.relu(x).backward(np.full(3, INFINITY))
    torch.relu(theirs).backward(torch.full((3,), INFINITY))
    np.testing.assert_array_equal(x.grad, [np.nan, np.nan, INFINITY])
    assert theirs.grad.tolist() == [0.0, 0.0, INFINITY]


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_refused(name):
    with pytest.raises(
        TypeError, match=r"expected an array, not \[1.0, 2.0\] \(a list\); pass e.g. numpy.asarray"
    ):
        getattr(F, name)([1.0, 2.0])
