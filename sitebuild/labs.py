"""Labs: jupytext files whose outputs come from the verified run, as executed notebooks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat.v4 import new_output

from doccheck.bundle import Bundle
from sitebuild.figures import inline, tidy

FOLDER = Path("build/labs")
SHOWN = Path("build/notebooks")


class LabError(Exception):
    """A lab can't be shown as it is; the text says why."""


def executed(root: Path, source: Path) -> Path:
    """Where the executed notebook of a lab lies."""
    return (root / FOLDER / source.name).with_suffix(".ipynb")


def write_labs(root: Path, bundle: Bundle) -> None:
    """Write the executed notebook of each lab of a bundle.

    Raises:
        LabError: a lab wasn't run as it stands, or a cell draws a figure without a text alternative.
    """
    for file in sorted({snippet.file for snippet in bundle.snippets if snippet.kind == "notebook"}):
        source = root / file
        cells = [
            snippet.text for snippet in bundle.snippets if snippet.file == file and snippet.kind == "notebook"
        ]
        notebook = with_outputs(source, root / SHOWN / f"{source.stem}.json", cells)
        target = executed(root, source)
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, target)


def with_outputs(source: Path, shown: Path, ran: list[str]) -> nbformat.NotebookNode:
    """The notebook of a jupytext file with what its cells showed when they ran.

    Args:
        source: the jupytext file.
        shown: what `doccheck run --shown` kept of it.
        ran: the texts of the cells that ran.
    """
    if not shown.exists():
        raise LabError(f"{source}: was not run on the CPU; run the snippets first")
    notebook = jupytext.read(source)
    outputs = iter(json.loads(shown.read_text("utf-8")))
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
        if cell.cell_type == "code" and cell.source.strip():
            cell.outputs = list(_outputs(cell, next(outputs, []), source))
    now = [cell.source.strip() for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    if [text.split() for text in now] != [text.split() for text in ran]:
        raise LabError(f"{source}: has changed since it was run; run the snippets again")
    notebook.metadata["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return notebook


def _outputs(cell: Any, shown: list[dict[str, str]], source: Path) -> Iterator[nbformat.NotebookNode]:
    for number, output in enumerate(shown):
        if output["kind"] == "printed":
            yield new_output("stream", name="stdout", text=output["text"])
        elif output["kind"] == "value":
            yield new_output("execute_result", data={"text/plain": output["text"]})
        else:
            alternative = cell.metadata.get("alt")
            if not alternative:
                name = cell.metadata.get("name", "?")
                raise LabError(f'{source}: the cell `{name}` draws a figure; say what it shows: # %% alt="…"')
            figure = inline(tidy(output["text"], f"{cell['id']}-{number}"), alternative)
            yield new_output("display_data", data={"text/html": figure})
