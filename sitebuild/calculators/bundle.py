"""The Python files that a calculator runs, as they stand in the repository, in one file for the page."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = ("__init__.py", "__main__.py", "cli.py", "from_torch.py")
"""Of the package: what imports everything at once, the command line, and what needs a live torch."""


def sources() -> dict[str, str]:
    """Return the text of each file by its path."""
    package = [
        path for path in sorted((ROOT / "reference_impl/shapes").rglob("*.py")) if path.name not in LEFT_OUT
    ]
    paths = [*package, *sorted((ROOT / "sitebuild/calculators/in_page").glob("*.py"))]
    return {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}


def bundle() -> str:
    """Return the file that the page loads: JSON, the text of each file by its path."""
    return json.dumps(sources(), ensure_ascii=False)
