"""What applies schedules to the parameter groups of an optimizer."""

from collections.abc import Mapping, Sequence
from typing import Any

from reference_impl._checks import refuse
from reference_impl.optim.schedules.schedule import Schedule, check_rate


class Scheduler:
    r"""Set the learning rate of an optimizer by a schedule, at first and after each step.

    $$\eta \leftarrow \eta_t, \qquad t = 0, 1, 2, \dots$$

    It drives the optimizers of this package and torch's. The schedule gives the rate itself, so the rate that the
    optimizer was made with is overwritten. Call `step()` after the optimizer's.

    Args:
        optimizer: The optimizer: anything with `param_groups`.
        schedule: The schedule of the rate, or one for each group. One for all is refused where groups were given
            different rates.
        momentum: The schedule of the momentum (of $\beta_1$, where the optimizer has `betas`), or one for each group;
            None leaves it alone.

    Raises:
        ValueError: There isn't one schedule for each group, or a schedule gives a rate that is negative, NaN or
            infinite, or a momentum that isn't from 0 to 1; nothing is changed then.
        TypeError: `optimizer` has no groups, a schedule is no function, or there is no momentum to set.

    Examples:
        The loss is $4 \theta^2$, with the gradient $8 \theta$.

        >>> import torch
        >>> from reference_impl.optim import Scheduler, SGD, exponential_schedule
        >>> theta = torch.nn.Parameter(torch.tensor(1.0))
        >>> optimizer = SGD([theta], lr=1.0, momentum=0.75)
        >>> (group,) = optimizer.param_groups
        >>> path, settings = [], [(group["lr"], group["momentum"])]
        >>> rate, momentum = exponential_schedule(0.25, gamma=0.5), exponential_schedule(0.5, gamma=0.25)
        >>> scheduler = Scheduler(optimizer, rate, momentum=momentum)
        >>> for _ in range(2):
        ...     settings.append((group["lr"], group["momentum"]))
        ...     theta.grad = 8 * theta.detach()
        ...     optimizer.step()
        ...     scheduler.step()
        ...     path.append(theta.item())
        >>> settings  # as it was made, then at steps 0 and 1
        [(1.0, 0.75), (0.25, 0.5), (0.125, 0.125)]
        >>> path  # 1 - 0.25 * 8, then -1 - 0.125 * (0.125 * 8 - 8)
        [-1.0, -0.125]
        >>> scheduler.last_epoch, scheduler.get_last_lr()
        (2, [0.0625])
        >>> scheduler.load_state_dict({"last_epoch": 4})
        >>> scheduler.get_last_lr()  # 0.25 * 0.5**4
        [0.015625]

    Source:
        `torch.optim.lr_scheduler.LRScheduler`, whose manners it has.
    """

    def __init__(
        self,
        optimizer: Any,
        schedule: Schedule | Sequence[Schedule],
        momentum: Schedule | Sequence[Schedule] | None = None,
    ) -> None:
        if not isinstance(getattr(optimizer, "param_groups", None), list):
            refuse(
                "optimizer", optimizer, "must be an optimizer", "pass e.g. SGD(model.parameters())", TypeError
            )
        groups = optimizer.param_groups
        rates = [group["lr"] for group in groups]
        if callable(schedule) and any(rate != rates[0] for rate in rates):
            fix = "pass one schedule for each group"
            refuse("schedule", schedule, f"would set the groups' rates {rates} to one", fix)
        if momentum is not None and not all("betas" in group or "momentum" in group for group in groups):
            fix = "leave momentum out"
            refuse("optimizer", type(optimizer).__name__, "must support momentum or beta1", fix, TypeError)
        self.optimizer = optimizer
        self._rates = _one_for_each("schedule", schedule, len(groups))
        self._momenta = None if momentum is None else _one_for_each("momentum", momentum, len(groups))
        self._move_to(0)

    def step(self) -> None:
        """Go to the next step, and set its rates. Call it after the optimizer's step."""
        self._move_to(self.last_epoch + 1)

    def get_last_lr(self) -> list[float]:
        """Return the rate of each group."""
        return [group["lr"] for group in self.optimizer.param_groups]

    def state_dict(self) -> dict[str, int]:
        """Return the number of the step; the schedules themselves are code."""
        return {"last_epoch": self.last_epoch}

    def load_state_dict(self, state_dict: Mapping[str, Any]) -> None:
        """Go to the step of a state, from this class or from a scheduler of torch, and set its rates.

        Raises:
            ValueError: The state has no step, or a negative one.
            TypeError: The step is no int.
        """
        step = state_dict.get("last_epoch")
        if step is None:
            refuse(
                "state_dict", dict(state_dict), "must have `last_epoch`", "pass what state_dict() returned"
            )
        if isinstance(step, bool) or not isinstance(step, int):
            refuse("last_epoch", step, "must be an int", "pass what state_dict() returned", TypeError)
        self._move_to(step)

    def _move_to(self, step: int) -> None:
        rates = [schedule(step) for schedule in self._rates]
        momenta = [schedule(step) for schedule in self._momenta or []]
        for rate in rates:
            check_rate(f"schedule({step})", rate)
        for momentum in momenta:
            if not 0 <= momentum < 1:
                refuse(f"momentum({step})", momentum, "must be at least 0 and below 1", "mend the schedule")
        self.last_epoch = step
        for group, rate in zip(self.optimizer.param_groups, rates, strict=True):
            group["lr"] = rate
        for group, momentum in zip(self.optimizer.param_groups, momenta, strict=bool(momenta)):
            if "betas" in group:
                group["betas"] = (momentum, *group["betas"][1:])
            else:
                group["momentum"] = momentum


def _one_for_each(name: str, schedules: Any, groups: int) -> list[Schedule]:
    found = [schedules] * groups if callable(schedules) else schedules
    if not isinstance(found, list | tuple) or not all(map(callable, found)):
        refuse(
            name, schedules, "must be a function of the step, or a list of them", "pass a schedule", TypeError
        )
    if len(found) != groups:
        refuse(name, schedules, f"must be one schedule for each of {groups} groups", "pass as many")
    return list(found)
