"""Snippets of a Markdown text."""

from __future__ import annotations

from doccheck.canonical import canonical, identity
from doccheck.errors import Problem
from doccheck.extract.fences import Fence, find_fences
from doccheck.extract.found import Found, Origin
from doccheck.extract.options import read_options
from doccheck.extract.rules import language_problems, snippet_problems
from doccheck.languages import RUNS
from doccheck.snippet import Snippet


def from_markdown(text: str, origin: Origin) -> Found:
    """Find the snippets of a Markdown text, and the fences that the renderer wouldn't show as code."""
    found = Found()
    fences = find_fences(text)
    for fence in fences.shown:
        found += _from_fence(fence, origin)
    for line in fences.prompts:
        found.problems.append(
            Problem(
                origin.file,
                origin.offset + line,
                "a prompt `>>>` stands outside a code block",
                "put it into a pycon fence, or below `Examples:` in a docstring",
            )
        )
    for line in fences.unrendered:
        found.problems.append(
            Problem(
                origin.file,
                origin.offset + line,
                "this fence isn't rendered as a code block",
                "write options in braces behind the language, and close what is opened",
            )
        )
    return found


def _from_fence(fence: Fence, origin: Origin) -> Found:
    line = origin.offset + fence.line
    found = Found(problems=list(language_problems(fence.language, canonical(fence.code), origin.file, line)))
    if fence.language not in RUNS:
        found.inert.append(identity(fence.code))
        return found
    options, problems = read_options(fence.attributes, origin.file, line)
    snippet = Snippet(
        text=fence.code,
        language=fence.language,
        file=origin.file,
        line=line + 1 + _leading_blank_lines(fence.code),
        kind=origin.kind,
        name=fence.name,
        page=origin.page,
        options=options,
        shows=origin.shows,
        public=origin.public,
    )
    found.snippets.append(snippet)
    found.problems += [*problems, *snippet_problems(snippet)]
    return found


def _leading_blank_lines(code: str) -> int:
    lines = code.split("\n")
    return next((number for number, line in enumerate(lines) if line.strip()), 0)
