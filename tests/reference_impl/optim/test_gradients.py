"""Clipping, penalties and noise: against torch, by hand, and the words of errors."""

import math

import numpy as np
import pytest
import torch
from draws import scales, seeds, shapes, values
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.autograd import Tensor
from reference_impl.optim import (
    add_gradient_noise_,
    add_l1_penalty_,
    add_l2_penalty_,
    clip_grad_norm_,
    clip_grad_value_,
)

ORDERS = st.sampled_from([1, 2, 2.0, 3, 0.5, math.inf])


def with_gradients(library, *arrays):
    """Make parameters of the first half of the arrays, with the second half as gradients."""
    half = len(arrays) // 2
    made = [library.tensor(library.values(array).copy(), requires_grad=True) for array in arrays[:half]]
    for parameter, gradient in zip(made, arrays[half:], strict=True):
        parameter.grad = library.array(library.values(gradient).copy())
    return made


def compare_gradients(compare, ours, theirs, strategy):
    """Compare gradients of two parameters after `ours(parameters, argument)` and after `theirs`."""

    @given(seed=seeds, one=shapes(most=2), two=shapes(most=2), scale=scales, argument=strategy)
    def drawn(seed, one, two, scale, argument):
        def run(library, *arrays):
            parameters = with_gradients(library, *arrays)
            changed = theirs if library.name == "the oracle" else ours
            returned = changed(parameters, argument)
            kind = "float64" if "64" in str(arrays[0].dtype) else "float32"
            numbers = [] if returned is None else [library.array(np.asarray(float(returned), kind))]
            return [*(parameter.grad for parameter in parameters), *numbers]

        arrays = [values(seed + number, shape, scale) for number, shape in enumerate((one, two) * 2)]
        compare.arrays("gradient", run, *arrays)

    drawn()


def test_clipping_by_value_agrees_with_torch(agreement, precision):
    with agreement(
        "reference_impl.optim.clip_grad_value_", "torch.nn.utils.clip_grad_value_", precision
    ) as compare:
        compare_gradients(compare, clip_grad_value_, torch.nn.utils.clip_grad_value_, st.floats(0.0, 5.0))


def test_clipping_by_norm_agrees_with_torch(agreement, precision):
    def ours(parameters, argument):
        return clip_grad_norm_(parameters, *argument)

    def theirs(parameters, argument):
        return torch.nn.utils.clip_grad_norm_(parameters, *argument)

    with agreement(
        "reference_impl.optim.clip_grad_norm_", "torch.nn.utils.clip_grad_norm_", precision
    ) as compare:
        compare_gradients(compare, ours, theirs, st.tuples(st.floats(0.0, 10.0), ORDERS))


def add_by_autograd(parameters, penalty):
    for parameter in parameters:
        penalty(parameter).backward()


def test_the_l1_penalty_agrees_with_the_gradient_of_torch(agreement, precision):
    def theirs(parameters, strength):
        add_by_autograd(parameters, lambda parameter: strength * parameter.abs().sum())

    with agreement("reference_impl.optim.add_l1_penalty_", "torch.autograd", precision) as compare:
        compare_gradients(compare, add_l1_penalty_, theirs, st.floats(0.0, 2.0))


def test_the_l2_penalty_agrees_with_the_gradient_of_torch(agreement, precision):
    def theirs(parameters, strength):
        add_by_autograd(parameters, lambda parameter: strength / 2 * parameter.square().sum())

    with agreement("reference_impl.optim.add_l2_penalty_", "torch.autograd", precision) as compare:
        compare_gradients(compare, add_l2_penalty_, theirs, st.floats(0.0, 2.0))


def test_gradient_noise_agrees_with_its_formula(agreement, precision):
    def ours(parameters, argument):
        step, c, gamma = argument
        add_gradient_noise_(parameters, step, rng=np.random.default_rng(step), c=c, gamma=gamma)

    def theirs(parameters, argument):
        step, c, gamma = argument
        rng = np.random.default_rng(step)
        variance = np.longdouble(c) / (1 + np.longdouble(step)) ** np.longdouble(gamma)
        for parameter in parameters:
            noise = np.sqrt(variance) * rng.standard_normal(tuple(parameter.shape))
            parameter.grad += torch.tensor(np.asarray(noise, np.float64)).to(parameter.grad.dtype)

    with agreement("reference_impl.optim.add_gradient_noise_", "the paper's formula", precision) as compare:
        strategy = st.tuples(st.integers(0, 10_000), st.floats(0.0, 1.0), st.floats(0.0, 2.0))
        compare_gradients(compare, ours, theirs, strategy)


