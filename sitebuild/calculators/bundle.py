"""The Python files that a calculator runs, as they stand in the repository, in one file for the page."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
IN_PAGE = "sitebuild/calculators/in_page"


def sources() -> dict[str, str]:
    """Return the text of each file by its path: what runs in the page, and what it imports of the package.

    The package's front doors, its `__init__.py`, stay out where nothing imports through them: they import all of it.
    """
    waiting = [f"{IN_PAGE}/{path.name}" for path in (ROOT / IN_PAGE).glob("*.py")]
    found: dict[str, str] = {}
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = (ROOT / path).read_text("utf-8")
            waiting.extend(_imported(found[path]))
    return dict(sorted(found.items()))


def _imported(text: str) -> Iterator[str]:
    """Yield the files of this repository that a file imports from."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            place = node.module.replace(".", "/")
            for name in (place, *(f"{place}/{name.name}" for name in node.names)):
                if (ROOT / f"{name}.py").is_file():
                    yield f"{name}.py"
            if any(not (ROOT / f"{place}/{name.name}.py").is_file() for name in node.names):
                yield from (path for path in [f"{place}/__init__.py"] if (ROOT / path).is_file())


def bundle() -> str:
    """Return the file that the page loads: JSON, the text of each file by its path."""
    return json.dumps(sources(), ensure_ascii=False)
