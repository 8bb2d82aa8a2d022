"""What holds for every optimizer: whole steps, groups, states, torch's parameters, and the words of errors."""

import copy

import numpy as np
import pytest
import torch
from draws import values

from reference_impl.autograd import Tensor
from reference_impl.optim import SGD, Adam, adam_update, sgd_update

OPTIMIZERS = [(SGD, {"lr": 0.1, "momentum": 0.9}), (Adam, {"lr": 0.01})]
each_optimizer = pytest.mark.parametrize(("kind", "settings"), OPTIMIZERS, ids=["SGD", "Adam"])


def parameters(*seeds):
    made = [Tensor(values(seed, (2, 3)), requires_grad=True) for seed in seeds]
    for seed, parameter in zip(seeds, made, strict=True):
        parameter.grad = values(seed + 100, (2, 3))
    return made


@each_optimizer
@pytest.mark.parametrize(
    ("gradient", "error", "words"),
    [
        (np.ones((3, 2)), ValueError, r"`gradient` \(of shape \(3, 2\)\) must have shape \(2, 3\)"),
        (
            np.ones((2, 3), dtype=np.float32),
            TypeError,
            "Expected one dtype, but found numpy float64 on cpu and numpy",
        ),
        (
            torch.ones(2, 3),
            TypeError,
            "Expected arrays of one library, but found numpy float64 on cpu and torch",
        ),
    ],
    ids=["shape", "dtype", "library"],
)
def test_a_step_happens_wholly_or_not_at_all(kind, settings, gradient, error, words):
    good, bad = parameters(0, 1)
    optimizer = kind([good, bad], **settings)
    optimizer.step()
    before = copy.deepcopy((good.data, bad.data, optimizer.state_dict()))
    bad.grad = gradient
    with pytest.raises(error, match=words):
        optimizer.step()
    np.testing.assert_equal((good.data, bad.data, optimizer.state_dict()), before)


@each_optimizer
def test_parameters_without_a_gradient_are_skipped_as_in_torch(kind, settings):
    first, second = parameters(0, 1)
    before = first.data.copy()
    first.grad = None
    optimizer = kind([first, second], **settings)
    optimizer.step()
    assert np.array_equal(first.data, before)
    assert list(optimizer.state_dict()["state"]) == [1]
    optimizer.zero_grad()
    assert second.grad is None
    with pytest.raises(RuntimeError, match=r"no parameter has a gradient; call loss.backward\(\) before step"):
        optimizer.step()


@each_optimizer
def test_it_drives_parameters_of_torch_in_place(kind, settings):
    ours, theirs = torch.nn.Linear(3, 2), torch.nn.Linear(3, 2)
    theirs.load_state_dict(ours.state_dict())
    memory = ours.weight.data_ptr()
    optimizer, oracle = (
        kind(ours.parameters(), **settings),
        getattr(torch.optim, kind.__name__)(theirs.parameters(), **settings),
    )
    x = torch.tensor(values(0, (4, 3)), dtype=torch.float32)
    for _ in range(3):
        for model, stepper in ((ours, optimizer), (theirs, oracle)):
            stepper.zero_grad()
            model(x).square().sum().backward()
            stepper.step()
    assert ours.weight.data_ptr() == memory
    torch.testing.assert_close(ours.weight, theirs.weight, rtol=1e-5, atol=1e-6)
    assert ours.weight.requires_grad


@each_optimizer
@pytest.mark.filterwarnings("ignore:Using backward:UserWarning")
def test_a_gradient_with_a_graph_of_torch_leaves_no_graph_in_the_state(kind, settings):
    parameter = torch.nn.Parameter(torch.ones(2))
    (parameter**3).sum().backward(create_graph=True)
    optimizer = kind([parameter], **settings)
    optimizer.step()
    for name in optimizer.state[parameter].keys() & kind.state_arrays:
        assert not optimizer.state[parameter][name].requires_grad
    parameter.grad = None


