"""The scheduler against torch's, on our optimizers and on torch's; its state, and the words of errors."""

import math

import numpy as np
import pytest
import torch
from draws import seeds, values
from hypothesis import given
from hypothesis import strategies as st

from reference_impl import optim
from reference_impl.autograd import Tensor
from reference_impl.optim import SGD, Adam, Scheduler

STEPS = 6
optimizers = st.sampled_from([("SGD", {"momentum": 0.9}), ("Adam", {})])


def test_training_under_a_schedule_agrees_with_torch(agreement, precision):
    name, oracle = "reference_impl.optim.Scheduler", "torch.optim.lr_scheduler.ExponentialLR"
    with agreement(name, oracle, precision) as compare:

        @given(seed=seeds, kind=optimizers, rates=st.tuples(st.floats(1e-3, 0.5), st.floats(1e-3, 0.5)))
        def drawn(seed, kind, rates):
            def run(library, *arrays):
                parameters = [library.tensor(library.values(start).copy(), True) for start in arrays[:2]]
                groups = [{"params": [p], "lr": lr} for p, lr in zip(parameters, rates, strict=True)]
                optimizer = getattr(library.optim, kind[0])(groups, **kind[1])
                if library.name == "the oracle":
                    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=0.7)
                else:
                    scheduler = Scheduler(optimizer, [optim.exponential_schedule(lr, 0.7) for lr in rates])
                for gradient in arrays[2:]:
                    for parameter in parameters:
                        parameter.grad = gradient
                    optimizer.step()
                    scheduler.step()
                return [parameter.data for parameter in parameters]

            compare.arrays("step", run, *(values(seed + number, (3,)) for number in range(2 + STEPS)))

        drawn()


@pytest.mark.parametrize("kind", ["SGD", "Adam"])
@pytest.mark.parametrize("cycle", ["CyclicLR", "OneCycleLR"])
@pytest.mark.parametrize("home", [optim, torch.optim], ids=["ours", "torch"])
def test_the_momentum_of_torchs_cycles_is_a_schedule_turned_over(kind, cycle, home):
    def steps(scheduler, optimizer):
        for _ in range(20):
            group = optimizer.param_groups[0]
            yield group["lr"], group["betas"][0] if "betas" in group else group["momentum"]
            group["params"][0].grad = torch.ones(1)
            optimizer.step()
            scheduler.step()

    def fresh(home):
        settings = {"momentum": 0.5} if kind == "SGD" else {}
        return getattr(home, kind)([torch.nn.Parameter(torch.zeros(1))], lr=0.1, **settings)

    theirs, ours = fresh(torch.optim), fresh(home)
    if cycle == "CyclicLR":
        wanted = torch.optim.lr_scheduler.CyclicLR(
            theirs, 0.1, 0.7, 3, 5, base_momentum=0.6, max_momentum=0.95
        )
        pair = optim.cyclic_schedule(0.1, 0.7, 3, 5), optim.cyclic_schedule(0.95, 0.6, 3, 5)
    else:
        wanted = torch.optim.lr_scheduler.OneCycleLR(theirs, 0.7, 20, base_momentum=0.6, max_momentum=0.95)
        over = optim.one_cycle_schedule(0.6, 20, div_factor=0.6 / 0.95, final_div_factor=1.0)
        pair = optim.one_cycle_schedule(0.7, 20), over
    found = list(steps(Scheduler(ours, *pair), ours))
    np.testing.assert_allclose(found, list(steps(wanted, theirs)), rtol=1e-12)


def made(*rates):
    groups = [{"params": [Tensor(np.zeros(2), requires_grad=True)], "lr": rate} for rate in rates]
    return SGD(groups, momentum=0.9)


def test_the_first_rate_is_set_at_once_and_the_others_by_step():
    optimizer = made(5.0)
    scheduler = Scheduler(optimizer, lambda step: 1.0 / (step + 1))
    seen = [optimizer.param_groups[0]["lr"]]
    for _ in range(2):
        scheduler.step()
        seen += scheduler.get_last_lr()
    assert seen == [1, 1 / 2, 1 / 3]
    assert optimizer.param_groups[0]["momentum"] == 0.9


