"""The way back from a page of the API reference: the chapters that link to it or to a name that it defines."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path

ENTRY = re.compile(r"^::: (reference_impl\.\w+\.\w+)$", re.MULTILINE)
FIRST_SECTION = re.compile(r"^(?=## |::: reference_impl\.\w+\.\w+$)", re.MULTILINE)
TO_NAME = re.compile(r"\]\[(reference_impl\.\w+\.\w+)\]")
TO_PAGE = re.compile(r"\]\(\.\./(reference/[^)#]+\.md)(?:#[^)]*)?\)")
TITLE = re.compile(r"^title: (.+)$", re.MULTILINE)


def chapters_that_link(docs: Path, page: str, markdown: str) -> list[str]:
    """Return the chapters that link to `page` or to a name on it, in reading order.

    Args:
        docs: folder of the pages.
        page: address of a page of the API reference below `docs`, such as `reference/optim/adam.md`.
        markdown: its text.

    Returns:
        Addresses below `docs`, such as `chapters/adam.md`.
    """
    names = set(ENTRY.findall(markdown))
    table = json.loads((docs / "claims/data/chapters.json").read_text("utf-8"))
    found = []
    for address in (f"chapters/{chapter['key']}.md" for chapter in table["chapters"]):
        if not (docs / address).is_file():
            continue
        text = (docs / address).read_text("utf-8")
        if page in TO_PAGE.findall(text) or not names.isdisjoint(TO_NAME.findall(text)):
            found.append(address)
    return found


def with_chapters(docs: Path, page: str, markdown: str) -> str:
    """Return `markdown` with links to the chapters that use the page, before its first section."""
    links = []
    for chapter in chapters_that_link(docs, page, markdown):
        title = TITLE.search((docs / chapter).read_text("utf-8"))
        address = posixpath.relpath(chapter, posixpath.dirname(page))
        links.append(f"[{title[1] if title else chapter}]({address})")
    if not links:
        return markdown
    return FIRST_SECTION.sub(f"**Used in:** {', '.join(links)}.\n\n", markdown, count=1)