@each_optimizer
def test_groups_have_settings_of_their_own(kind, settings):
    fast, slow = parameters(0, 0)
    start = fast.data.copy()
    optimizer = kind([{"params": [fast]}, {"params": [slow], "lr": settings["lr"] / 2}], **settings)
    optimizer.step()
    np.testing.assert_allclose(fast.data - start, 2 * (slow.data - start), rtol=1e-12)
    assert [group["lr"] for group in optimizer.param_groups] == [settings["lr"], settings["lr"] / 2]
    optimizer.param_groups[0]["lr"] = 0.0
    before = fast.data.copy()
    optimizer.step()
    assert np.array_equal(fast.data, before)


@each_optimizer
def test_a_state_is_taken_over_exactly(kind, settings):
    (first,), (second,) = parameters(0), parameters(0)
    one, other = kind([first], **settings), kind([second], lr=0.5)
    one.step()
    second.data[...] = first.data
    saved = copy.deepcopy(one.state_dict())
    other.load_state_dict(saved)
    one.step()
    other.step()
    assert np.array_equal(first.data, second.data)
    assert other.param_groups[0]["lr"] == settings["lr"]
    for name in other.state[second].keys() & kind.state_arrays:
        assert not np.shares_memory(saved["state"][0][name], other.state[second][name])


@each_optimizer
def test_states_are_exchanged_with_torch(kind, settings):
    (ours,) = parameters(0)
    theirs = torch.nn.Parameter(torch.tensor(ours.data))
    theirs.grad = torch.tensor(ours.grad)
    optimizer, oracle = kind([ours], **settings), getattr(torch.optim, kind.__name__)([theirs], **settings)

    def agree():
        optimizer.step()
        oracle.step()
        np.testing.assert_allclose(ours.data, theirs.detach(), rtol=1e-12)

    agree()
    moved = copy.deepcopy(optimizer.state_dict())
    for state in moved["state"].values():
        state |= {name: torch.tensor(state[name]) for name in state.keys() & kind.state_arrays}
    oracle.load_state_dict(moved)
    agree()
    optimizer.load_state_dict(oracle.state_dict())
    agree()


def test_settings_of_torch_that_are_not_here_are_refused():
    (parameter,) = parameters(0)
    theirs = torch.optim.Adam([torch.nn.Parameter(torch.ones(2, 3))], capturable=True)
    with pytest.raises(
        ValueError, match=r"settings that this optimizer lacks: \{'capturable': True\}; turn them off"
    ):
        Adam([parameter]).load_state_dict(theirs.state_dict())


def test_a_state_that_does_not_fit_changes_nothing():
    (parameter,), two = parameters(0), parameters(1, 2)
    optimizer = SGD([parameter], lr=0.1, momentum=0.9)
    optimizer.step()
    before = copy.deepcopy(optimizer.state_dict())
    with pytest.raises(
        ValueError, match=r"parameter groups of sizes \[2\], and the optimizer \[1\]; make the"
    ):
        optimizer.load_state_dict(SGD(two, lr=0.5).state_dict())
    wrong = copy.deepcopy(before)
    wrong["state"][0]["momentum_buffer"] = np.ones(5)
    with pytest.raises(
        ValueError, match=r"`momentum_buffer` of parameter 0 \(of shape \(5,\)\) must have the shape"
    ):
        optimizer.load_state_dict(wrong)
    np.testing.assert_equal(optimizer.state_dict(), before)


def test_numbers_of_numpy_leave_the_dtype_alone():
    parameter = Tensor(np.ones(2, dtype=np.float32), requires_grad=True)
    parameter.grad = np.ones(2, dtype=np.float32)
    optimizer = SGD([{"params": [parameter], "lr": np.float64(0.5)}], momentum=np.float64(0.5))
    optimizer.step()
    optimizer.step()
    assert optimizer.state[parameter]["momentum_buffer"].dtype == np.float32


