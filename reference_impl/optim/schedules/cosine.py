"""Schedules that fall along half a cosine."""

import math

from reference_impl._checks import check_size
from reference_impl.optim.schedules.schedule import Schedule, check_rate, of_step


def cosine_schedule(lr: float, T_max: int, eta_min: float = 0.0) -> Schedule:
    r"""Make a schedule that falls along half a cosine.

    $$\eta_t = \eta_{\min} + \frac{\eta - \eta_{\min}}{2} \left( 1 + \cos \frac{\pi t}{T} \right)$$

    After step $T$ the cosine, and with it the rate, rises again, as in torch.

    Args:
        lr: The first and highest rate $\eta$.
        T_max: The number $T$ of steps of the fall.
        eta_min: The lowest rate $\eta_{\min}$.

    Returns:
        The schedule: a function from the step $t$, counted from 0, to the rate $\eta_t$.

    Raises:
        ValueError: An argument is negative, NaN or infinite, or `T_max` is 0.
        TypeError: An argument isn't a number, or `T_max` no int.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import cosine_schedule
        >>> schedule = cosine_schedule(0.75, T_max=3, eta_min=0.25)
        >>> [round(schedule(t), 6) for t in range(5)]  # 0.25 + 0.25 * (1 + cos(60° * t))
        [0.75, 0.625, 0.375, 0.25, 0.375]
        >>> round(torch.tensor(cosine_schedule(1.0, T_max=2)(1)).item(), 6)  # half of the way
        0.5

    Source:
        Loshchilov and Hutter, [SGDR: stochastic gradient descent with warm
        restarts](https://arxiv.org/abs/1608.03983), ICLR 2017, without the restarts.
    """
    check_rate("lr", lr)
    check_size("T_max", T_max)
    check_rate("eta_min", eta_min, example=0.0)
    return of_step(lambda t: _half_cosine(lr, eta_min, t / T_max))


def warm_restarts_schedule(lr: float, T_0: int, T_mult: int = 1, eta_min: float = 0.0) -> Schedule:
    r"""Make a schedule that falls along half a cosine and then jumps back up, again and again.

    In cycle $i$, which begins at step $b_i$ and takes $T_i = T_0 \, k^i$ steps,

    $$\eta_t = \eta_{\min} + \frac{\eta - \eta_{\min}}{2} \left( 1 + \cos \frac{\pi (t - b_i)}{T_i} \right)$$

    Args:
        lr: The rate $\eta$ at which each cycle begins.
        T_0: The number $T_0$ of steps of the first cycle.
        T_mult: How many times longer than the cycle before, $k$, each cycle is.
        eta_min: The rate $\eta_{\min}$ towards which each cycle falls. It is never reached, for there the next begins.

    Returns:
        The schedule: a function from the step $t$, counted from 0, to the rate $\eta_t$.

    Raises:
        ValueError: An argument is negative, NaN or infinite, or `T_0` or `T_mult` is 0.
        TypeError: An argument isn't a number, or `T_0` or `T_mult` no int.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import warm_restarts_schedule
        >>> schedule = warm_restarts_schedule(1.0, T_0=2, T_mult=3, eta_min=0.5)
        >>> torch.tensor([schedule(t) for t in (0, 1, 2, 4, 5, 8)]).tolist()  # cycles begin at 0, 2 and 8
        [1.0, 0.75, 1.0, 0.875, 0.75, 1.0]
        >>> round(warm_restarts_schedule(1.0, T_0=2)(7), 6)  # 7 is half of the way from 6 to 8
        0.5

    Source:
        Loshchilov and Hutter, [SGDR: stochastic gradient descent with warm
        restarts](https://arxiv.org/abs/1608.03983), ICLR 2017, equation 5.
    """
    check_rate("lr", lr)
    check_size("T_0", T_0)
    check_size("T_mult", T_mult)
    check_rate("eta_min", eta_min, example=0.0)

    def rate(t: float) -> float:
        done, length = (t // T_0 * T_0, T_0) if T_mult == 1 else (0, T_0)
        while t - done >= length:
            done, length = done + length, length * T_mult
        return _half_cosine(lr, eta_min, (t - done) / length)

    return of_step(rate)


def _half_cosine(start: float, end: float, share: float) -> float:
    return end + (start - end) * (1 + math.cos(math.pi * share)) / 2
