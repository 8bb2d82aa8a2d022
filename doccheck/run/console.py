"""Run the commands of a console block and compare what they print."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from doccheck.pasting import commands
from doccheck.run.cells import SnippetFailure
from doccheck.run.compare import same


def run_console(text: str) -> None:
    """Run each command in the current folder, with this Python's programs first on the path."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    for command, want in commands(text):
        run = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PATH": path, "COLUMNS": "100"},
        )
        if run.returncode:
            raise SnippetFailure(f"$ {command}\nended with exit code {run.returncode}:\n{run.stdout.strip()}")
        if want.strip() and not same(want, run.stdout):
            raise SnippetFailure(f"$ {command}\nExpected:\n{want}\nGot:\n{run.stdout.strip()}")
