"""The learning-rate range test: against a loop of torch, what it restores, and when it stops."""

import copy
import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reference_impl.autograd import Tensor
from reference_impl.optim import SGD, Adam, learning_rate_range_test


def test_losses_agree_with_a_loop_of_torch(agreement, precision):
    oracle = "torch.optim.SGD and torch.logspace"
    with agreement("reference_impl.optim.learning_rate_range_test", oracle, precision) as compare:

        @given(
            curvature=st.floats(0.5, 2.0),
            lowest=st.floats(1e-3, 1e-1),
            times=st.floats(2.0, 10.0),
            number=st.integers(2, 12),
            spacing=st.sampled_from(["exponential", "linear"]),
        )
        def drawn(curvature, lowest, times, number, spacing):
            def by_torch(start):
                theta, losses = start.clone().requires_grad_(), []
                ends = torch.tensor([lowest, lowest * times], dtype=torch.float64)
                rates = torch.linspace(
                    *(ends if spacing == "linear" else ends.log()), number, dtype=torch.float64
                )
                for rate in rates if spacing == "linear" else rates.exp():
                    optimizer = torch.optim.SGD([theta], lr=rate.item())
                    optimizer.zero_grad()
                    loss = curvature * (theta * theta).sum()
                    loss.backward()
                    losses.append(loss.detach())
                    optimizer.step()
                return [torch.stack(losses)]

            def run(library, start):
                if library.name == "the oracle":
                    return by_torch(start)
                theta = library.tensor(library.values(start), requires_grad=True)
                optimizer = SGD([theta])

                def closure():
                    optimizer.zero_grad()
                    loss = curvature * (theta * theta).sum()
                    loss.backward()
                    return loss

                ends = lowest, lowest * times
                _, losses = learning_rate_range_test(closure, optimizer, *ends, number, spacing, math.inf)
                return [library.array(np.asarray(losses, library.values(start).dtype))]

            compare.arrays("loss", run, np.asarray([1.0, -0.5, 2.0]))

        drawn()


@pytest.mark.parametrize("home", ["ours", "torch"])
def test_everything_is_as_it_was(home):
    theta = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    kind = Adam if home == "ours" else torch.optim.Adam
    optimizer = kind([theta], lr=0.5)

    def closure():
        optimizer.zero_grad()
        loss = theta.square().sum()
        loss.backward()
        return loss

    closure()
    optimizer.step()
    before = copy.deepcopy((theta.tolist(), optimizer.state_dict()))
    rates, losses = learning_rate_range_test(closure, optimizer, 1e-3, 1.0, num_iter=10)
    assert len(rates) == len(losses) == 10 and losses[0] > losses[5]
    assert theta.tolist() == before[0]
    assert optimizer.param_groups[0]["lr"] == 0.5
    for name, value in before[1]["state"][0].items():
        assert torch.equal(torch.as_tensor(optimizer.state[theta][name]), torch.as_tensor(value)), name


def test_also_after_an_error():
    theta = Tensor(np.ones(2), requires_grad=True)
    optimizer, calls = SGD([theta], lr=0.5), []

    def closure():
        calls.append(1)
        theta.grad = np.ones(2)
        return 1.0 if len(calls) < 3 else math.sqrt(-1)

    with pytest.raises(ValueError, match=r"math domain|nonnegative"):
        learning_rate_range_test(closure, optimizer)
    assert theta.tolist() == [1, 1]
    assert optimizer.param_groups[0]["lr"] == 0.5


@pytest.mark.parametrize(
    ("losses", "tried"),
    [([1.0, 0.5, 2.1], 3), ([1.0, math.nan, 1.0], 2), ([1.0, math.inf], 2), ([1.0, 0.5, 2.0, 2.1], 4)],
)
def test_it_stops_where_the_loss_leaves(losses, tried):
    theta = Tensor(np.ones(1), requires_grad=True)
    theta.grad = np.ones(1)
    coming = iter(losses + [0.1] * 10)
    rates, seen = learning_rate_range_test(lambda: next(coming), SGD([theta]), num_iter=10)
    assert len(rates) == len(seen) == tried
    np.testing.assert_equal(seen, losses[:tried])


@pytest.mark.parametrize(
    ("settings", "error", "words"),
    [
        (
            {"closure": 3.0},
            TypeError,
            r"`closure` \(=3.0\) must be a function; pass one that computes loss and",
        ),
        ({"start_lr": 0}, ValueError, r"`start_lr` \(=0\) must be above 0; pass e.g. start_lr=1e-07"),
        (
            {"end_lr": 1e-9},
            ValueError,
            r"`end_lr` \(=1e-09\) must be above `start_lr` \(=1e-07\); pass e.g. end_lr",
        ),
        ({"num_iter": 1}, ValueError, r"`num_iter` \(=1\) must be at least 2; pass e.g. num_iter=100"),
        (
            {"spacing": "log"},
            ValueError,
            r"`spacing` \(='log'\) is unknown; choose one of 'exponential', 'linear'",
        ),
        (
            {"stop_factor": 1.0},
            ValueError,
            r"`stop_factor` \(=1.0\) must be above 1; pass e.g. stop_factor=4.0",
        ),
        ({"stop_factor": math.nan}, ValueError, r"`stop_factor` \(=nan\) must be above 1"),
    ],
)
def test_bad_arguments_are_named(settings, error, words):
    optimizer = SGD([Tensor(np.ones(1), requires_grad=True)])
    with pytest.raises(error, match=words):
        learning_rate_range_test(**({"closure": lambda: 1.0, "optimizer": optimizer} | settings))
