"""Snippets of notebooks: jupytext percent files, whose cells run from top to bottom."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jupytext

from doccheck.errors import Problem
from doccheck.extract.found import Found, Origin
from doccheck.extract.markdown import from_markdown
from doccheck.extract.options import read_options
from doccheck.extract.rules import snippet_problems
from doccheck.languages import PYTHON
from doccheck.snippet import Snippet

HIDDEN = "remove_cell"


def from_notebook(path: Path, root: Path, page: str) -> Found:
    """Find the cells of a notebook, each with the cells that run before it."""
    found = Found()
    before: list[str] = []
    file, source = path.relative_to(root).as_posix(), path.read_text("utf-8")
    position = 0
    for cell in jupytext.read(path).cells:
        if cell.cell_type == "markdown":
            offset = _line(source, "# " + cell.source.split("\n")[0], position)
            found += from_markdown(cell.source, Origin(file, "notebook", page, offset=offset))
        elif cell.cell_type == "code" and cell.source.strip():
            position = max(source.find(cell.source, position), position)
            line = source.count("\n", 0, position) + 1
            found += _from_cell(cell, file, line, page, tuple(before))
            before.append(cell.source)
            position += len(cell.source)
    if found.snippets and not any("assert" in snippet.text for snippet in found.snippets):
        found.problems.append(Problem(file, 1, "this notebook asserts nothing", "assert what its cells show"))
    return found


def _line(source: str, first: str, position: int) -> int:
    at = source.find(first, position)
    return source.count("\n", 0, at) if at >= 0 else 0


def _from_cell(cell: Any, file: str, line: int, page: str, before: tuple[str, ...]) -> Found:
    found = Found()
    about = {
        name: str(value)
        for name, value in cell.metadata.items()
        if name not in ("tags", "alt", "name", "lines_to_next_cell")
    }
    options, problems = read_options(about, file, line)
    name = cell.metadata.get("name", "")
    hidden = HIDDEN in cell.metadata.get("tags", [])
    snippet = Snippet(
        cell.source, PYTHON, file, line, "notebook", name, page, options, public=not hidden, before=before
    )
    found.snippets.append(snippet)
    found.problems += [*problems, *snippet_problems(snippet)]
    if not name:
        remedy = 'name it in its header, for example `# %% name="what-it-shows"`'
        found.problems.append(Problem(file, line, "this cell has no name", remedy))
    return found