def test_a_state_goes_on_where_it_stopped_also_from_torch():
    schedule = optim.exponential_schedule(0.8, 0.5)
    one, other = Scheduler(made(0.8), schedule), Scheduler(made(0.8), schedule)
    one.step()
    one.step()
    assert one.state_dict() == {"last_epoch": 2}
    other.load_state_dict(one.state_dict())
    assert other.get_last_lr() == [0.2]
    other.step()
    assert other.get_last_lr() == [0.1]

    theirs = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.8)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(theirs, 0.5)
    theirs.step()
    scheduler.step()
    other.load_state_dict(scheduler.state_dict())
    assert other.get_last_lr() == scheduler.get_last_lr() == [0.4]


def test_a_bad_rate_changes_nothing():
    optimizer = made(0.1, 0.2)
    rates = [optim.constant_schedule(0.3), lambda step: 0.4 if step < 1 else math.nan]
    scheduler = Scheduler(optimizer, rates, momentum=lambda step: 0.5)
    with pytest.raises(ValueError, match=r"`schedule\(1\)` \(=nan\) must be at least 0"):
        scheduler.step()
    assert scheduler.last_epoch == 0
    assert scheduler.get_last_lr() == [0.3, 0.4]
    scheduler = Scheduler(optimizer, rates[:1] * 2, momentum=lambda step: 0.5 + step)
    with pytest.raises(
        ValueError, match=r"`momentum\(1\)` \(=1.5\) must be at least 0 and below 1; mend the sched"
    ):
        scheduler.step()
    assert [group["momentum"] for group in optimizer.param_groups] == [0.5, 0.5]
    with pytest.raises(ValueError, match=r"`step` \(=-4\) must be finite and at least 0"):
        scheduler.load_state_dict({"last_epoch": -4})
    assert scheduler.last_epoch == 0


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (
            lambda: Scheduler(made(0.1, 0.2), optim.linear_warmup(3)),
            ValueError,
            r"would set the groups' rates \[0.1, 0.2\] to one; pass one schedule for each group",
        ),
        (
            lambda: Scheduler(made(0.1, 0.2), [optim.linear_warmup(3)]),
            ValueError,
            "must be one schedule for each of 2 groups; pass as many",
        ),
        (
            lambda: Scheduler(made(0.1), 0.1),
            TypeError,
            r"`schedule` \(=0.1\) must be a function of the step, or a",
        ),
        (
            lambda: Scheduler([0.1], len),
            TypeError,
            r"`optimizer` \(=\[0.1\]\) must be an optimizer; pass e.g.",
        ),
        (
            lambda: Scheduler(torch.optim.Adagrad([torch.nn.Parameter(torch.zeros(1))]), float, float),
            TypeError,
            r"`optimizer` \(='Adagrad'\) must support momentum or beta1; leave momentum out",
        ),
        (
            lambda: Scheduler(made(0.1), float).load_state_dict({"step": 3}),
            ValueError,
            r"`state_dict` \(=\{'step': 3\}\) must have `last_epoch`; pass what state_dict\(\) returned",
        ),
        (
            lambda: Scheduler(made(0.1), float).load_state_dict({"last_epoch": 1.5}),
            TypeError,
            r"`last_epoch` \(=1.5\) must be an int",
        ),
        (
            lambda: Scheduler(made(0.1), lambda step: "0.1"),
            TypeError,
            r"`schedule\(0\)` \(='0.1'\) must be a number",
        ),
    ],
)
def test_bad_arguments_are_named(make, error, words):
    with pytest.raises(error, match=words):
        make()


def test_adam_keeps_its_second_decay():
    optimizer = Adam([Tensor(np.zeros(2), requires_grad=True)], betas=(0.9, 0.77))
    Scheduler(optimizer, optim.constant_schedule(0.1), momentum=lambda step: 0.25)
    assert optimizer.param_groups[0]["betas"] == (0.25, 0.77)
