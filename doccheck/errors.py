"""What doccheck tells its user when something is wrong."""

from __future__ import annotations

from dataclasses import dataclass


class DoccheckError(Exception):
    """A mistake in the input or the environment: one line for the user, never a traceback."""


@dataclass(frozen=True, order=True)
class Problem:
    """A mistake in a source file, with its place and its remedy."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}; {self.remedy}"
