"""What optimizers refuse, and the words with which they do."""

import math

import numpy as np
import pytest
import torch
from ready_to_step import parameters

from reference_impl.autograd import Tensor
from reference_impl.optim import (
    SGD,
    SGDW,
    AdaBound,
    Adadelta,
    Adagrad,
    Adam,
    Adamax,
    AdamW,
    Lookahead,
    NAdam,
    RAdam,
    RMSprop,
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
        (lambda p: AdamW(p, lr=math.nan), ValueError, r"`lr` \(=nan\) must be at least 0; pass e.g. lr=0.01"),
        (
            lambda p: AdamW(p, betas=(-0.1, 0.9)),
            ValueError,
            r"`betas\[0\]` \(=-0.1\) must be at least 0 and below",
        ),
        (lambda p: AdamW(p, betas=(0.9, math.nan)), ValueError, r"`betas\[1\]` \(=nan\) must be at least 0"),
        (
            lambda p: Adam(p, amsgrad=1),
            TypeError,
            r"`amsgrad` \(=1\) must be True or False; pass e.g. amsgrad=T",
        ),
        (lambda p: Adam(p, variant="keras"), ValueError, r"`variant` \(='keras'\) is unknown; choose one of"),
        (
            lambda p: RMSprop(p, alpha=1.5),
            ValueError,
            r"`alpha` \(=1.5\) must be from 0 to 1; pass e.g. alpha=0.9",
        ),
        (lambda p: Adadelta(p, rho=-1), ValueError, r"`rho` \(=-1\) must be from 0 to 1; pass e.g. rho=0.9"),
        (
            lambda p: Adagrad(p, lr_decay=-1),
            ValueError,
            r"`lr_decay` \(=-1\) must be at least 0; pass e.g. lr_d",
        ),
        (
            lambda p: Adagrad(p, initial_accumulator_value=-1),
            ValueError,
            r"`initial_accumulator_value` \(=-1\) must be at least 0",
        ),
        (lambda p: NAdam(p, momentum_decay=-1), ValueError, r"`momentum_decay` \(=-1\) must be at least 0"),
        (lambda p: RAdam(p, eps=math.nan), ValueError, r"`eps` \(=nan\) must be at least 0"),
        (
            lambda p: Adamax(p, betas=(0.9,)),
            TypeError,
            r"`betas` \(=\(0.9,\)\) must be a pair; pass e.g. betas=",
        ),
        (lambda p: SGDW(p, momentum=-1), ValueError, r"`momentum` \(=-1\) must be at least 0"),
        (
            lambda p: AdaBound(p, gamma=0),
            ValueError,
            r"`gamma` \(=0\) must be above 0; pass e.g. gamma=0.001",
        ),
        (lambda p: AdaBound(p, final_lr=-1), ValueError, r"`final_lr` \(=-1\) must be at least 0"),
        (lambda p: Lookahead(SGD(p), k=0), ValueError, r"`k` \(=0\) must be at least 1; pass e.g. k=3"),
        (lambda p: Lookahead(SGD(p), k=2.5), TypeError, r"`k` \(=2.5\) must be an int"),
        (
            lambda p: Lookahead(SGD(p), alpha=2),
            ValueError,
            r"`alpha` \(=2\) must be from 0 to 1; pass e.g. alpha",
        ),
        (
            lambda p: Lookahead(p),
            TypeError,
            r"(?s)`optimizer` \(=\[.*\]\) must be an optimizer; pass e.g. Adam",
        ),
        (
            lambda p: Adam(p).add_param_group({"params": p}),
            ValueError,
            "some parameters appear more than once in `params`; list each",
        ),
        (
            lambda p: Adam(p).add_param_group({"params": [], "lr": -1}),
            ValueError,
            r"`lr` \(=-1\) must be at least 0",
        ),
    ],
)
def test_bad_arguments_are_named(make, error, words):
    with pytest.raises(error, match=words):
        make(parameters(0))


@pytest.mark.parametrize("bad", [math.inf, -math.inf, math.nan])
def test_gradients_that_are_not_finite_are_refused_or_passed_on_by_choice(bad):
    good, other = parameters(0, 1)
    before = good.data.copy(), other.data.copy()
    other.grad[1, 2] = bad
    optimizer = Adam([good, other], lr=0.1)
    with pytest.raises(
        ValueError, match=r"`gradient` \(of shape \(2, 3\)\) must be finite; lower the learning"
    ):
        optimizer.step(error_if_nonfinite=True)
    np.testing.assert_equal((good.data, other.data), before)
    assert optimizer.state_dict()["state"] == {}
    with np.errstate(invalid="ignore"):
        optimizer.step()
    assert np.isnan(other.data[1, 2])
    assert np.isfinite(good.data).all()


def test_a_gradient_on_another_device_is_refused_before_anything_changes():
    one = torch.nn.Parameter(torch.ones(2))
    one.grad = torch.ones(2)
    elsewhere = Tensor(torch.ones(2), requires_grad=True)
    elsewhere.grad = torch.ones(2, device="sim:0")
    optimizer = SGD([one, elsewhere], lr=0.5)
    with pytest.raises(
        RuntimeError, match=r"Expected all tensors to be on the same device, but found .* on cpu and"
    ):
        optimizer.step()
    assert one.tolist() == [1, 1]


def test_the_state_of_another_optimizer_is_refused():
    (parameter,) = parameters(0)
    momentum, adam = SGD([parameter], momentum=0.5), Adam([parameter])
    momentum.step()
    saved = momentum.state_dict()
    saved["param_groups"][0] = {"params": [0], "lr": 0.1}
    with pytest.raises(
        ValueError, match="`momentum_buffer` of parameter 0 is no state of this optimizer; load the"
    ):
        adam.load_state_dict(saved)
    assert adam.param_groups[0]["lr"] == 0.001


def test_the_state_of_another_lookahead_is_refused():
    (parameter,) = parameters(0)
    adam, smaller = Adam([parameter]), Tensor(np.ones(2), requires_grad=True)
    lookahead = Lookahead(adam)
    with pytest.raises(
        ValueError, match=r"`state_dict` \(=\['param_groups', 'state'\]\) must be of Lookahead; l"
    ):
        lookahead.load_state_dict(adam.state_dict())
    with pytest.raises(
        ValueError, match=r"`slow` \(=\[\(2,\)\]\) must have the shapes of the parameters, \[\(2, 3\)"
    ):
        lookahead.load_state_dict(Lookahead(Adam([smaller])).state_dict())
