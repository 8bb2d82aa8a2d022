"""Schedules that fall smoothly, and the straight line."""

import math

from reference_impl._checks import check_size
from reference_impl.optim.schedules.schedule import Schedule, check_positive, check_rate, of_step


def linear_schedule(
    lr: float, start_factor: float = 1 / 3, end_factor: float = 1.0, total_iters: int = 5
) -> Schedule:
    r"""Make a schedule that goes in a straight line from one share of a rate to another, and stays there.

    $$\eta_t = \eta \left( a + (b - a) \, \frac{\min(t, T)}{T} \right)$$

    Args:
        lr: The rate $\eta$.
        start_factor: The share $a$ at step 0.
        end_factor: The share $b$ from step $T$ on.
        total_iters: The number $T$ of steps between.

    Returns:
        The schedule: a function from the step $t$, counted from 0, to the rate $\eta_t$.

    Raises:
        ValueError: An argument is negative, NaN or infinite, or `total_iters` is 0.
        TypeError: An argument isn't a number, or `total_iters` no int.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import linear_schedule
        >>> schedule = linear_schedule(2.0, start_factor=0.25, end_factor=0.75, total_iters=2)
        >>> torch.tensor([schedule(t) for t in range(4)]).tolist()  # 2 * (0.25 + 0.5 * t/2)
        [0.5, 1.0, 1.5, 1.5]
        >>> linear_schedule(3.0)(0), round(linear_schedule(3.0)(4), 6)  # 3/3, 3 * (1/3 + 2/3 * 4/5)
        (1.0, 2.6)

    Source:
        `torch.optim.lr_scheduler.LinearLR`.
    """
    check_rate("lr", lr)
    check_rate("start_factor", start_factor)
    check_rate("end_factor", end_factor)
    check_size("total_iters", total_iters)
    return of_step(
        lambda t: lr * (start_factor + (end_factor - start_factor) * min(t, total_iters) / total_iters)
    )


def polynomial_schedule(lr: float, total_iters: int = 5, power: float = 1.0) -> Schedule:
    r"""Make a schedule that falls to 0 like a power of the steps that are left.

    $$\eta_t = \eta \left( 1 - \frac{\min(t, T)}{T} \right)^p$$

    Args:
        lr: The first rate $\eta$.
        total_iters: The number $T$ of steps until 0.
        power: The power $p$.

    Returns:
        The schedule: a function from the step $t$, counted from 0, to the rate $\eta_t$.

    Raises:
        ValueError: An argument is negative, NaN or infinite, or `total_iters` is 0.
        TypeError: An argument isn't a number, or `total_iters` no int.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import polynomial_schedule
        >>> schedule = polynomial_schedule(8.0, total_iters=4, power=2.0)
        >>> torch.tensor([schedule(t) for t in range(6)]).tolist()  # 8 * (1 - t/4)**2
        [8.0, 4.5, 2.0, 0.5, 0.0, 0.0]
        >>> round(polynomial_schedule(8.0)(4), 6)  # 8 * (1 - 4/5)
        1.6

    Source:
        `torch.optim.lr_scheduler.PolynomialLR`.
    """
    check_rate("lr", lr)
    check_size("total_iters", total_iters)
    check_rate("power", power, example=1.0)
    return of_step(lambda t: lr * (1 - min(t, total_iters) / total_iters) ** power)


def exponential_schedule(lr: float, gamma: float) -> Schedule:
    r"""Make a schedule that multiplies the rate by one factor at each step.

    $$\eta_t = \eta \, \gamma^t$$

    Args:
        lr: The first rate $\eta$.
        gamma: The factor $\gamma$.

    Returns:
        The schedule: a function from the step $t$, counted from 0, to the rate $\eta_t$.

    Raises:
        ValueError: An argument is negative, NaN or infinite.
        TypeError: An argument isn't a number.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import exponential_schedule
        >>> schedule = exponential_schedule(2.0, gamma=0.5)
        >>> torch.tensor([schedule(t) for t in range(4)]).tolist()
        [2.0, 1.0, 0.5, 0.25]

    Source:
        `torch.optim.lr_scheduler.ExponentialLR`.
    """
    check_rate("lr", lr)
    check_rate("gamma", gamma)
    return of_step(lambda t: lr * gamma**t)


def inverse_square_root_schedule(lr: float, warmup: float = 1) -> Schedule:
    r"""Make a schedule that rises in a straight line and then falls like one over the root of the step.

    $$\eta_t = \eta \, \min\left( \frac{t + 1}{w}, \sqrt{\frac{w}{t + 1}} \right)$$

    The Transformer's paper counts steps from 1, and its peak is $\eta = (d w)^{-1/2}$ for a model of width $d$. With
    $w = 1$ there is no rise, and $\eta_t = \eta / \sqrt{t + 1}$.

    Args:
        lr: The highest rate $\eta$.
        warmup: The number $w$ of steps in which it is reached.

    Returns:
        The schedule: a function from the step $t$, counted from 0, to the rate $\eta_t$.

    Raises:
        ValueError: An argument is negative, NaN or infinite, or `warmup` is 0.
        TypeError: An argument isn't a number.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import inverse_square_root_schedule
        >>> schedule = inverse_square_root_schedule(2.0, warmup=4)
        >>> torch.tensor([schedule(t) for t in (0, 1, 3, 15)]).tolist()  # 2 * 1/4, 2 * 2/4, 2, 2 * (4/16)**0.5
        [0.5, 1.0, 2.0, 1.0]
        >>> inverse_square_root_schedule(2.0)(3)  # 2 / 4**0.5
        1.0

    Source:
        Vaswani et al., [Attention is all you need](https://arxiv.org/abs/1706.03762), NeurIPS 2017, section 5.3.
    """
    check_rate("lr", lr)
    check_positive("warmup", warmup, example=4000)
    return of_step(lambda t: lr * min((t + 1) / warmup, math.sqrt(warmup / (t + 1))))
