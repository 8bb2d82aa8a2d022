"""Rules on the blocks of a project as a whole: names, equal blocks, tests that stand in for a run."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from doccheck.errors import Problem
from doccheck.extract.found import Found
from doccheck.snippet import Snippet


def project_problems(found: Found, root: Path) -> Iterator[Problem]:
    """Problems that no block shows by itself."""
    yield from _twice_named(found.snippets)
    yield from _told_apart_by_options(found.snippets)
    for snippet in found.snippets:
        if test := snippet.options.checked_by:
            yield from _missing_test(snippet, test, root)


def _twice_named(snippets: list[Snippet]) -> Iterator[Problem]:
    """A name must be the only one of its page: links to it are permanent."""
    count = Counter((snippet.page or snippet.file, snippet.name) for snippet in snippets if snippet.name)
    for s in snippets:
        if count[s.page or s.file, s.name] > 1:
            what = f"the name `{s.name}` stands twice on this page"
            yield Problem(s.file, s.line, what, "give each block a name of its own")


def _told_apart_by_options(snippets: list[Snippet]) -> Iterator[Problem]:
    """Equal blocks run once: what one declares about its run must hold for the other."""
    first: dict[str, Snippet] = {}
    for snippet in snippets:
        other = first.setdefault(snippet.key, snippet)
        if _run(snippet) != _run(other):
            what = f"this block is the one of {other.where} with other options"
            yield Problem(snippet.file, snippet.line, what, "declare the same on both, or change one")


def _run(snippet: Snippet) -> tuple[object, ...]:
    options = snippet.options
    return (
        snippet.language,
        *(options.needs, options.timeout, options.figures, options.reads, options.checked_by),
        sorted(options.not_on.items()),
    )


def _missing_test(snippet: Snippet, test: str, root: Path) -> Iterator[Problem]:
    file, _, name = test.partition("::")
    function = re.escape(name.split("::")[-1].partition("[")[0])
    path = root / file
    text = path.read_text("utf-8") if path.is_file() else ""
    if not name or not re.search(rf"^\s*def {function}\(", text, re.M):
        what = f"`data-checked-by` (={test}) names no test of this project"
        yield Problem(
            snippet.file, snippet.line, what, "write `tests/file.py::test_name` of a test that exists"
        )
