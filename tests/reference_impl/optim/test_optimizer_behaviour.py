"""What holds for every optimizer: whole steps, groups, states, torch's parameters, and the words of errors."""

import copy

import numpy as np
import pytest
import torch
from draws import values
from ready_to_step import parameters

from reference_impl import optim
from reference_impl.autograd import Tensor
from reference_impl.optim import SGD, Adagrad, Adam, NAdam, RMSprop

SETTINGS = {
    "SGD": {"lr": 0.1, "momentum": 0.9},
    "SGDW": {"lr": 0.1, "momentum": 0.9},
    "Adagrad": {"lr": 0.1, "initial_accumulator_value": 0.5},
    "RMSprop": {"lr": 0.01, "momentum": 0.9, "centered": True},
    "Adadelta": {"lr": 0.5},
    "Adam": {"lr": 0.01, "amsgrad": True},
    "AdamW": {"lr": 0.01},
    "Adamax": {"lr": 0.01},
    "NAdam": {"lr": 0.01},
    "RAdam": {"lr": 0.01},
    "AdaBound": {"lr": 0.01, "amsbound": True},
}
OPTIMIZERS = [(getattr(optim, name), settings) for name, settings in SETTINGS.items()]
BOUNDED_BY_RATES = {optim.AdaBound}
each_optimizer = pytest.mark.parametrize(("kind", "settings"), OPTIMIZERS, ids=SETTINGS)
each_of_torch = pytest.mark.parametrize(
    ("kind", "settings"),
    [
        pytest.param(*pair, id=pair[0].__name__)
        for pair in OPTIMIZERS
        if hasattr(torch.optim, pair[0].__name__)
    ],
)
each_proportional = pytest.mark.parametrize(
    ("kind", "settings"),
    [pytest.param(*pair, id=pair[0].__name__) for pair in OPTIMIZERS if pair[0] not in BOUNDED_BY_RATES],
)


@pytest.fixture
def double_by_default():
    """Let torch keep the product of NAdam's momenta in float64; by default it keeps it in float32."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


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
    with pytest.raises(
        RuntimeError, match=r"no parameter has a gradient; call loss.backward\(\) before step"
    ):
        optimizer.step()


@each_of_torch
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


@each_proportional
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


@each_of_torch
def test_states_are_exchanged_with_torch(kind, settings, double_by_default):
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


def test_the_first_step_of_adam_has_the_size_of_the_learning_rate():
    (parameter,) = parameters(0)
    parameter.grad = np.asarray([[1e-3, -1e3, 5.0], [2.0, -7.0, 0.0]])
    before = parameter.data.copy()
    Adam([parameter], lr=0.125, eps=0.0 + 1e-16).step()
    np.testing.assert_allclose(
        before - parameter.data, 0.125 * np.sign(parameter.grad), rtol=1e-12, atol=1e-15
    )


@pytest.mark.parametrize("kind", [NAdam, RMSprop, Adagrad])
def test_the_numbers_of_a_state_are_taken_over_too(kind):
    (one,), (other,) = parameters(0), parameters(0)
    first, second = kind([one]), kind([other])
    first.step()
    other.data[...] = one.data
    second.load_state_dict(copy.deepcopy(first.state_dict()))
    first.step()
    second.step()
    assert np.array_equal(one.data, other.data)
    assert second.state[other]["step"] == 2


def test_a_group_can_be_added():
    fast, slow = parameters(0, 1)
    optimizer = Adam([fast], lr=0.1)
    optimizer.add_param_group({"params": slow, "lr": 0.01})
    assert [group["lr"] for group in optimizer.param_groups] == [0.1, 0.01]
    before = slow.data.copy()
    optimizer.step()
    assert not np.array_equal(slow.data, before)


@each_optimizer
def test_climbing_is_descending_with_the_other_gradient(kind, settings):
    (up,), (down,) = parameters(0), parameters(0)
    down.grad = -down.grad
    climber, other = kind([up], maximize=True, **settings), kind([down], **settings)
    for _ in range(3):
        climber.step()
        other.step()
    assert np.array_equal(up.data, down.data)


@each_optimizer
def test_gradients_are_left_as_they_are(kind, settings):
    (parameter,) = parameters(0)
    before = parameter.grad.copy()
    optimizer = kind([parameter], weight_decay=0.5, **settings)
    optimizer.step()
    assert np.array_equal(parameter.grad, before)
    for name in optimizer.state[parameter].keys() & kind.state_arrays:
        assert not np.shares_memory(parameter.grad, optimizer.state[parameter][name])


def test_a_rate_that_falls_moves_the_bounds_of_adabound_along():
    (parameter,) = parameters(0)
    optimizer = optim.AdaBound([parameter], lr=0.1, final_lr=0.5, gamma=1e9, betas=(0.0, 0.0))
    optimizer.param_groups[0]["lr"] = 0.05
    before = parameter.data.copy()
    optimizer.step()
    np.testing.assert_allclose(before - parameter.data, 0.25 * parameter.grad, rtol=1e-8)


def test_lookahead_drives_an_optimizer_of_torch_and_resumes_exactly():
    def train(steps, resume_at=None):
        theta = torch.nn.Parameter(torch.tensor([4.0, -2.0], dtype=torch.float64))
        optimizer = optim.Lookahead(torch.optim.Adam([theta], lr=0.1), k=3, alpha=0.5)
        for step in range(steps):
            if step == resume_at:
                saved = copy.deepcopy(optimizer.state_dict())
                optimizer = optim.Lookahead(torch.optim.Adam([theta], lr=0.7), k=3, alpha=0.5)
                optimizer.load_state_dict(saved)
            optimizer.zero_grad()
            (theta**2).sum().backward()
            optimizer.step()
        return theta.tolist()

    assert train(10, resume_at=4) == train(10)


@each_optimizer
def test_parameters_have_states_of_their_own(kind, settings):
    together, alone = parameters(0, 1, 2), parameters(0, 1, 2)
    one, others = kind(together, **settings), [kind([parameter], **settings) for parameter in alone]
    for _ in range(3):
        one.step()
        for other in others:
            other.step()
    for parameter, expected in zip(together, alone, strict=True):
        assert np.array_equal(parameter.data, expected.data)
