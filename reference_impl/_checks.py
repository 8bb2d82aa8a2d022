"""Argument checks, with one wording of errors: "`name` (=value) rule; fix"."""

from collections.abc import Collection
from typing import Any, NoReturn

from numpy.random import Generator


def refuse(name: str, value: Any, rule: str, fix: str, error: type[Exception] = ValueError) -> NoReturn:
    """Raise `error`, naming the argument, its value, the rule that it broke and what to do instead."""
    raise error(f"`{name}` (={value!r}) {rule}; {fix}")


def check_number(name: str, value: Any, example: float = 0.1) -> None:
    """Raise TypeError unless `value` is a number; a bool is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        refuse(name, value, "must be a number", f"pass e.g. {name}={example}", TypeError)


def check_at_least(name: str, value: Any, least: float, example: float) -> None:
    """Raise unless `value` is a number of at least `least`; NaN is none."""
    check_number(name, value, example)
    if not value >= least:
        refuse(name, value, f"must be at least {least}", f"pass e.g. {name}={example}")


def check_fraction(name: str, value: Any, example: float) -> None:
    """Raise unless `value` is a number from 0 to 1, without 1."""
    check_number(name, value, example)
    if not 0 <= value < 1:
        refuse(name, value, "must be at least 0 and below 1", f"pass e.g. {example}")


def check_pair(name: str, value: Any, example: tuple[float, float]) -> None:
    """Raise unless `value` is a pair."""
    if not isinstance(value, tuple | list) or len(value) != 2:
        refuse(name, value, "must be a pair", f"pass e.g. {name}={example}", TypeError)


def check_size(name: str, value: Any) -> None:
    """Raise unless `value` is a whole number of at least 1."""
    if isinstance(value, bool) or not isinstance(value, int):
        refuse(name, value, "must be an int", f"pass e.g. {name}=3", TypeError)
    if value < 1:
        refuse(name, value, "must be at least 1", f"pass e.g. {name}=3")


def check_choice(name: str, value: Any, choices: Collection[Any]) -> None:
    """Raise unless `value` is one of `choices`."""
    if value not in tuple(choices):  # what can't be a key of a dict is no choice either
        refuse(name, value, "is unknown", f"choose one of {', '.join(map(repr, choices))}")


def check_generator(name: str, value: Any) -> None:
    """Raise TypeError unless `value` is a random generator of NumPy."""
    if not isinstance(value, Generator):
        fix = f"pass e.g. {name}=numpy.random.default_rng(0)"
        refuse(name, value, "must be a numpy.random.Generator", fix, TypeError)
