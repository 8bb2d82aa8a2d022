"""The learning-rate range test."""

import copy
import math
from collections.abc import Callable
from typing import Any

from reference_impl._array import assign, own
from reference_impl._checks import check_choice, check_number, check_size, refuse
from reference_impl.optim.schedules.schedule import check_positive


def learning_rate_range_test(
    closure: Callable[[], Any],
    optimizer: Any,
    start_lr: float = 1e-7,
    end_lr: float = 10.0,
    num_iter: int = 100,
    spacing: str = "exponential",
    stop_factor: float = 4.0,
) -> tuple[list[float], list[float]]:
    r"""Train for a moment with ever larger rates, to see which are too small and which too large.

    Step $k = 0, \dots, n - 1$ is taken with the rate

    $$\eta_k = a \left( \frac{b}{a} \right)^{k / (n - 1)} \qquad \text{or} \qquad \eta_k = a + (b - a) \frac{k}{n - 1}$$

    and the loss before this step is noted. The test ends early once the loss is NaN, infinite, or more than
    `stop_factor` times the lowest so far. Then parameters, state and settings are as they were. What you keep
    elsewhere, such as running means of a layer or the position in the data, is yours to restore.

    Args:
        closure: Computes the loss of the next batch and its gradients, and returns the loss.
        optimizer: The optimizer that takes the steps, of this package or of torch.
        start_lr: The first rate $a$.
        end_lr: The last rate $b$.
        num_iter: The number $n$ of rates, at least 2.
        spacing: "exponential", or "linear" as in the paper.
        stop_factor: How many times the lowest loss ends the test; infinity never does.

    Returns:
        The rates that were tried, and the loss before each step.

    Raises:
        ValueError: A rate isn't above 0, `end_lr` isn't above `start_lr`, `num_iter` is below 2, `stop_factor` isn't
            above 1, or `spacing` is unknown.
        TypeError: `closure` is no function, or a number is none.

    Examples:
        The loss $2 \theta^2$ has the gradient $4 \theta$, so a step multiplies $\theta$ by $1 - 4 \eta$.

        >>> import torch
        >>> from reference_impl.optim import SGD, learning_rate_range_test
        >>> theta = torch.nn.Parameter(torch.tensor(1.0))
        >>> optimizer = SGD([theta], lr=0.5)
        >>> def closure():
        ...     theta.grad = 4 * theta.detach()
        ...     return 2 * theta.detach() ** 2
        >>> learning_rate_range_test(closure, optimizer, 0.125, 2.0, num_iter=5)  # theta 1, 0.5, 0, 0, 0
        ([0.125, 0.25, 0.5, 1.0, 2.0], [2.0, 0.5, 0.0, 0.0, 0.0])
        >>> learning_rate_range_test(closure, optimizer, 0.125, 1.125, 3, spacing="linear")
        ([0.125, 0.625, 1.125], [2.0, 0.5, 1.125])
        >>> learning_rate_range_test(closure, optimizer, 0.8125, 3.25, 3)  # theta 1, -2.25; more than 4 * 2 ends it
        ([0.8125, 1.625], [2.0, 10.125])
        >>> learning_rate_range_test(closure, optimizer, 0.8125, 3.25, 3, stop_factor=6.0)[1]  # -2.25 * (1 - 6.5)
        [2.0, 10.125, 306.28125]
        >>> theta.item(), optimizer.param_groups[0]["lr"]
        (1.0, 0.5)
        >>> rates, losses = learning_rate_range_test(lambda: 0.0, optimizer)
        >>> len(rates), rates[0], round(rates[-1], 6)
        (100, 1e-07, 10.0)

    Source:
        Smith, [Cyclical learning rates for training neural networks](https://arxiv.org/abs/1506.01186), WACV 2017,
        section 3.3.
    """
    check_positive("start_lr", start_lr, example=1e-7)
    check_positive("end_lr", end_lr, example=10.0)
    check_size("num_iter", num_iter)
    check_choice("spacing", spacing, ("exponential", "linear"))
    check_number("stop_factor", stop_factor, example=4.0)
    if not callable(closure):
        refuse(
            "closure", closure, "must be a function", "pass one that computes loss and gradients", TypeError
        )
    if end_lr <= start_lr:
        refuse("end_lr", end_lr, f"must be above `start_lr` (={start_lr})", "pass e.g. end_lr=10.0")
    if num_iter < 2:
        refuse("num_iter", num_iter, "must be at least 2", "pass e.g. num_iter=100")
    if not stop_factor > 1:
        refuse("stop_factor", stop_factor, "must be above 1", "pass e.g. stop_factor=4.0")
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    values = [own(parameter.data) for parameter in parameters]
    state = copy.deepcopy(optimizer.state_dict())
    rates: list[float] = []
    losses: list[float] = []
    try:
        for k in range(num_iter):
            share = k / (num_iter - 1)
            if spacing == "linear":
                rates.append(start_lr + (end_lr - start_lr) * share)
            else:
                rates.append(start_lr * (end_lr / start_lr) ** share)
            for group in optimizer.param_groups:
                group["lr"] = rates[-1]
            loss = closure()
            losses.append(float(loss.item() if hasattr(loss, "item") else loss))
            if not math.isfinite(losses[-1]) or losses[-1] > stop_factor * min(losses):
                break
            optimizer.step()
    finally:
        for parameter, before in zip(parameters, values, strict=True):
            assign(parameter.data, before)
        optimizer.load_state_dict(state)
    return rates, losses
