"""Planted bugs: each is put into a copy of the package, and ordinary tests must go red.

Every part has a file of its own here that lists `BUGS`; `test_planted_bugs.py` finds the files.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bug:
    """One replacement in one file of the package, and the tests that must see it."""

    name: str
    file: str
    """The file, relative to `reference_impl/`."""
    old: str
    """What stands there exactly once."""
    new: str
    tests: tuple[str, ...]
    """Node ids relative to `tests/reference_impl/`; the first that fails ends the run."""
