"""What surrounds a snippet while it runs: an empty folder, a `__main__` of its own, an ear for errors."""

from __future__ import annotations

import contextlib
import os
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from doccheck.run.cells import SnippetFailure


@contextlib.contextmanager
def fresh_folder(data: dict[str, str]) -> Iterator[None]:
    """Work in an empty folder that holds just the declared data files."""
    home = os.getcwd()
    with tempfile.TemporaryDirectory(prefix="snippet-") as folder:
        for name, text in data.items():
            target = Path(folder, name)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(home)


@contextlib.contextmanager
def fresh_main() -> Iterator[dict[str, Any]]:
    """The namespace of a new `__main__`, so that the snippet's own classes and functions are found there."""
    before, main = sys.modules["__main__"], ModuleType("__main__")
    sys.modules["__main__"] = main
    try:
        yield vars(main)
    finally:
        sys.modules["__main__"] = before


@contextlib.contextmanager
def nothing_unheard() -> Iterator[None]:
    """Errors that Python only prints, of a thread or of a coroutine that nobody awaits, are failures, too."""
    unheard: list[str] = []

    def note(about: Any) -> None:
        unheard.append("".join(traceback.format_exception(about.exc_value)).strip())

    hooks = threading.excepthook, sys.unraisablehook
    threading.excepthook = sys.unraisablehook = note
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = hooks
    if unheard:
        raise SnippetFailure(unheard[0])
