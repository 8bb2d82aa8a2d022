"""Schedules made of schedules."""

import math
from bisect import bisect_right
from collections.abc import Sequence

from reference_impl._checks import refuse
from reference_impl.optim.schedules.schedule import Schedule, check_rate, of_step


def product_schedule(*schedules: Schedule) -> Schedule:
    r"""Multiply schedules, all of which count the same steps.

    $$\eta_t = \prod_i \eta^{(i)}_t$$

    This puts a warm-up in front: the factor of the warm-up times the schedule, which has begun already.

    Args:
        *schedules: The schedules $\eta^{(i)}$: functions of the step. As a rule one is a rate, the others are factors.

    Returns:
        The schedule: a function from the step $t$, counted from 0, to the rate $\eta_t$.

    Raises:
        ValueError: There are no schedules.
        TypeError: One of them is no function.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import exponential_schedule, linear_warmup, polynomial_schedule, product_schedule
        >>> warmup, line = linear_warmup(period=2), polynomial_schedule(8.0, total_iters=4)
        >>> schedule = product_schedule(warmup, line, exponential_schedule(1.0, gamma=0.5))
        >>> torch.tensor([schedule(t) for t in range(4)]).tolist()  # 0.5 * 8, then 6/2, 4/4, 2/8
        [4.0, 3.0, 1.0, 0.25]

    Source:
        `torch.optim.lr_scheduler.ChainedScheduler` multiplies schedules in the same way.
    """
    _check_schedules(schedules)
    return of_step(lambda t: math.prod(schedule(t) for schedule in schedules))


def sequential_schedule(schedules: Sequence[Schedule], milestones: Sequence[int]) -> Schedule:
    r"""Run schedules one after the other, each from its own step 0.

    With $m_0 = 0$,

    $$\eta_t = \eta^{(i)}_{t - m_i} \qquad \text{for } m_i \le t < m_{i+1}$$

    Args:
        schedules: The schedules $\eta^{(0)}, \eta^{(1)}, \dots$
        milestones: The steps $m_1, m_2, \dots$ at which the second, the third and so on begin.

    Returns:
        The schedule: a function from the step $t$, counted from 0, to the rate $\eta_t$.

    Raises:
        ValueError: There isn't one milestone less than schedules, or they don't increase.
        TypeError: A schedule is no function, or a milestone no number.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import constant_schedule, exponential_schedule, sequential_schedule
        >>> falls = exponential_schedule(8.0, gamma=0.5), exponential_schedule(6.0, gamma=0.25)
        >>> schedule = sequential_schedule([constant_schedule(2.0), *falls], milestones=[1, 4])
        >>> torch.tensor([schedule(t) for t in range(6)]).tolist()  # 2; 8, 8/2, 8/4; 6, 6/4
        [2.0, 8.0, 4.0, 2.0, 6.0, 1.5]

    Source:
        `torch.optim.lr_scheduler.SequentialLR`.
    """
    _check_schedules(schedules)
    starts = list(milestones)
    for position, milestone in enumerate(starts):
        check_rate(f"milestones[{position}]", milestone, example=100)
    if starts != sorted(set(starts)) or len(starts) != len(schedules) - 1:
        rule = f"must increase, and be one less than the {len(schedules)} schedules"
        refuse("milestones", starts, rule, "pass the step at which each schedule but the first begins")

    def rate(t: float) -> float:
        number = bisect_right(starts, t)
        return schedules[number](t - starts[number - 1] if number else t)

    return of_step(rate)


def _check_schedules(schedules: Sequence[Schedule]) -> None:
    if not schedules:
        refuse("schedules", schedules, "must not be empty", "pass at least one schedule")
    for schedule in schedules:
        if not callable(schedule):
            refuse(
                "schedules",
                schedule,
                "must be functions of the step",
                "pass e.g. linear_warmup(100)",
                TypeError,
            )
