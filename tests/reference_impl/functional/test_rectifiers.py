"""Leaky, parametric, exponential and scaled rectifiers, and maxout: against torch, by hand, and at extremes."""

import numpy as np
import pytest
import torch
from draws import scales, seeds, shapes, sizes, values
from hypothesis import given
from hypothesis import strategies as st
from libraries import ORACLE
from twins import many

from reference_impl import functional as F
from reference_impl.autograd import Tensor, check_gradients

positive = st.floats(0.1, 3.0)
CASES = {
    "leaky_relu": st.fixed_dictionaries({"negative_slope": st.floats(-1.0, 2.0)}),
    "elu": st.fixed_dictionaries({"alpha": positive}),
    "selu": st.just({}),
}


@pytest.mark.parametrize("name", CASES)
def test_rectifiers_agree_with_torch(name, agreement, precision):
    with agreement(f"reference_impl.functional.{name}", f"torch.nn.functional.{name}", precision) as compare:

        @many
        @given(seed=seeds, shape=shapes(), scale=scales, options=CASES[name])
        def drawn(seed, shape, scale, options):
            x = values(seed, shape, scale)
            compare(lambda library, x: getattr(library.F, name)(x, **options), x)

        drawn()


@pytest.mark.parametrize("name", CASES)
def test_defaults_are_those_of_torch(name):
    x = values(0, (50,))
    wanted = getattr(torch.nn.functional, name)(torch.tensor(x))
    np.testing.assert_allclose(getattr(F, name)(x).data, wanted, rtol=1e-14)


def test_prelu_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.functional.prelu", "torch.nn.functional.prelu", precision) as compare:

        @many
        @given(seed=seeds, shape=shapes(least=1), scale=scales, several=st.booleans())
        def drawn(seed, shape, scale, several):
            channels = shape[1] if several and len(shape) > 1 else 1
            arrays = values(seed, shape, scale), values(seed + 1, (channels,))
            compare(lambda library, x, w: library.F.prelu(x, w), *arrays, sums=True)

        drawn()


def test_slopes_that_fit_no_channel_are_refused():
    with pytest.raises(
        ValueError, match=r"`weight.shape` \(=\(2,\)\) must be \(1,\) or \(3,\); give each channel"
    ):
        F.prelu(np.ones((2, 3)), np.ones(2))


def test_maxout_agrees_with_torch(agreement, precision):
    with agreement("reference_impl.functional.maxout", "torch.amax", precision) as compare:

        @many
        @given(seed=seeds, before=shapes(most=2), after=shapes(most=2), groups=sizes, pieces=sizes)
        def drawn(seed, before, after, groups, pieces):
            x = values(seed, (*before, groups * pieces, *after))
            axis = len(before)

            def run(library, x):
                if library is ORACLE:
                    return torch.amax(x.unflatten(axis, (groups, pieces)), axis + 1)
                return library.F.maxout(x, pieces, dim=axis - x.ndim)

            compare(run, x)

        drawn()


def test_pieces_that_do_not_fit_are_refused():
    with pytest.raises(
        ValueError, match=r"`num_pieces` \(=3\) must divide the number of features, 4; make that number"
    ):
        F.maxout(np.ones((2, 4)), 3)


@pytest.mark.parametrize("name", CASES)
def test_extreme_entries_give_what_torch_gives(name):
    for entry in [np.inf, -np.inf, np.nan, 1e308, -1e308, 5e-324, 710.0, -710.0, 0.0, -0.0]:
        x = Tensor(np.asarray([entry]), requires_grad=True)
        theirs = torch.tensor([entry], dtype=torch.float64, requires_grad=True)
        with np.errstate(all="ignore"):
            y = getattr(F, name)(x)
            y.backward(np.asarray([2.0]))
        wanted = getattr(torch.nn.functional, name)(theirs)
        wanted.backward(torch.tensor([2.0], dtype=torch.float64))
        np.testing.assert_allclose(y.data, wanted.detach(), rtol=1e-14, err_msg=str(entry))
        if not np.isnan(entry):
            np.testing.assert_allclose(x.grad, theirs.grad, rtol=1e-14, atol=1e-300, err_msg=str(entry))


@pytest.mark.parametrize("name", CASES)
def test_gradients_are_right_to_third_order(name):
    check_gradients(getattr(F, name), np.asarray([-2.5, -0.75, 0.25, 3.0]), order=3)


def test_gradients_of_slopes_and_pieces_are_right_to_second_order():
    x = np.asarray([[-2.5, 0.75], [0.25, -3.0]])
    check_gradients(F.prelu, x, np.asarray([0.5, -0.25]), order=2)
    check_gradients(lambda x: F.maxout(x, 2) ** 2, x, order=2)


def test_elu_goes_to_minus_alpha_without_warning():
    assert F.elu(np.asarray([-1e4, 1e4]), alpha=2.5).tolist() == [-2.5, 1e4]