def test_the_velocity_is_no_alias_of_the_gradient():
    (parameter,) = parameters(0)
    optimizer = SGD([parameter], lr=0.1, momentum=0.9)
    optimizer.step()
    assert not np.shares_memory(parameter.grad, optimizer.state[parameter]["momentum_buffer"])


@pytest.mark.parametrize("settings", [{}, {"momentum": 0.9, "weight_decay": 0.1, "nesterov": True}])
def test_rules_change_nothing_in_place(settings):
    arrays = [values(seed, (3,)) for seed in range(4)]
    before = copy.deepcopy(arrays)
    parameter, gradient, mean, square = arrays
    sgd_update(parameter, gradient, mean, lr=0.1, **settings)
    adam_update(parameter, gradient, mean, square**2, 3)
    np.testing.assert_equal(arrays, before)


def test_the_first_step_of_adam_has_the_size_of_the_learning_rate():
    (parameter,) = parameters(0)
    parameter.grad = np.asarray([[1e-3, -1e3, 5.0], [2.0, -7.0, 0.0]])
    before = parameter.data.copy()
    Adam([parameter], lr=0.125, eps=0.0 + 1e-16).step()
    np.testing.assert_allclose(
        before - parameter.data, 0.125 * np.sign(parameter.grad), rtol=1e-12, atol=1e-15
    )


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda p: SGD(p, lr=-1.0), ValueError, r"`lr` \(=-1.0\) must be at least 0; pass e.g. lr=0.01"),
        (lambda p: SGD(p, lr=float("nan")), ValueError, r"`lr` \(=nan\) must be at least 0"),
        (lambda p: SGD(p, lr="0.1"), TypeError, r"`lr` \(='0.1'\) must be a number; pass e.g. lr=0.01"),
        (
            lambda p: SGD(p, momentum=-0.5),
            ValueError,
            r"`momentum` \(=-0.5\) must be at least 0; pass e.g. mom",
        ),
        (lambda p: SGD(p, dampening=True), TypeError, r"`dampening` \(=True\) must be a number"),
        (
            lambda p: SGD(p, nesterov=True),
            ValueError,
            "Nesterov momentum requires a momentum and zero dampening",
        ),
        (
            lambda p: SGD(p, momentum=0.9, dampening=0.1, nesterov=True),
            ValueError,
            r"`dampening` \(=0.1\); pass e.g.",
        ),
        (
            lambda p: Adam(p, betas=(0.9, 1.0)),
            ValueError,
            r"`betas\[1\]` \(=1.0\) must be at least 0 and below 1",
        ),
        (
            lambda p: Adam(p, betas=0.9),
            TypeError,
            r"`betas` \(=0.9\) must be a pair; pass e.g. betas=\(0.9, 0.999\)",
        ),
        (
            lambda p: Adam(p, eps=-1e-8),
            ValueError,
            r"`eps` \(=-1e-08\) must be at least 0; pass e.g. eps=1e-08",
        ),
        (lambda p: Adam(p, weight_decay=-1), ValueError, r"`weight_decay` \(=-1\) must be at least 0"),
        (lambda p: SGD([{"params": p, "lr": -2}]), ValueError, r"`lr` \(=-2\) must be at least 0"),
        (lambda p: SGD([]), ValueError, "optimizer got an empty parameter list; pass model.parameters"),
        (
            lambda p: SGD(p[0]),
            TypeError,
            r"should be an iterable of parameters or dicts, but got one Tensor; pass \[",
        ),
        (
            lambda p: SGD([1.0]),
            TypeError,
            "can only optimize parameters with .data and .grad, but one is a float",
        ),
        (lambda p: SGD([*p, *p]), ValueError, "some parameters appear more than once in `params`"),
    ],
)
def test_bad_arguments_are_named(make, error, words):
    with pytest.raises(error, match=words):
        make(parameters(0))
