"""Keep what snippets showed while they ran: figures as files, the outputs of notebook cells as JSON."""

from __future__ import annotations

import json
from pathlib import Path

from doccheck.run.bundle import Result


def write_shown(results: list[Result], folder: Path) -> None:
    """Write `figures/<page>/<file>` and `notebooks/<name>.json` into a folder.

    The JSON of a notebook holds a list for each of its cells, in order; each entry has `kind` (`printed`, `value`
    or `figure`) and `text`.
    """
    notebooks: dict[str, list[object]] = {}
    for snippet, found in results:
        stem = Path(snippet.file).stem
        for name, text in found.figures.items():
            _write(folder / "figures" / stem / name, text)
        if snippet.kind == "notebook":
            notebooks.setdefault(stem, []).append(found.outputs)
    for stem, cells in notebooks.items():
        _write(folder / "notebooks" / f"{stem}.json", json.dumps(cells, indent=1))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
