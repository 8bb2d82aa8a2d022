"""The schedule with one rise and one fall."""

import math
from bisect import bisect_left

from reference_impl._checks import check_choice, check_number, check_size, refuse
from reference_impl.optim.schedules.schedule import Schedule, check_positive, check_rate, of_step


def one_cycle_schedule(
    max_lr: float,
    total_steps: int,
    pct_start: float = 0.3,
    anneal_strategy: str = "cos",
    div_factor: float = 25.0,
    final_div_factor: float = 1e4,
    three_phase: bool = False,
) -> Schedule:
    r"""Make a schedule that rises once and falls once, further down than it began.

    Of $T$ steps, the share $p$ is spent on the rise, and the rest on the fall. Three phases are rise, fall to where it
    began, and fall to the end:

    | phases | at step | rate |
    | --- | --- | --- |
    | two | $0, \; pT - 1, \; T - 1$ | $\eta / a, \; \eta, \; \eta / (ab)$ |
    | three | $0, \; pT - 1, \; 2pT - 2, \; T - 1$ | $\eta / a, \; \eta, \; \eta / a, \; \eta / (ab)$ |

    Between two of these points, at the share $q$ of the way from $y$ to $z$,

    $$\eta_t = z + \frac{y - z}{2} (1 + \cos \pi q) \qquad \text{or} \qquad \eta_t = y + (z - y) q$$

    The paper has three phases of straight lines; torch's default is two of half a cosine.

    torch also moves the momentum, unless told otherwise. Here that is a schedule of its own, turned over:
    `one_cycle_schedule(0.85, total_steps, div_factor=0.85 / 0.95, final_div_factor=1.0)`.

    Args:
        max_lr: The highest rate $\eta$.
        total_steps: The number $T$ of all steps. Step $T$ gives the last rate again, a later one is an error.
        pct_start: The share $p$ of steps in which the rate rises; at most 0.5 with three phases.
        anneal_strategy: "cos" or "linear".
        div_factor: How many times lower than the highest rate, $a$, the first is.
        final_div_factor: How many times lower than the first rate, $b$, the last is.
        three_phase: Fall in two phases instead of one.

    Returns:
        The schedule: a function from the step $t$, counted from 0, to the rate $\eta_t$.

    Raises:
        ValueError: A number is outside its range, or `anneal_strategy` is unknown. The schedule raises it after step
            $T$.
        TypeError: An argument isn't a number, or `total_steps` no int.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import one_cycle_schedule
        >>> settings = {"pct_start": 0.375, "anneal_strategy": "linear", "div_factor": 4.0, "final_div_factor": 4.0}
        >>> two = one_cycle_schedule(8.0, total_steps=8, **settings)
        >>> torch.tensor([two(t) for t in range(8)]).tolist()  # from 8/4 up to 8 at 3 - 1, then down to 8/4/4 at 7
        [2.0, 5.0, 8.0, 6.5, 5.0, 3.5, 2.0, 0.5]
        >>> three = one_cycle_schedule(8.0, total_steps=8, three_phase=True, **settings)
        >>> [three(t) for t in range(8)]  # down to 2 again at 6 - 2, then to 0.5 at 7
        [2.0, 5.0, 8.0, 5.0, 2.0, 1.5, 1.0, 0.5]
        >>> usual = one_cycle_schedule(8.0, total_steps=10)
        >>> [round(usual(t), 6) for t in (0, 1, 2, 9)]  # 8/25, the middle, 8, 8/25/10000
        [0.32, 4.16, 8.0, 3.2e-05]

    Source:
        Smith and Topin, [Super-convergence: very fast training of neural networks using large learning
        rates](https://arxiv.org/abs/1708.07120), 2018; `torch.optim.lr_scheduler.OneCycleLR`.
    """
    check_rate("max_lr", max_lr)
    check_size("total_steps", total_steps)
    check_number("pct_start", pct_start, example=0.3)
    if not 0 <= pct_start <= (0.5 if three_phase else 1):
        rule = "must be from 0 to 0.5 with three phases" if three_phase else "must be from 0 to 1"
        refuse("pct_start", pct_start, rule, "pass e.g. pct_start=0.3")
    check_choice("anneal_strategy", anneal_strategy, ("cos", "linear"))
    check_positive("div_factor", div_factor, example=25.0)
    check_positive("final_div_factor", final_div_factor, example=1e4)
    first = max_lr / div_factor
    last = first / final_div_factor
    peak = pct_start * total_steps - 1
    if three_phase:
        steps, rates = [0.0, peak, 2 * peak, total_steps - 1], [first, max_lr, first, last]
    else:
        steps, rates = [0.0, peak, total_steps - 1], [first, max_lr, last]

    def rate(t: float) -> float:
        if t > total_steps:
            rule = f"must be at most `total_steps` (={total_steps})"
            refuse("step", t, rule, "pass a larger total_steps")
        end = min(1 + bisect_left(steps[1:], t), len(steps) - 1)
        length = steps[end] - steps[end - 1]
        share = min((t - steps[end - 1]) / length, 1) if length else 1
        if anneal_strategy == "linear":
            return rates[end - 1] + (rates[end] - rates[end - 1]) * share
        return rates[end] + (rates[end - 1] - rates[end]) / 2 * (1 + math.cos(math.pi * share))

    return of_step(rate)