def test_the_variance_of_the_noise_falls_as_the_paper_says():
    theta = Tensor(np.zeros(200_000), requires_grad=True)
    for step, variance in ((0, 0.3), (15, 0.3 / 16**0.55)):
        theta.grad = np.zeros(200_000)
        add_gradient_noise_(theta, step, rng=np.random.default_rng(1), c=0.3)
        assert theta.grad.var() == pytest.approx(variance, rel=0.02)


@pytest.mark.parametrize("bad", [math.inf, math.nan])
def test_a_norm_that_is_not_finite_is_refused_or_passed_on_as_in_torch(bad):
    theta, theirs = Tensor(np.zeros(2), requires_grad=True), torch.nn.Parameter(torch.zeros(2).double())
    theta.grad, theirs.grad = np.asarray([bad, 2.0]), torch.tensor([bad, 2.0]).double()
    with pytest.raises(
        RuntimeError, match=r"total norm of order 2.0 for gradients from `parameters` is non-finite"
    ):
        clip_grad_norm_([theta], 1.0, error_if_nonfinite=True)
    np.testing.assert_array_equal(theta.grad, [bad, 2.0])
    with np.errstate(invalid="ignore"):
        norm = clip_grad_norm_([theta], 1.0)
    np.testing.assert_array_equal(norm, torch.nn.utils.clip_grad_norm_([theirs], 1.0))
    np.testing.assert_array_equal(theta.grad, theirs.grad)


def test_what_has_no_gradient_is_left_out_and_nothing_is_copied():
    one, two = (Tensor(np.ones(2), requires_grad=True) for _ in range(2))
    one.grad = memory = np.asarray([3.0, 4.0])
    assert clip_grad_norm_(iter([one, two]), 1.0) == 5.0
    clip_grad_value_([one, two], 0.5)
    assert one.grad is memory
    assert two.grad is None
    assert clip_grad_norm_([two], 1.0) == 0.0
    parameter = torch.nn.Parameter(torch.ones(2))
    parameter.grad = torch.full((2,), 3.0)
    clip_grad_value_(parameter, 0.5)
    assert parameter.grad.tolist() == [0.5, 0.5]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (
            lambda p: clip_grad_value_(p, -1.0),
            ValueError,
            r"`clip_value` \(=-1.0\) must be at least 0; pass e.g. clip_v",
        ),
        (lambda p: clip_grad_norm_(p, math.nan), ValueError, r"`max_norm` \(=nan\) must be at least 0"),
        (
            lambda p: clip_grad_norm_(p, 1.0, 0),
            ValueError,
            r"`norm_type` \(=0\) must be above 0; pass e.g. norm_type=2",
        ),
        (lambda p: clip_grad_norm_(p, 1.0, "inf"), TypeError, r"`norm_type` \(='inf'\) must be a number"),
        (
            lambda p: add_l1_penalty_(p, -0.1),
            ValueError,
            r"`strength` \(=-0.1\) must be at least 0; pass e.g. stren",
        ),
        (lambda p: add_l2_penalty_(p, None), TypeError, r"`strength` \(=None\) must be a number"),
        (
            lambda p: add_gradient_noise_(p, 1, rng=0),
            TypeError,
            r"`rng` \(=0\) must be a numpy.random.Generator; pass",
        ),
        (
            lambda p: add_gradient_noise_(p, -1, rng=np.random.default_rng(0)),
            ValueError,
            r"`step` \(=-1\) must be at least 0",
        ),
        (
            lambda p: add_gradient_noise_(p, 1, rng=np.random.default_rng(0), c=-1),
            ValueError,
            r"`c` \(=-1\) must be at least 0",
        ),
        (
            lambda p: add_gradient_noise_(p, 1, rng=np.random.default_rng(0), gamma=-1),
            ValueError,
            r"`gamma` \(=-1\) must be at least 0",
        ),
    ],
)
def test_bad_arguments_are_named(call, error, words):
    theta = Tensor(np.ones(2), requires_grad=True)
    theta.grad = np.ones(2)
    with pytest.raises(error, match=words):
        call([theta])
    assert theta.grad.tolist() == [1, 1]
