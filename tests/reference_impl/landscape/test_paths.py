"""Paths of optimizers: against a loop of torch, on every library, and the words of errors."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from reference_impl import optim
from reference_impl.landscape import descend, double_well, ravine


def test_paths_agree_with_a_loop_of_torch(agreement, precision):
    with agreement("reference_impl.landscape.descend", "a loop over torch.optim", precision) as compare:
        rates, places = st.floats(0.001, 0.03), st.integers(-200, 200).map(lambda number: number / 100)

        @given(
            x=places,
            y=places,
            steps=st.integers(1, 6),
            lr=rates,
            kind=st.sampled_from("SA"),
        )
        def drawn(x, y, steps, lr, kind):
            name, settings = ("SGD", {"momentum": 0.5}) if kind == "S" else ("Adam", {"eps": 0.1})

            def run(library, start):
                if library.name != "the oracle":
                    made = {"one": lambda params: getattr(optim, name)(params, lr=lr, **settings)}
                    return [descend(ravine, made, start, steps)["one"]]
                theta = torch.nn.Parameter(start)
                optimizer = getattr(torch.optim, name)([theta], lr=lr, **settings)
                points = [theta.detach().clone()]
                for _ in range(steps):
                    optimizer.zero_grad()
                    (theta[0] ** 2 / 2 + 12.5 * theta[1] ** 2).backward()
                    optimizer.step()
                    points.append(theta.detach().clone())
                return [torch.stack(points)]

            compare.arrays("path", run, np.asarray([x, y]))

        drawn()


def test_optimizers_of_torch_and_functions_of_torch():
    start = torch.tensor([1.0, 2.0], dtype=torch.float64)
    made = {"SGD": lambda params: torch.optim.SGD(params, lr=0.5), "Adam": lambda params: optim.Adam(params)}
    paths = descend(lambda x, y: torch.exp(x) + y * y, made, start, steps=1)
    assert list(paths) == ["SGD", "Adam"]
    np.testing.assert_allclose(paths["SGD"], [[1, 2], [1 - 0.5 * np.e, 0]])
    assert start.tolist() == [1, 2]
    assert not paths["SGD"].requires_grad


def test_a_start_with_a_graph_is_only_read():
    start = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    descend(ravine, {"SGD": lambda params: torch.optim.SGD(params, lr=0.5)}, start, steps=2)
    assert start.tolist() == [1, 2] and start.grad is None


def test_by_hand_in_the_double_well():
    made = {"plain": lambda params: optim.SGD(params, lr=0.125)}
    path = descend(double_well, made, np.asarray([2.0, 1.0]), steps=1)["plain"]
    np.testing.assert_array_equal(path, [[2, 1], [2 - 0.125 * (32 - 8 + 0.5), 1 - 0.125 * 2]])


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        (
            {"start": [1.0, 2.0]},
            TypeError,
            r"`start` \(=\[1.0, 2.0\]\) must be an array of floating-point numbers",
        ),
        (
            {"start": np.asarray([1, 2])},
            TypeError,
            "must be an array of floating-point numbers; pass e.g. torch.t",
        ),
        ({"start": np.ones(3)}, ValueError, r"must have shape \(2,\); pass one number for each parameter"),
        ({"steps": 0}, ValueError, r"`steps` \(=0\) must be at least 1"),
        ({"optimizers": {}}, ValueError, r"`optimizers` \(=\{\}\) must not be empty; pass e.g."),
        (
            {"optimizers": {"a": 3}},
            TypeError,
            r"`optimizers\['a'\]` \(=3\) must be a function of a list of param",
        ),
    ],
)
def test_bad_arguments_are_named(change, error, words):
    right = {"loss": ravine, "optimizers": {"SGD": optim.SGD}, "start": np.ones(2), "steps": 1}
    descend(**right)
    with pytest.raises(error, match=words):
        descend(**(right | change))
