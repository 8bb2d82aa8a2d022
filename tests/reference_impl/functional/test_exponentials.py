"""Softmax, its logarithm and logsumexp: against torch, by their properties, and where numbers are extreme."""

import numpy as np
import pytest
import torch
from draws import scales, seeds, shapes, values
from hypothesis import given
from hypothesis import strategies as st

from reference_impl import functional as F
from reference_impl.autograd import Tensor, check_gradients

INFINITY = float("inf")
NAMES = ["softmax", "log_softmax", "logsumexp"]


@pytest.mark.parametrize("name", ["softmax", "log_softmax"])
def test_softmax_agrees_with_torch(name, agreement, precision):
    with agreement(f"reference_impl.functional.{name}", f"torch.nn.functional.{name}", precision) as compare:

        @given(seed=seeds, shape=shapes(least=1), scale=scales, data=st.data())
        def drawn(seed, shape, scale, data):
            dim = data.draw(st.integers(-len(shape), len(shape) - 1))
            x = values(seed, shape, scale)
            compare(lambda library, x: getattr(library.F, name)(x, dim=dim), x, sums=name == "log_softmax")

        drawn()


def test_logsumexp_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.functional.logsumexp", "torch.logsumexp", precision) as compare:

        @given(seed=seeds, shape=shapes(least=1), scale=scales, keepdim=st.booleans(), data=st.data())
        def drawn(seed, shape, scale, keepdim, data):
            dim = data.draw(st.integers(-len(shape), len(shape) - 1))
            x = values(seed, shape, scale)
            compare(lambda library, x: library.F.logsumexp(x, dim=dim, keepdim=keepdim), x, sums=True)

        drawn()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "row",
    [
        [INFINITY, 1.0, 2.0],
        [-INFINITY, 1.0, 2.0],
        [-INFINITY, -INFINITY, -INFINITY],
        [float("nan"), 1.0, 2.0],
        [INFINITY, INFINITY, -INFINITY],
        [1e308, -1e308, 0.0],
        [5e-324, 0.0, -0.0],
    ],
)
def test_extreme_rows_give_what_torch_gives(name, row):
    x = Tensor(np.asarray(row), requires_grad=True)
    theirs = torch.tensor(row, dtype=torch.float64, requires_grad=True)
    with np.errstate(all="ignore"):
        y = getattr(F, name)(x, dim=0)
        y.sum().backward()
    wanted = getattr(torch, name)(theirs, dim=0)
    wanted.sum().backward()
    np.testing.assert_allclose(y.data, wanted.detach(), rtol=1e-14)
    np.testing.assert_allclose(x.grad, theirs.grad, rtol=1e-14, atol=1e-15)


@given(seed=seeds, shape=shapes(least=2, most=2), shift=st.floats(-1e3, 1e3))
def test_softmax_sums_to_one_and_ignores_a_shift(seed, shape, shift):
    x = values(seed, shape)
    probabilities = F.softmax(x, dim=1).data
    np.testing.assert_allclose(probabilities.sum(axis=1), 1.0, rtol=1e-14)
    np.testing.assert_allclose(F.softmax(x + shift, dim=1).data, probabilities, rtol=1e-11)


def test_log_softmax_stays_finite_where_softmax_underflows():
    x = np.asarray([0.0, -2000.0])
    assert F.softmax(x, dim=0).tolist() == [1.0, 0.0]
    assert F.log_softmax(x, dim=0).tolist() == [0.0, -2000.0]


@pytest.mark.parametrize("name", NAMES)
def test_gradients_are_right_to_second_order(name):
    x = values(7, (3, 4))
    check_gradients(lambda x: getattr(F, name)(x, dim=1), x, order=2)
