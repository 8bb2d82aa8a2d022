"""Warm-ups: factors that rise to 1, to be multiplied with any schedule."""

import math

from reference_impl._checks import check_choice, check_fraction, refuse
from reference_impl.optim.schedules.schedule import Schedule, check_positive, of_step


def linear_warmup(period: float | None = None, beta2: float = 0.999) -> Schedule:
    r"""Make a factor that rises to 1 in a straight line.

    $$\omega_t = \min\left( 1, \frac{t + 1}{\tau} \right), \qquad \tau = \frac{2}{1 - \beta_2} \text{ unless given}$$

    Put it in front of a schedule with [`product_schedule`][reference_impl.optim.product_schedule].

    Args:
        period: The number $\tau$ of steps of the rise. If None, the untuned rule for Adam gives it.
        beta2: Adam's decay rate $\beta_2$; used by the untuned rule alone.

    Returns:
        The factor: a function from the step $t$, counted from 0, to $\omega_t$.

    Raises:
        ValueError: `period` is no finite number above 0, or `beta2` isn't from 0 to 1, without 1.
        TypeError: An argument isn't a number.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import linear_warmup
        >>> factor = linear_warmup(period=4)
        >>> torch.tensor([factor(t) for t in range(5)]).tolist()
        [0.25, 0.5, 0.75, 1.0, 1.0]
        >>> linear_warmup(beta2=0.75)(0), round(linear_warmup()(0), 9)  # 1/8, 1/2000
        (0.125, 0.0005)

    Source:
        Ma and Yarats, [On the adequacy of untuned warmup for adaptive
        optimization](https://arxiv.org/abs/1910.04209), AAAI 2021.
    """
    steps = _period(period, 2, beta2)
    return of_step(lambda t: min(1.0, (t + 1) / steps))


def exponential_warmup(period: float | None = None, beta2: float = 0.999) -> Schedule:
    r"""Make a factor that rises towards 1, ever more slowly.

    $$\omega_t = 1 - e^{-(t + 1) / \tau}, \qquad \tau = \frac{1}{1 - \beta_2} \text{ unless given}$$

    Put it in front of a schedule with [`product_schedule`][reference_impl.optim.product_schedule].

    Args:
        period: The number $\tau$ of steps in which the distance to 1 falls to $1/e$. If None, the untuned rule for Adam
            gives it.
        beta2: Adam's decay rate $\beta_2$; used by the untuned rule alone.

    Returns:
        The factor: a function from the step $t$, counted from 0, to $\omega_t$.

    Raises:
        ValueError: `period` is no finite number above 0, or `beta2` isn't from 0 to 1, without 1.
        TypeError: An argument isn't a number.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import exponential_warmup
        >>> factor = exponential_warmup(period=2)
        >>> [round(factor(t), 4) for t in (0, 1, 3)]  # 1 - exp(-1/2), 1 - exp(-1), 1 - exp(-2)
        [0.3935, 0.6321, 0.8647]
        >>> round(exponential_warmup(beta2=0.75)(3), 4), round(exponential_warmup()(999), 4)  # both 1 - exp(-1)
        (0.6321, 0.6321)
        >>> torch.tensor(factor(1000)).item()
        1.0

    Source:
        Ma and Yarats, [On the adequacy of untuned warmup for adaptive
        optimization](https://arxiv.org/abs/1910.04209), AAAI 2021.
    """
    steps = _period(period, 1, beta2)
    return of_step(lambda t: -math.expm1(-(t + 1) / steps))


def radam_warmup(beta2: float = 0.999, *, variant: str = "torch") -> Schedule:
    r"""Make the factor by which RAdam shortens the first steps of Adam.

    With $n = t + 1$ gradients seen,

    $$\rho_\infty = \frac{2}{1 - \beta_2} - 1, \qquad \rho_n = \rho_\infty - \frac{2 n \beta_2^n}{1 - \beta_2^n}, \qquad
    \omega_t = \sqrt{\frac{(\rho_n - 4)(\rho_n - 2) \, \rho_\infty}{(\rho_\infty - 4)(\rho_\infty - 2) \, \rho_n}}$$

    Before $\rho_n$ exceeds 5 the factor is 0: Adam's step is left out, where RAdam takes one of plain momentum.
    torch's RAdam has this limit of 5, the paper's algorithm one of 4, where the root begins: `variant="paper"`. For
    $\beta_2 = 0.999$ this makes one step of difference.

    Args:
        beta2: Adam's decay rate $\beta_2$.
        variant: "torch" or "paper".

    Returns:
        The factor: a function from the step $t$, counted from 0, to $\omega_t$.

    Raises:
        ValueError: `beta2` is so small that $\rho_n$ never exceeds its limit, or not below 1, or `variant` is unknown.
        TypeError: `beta2` isn't a number.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import radam_warmup
        >>> factor, paper = radam_warmup(beta2=0.9), radam_warmup(beta2=0.9, variant="paper")
        >>> torch.tensor([factor(t) for t in (0, 4)]).tolist()  # nothing in the first five steps
        [0.0, 0.0]
        >>> [round(factor(t), 4) for t in (5, 6, 20)]
        [0.2552, 0.3301, 0.792]
        >>> [round(paper(t), 4) for t in (3, 4, 5)]
        [0.0, 0.1561, 0.2552]
        >>> round(radam_warmup()(5), 4), radam_warmup()(4)
        (0.0258, 0.0)

    Source:
        Liu et al., [On the variance of the adaptive learning rate and beyond](https://arxiv.org/abs/1908.03265), ICLR
        2020, algorithm 2; `torch.optim.RAdam`.
    """
    check_fraction("beta2", beta2, example=0.999)
    check_choice("variant", variant, ("torch", "paper"))
    limit = 5 if variant == "torch" else 4
    longest = 2 / (1 - beta2) - 1
    if longest <= limit:
        rule = f"must be above {1 - 2 / (limit + 1):.4g}, or the factor stays 0"
        refuse("beta2", beta2, rule, "pass e.g. beta2=0.999")

    def factor(t: float) -> float:
        n = t + 1
        length = longest - 2 * n * beta2**n / (1 - beta2**n)
        if length <= limit:
            return 0.0
        return math.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length))

    return of_step(factor)


def _period(period: float | None, times: int, beta2: float) -> float:
    check_fraction("beta2", beta2, example=0.999)
    if period is None:
        return times / (1 - beta2)
    check_positive("period", period, example=2000)
    return period
