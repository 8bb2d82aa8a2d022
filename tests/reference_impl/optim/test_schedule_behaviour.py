"""What holds for every schedule: by hand, between steps, far out, and the words of errors."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference_impl import optim

EVERY = {
    "constant_schedule": optim.constant_schedule(0.1, 0.5, 3),
    "step_schedule": optim.step_schedule(0.1, 3),
    "multi_step_schedule": optim.multi_step_schedule(0.1, [2, 5]),
    "exponential_schedule": optim.exponential_schedule(0.1, 0.9),
    "inverse_square_root_schedule": optim.inverse_square_root_schedule(0.1, 4),
    "linear_schedule": optim.linear_schedule(0.1),
    "polynomial_schedule": optim.polynomial_schedule(0.1),
    "cosine_schedule": optim.cosine_schedule(0.1, 8),
    "warm_restarts_schedule": optim.warm_restarts_schedule(0.1, 3, 2),
    "cyclic_schedule": optim.cyclic_schedule(0.01, 0.1, 3, mode="triangular2"),
    "one_cycle_schedule": optim.one_cycle_schedule(0.1, 50),
    "linear_warmup": optim.linear_warmup(5),
    "exponential_warmup": optim.exponential_warmup(5),
    "radam_warmup": optim.radam_warmup(),
    "product_schedule": optim.product_schedule(optim.linear_warmup(5), optim.cosine_schedule(0.1, 9)),
    "sequential_schedule": optim.sequential_schedule(
        [optim.constant_schedule(0.1), optim.step_schedule(0.1, 2)], [4]
    ),
}
each_schedule = pytest.mark.parametrize("schedule", EVERY.values(), ids=EVERY)


def test_every_schedule_is_here():
    assert sorted(EVERY) == sorted(name for name in optim.__all__ if name.endswith(("_schedule", "_warmup")))


@each_schedule
@given(step=st.floats(0, 50), other=st.floats(0, 50))
def test_a_schedule_remembers_nothing(schedule, step, other):
    """A schedule that counts its calls would give another rate the second time."""
    first = schedule(step)
    schedule(other)
    assert schedule(step) == first
    assert 0 <= first <= 1 and math.isfinite(first)


@each_schedule
@pytest.mark.parametrize(
    ("step", "error", "words"),
    [
        (-1, ValueError, r"`step` \(=-1\) must be finite and at least 0; count steps from 0"),
        (math.nan, ValueError, r"`step` \(=nan\) must be finite"),
        (math.inf, ValueError, r"`step` \(=inf\) must be finite"),
        ("3", TypeError, r"`step` \(='3'\) must be a number; count steps from 0"),
        (True, TypeError, r"`step` \(=True\) must be a number"),
    ],
)
def test_a_step_is_a_number_from_0(schedule, step, error, words):
    with pytest.raises(error, match=words):
        schedule(step)


def test_far_out():
    far = 10**9
    assert optim.exponential_schedule(1.0, 0.5)(far) == 0
    assert optim.step_schedule(1.0, 1, 0.5)(far) == 0
    assert optim.cyclic_schedule(0.5, 1.0, 1, mode="triangular2")(far + 1) == 0.5
    assert optim.warm_restarts_schedule(1.0, 2, 1)(far) == 1
    assert optim.warm_restarts_schedule(1.0, 1, 2)(2**40 - 1) == 1
    assert optim.radam_warmup()(far) == pytest.approx(1, abs=1e-12)


def test_restarts_by_hand():
    schedule = optim.warm_restarts_schedule(1.0, 4, 2)
    found = [round(schedule(t), 4) for t in range(13)]
    assert found == [1, 0.8536, 0.5, 0.1464, 1, 0.9619, 0.8536, 0.6913, 0.5, 0.3087, 0.1464, 0.0381, 1]


def test_triangles_by_hand():
    schedule = optim.cyclic_schedule(0.001, 0.006, 4)
    found = [round(schedule(t), 6) for t in range(10)]
    assert found == [0.001, 0.00225, 0.0035, 0.00475, 0.006, 0.00475, 0.0035, 0.00225, 0.001, 0.00225]


def test_one_cycle_where_torch_divides_by_zero():
    """A rise of one step has no length: the highest rate comes first."""
    assert optim.one_cycle_schedule(1.0, 5, pct_start=0.2)(0) == 1.0
    assert optim.one_cycle_schedule(1.0, 5, pct_start=1.0, anneal_strategy="linear")(4) == 1.0


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (
            lambda: optim.constant_schedule(-0.1),
            ValueError,
            r"`lr` \(=-0.1\) must be at least 0; pass e.g. lr=0.1",
        ),
        (lambda: optim.step_schedule(math.nan, 3), ValueError, r"`lr` \(=nan\) must be at least 0"),
        (
            lambda: optim.cosine_schedule(math.inf, 3),
            ValueError,
            r"`lr` \(=inf\) must be finite; pass e.g. lr=0.1",
        ),
        (lambda: optim.exponential_schedule("0.1", 0.9), TypeError, r"`lr` \(='0.1'\) must be a number"),
        (lambda: optim.exponential_schedule(0.1, -0.9), ValueError, r"`gamma` \(=-0.9\) must be at least 0"),
        (lambda: optim.step_schedule(0.1, 0), ValueError, r"`step_size` \(=0\) must be at least 1"),
        (lambda: optim.step_schedule(0.1, 2.5), TypeError, r"`step_size` \(=2.5\) must be an int"),
        (
            lambda: optim.multi_step_schedule(0.1, 30),
            TypeError,
            r"`milestones` \(=30\) must be steps; pass e.g.",
        ),
        (
            lambda: optim.multi_step_schedule(0.1, [5, -3]),
            ValueError,
            r"`milestones\[0\]` \(=-3\) must be at",
        ),
        (lambda: optim.cosine_schedule(0.1, 0), ValueError, r"`T_max` \(=0\) must be at least 1"),
        (lambda: optim.cosine_schedule(0.1, 5, -1.0), ValueError, r"`eta_min` \(=-1.0\) must be at least 0"),
        (lambda: optim.warm_restarts_schedule(0.1, 5, 1.5), TypeError, r"`T_mult` \(=1.5\) must be an int"),
        (lambda: optim.warm_restarts_schedule(0.1, 0), ValueError, r"`T_0` \(=0\) must be at least 1"),
        (
            lambda: optim.polynomial_schedule(0.1, 5, math.nan),
            ValueError,
            r"`power` \(=nan\) must be at least",
        ),
        (
            lambda: optim.linear_schedule(0.1, -0.5),
            ValueError,
            r"`start_factor` \(=-0.5\) must be at least 0",
        ),
        (lambda: optim.inverse_square_root_schedule(0.1, 0), ValueError, r"`warmup` \(=0\) must be above 0"),
        (
            lambda: optim.cyclic_schedule(0.1, 1.0, mode="triangle"),
            ValueError,
            r"`mode` \(='triangle'\) is unknown; choose one of 'triangular', 'triangular2', 'exp_range'",
        ),
        (lambda: optim.cyclic_schedule(0.1, 1.0, 0), ValueError, r"`step_size_up` \(=0\) must be above 0"),
        (lambda: optim.cyclic_schedule(0.1, 1.0, 3, -1), ValueError, r"`step_size_down` \(=-1\) must be at"),
        (lambda: optim.cyclic_schedule(0.1, 1.0, variant="x"), ValueError, r"`variant` \(='x'\) is unknown"),
        (
            lambda: optim.one_cycle_schedule(0.1, 10, 1.5),
            ValueError,
            r"`pct_start` \(=1.5\) must be from 0 to 1;",
        ),
        (
            lambda: optim.one_cycle_schedule(0.1, 10, 0.6, three_phase=True),
            ValueError,
            r"`pct_start` \(=0.6\) must be from 0 to 0.5 with three phases; pass e.g. pct_start=0.3",
        ),
        (
            lambda: optim.one_cycle_schedule(0.1, 10)(11),
            ValueError,
            r"`step` \(=11\) must be at most `total_steps` \(=10\); pass a larger total_steps",
        ),
        (
            lambda: optim.one_cycle_schedule(0.1, 10, div_factor=0),
            ValueError,
            r"`div_factor` \(=0\) must be above",
        ),
        (lambda: optim.one_cycle_schedule(0.1, 10, anneal_strategy="x"), ValueError, "`anneal_strategy`"),
        (
            lambda: optim.linear_warmup(0),
            ValueError,
            r"`period` \(=0\) must be above 0; pass e.g. period=2000",
        ),
        (
            lambda: optim.exponential_warmup(beta2=1.0),
            ValueError,
            r"`beta2` \(=1.0\) must be at least 0 and below",
        ),
        (
            lambda: optim.radam_warmup(0.6),
            ValueError,
            r"`beta2` \(=0.6\) must be above 0.6667, or the factor stays 0; pass e.g. beta2=0.999",
        ),
        (
            lambda: optim.radam_warmup(0.5, variant="paper"),
            ValueError,
            r"`beta2` \(=0.5\) must be above 0.6,",
        ),
        (lambda: optim.product_schedule(), ValueError, r"`schedules` \(=\(\)\) must not be empty"),
        (
            lambda: optim.product_schedule(0.1),
            TypeError,
            r"`schedules` \(=0.1\) must be functions of the step",
        ),
        (
            lambda: optim.sequential_schedule([optim.linear_warmup(2)] * 3, [5]),
            ValueError,
            r"`milestones` \(=\[5\]\) must increase, and be one less than the 3 schedules; pass the step",
        ),
        (
            lambda: optim.sequential_schedule([optim.linear_warmup(2)] * 3, [5, 5]),
            ValueError,
            r"`milestones` \(=\[5, 5\]\) must increase",
        ),
    ],
)
def test_bad_arguments_are_named(make, error, words):
    with pytest.raises(error, match=words):
        make()
