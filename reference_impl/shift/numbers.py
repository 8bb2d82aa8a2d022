"""Checks of settings that are numbers of a range."""

import math

from reference_impl._checks import check_at_least, check_number, refuse


def check_positive(name: str, value: float) -> None:
    """Raise unless `value` is a finite number above 0."""
    check_number(name, value, 0.5)
    if not value > 0:
        refuse(name, value, "must be above 0", f"pass e.g. {name}=0.5")
    check_finite_number(name, value)


def check_not_negative(name: str, value: float, example: float = 0.5) -> None:
    """Raise unless `value` is a finite number of at least 0."""
    check_at_least(name, value, 0, example)
    check_finite_number(name, value, example)


def check_finite_number(name: str, value: float, example: float = 0.5) -> None:
    """Raise unless `value` is a number, and finite."""
    check_number(name, value, example)
    if not math.isfinite(value):
        refuse(name, value, "must be finite", f"pass e.g. {name}={example}")


def check_factor(name: str, value: float) -> None:
    """Raise unless `value` is a number above 0 and at most 1."""
    check_number(name, value, 0.99)
    if not 0 < value <= 1:
        refuse(name, value, "must be above 0 and at most 1", f"pass e.g. {name}=0.99")


def check_probability(name: str, value: float) -> None:
    """Raise unless `value` is a number above 0 and below 1."""
    check_number(name, value, 0.002)
    if not 0 < value < 1:
        refuse(name, value, "must be above 0 and below 1", f"pass e.g. {name}=0.002")


def check_share(name: str, value: float, example: float) -> None:
    """Raise unless `value` is a number from 0 to 1."""
    check_number(name, value, example)
    if not 0 <= value <= 1:
        refuse(name, value, "must be from 0 to 1", f"pass e.g. {name}={example}")
