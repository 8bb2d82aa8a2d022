"""Schedules that are constant between jumps."""

from bisect import bisect_right
from collections.abc import Iterable

from reference_impl._checks import check_size, refuse
from reference_impl.optim.schedules.schedule import Schedule, check_rate, of_step


def constant_schedule(lr: float, factor: float = 1.0, total_iters: int = 0) -> Schedule:
    r"""Make a schedule that holds one rate, after a start at a share of it where wanted.

    $$\eta_t = \begin{cases} f \eta & t < T \\ \eta & t \ge T \end{cases}$$

    The defaults make it constant. Those of torch's `ConstantLR`, $f = 1/3$ and $T = 5$, do not.

    Args:
        lr: The rate $\eta$.
        factor: The share $f$ of it in the first steps.
        total_iters: The number $T$ of these steps.

    Returns:
        The schedule: a function from the step $t$, counted from 0, to the rate $\eta_t$.

    Raises:
        ValueError: An argument is negative, NaN or infinite.
        TypeError: An argument isn't a number.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import constant_schedule
        >>> lr, n = 0.5, 2
        >>> schedule = constant_schedule(lr, factor=0.25, total_iters=n)
        >>> torch.tensor([schedule(t) for t in range(4)]).tolist()  # 0.25 * 0.5, twice
        [0.125, 0.125, 0.5, 0.5]
        >>> [constant_schedule(lr, total_iters=n)(t) for t in range(n)]  # the factor is 1 unless given
        [0.5, 0.5]
        >>> [constant_schedule(lr, factor=lr)(t) for t in range(n)]  # for 0 steps unless told otherwise
        [0.5, 0.5]

    Source:
        `torch.optim.lr_scheduler.ConstantLR`.
    """
    check_rate("lr", lr)
    check_rate("factor", factor)
    check_rate("total_iters", total_iters, example=5)
    return of_step(lambda t: lr * factor if t < total_iters else lr)


def step_schedule(lr: float, step_size: int, gamma: float = 0.1) -> Schedule:
    r"""Make a schedule that multiplies the rate by one factor after equal numbers of steps.

    $$\eta_t = \eta \, \gamma^{\lfloor t / s \rfloor}$$

    Args:
        lr: The first rate $\eta$.
        step_size: The number $s$ of steps from jump to jump.
        gamma: The factor $\gamma$.

    Returns:
        The schedule: a function from the step $t$, counted from 0, to the rate $\eta_t$.

    Raises:
        ValueError: An argument is negative, NaN or infinite, or `step_size` is 0.
        TypeError: An argument isn't a number, or `step_size` no int.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import step_schedule
        >>> schedule = step_schedule(1.0, step_size=2, gamma=0.5)
        >>> torch.tensor([schedule(t) for t in range(5)]).tolist()
        [1.0, 1.0, 0.5, 0.5, 0.25]
        >>> [step_schedule(1.0, step_size=3)(t) for t in range(4)]
        [1.0, 1.0, 1.0, 0.1]

    Source:
        `torch.optim.lr_scheduler.StepLR`.
    """
    check_rate("lr", lr)
    check_size("step_size", step_size)
    check_rate("gamma", gamma)
    return of_step(lambda t: lr * gamma ** (t // step_size))


def multi_step_schedule(lr: float, milestones: Iterable[int], gamma: float = 0.1) -> Schedule:
    r"""Make a schedule that multiplies the rate by one factor at steps of your choice.

    $$\eta_t = \eta \, \gamma^{\#\{ i : m_i \le t \}}$$

    Args:
        lr: The first rate $\eta$.
        milestones: The steps $m_i$ at which the rate jumps, in any order; one that is named twice counts twice.
        gamma: The factor $\gamma$.

    Returns:
        The schedule: a function from the step $t$, counted from 0, to the rate $\eta_t$.

    Raises:
        ValueError: An argument is negative, NaN or infinite.
        TypeError: An argument isn't a number.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import multi_step_schedule
        >>> schedule = multi_step_schedule(1.0, milestones=[1, 3], gamma=0.5)
        >>> torch.tensor([schedule(t) for t in range(5)]).tolist()
        [1.0, 0.5, 0.5, 0.25, 0.25]
        >>> [multi_step_schedule(1.0, milestones=[2])(t) for t in range(3)]
        [1.0, 1.0, 0.1]

    Source:
        `torch.optim.lr_scheduler.MultiStepLR`.
    """
    check_rate("lr", lr)
    check_rate("gamma", gamma)
    if not isinstance(milestones, Iterable):
        refuse("milestones", milestones, "must be steps", "pass e.g. milestones=[30, 80]", TypeError)
    ordered = sorted(milestones)
    for position, milestone in enumerate(ordered):
        check_rate(f"milestones[{position}]", milestone, example=30)
    return of_step(lambda t: lr * gamma ** bisect_right(ordered, t))
