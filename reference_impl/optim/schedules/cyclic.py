"""The schedule that rises and falls in triangles."""

from reference_impl._checks import check_choice
from reference_impl.optim.schedules.schedule import Schedule, check_positive, check_rate, of_step


def cyclic_schedule(
    base_lr: float,
    max_lr: float,
    step_size_up: float = 2000,
    step_size_down: float | None = None,
    mode: str = "triangular",
    gamma: float = 1.0,
    *,
    variant: str = "torch",
) -> Schedule:
    r"""Make a schedule that goes up and down between two rates in straight lines.

    A cycle takes $u$ steps up and $d$ down. With the height $h_t$, which goes from 0 to 1 and back in each cycle,

    $$\eta_t = \eta_{\text{base}} + (\eta_{\max} - \eta_{\text{base}}) \, h_t \, c_t, \qquad
    c_t = \begin{cases} 1 & \text{triangular} \\ 2^{-\lfloor t / (u + d) \rfloor} & \text{triangular2} \\
    \gamma^t & \text{exp\_range} \end{cases}$$

    The paper lets both ends of `"exp_range"` decline, torch only the upper one. `variant="paper"` gives
    $\gamma^t \bigl(\eta_{\text{base}} + (\eta_{\max} - \eta_{\text{base}}) \, h_t\bigr)$.

    Unless told otherwise, torch's `CyclicLR` also moves the momentum, downwards while the rate goes up. Here that is a
    schedule of its own, with the ends swapped: `cyclic_schedule(0.9, 0.8, …)`.

    Args:
        base_lr: The rate $\eta_{\text{base}}$ at which cycles begin and end.
        max_lr: The rate $\eta_{\max}$ at the tip of the first triangle.
        step_size_up: The number $u$ of steps up.
        step_size_down: The number $d$ of steps down; as many as up if None.
        mode: What happens to the height of the triangles: "triangular", "triangular2" or "exp_range".
        gamma: The factor $\gamma$ of "exp_range".
        variant: "torch" or "paper"; they differ in "exp_range" alone.

    Returns:
        The schedule: a function from the step $t$, counted from 0, to the rate $\eta_t$.

    Raises:
        ValueError: A number is negative, NaN or infinite, a size is 0, or `mode` or `variant` is unknown.
        TypeError: An argument isn't a number.

    Examples:
        >>> import torch
        >>> from reference_impl.optim import cyclic_schedule
        >>> schedule = cyclic_schedule(1.0, 3.0, step_size_up=2, step_size_down=4)
        >>> torch.tensor([schedule(t) for t in range(7)]).tolist()  # up by 2/2, down by 2/4
        [1.0, 2.0, 3.0, 2.5, 2.0, 1.5, 1.0]
        >>> halved = cyclic_schedule(1.0, 3.0, step_size_up=1, mode="triangular2")
        >>> [halved(t) for t in range(6)]  # tips at 1 + 2, 1 + 2/2, 1 + 2/4
        [1.0, 3.0, 1.0, 2.0, 1.0, 1.5]
        >>> for variant in ("torch", "paper"):
        ...     shrinking = cyclic_schedule(1.0, 3.0, 1, mode="exp_range", gamma=0.5, variant=variant)
        ...     print([shrinking(t) for t in range(4)])
        [1.0, 2.0, 1.0, 1.25]
        [1.0, 1.5, 0.25, 0.375]
        >>> cyclic_schedule(0.0, 1.0)(2500), cyclic_schedule(1.0, 3.0, 1, mode="exp_range")(3)
        (0.75, 3.0)

    Source:
        Smith, [Cyclical learning rates for training neural networks](https://arxiv.org/abs/1506.01186), WACV 2017;
        `torch.optim.lr_scheduler.CyclicLR`.
    """
    check_rate("base_lr", base_lr, example=0.001)
    check_rate("max_lr", max_lr, example=0.006)
    up, down = step_size_up, step_size_up if step_size_down is None else step_size_down
    check_positive("step_size_up", up, example=2000)
    check_positive("step_size_down", down, example=2000)
    check_choice("mode", mode, ("triangular", "triangular2", "exp_range"))
    check_rate("gamma", gamma, example=0.999)
    check_choice("variant", variant, ("torch", "paper"))

    def rate(t: float) -> float:
        cycle, position = divmod(t, up + down)
        height = position / up if position <= up else (up + down - position) / down
        if mode == "triangular2":
            height *= 0.5**cycle
        if mode != "exp_range":
            return base_lr + (max_lr - base_lr) * height
        if variant == "paper":
            return gamma**t * (base_lr + (max_lr - base_lr) * height)
        return base_lr + (max_lr - base_lr) * height * gamma**t

    return of_step(rate)
