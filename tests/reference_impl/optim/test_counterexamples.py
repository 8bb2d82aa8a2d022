"""The problems on which papers show that Adam fails, and what the variants change."""

import numpy as np
import pytest

from reference_impl.autograd import Tensor
from reference_impl.optim import NAdam, RAdam, RMSprop, adabound_update, adam_update, amsgrad_update


def online(rule, arrays, gradient_of, steps, box, rate, **settings):
    """Play an online problem on an interval; return where it ends."""
    x, state = np.zeros(1), [np.zeros(1)] * arrays
    for step in range(1, steps + 1):
        x, *state = rule(x, np.asarray([gradient_of(step)]), *state, step, lr=rate(step), **settings)
        x = np.clip(x, -box, box)
    return x.item()


def falling(step):
    return 2.0 / step**0.5


def of_reddi(step, constant=4.0):
    return constant if step % 3 == 1 else -1.0


def test_adam_ends_at_the_worst_point_of_reddis_problem_and_amsgrad_near_the_best():
    settings = {"rate": falling, "betas": (0.0, 1 / 17), "eps": 0.0}  # beta2 = 1 / (1 + C**2)
    assert online(adam_update, 2, of_reddi, 3000, 1.0, **settings) > 0.95
    assert online(amsgrad_update, 3, of_reddi, 3000, 1.0, variant="paper", **settings) < -0.95


def of_luo(step, period=20):
    return {1: -1.0, 2: 2.0}.get(step % period, 0.0)


def test_adam_ends_at_the_worst_point_of_luos_problem_and_adabound_at_the_best():
    beta2, period = 0.7, 20
    assert 5 * beta2 ** (period - 2) <= (1 - beta2) / (4 - beta2)  # what the paper asks of them
    settings = {"betas": (0.0, beta2), "eps": 1e-12}
    assert online(adam_update, 2, of_luo, 10_000, 2.0, falling, **settings) > 1.95
    bounded = settings | {"final_lr": 0.4, "gamma": 1 - beta2, "variant": "paper"}
    assert online(adabound_update, 2, of_luo, 5000, 2.0, lambda step: 0.5, **bounded) < -1.95


@pytest.mark.parametrize(("variant", "wanted"), [("torch", [1.0, 1.414, 3.155]), ("paper", [31.62] * 3)])
def test_the_rate_of_amsgrad_rises_in_torch_alone(variant, wanted):
    settings, found = {"lr": 1.0, "betas": (0.5, 0.999), "eps": 0.0, "variant": variant}, {}
    zero = square = largest = np.zeros(1)
    for step in range(1, 11):
        gradient = zero + (step == 1)
        moved, mean, square, largest = amsgrad_update(
            zero, gradient, zero + 1, square, largest, step, **settings
        )
        corrected = mean / (1 - 0.5**step) if variant == "torch" else mean
        found[step] = (-moved / corrected).item()
    assert [found[step] for step in (1, 2, 10)] == pytest.approx(wanted, rel=1e-3)


def steps_of(kind, gradients, **settings):
    theta, lengths = Tensor(np.zeros(1), requires_grad=True), []
    optimizer = kind([theta], lr=1.0, eps=0.0, **settings)
    for gradient in gradients:
        theta.grad = np.asarray([gradient])
        before = theta.item()
        optimizer.step()
        lengths.append(before - theta.item())
    return lengths


def test_radam_switches_one_step_earlier_in_the_paper():
    assert np.round(steps_of(RAdam, [1.0] * 6), 5).tolist() == [1, 1, 1, 1, 1, 0.02582]
    earlier = steps_of(RAdam, [1.0] * 6, variant="paper")
    assert earlier[:4] == pytest.approx([1.0] * 4)
    assert 0 < earlier[4] < earlier[5] == pytest.approx(0.02582, abs=1e-5)


def test_the_first_step_of_rmsprop_is_ten_rates_long_in_torch_and_one_in_the_paper():
    assert np.round(steps_of(RMSprop, [3.0] * 3), 4).tolist() == [10.0, 7.0888, 5.8025]
    assert steps_of(RMSprop, [3.0] * 3, variant="paper") == pytest.approx([1.0] * 3)


def test_rmsprop_on_paper_recovers_from_a_large_gradient_as_the_lecture_says():
    found = steps_of(RMSprop, [1.0, 1.0, 10.0, 1.0, 1.0, 1.0], alpha=0.9, variant="paper")
    assert np.round(found, 4).tolist() == [1.0, 1.0, 3.0289, 0.3177, 0.333, 0.3489]


def test_the_mean_of_nadam_is_unbiased_in_the_paper_alone():
    on_paper, in_torch = (
        steps_of(NAdam, [3.0] * 4, betas=(0.9, 0.5), momentum_decay=0.0, variant=variant)
        for variant in ("paper", "torch")
    )
    momentum = 0.45
    products = momentum ** np.arange(1, 6)
    expected = (
        momentum * (1 - products[:4]) / (1 - products[1:]) + (1 - momentum) / (1 - products[:4])
    ) / 0.5**0.5
    np.testing.assert_allclose(on_paper, expected, rtol=1e-12)
    assert all(np.asarray(in_torch) < np.asarray(on_paper))
