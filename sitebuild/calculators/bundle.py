"""The Python files that a calculator runs, as they stand in the repository, in one file for the page."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("reference_impl/__init__.py", "sitebuild/__init__.py", "sitebuild/calculators/__init__.py")
FOLDERS = ("reference_impl/shapes", "sitebuild/calculators/in_page")
COMMAND_LINE = {"reference_impl/shapes/cli.py", "reference_impl/shapes/__main__.py"}


def sources() -> dict[str, str]:
    """Return the text of each file by its path: the package without its command line, and what runs in the page."""
    found = [path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py"))]
    paths = [*PACKAGES, *(path.relative_to(ROOT).as_posix() for path in found)]
    return {path: (ROOT / path).read_text("utf-8") for path in paths if path not in COMMAND_LINE}


def bundle() -> str:
    """Return the file that the page loads: JSON, the text of each file by its path."""
    return json.dumps(sources(), ensure_ascii=False)
