"""Which files are pages of the site, and what their addresses are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from doccheck.settings import Settings


def address(path: str) -> str:
    """The address of a page within the site, from its path below the docs folder.

    >>> address("chapters/adam.md"), address("claims/index.md"), address("index.md")
    ('chapters/adam/', 'claims/', '')
    """
    stem = PurePosixPath(path).with_suffix("")
    parts = stem.parts[:-1] if stem.name == "index" else stem.parts
    return "".join(f"{part}/" for part in parts)


def markdown_pages(settings: Settings) -> Iterator[tuple[Path, str]]:
    """The Markdown files that the site renders, with their addresses; a name with _ is a template."""
    docs = settings.root / settings.docs
    for path in sorted(docs.rglob("*.md")):
        if not any(part.startswith("_") for part in path.relative_to(docs).parts):
            yield path, address(path.relative_to(docs).as_posix())


def notebook_pages(settings: Settings) -> Iterator[tuple[Path, str]]:
    """The notebooks that the site renders, with their addresses."""
    docs, labs = settings.root / settings.docs, settings.root / settings.labs
    for path in sorted(labs.glob("*.py")):
        yield path, address(path.relative_to(docs).as_posix())
