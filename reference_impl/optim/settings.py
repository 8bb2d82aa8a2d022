"""What the settings of optimizers must satisfy. A setting means the same wherever it has the same name."""

from collections.abc import Callable, Iterable
from typing import Any

from reference_impl._checks import (
    check_at_least,
    check_choice,
    check_fraction,
    check_number,
    check_pair,
    refuse,
)

VARIANTS = ("torch", "paper")


def _not_negative(name: str, value: Any, example: Any) -> None:
    check_at_least(name, value, 0, example)


def _positive(name: str, value: Any, example: Any) -> None:
    check_number(name, value, example)
    if not value > 0:
        refuse(name, value, "must be above 0", f"pass e.g. {name}={example}")


def _fractions(name: str, value: Any, example: Any) -> None:
    check_pair(name, value, example)
    for position, fraction in enumerate(value):
        check_fraction(f"{name}[{position}]", fraction, example[position])


def _fraction_or_one(name: str, value: Any, example: Any) -> None:
    check_number(name, value, example)
    if not 0 <= value <= 1:
        refuse(name, value, "must be from 0 to 1", f"pass e.g. {name}={example}")


def _yes_or_no(name: str, value: Any, example: Any) -> None:
    if not isinstance(value, bool):
        refuse(name, value, "must be True or False", f"pass e.g. {name}={example}", TypeError)


def _variant(name: str, value: Any, example: Any) -> None:
    check_choice(name, value, VARIANTS)


CHECKS: dict[str, tuple[Callable[[str, Any, Any], None], Any]] = {
    "alpha": (_fraction_or_one, 0.9),
    "amsbound": (_yes_or_no, True),
    "amsgrad": (_yes_or_no, True),
    "betas": (_fractions, (0.9, 0.999)),
    "centered": (_yes_or_no, True),
    "dampening": (check_number, 0.1),
    "decoupled_weight_decay": (_yes_or_no, True),
    "eps": (_not_negative, 1e-8),
    "final_lr": (_not_negative, 0.1),
    "gamma": (_positive, 0.001),
    "initial_accumulator_value": (_not_negative, 0.1),
    "lr": (_not_negative, 0.01),
    "lr_decay": (_not_negative, 0.001),
    "maximize": (_yes_or_no, True),
    "momentum": (_not_negative, 0.9),
    "momentum_decay": (_not_negative, 0.004),
    "nesterov": (_yes_or_no, True),
    "rho": (_fraction_or_one, 0.9),
    "variant": (_variant, "torch"),
    "weight_decay": (_not_negative, 1e-4),
}
"""What checks a setting, and an example of one that passes."""


def check_settings(settings: dict[str, Any], names: Iterable[str]) -> None:
    """Raise unless each of the named settings makes sense by itself."""
    for name in names:
        check, example = CHECKS[name]
        check(name, settings[name], example)
