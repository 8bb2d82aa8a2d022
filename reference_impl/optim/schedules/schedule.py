"""What every schedule is: a pure function from the number of a step, counted from 0, to a learning rate."""

import math
from collections.abc import Callable
from functools import wraps
from numbers import Real
from typing import Any

from reference_impl._checks import check_at_least, refuse

Schedule = Callable[[float], float]


def of_step(rate: Schedule) -> Schedule:
    """Let `rate` refuse what is no number of a step."""

    @wraps(rate)
    def schedule(step: float) -> float:
        if isinstance(step, bool) or not isinstance(step, Real):
            refuse("step", step, "must be a number", "count steps from 0", TypeError)
        if not 0 <= step < math.inf:
            refuse("step", step, "must be finite and at least 0", "count steps from 0")
        return rate(step)

    return schedule


def check_rate(name: str, value: Any, example: float = 0.1) -> None:
    """Raise unless `value` is a finite number of at least 0."""
    check_at_least(name, value, 0, example)
    if math.isinf(value):
        refuse(name, value, "must be finite", f"pass e.g. {name}={example}")


def check_positive(name: str, value: Any, example: float) -> None:
    """Raise unless `value` is a finite number above 0."""
    check_rate(name, value, example)
    if value == 0:
        refuse(name, value, "must be above 0", f"pass e.g. {name}={example}")
