"""Run the commands of a console block and compare what they print."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from pathlib import Path

from doccheck.pasting import commands
from doccheck.run.cells import SnippetFailure
from doccheck.run.compare import same


def run_console(text: str) -> None:
    """Run the commands in one shell, as a reader would, with this Python's programs first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    session, mark = commands(text), secrets.token_hex(16)
    run = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(f"{c}\nprintf '\\n{mark}\\n'" for c, _ in session)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "PATH": path, "COLUMNS": "100"},
    )
    *outputs, rest = run.stdout.split(f"\n{mark}\n")
    for (command, want), got in zip(session, outputs, strict=False):
        if want.strip() and not same(want, got):
            raise SnippetFailure(f"$ {command}\nExpected:\n{want}\nGot:\n{got.strip()}")
    if len(outputs) < len(session):
        command, _ = session[len(outputs)]
        raise SnippetFailure(f"$ {command}\nended the shell with exit code {run.returncode}:\n{rest.strip()}")
