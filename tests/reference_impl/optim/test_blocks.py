"""Rules applied in place: block by block as on the whole, and on torch through its fused operations."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.optim import blocks
from reference_impl.optim.fused import FUNCTIONS, Fused

PLAIN = [np.asarray([0.5, -2.0, 3.0]), np.asarray([1.5, 0.25, -0.75]), np.asarray([4.0, 2.0, 0.125])]
numbers = st.sampled_from([0.0, 1.0, 0.25, 0.75, -2.0])


def rule(parameter, gradient, mean, square):
    mean = 0.75 * mean + 0.25 * gradient
    square = square + gradient**2
    return parameter - 0.5 * mean / (square + 1.0), mean, square


@pytest.mark.parametrize("make", [np.asarray, torch.tensor], ids=["numpy", "torch"])
@pytest.mark.parametrize("size", [1, 4, 5, 11])
def test_blocks_give_what_the_whole_gives(make, size, monkeypatch):
    rng = np.random.default_rng(0)
    starts = [rng.standard_normal((size, 2)) for _ in range(4)]
    expected = rule(*starts)
    monkeypatch.setattr(blocks, "BLOCK", 4)
    parameter, gradient, *others = map(make, starts)
    memory = [
        array.__array_interface__["data"] if make is np.asarray else array.data_ptr() for array in others
    ]
    blocks.apply_in_place(rule, parameter, gradient, others)
    for found, wanted in zip([parameter, *others], expected, strict=True):
        np.testing.assert_allclose(np.asarray(found), wanted, rtol=1e-12)
    assert memory == [
        array.__array_interface__["data"] if make is np.asarray else array.data_ptr() for array in others
    ]
    np.testing.assert_array_equal(np.asarray(gradient), starts[1])


@pytest.mark.parametrize("make", [np.asarray, torch.tensor], ids=["numpy", "torch"])
def test_arrays_that_lie_apart_are_taken_as_a_whole(make, monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 4)
    starts = [np.arange(12.0).reshape(3, 4) + number for number in range(4)]
    expected = rule(*(start.T for start in starts))
    parameter, gradient, *others = (make(start.copy()).T for start in starts)
    blocks.apply_in_place(rule, parameter, gradient, others)
    np.testing.assert_allclose(np.asarray(parameter), expected[0], rtol=1e-12)


def test_a_state_that_depends_on_the_parameter_sees_its_old_value():
    parameter, gradient, state = (torch.tensor([x]).double() for x in (1.0, 4.0, 0.0))
    blocks.apply_in_place(lambda p, g, s: (p - 0.5 * g, g + 2 * p), parameter, gradient, [state])
    assert (parameter.item(), state.item()) == (-1.0, 6.0)


def terms():
    """Draw expressions as functions of three arrays and their namespace."""
    leaves = st.sampled_from([lambda xs, xp, i=i: xs[i] for i in range(3)])

    def grow(children):
        pairs, alone = st.tuples(children, children), st.tuples(children, numbers)
        return st.one_of(
            pairs.map(lambda ab: lambda xs, xp: ab[0](xs, xp) + ab[1](xs, xp)),
            pairs.map(lambda ab: lambda xs, xp: ab[0](xs, xp) - ab[1](xs, xp)),
            pairs.map(lambda ab: lambda xs, xp: ab[0](xs, xp) * ab[1](xs, xp)),
            pairs.map(lambda ab: lambda xs, xp: ab[0](xs, xp) / (xp.abs(ab[1](xs, xp)) + 1.0)),
            pairs.map(lambda ab: lambda xs, xp: xp.maximum(ab[0](xs, xp), ab[1](xs, xp))),
            alone.map(lambda an: lambda xs, xp: an[1] * an[0](xs, xp)),
            alone.map(lambda an: lambda xs, xp: an[0](xs, xp) + an[1]),
            alone.map(lambda an: lambda xs, xp: an[0](xs, xp) - an[1]),
            alone.map(lambda an: lambda xs, xp: an[1] / (xp.abs(an[0](xs, xp)) + 0.5)),
            children.map(lambda a: lambda xs, xp: -a(xs, xp) / 4),
            children.map(lambda a: lambda xs, xp: xp.sqrt(3 * xp.abs(a(xs, xp)))),
            children.map(lambda a: lambda xs, xp: xp.clip(a(xs, xp), -8.0, 8.0) ** 2),
            children.map(lambda a: lambda xs, xp: xp.clip(a(xs, xp), -2.0, 2.0) ** 3),
        )

    return st.recursive(leaves, grow, max_leaves=8)


@given(term=terms())
def test_fused_operations_compute_what_plain_ones_do(term):
    expected = term(PLAIN, np)
    tensors = [torch.tensor(array) for array in PLAIN]
    fused = term([Fused(tensor) for tensor in tensors], FUNCTIONS)
    np.testing.assert_allclose(fused.value().numpy(), expected, rtol=1e-11, atol=1e-11)
    for tensor, before in zip(tensors, PLAIN, strict=True):
        np.testing.assert_array_equal(tensor.numpy(), before)


@given(term=terms())
def test_storing_into_what_is_added_to_gives_the_same(term):
    expected = PLAIN[0] - term(PLAIN, np)
    tensors = [torch.tensor(array) for array in PLAIN]
    target, *others = tensors
    xs = [Fused(target), *map(Fused, others)]
    (xs[0] - term(xs, FUNCTIONS)).store(target)
    np.testing.assert_allclose(target.numpy(), expected, rtol=1e-11, atol=1e-11)
