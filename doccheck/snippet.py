"""A snippet: a code block as the reader sees it, where it comes from, and how it wants to be run."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from typing import Any

from doccheck.canonical import canonical, identity

DEFAULT_TIMEOUT = 60.0


@dataclass(frozen=True)
class Options:
    """What the author declared in the braces of a fence (`data-…`), or in the header of a notebook cell."""

    needs: tuple[str, ...] = ()
    timeout: float = DEFAULT_TIMEOUT
    figures: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    claim: str = ""
    checked_by: str = ""
    not_on: dict[str, str] = field(default_factory=dict)
    not_mutated: str = ""

    def excuse(self, device: str) -> str:
        """Why the block needn't run on a device; empty if it must."""
        return self.not_on.get(device, "") or (f"checked by {self.checked_by}" if self.checked_by else "")


@dataclass(frozen=True)
class Snippet:
    """One code block.

    Attributes:
        text: the canonical text, as it stands on the page.
        language: `python`, `pycon` or `console`.
        file: path of the source, relative to the project.
        line: number of the first line of code in it, from 1.
        kind: `markdown`, `docstring`, `notebook` or `readme`.
        name: the permanent anchor.
        page: address of the page within the site (`chapters/adam/`); empty for a docstring (its page is
            chosen by the reference) and for a file that isn't part of the site.
        options: what the author declared.
        shows: for a docstring, the dotted name of the object it documents.
        public: whether the site must show it.
        before: for a cell of a notebook, the texts of the cells that run before it.
    """

    text: str
    language: str
    file: str
    line: int
    kind: str
    name: str
    page: str = ""
    options: Options = field(default_factory=Options)
    shows: str = ""
    public: bool = True
    before: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", canonical(self.text))

    @property
    def identity(self) -> str:
        """The sha256 of the canonical text."""
        return identity(self.text)

    @property
    def context(self) -> str:
        """The identity of the cells before this one; empty where there are none."""
        return identity("\n\n".join(self.before)) if self.before else ""

    @property
    def key(self) -> str:
        """Names this block in results: its identity and, for a cell, that of the cells before it."""
        return f"{self.identity}+{self.context}" if self.context else self.identity

    @property
    def where(self) -> str:
        """File and line, as an editor understands them."""
        return f"{self.file}:{self.line}"

    def to_json(self) -> dict[str, Any]:
        """The snippet as plain data."""
        return {"identity": self.identity, **asdict(self)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Snippet:
        """The inverse of `to_json`."""
        known = {f.name for f in fields(cls)}
        values = {k: v for k, v in data.items() if k in known}
        values["before"] = tuple(values.get("before", ()))
        options = dict(values.get("options", {}))
        for name in ("needs", "figures", "reads"):
            options[name] = tuple(options.get(name, ()))
        return cls(**{**values, "options": Options(**options)})
