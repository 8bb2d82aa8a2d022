"""What an extractor found, and where it looked."""

from __future__ import annotations

from dataclasses import dataclass, field

from doccheck.errors import Problem
from doccheck.snippet import Snippet


@dataclass(frozen=True)
class Origin:
    """Where a piece of source text comes from; the fields are those of `Snippet`.

    Attributes:
        offset: number of lines in the file before the text.
    """

    file: str
    kind: str
    page: str = ""
    shows: str = ""
    public: bool = True
    offset: int = 0


@dataclass
class Found:
    """Snippets, the identities of blocks that are shown and not run, and problems."""

    snippets: list[Snippet] = field(default_factory=list)
    inert: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def __iadd__(self, other: Found) -> Found:
        self.snippets += other.snippets
        self.inert += other.inert
        self.problems += other.problems
        return self
