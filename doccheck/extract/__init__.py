"""Step 1: find every snippet in the sources."""

from __future__ import annotations

from collections import Counter

from doccheck.errors import Problem
from doccheck.extract.docstrings import from_package
from doccheck.extract.found import Found, Origin
from doccheck.extract.markdown import from_markdown
from doccheck.extract.notebooks import from_notebook
from doccheck.extract.pages import markdown_pages, notebook_pages
from doccheck.settings import Settings


def extract(settings: Settings) -> Found:
    """Find the snippets of a project: its pages, notebooks, docstrings and README.

    Returns:
        What was found. Where `problems` isn't empty, the snippets must not be published.
    """
    found = Found()
    for path, page in markdown_pages(settings):
        file = path.relative_to(settings.root).as_posix()
        found += from_markdown(path.read_text("utf-8"), Origin(file, "markdown", page))
    for path, page in notebook_pages(settings):
        found += from_notebook(path, settings.root, page)
    for package in settings.packages:
        found += from_package(package, settings.root)
    for file in settings.readme:
        text = (settings.root / file).read_text("utf-8")
        found += from_markdown(text, Origin(file, "readme", public=False))
    found.problems += _twice_named(found)
    found.problems.sort()
    return found


def _twice_named(found: Found) -> list[Problem]:
    """A name must be the only one of its page: links to it are permanent."""
    named = [snippet for snippet in found.snippets if snippet.name]
    count = Counter((snippet.page or snippet.file, snippet.name) for snippet in named)
    return [
        Problem(
            s.file,
            s.line,
            f"the name `{s.name}` stands twice on this page",
            "give each block a name of its own",
        )
        for s in named
        if count[s.page or s.file, s.name] > 1
    ]
