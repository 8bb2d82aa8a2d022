"""The code of a page as one Python file and as a notebook."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from doccheck.bundle import Bundle
from doccheck.languages import CONSOLE
from doccheck.pasting import pasted
from doccheck.snippet import Snippet

FOLDER = Path("build/downloads")
TITLE = "All the code of this page"


def pages_with_code(bundle: Bundle) -> dict[str, list[Snippet]]:
    """The Python blocks of each Markdown page, by the page's source file."""
    pages: dict[str, list[Snippet]] = {}
    for snippet in bundle.snippets:
        if snippet.kind == "markdown" and snippet.language != CONSOLE:
            pages.setdefault(snippet.file, []).append(snippet)
    return pages


def write_downloads(root: Path, bundle: Bundle) -> None:
    """Write `<stem>.py` and `<stem>.ipynb` for each page, below `build/downloads`."""
    for file, snippets in pages_with_code(bundle).items():
        target = download_of(root, file)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.with_suffix(".py").write_text(as_script(snippets), "utf-8")
        target.with_suffix(".ipynb").write_text(nbformat.writes(as_notebook(snippets)) + "\n", "utf-8")


def download_of(root: Path, file: str) -> Path:
    """Where the downloads of a source file lie, without their suffix: `docs/en/chapters/adam.md` has `…/adam`."""
    return root / FOLDER / Path(file).with_suffix("")


def as_script(snippets: list[Snippet]) -> str:
    """The blocks one after the other; each brings its own imports."""
    parts = [f"# %% {s.name}  ({s.where})\n{pasted(s.text, s.language)}\n" for s in snippets]
    return f"# {_origin(snippets)}\n\n" + "\n\n".join(parts)


def as_notebook(snippets: list[Snippet]) -> nbformat.NotebookNode:
    """The blocks as cells, each under its name."""
    cells = [new_markdown_cell(_origin(snippets), id="origin")]
    for number, snippet in enumerate(snippets):
        cells.append(new_markdown_cell(f"### {_title(snippet)}", id=f"title-{number}"))
        cells.append(new_code_cell(pasted(snippet.text, snippet.language), id=f"code-{number}"))
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    return new_notebook(cells=cells, metadata=kernel)


def _origin(snippets: list[Snippet]) -> str:
    return f"The code of {snippets[0].file}. Each block stands alone and brings its own imports."


def _title(snippet: Snippet) -> str:
    return snippet.name.replace("-", " ").capitalize()
