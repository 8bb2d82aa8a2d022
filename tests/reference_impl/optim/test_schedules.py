"""Schedules against torch's schedulers, step by step, over drawn settings."""

import torch
from hypothesis import given
from hypothesis import strategies as st

from reference_impl import optim

STEPS = 40
rates = st.floats(1e-4, 10.0)
small = st.floats(0.0, 1e-2)
sizes = st.integers(1, 15)
shares = st.floats(0.05, 1.5)


def by_torch(kind, lr, steps=STEPS, **settings):
    """List the rates that a scheduler of torch gives, the one that it starts with first."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr)
    scheduler = getattr(torch.optim.lr_scheduler, kind)(optimizer, **settings)
    found = []
    for _ in range(steps):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return found


def against(agreement, name, kind, settings, sums=False):
    """Compare a schedule with a scheduler of torch that takes the same arguments."""
    with agreement(f"reference_impl.optim.{name}", f"torch.optim.lr_scheduler.{kind}", "float64") as compare:

        @given(lr=rates, settings=st.fixed_dictionaries({}, optional=settings))
        def drawn(lr, settings):
            schedule = getattr(optim, name)(lr, **settings)
            compare.numbers("rate", [schedule(t) for t in range(STEPS)], by_torch(kind, lr, **settings), sums)

        drawn()


def test_linear(agreement):
    line = {"start_factor": st.floats(0.05, 1.0), "end_factor": st.floats(0.0, 1.0), "total_iters": sizes}
    against(agreement, "linear_schedule", "LinearLR", line, sums=True)


def test_polynomial(agreement):
    settings = {"total_iters": sizes, "power": st.floats(0.3, 3.0)}
    against(agreement, "polynomial_schedule", "PolynomialLR", settings)


def test_exponential(agreement):
    with agreement(
        "reference_impl.optim.exponential_schedule", "torch.optim.lr_scheduler.ExponentialLR", "float64"
    ) as compare:

        @given(lr=rates, gamma=shares)
        def drawn(lr, gamma):
            schedule = optim.exponential_schedule(lr, gamma)
            wanted = by_torch("ExponentialLR", lr, gamma=gamma)
            compare.numbers("rate", [schedule(t) for t in range(STEPS)], wanted)

        drawn()


def test_constant(agreement):
    with agreement(
        "reference_impl.optim.constant_schedule", "torch.optim.lr_scheduler.ConstantLR", "float64"
    ) as compare:

        @given(lr=rates, factor=st.floats(0.05, 1.0), total_iters=st.integers(1, 20))
        def drawn(lr, factor, total_iters):
            schedule = optim.constant_schedule(lr, factor, total_iters)
            wanted = by_torch("ConstantLR", lr, factor=factor, total_iters=total_iters)
            compare.numbers("rate", [schedule(t) for t in range(STEPS)], wanted)
            assert optim.constant_schedule(lr)(total_iters) == lr

        drawn()


def test_step(agreement):
    with agreement(
        "reference_impl.optim.step_schedule", "torch.optim.lr_scheduler.StepLR", "float64"
    ) as compare:

        @given(lr=rates, step_size=sizes, settings=st.fixed_dictionaries({}, optional={"gamma": shares}))
        def drawn(lr, step_size, settings):
            schedule = optim.step_schedule(lr, step_size, **settings)
            wanted = by_torch("StepLR", lr, step_size=step_size, **settings)
            compare.numbers("rate", [schedule(t) for t in range(STEPS)], wanted)

        drawn()


def test_multi_step(agreement):
    with agreement(
        "reference_impl.optim.multi_step_schedule", "torch.optim.lr_scheduler.MultiStepLR", "float64"
    ) as compare:

        @given(
            lr=rates,
            milestones=st.lists(st.integers(1, STEPS), max_size=5),
            settings=st.fixed_dictionaries({}, optional={"gamma": shares}),
        )
        def drawn(lr, milestones, settings):
            schedule = optim.multi_step_schedule(lr, milestones, **settings)
            wanted = by_torch("MultiStepLR", lr, milestones=milestones, **settings)
            compare.numbers("rate", [schedule(t) for t in range(STEPS)], wanted)

        drawn()


def test_cosine(agreement):
    with agreement(
        "reference_impl.optim.cosine_schedule", "torch.optim.lr_scheduler.CosineAnnealingLR", "float64"
    ) as compare:

        @given(
            lr=rates,
            T_max=st.integers(1, 60),
            settings=st.fixed_dictionaries({}, optional={"eta_min": small}),
        )
        def drawn(lr, T_max, settings):
            schedule = optim.cosine_schedule(lr, T_max, **settings)
            wanted = by_torch("CosineAnnealingLR", lr, T_max=T_max, **settings)
            compare.numbers("rate", [schedule(t) for t in range(STEPS)], wanted, sums=True)

        drawn()


def test_warm_restarts(agreement):
    with agreement(
        "reference_impl.optim.warm_restarts_schedule",
        "torch.optim.lr_scheduler.CosineAnnealingWarmRestarts",
        "float64",
    ) as compare:
        optional = {"T_mult": st.integers(1, 3), "eta_min": small}

        @given(lr=rates, T_0=sizes, settings=st.fixed_dictionaries({}, optional=optional))
        def drawn(lr, T_0, settings):
            schedule = optim.warm_restarts_schedule(lr, T_0, **settings)
            wanted = by_torch("CosineAnnealingWarmRestarts", lr, T_0=T_0, **settings)
            compare.numbers("rate", [schedule(t) for t in range(STEPS)], wanted, sums=True)

        drawn()


def test_cyclic(agreement):
    with agreement(
        "reference_impl.optim.cyclic_schedule", "torch.optim.lr_scheduler.CyclicLR", "float64"
    ) as compare:
        optional = {
            "step_size_down": sizes,
            "mode": st.sampled_from(["triangular", "triangular2", "exp_range"]),
            "gamma": st.floats(0.5, 1.0),
        }

        @given(
            base_lr=small,
            max_lr=rates,
            step_size_up=sizes,
            settings=st.fixed_dictionaries({}, optional=optional),
        )
        def drawn(base_lr, max_lr, step_size_up, settings):
            settings |= {"max_lr": max_lr, "step_size_up": step_size_up}
            schedule = optim.cyclic_schedule(base_lr, **settings)
            wanted = by_torch("CyclicLR", lr=1.0, base_lr=base_lr, **settings, cycle_momentum=False)
            compare.numbers("rate", [schedule(t) for t in range(STEPS)], wanted, sums=True)

        drawn()


def test_one_cycle(agreement):
    with agreement(
        "reference_impl.optim.one_cycle_schedule", "torch.optim.lr_scheduler.OneCycleLR", "float64"
    ) as compare:
        optional = {
            "pct_start": st.floats(0.01, 0.5),
            "anneal_strategy": st.sampled_from(["cos", "linear"]),
            "div_factor": st.floats(2.0, 50.0),
            "final_div_factor": st.floats(1.0, 1e5),
            "three_phase": st.booleans(),
        }

        @given(
            max_lr=rates,
            total_steps=st.integers(7, STEPS),
            settings=st.fixed_dictionaries({}, optional=optional),
        )
        def drawn(max_lr, total_steps, settings):
            schedule = optim.one_cycle_schedule(max_lr, total_steps, **settings)
            settings |= {"max_lr": max_lr, "total_steps": total_steps, "cycle_momentum": False}
            wanted = by_torch("OneCycleLR", lr=1.0, steps=total_steps, **settings)
            compare.numbers("rate", [schedule(t) for t in range(total_steps)], wanted, sums=True)
            assert schedule(total_steps) == schedule(total_steps - 1)

        drawn()


def test_product(agreement):
    with agreement(
        "reference_impl.optim.product_schedule", "torch.optim.lr_scheduler.ChainedScheduler", "float64"
    ) as compare:

        @given(lr=rates, factor=st.floats(0.05, 1.0), length=sizes, gamma=shares)
        def drawn(lr, factor, length, gamma):
            optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr)
            kinds = torch.optim.lr_scheduler
            chained = kinds.ChainedScheduler(
                [
                    kinds.ConstantLR(optimizer, factor, total_iters=length),
                    kinds.ExponentialLR(optimizer, gamma),
                ]
            )
            schedule = optim.product_schedule(
                optim.constant_schedule(1.0, factor, length), optim.exponential_schedule(lr, gamma)
            )
            wanted = []
            for _ in range(STEPS):
                wanted.append(optimizer.param_groups[0]["lr"])
                optimizer.step()
                chained.step()
            compare.numbers("rate", [schedule(t) for t in range(STEPS)], wanted)

        drawn()


def test_sequential(agreement):
    with agreement(
        "reference_impl.optim.sequential_schedule", "torch.optim.lr_scheduler.SequentialLR", "float64"
    ) as compare:

        @given(lr=rates, first=sizes, second=sizes, gamma=shares, factor=st.floats(0.05, 1.0))
        def drawn(lr, first, second, gamma, factor):
            optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=lr)
            kinds = torch.optim.lr_scheduler
            milestones = [first, first + second]
            chained = kinds.SequentialLR(
                optimizer,
                [
                    kinds.LinearLR(optimizer, factor, total_iters=first),
                    kinds.ExponentialLR(optimizer, gamma),
                    kinds.StepLR(optimizer, step_size=3),
                ],
                milestones,
            )
            parts = [
                optim.linear_schedule(lr, factor, total_iters=first),
                optim.exponential_schedule(lr, gamma),
                optim.step_schedule(lr, step_size=3),
            ]
            schedule = optim.sequential_schedule(parts, milestones)
            wanted = []
            for _ in range(STEPS):
                wanted.append(optimizer.param_groups[0]["lr"])
                optimizer.step()
                chained.step()
            compare.numbers("rate", [schedule(t) for t in range(STEPS)], wanted)

        drawn()


def test_the_warm_up_of_radam_is_in_its_steps(agreement):
    """For a gradient of 1, without first moments and epsilon, RAdam's step is the rate times the factor."""
    with agreement("reference_impl.optim.radam_warmup", "torch.optim.RAdam", "float64") as compare:

        @given(beta2=st.floats(0.7, 0.9995))
        def drawn(beta2):
            theta = torch.nn.Parameter(torch.zeros((), dtype=torch.float64))
            optimizer = torch.optim.RAdam([theta], lr=1.0, betas=(0.0, beta2), eps=0.0)
            factor = optim.radam_warmup(beta2)
            found, wanted = [], []
            for t in range(STEPS):
                before = theta.item()
                theta.grad = torch.ones_like(theta)
                optimizer.step()
                if factor(t):
                    found.append(factor(t))
                    wanted.append(before - theta.item())
                else:
                    assert round(before - theta.item(), 12) == 1
            compare.numbers("factor", found, wanted, sums=True)

        drawn()
