"""Schedules that torch lacks, or has otherwise, against the formulas of their papers in fifty digits."""

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mpf

from reference_impl import optim

mpmath.mp.dps = 50
STEPS = range(0, 60, 3)
rates = st.floats(1e-4, 10.0)
betas = st.floats(0.7, 0.9999)


def test_inverse_square_root(agreement):
    """Vaswani et al.: d ** -0.5 * min(n ** -0.5, n * warmup ** -1.5), with n from 1."""
    with agreement(
        "reference_impl.optim.inverse_square_root_schedule", "Vaswani et al. 2017, equation 3", "float64"
    ) as compare:

        @given(width=st.integers(1, 1024), warmup=st.integers(1, 100))
        def drawn(width, warmup):
            schedule = optim.inverse_square_root_schedule((width * warmup) ** -0.5, warmup)
            n = [mpf(t + 1) for t in STEPS]
            wanted = [mpf(width) ** mpf(-0.5) * min(k ** mpf(-0.5), k * mpf(warmup) ** mpf(-1.5)) for k in n]
            compare.numbers("rate", [schedule(t) for t in STEPS], [float(value) for value in wanted])

        drawn()
    assert optim.inverse_square_root_schedule(3.0)(8) == 1.0


@pytest.mark.parametrize("kind", ["linear", "exponential"])
def test_warm_up(agreement, kind):
    """Ma and Yarats, sections 5.2 and 5.3; without a period, their untuned rules."""
    name = f"{kind}_warmup"
    with agreement(f"reference_impl.optim.{name}", "Ma and Yarats 2021", "float64") as compare:

        @given(period=st.none() | st.floats(0.5, 100.0), beta2=betas)
        def drawn(period, beta2):
            factor = getattr(optim, name)(period, beta2)
            rest = 1 - mpf(beta2)
            if kind == "linear":
                length = 2 / rest if period is None else mpf(period)
                wanted = [min(mpf(1), (t + 1) / length) for t in STEPS]
            else:
                length = 1 / rest if period is None else mpf(period)
                wanted = [1 - mpmath.exp(-(t + 1) / length) for t in STEPS]
            compare.numbers("factor", [factor(t) for t in STEPS], [float(value) for value in wanted])

        drawn()


@given(beta2=betas)
def test_the_warm_up_of_radam_as_in_the_paper(beta2):
    """Liu et al., algorithm 2, lines 8 to 12."""
    factor = optim.radam_warmup(beta2, variant="paper")
    longest = 2 / (1 - mpf(beta2)) - 1
    for t in STEPS:
        n = t + 1
        length = longest - 2 * n * mpf(beta2) ** n / (1 - mpf(beta2) ** n)
        wanted = mpf(0)
        if length > 4:
            share = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)
            wanted = mpmath.sqrt(share)
        assert abs(factor(t) - wanted) < 1e-9  # rounding of beta2 ** n weighs most where few steps are seen


@given(base_lr=st.floats(1e-4, 1e-2), max_lr=rates, size=st.integers(1, 9), gamma=st.floats(0.5, 1.0))
def test_exp_range_as_in_the_paper(base_lr, max_lr, size, gamma):
    """Smith's pseudo-code, with both boundaries declining by gamma ** iteration."""
    schedule = optim.cyclic_schedule(base_lr, max_lr, size, mode="exp_range", gamma=gamma, variant="paper")
    for t in STEPS:
        cycle = mpmath.floor(1 + mpf(t) / (2 * size))
        distance = abs(mpf(t) / size - 2 * cycle + 1)
        low, high = (mpf(bound) * mpf(gamma) ** t for bound in (base_lr, max_lr))
        wanted = low + (high - low) * max(mpf(0), 1 - distance)
        assert abs(schedule(t) - wanted) <= 1e-12 * max_lr


@given(lr=rates, first=st.integers(1, 6), times=st.integers(1, 3), eta_min=st.floats(0.0, 1e-2))
def test_warm_restarts_as_in_the_paper(lr, first, times, eta_min):
    """Loshchilov and Hutter, equation 5, with the cycles counted by hand."""
    schedule = optim.warm_restarts_schedule(lr, first, times, eta_min)
    length, since = first, 0
    for t in range(60):
        if since == length:
            length, since = length * times, 0
        wanted = mpf(eta_min) + mpf(0.5) * (mpf(lr) - mpf(eta_min)) * (
            1 + mpmath.cos(mpmath.pi * since / length)
        )
        assert abs(schedule(t) - wanted) <= 1e-12 * lr
        since += 1
