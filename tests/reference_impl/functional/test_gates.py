"""Hard sigmoid, SiLU, softplus and GELU: against torch, by their properties, and at extremes."""

import math

import numpy as np
import pytest
import torch
from draws import scales, seeds, shapes, values
from hypothesis import given
from hypothesis import strategies as st
from libraries import ORACLE
from twins import many

from reference_impl import functional as F
from reference_impl.autograd import Tensor, check_gradients

CASES = {
    "hardsigmoid": st.just({}),
    "silu": st.just({}),
    "softplus": st.fixed_dictionaries({"beta": st.floats(0.2, 4.0), "threshold": st.floats(1.0, 30.0)}),
    "gelu": st.fixed_dictionaries({"approximate": st.sampled_from(["none", "tanh"])}),
}
ORACLES = {name: getattr(torch.nn.functional, name) for name in CASES}
ORACLES["hardsigmoid"] = lambda x: torch.nn.functional.relu6(x + 3) / 6
"""The gradient of torch's own hardsigmoid is 1/6 rounded to float32, also where all else is float64."""
EXTREME = [np.inf, -np.inf, np.nan, 1e308, -1e308, 5e-324, 710.0, -710.0, 3.0, -3.0, 0.0, -0.0]


@pytest.mark.parametrize("name", CASES)
def test_gates_agree_with_torch(name, agreement, precision):
    oracle = f"torch.nn.functional.{'relu6(x + 3) / 6' if name == 'hardsigmoid' else name}"
    with agreement(f"reference_impl.functional.{name}", oracle, precision) as compare:

        @many
        @given(seed=seeds, shape=shapes(), scale=scales, options=CASES[name])
        def drawn(seed, shape, scale, options):
            def run(library, x):
                return (ORACLES if library is ORACLE else vars(library.F))[name](x, **options)

            compare(run, values(seed, shape, scale), sums=True)

        drawn()


@pytest.mark.parametrize("name", CASES)
def test_defaults_are_those_of_torch(name):
    x = values(0, (50,), 20.0)
    wanted = getattr(torch.nn.functional, name)(torch.tensor(x))
    np.testing.assert_allclose(getattr(F, name)(x).data, wanted, rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize(("name", "entry"), [(name, entry) for name in CASES for entry in EXTREME])
def test_extreme_entries_give_what_torch_gives(name, entry):
    x = Tensor(np.asarray([entry]), requires_grad=True)
    theirs = torch.tensor([entry], dtype=torch.float64, requires_grad=True)
    with np.errstate(all="ignore"):
        y = getattr(F, name)(x)
        y.backward(np.asarray([2.0]))
    wanted = ORACLES[name](theirs)
    wanted.backward(torch.tensor([2.0], dtype=torch.float64))
    np.testing.assert_allclose(y.data, wanted.detach(), rtol=1e-14, atol=1e-300)
    if not np.isnan(entry):
        np.testing.assert_allclose(x.grad, theirs.grad, rtol=1e-14, atol=1e-300)


@pytest.mark.parametrize("function", [F.hardsigmoid, F.silu, F.softplus, F.gelu, lambda x: F.gelu(x, "tanh")])
def test_gradients_are_right_to_third_order(function):
    check_gradients(function, np.asarray([-2.5, -0.75, 0.25, 2.75]), order=3)


@given(seed=seeds)
def test_what_is_kept_on_either_side_adds_up_to_the_entry(seed):
    x = values(seed, (20,), 5.0)
    for gate in (F.silu, F.gelu, lambda x: F.gelu(x, "tanh")):
        np.testing.assert_allclose((gate(x) - gate(-x)).data, x, rtol=1e-13, atol=1e-14)
    np.testing.assert_allclose((F.softplus(x) - F.softplus(-x)).data, x, rtol=1e-8)
    np.testing.assert_allclose((F.hardsigmoid(x) + F.hardsigmoid(-x)).data, 1.0, rtol=1e-14)


def test_gelu_weighs_by_the_normal_distribution():
    below = 0.5 * math.erfc(1.5 / math.sqrt(2))
    assert F.gelu(np.asarray([-1.5])).item() == pytest.approx(-1.5 * below, rel=1e-14)


def test_an_unknown_approximation_is_refused():
    with pytest.raises(
        ValueError, match=r"`approximate` \(='erf'\) is unknown; choose one of 'none', 'tanh'"
    ):
        F.gelu(np.ones(2), approximate="erf")
