"""A reader's environment: a fresh virtual environment with the site's wheel and torch, and nothing else of ours."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "build" / "reader"
CONSTRAINTS = ROOT / "constraints.txt"


def python_of_reader(wheel: Path) -> Path:
    """The interpreter of the environment, with this wheel. It is made once for each set of pinned versions."""
    python = FOLDER / "bin" / "python"
    stamp = FOLDER / "stamp"
    now = hashlib.sha256(CONSTRAINTS.read_bytes() + sys.version.encode()).hexdigest()
    if not stamp.exists() or stamp.read_text("utf-8") != now:
        shutil.rmtree(FOLDER, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=True)
        _pip(python, "torch", index=os.environ.get("TORCH_INDEX", ""))
        _pip(python, str(wheel))
        stamp.write_text(now, "utf-8")
    _pip(python, "--force-reinstall", "--no-deps", str(wheel))
    return python


def packages_for(python: Path, needs: set[str]) -> Path:
    """A folder with what blocks declare as their needs, beside the environment, which stays bare."""
    folder = FOLDER.with_name("reader-needs")
    stamp = folder / "stamp"
    now = (FOLDER / "stamp").read_text("utf-8") + " ".join(sorted(needs))
    if not stamp.exists() or stamp.read_text("utf-8") != now:
        shutil.rmtree(folder, ignore_errors=True)
        _pip(python, "--target", str(folder), *sorted(needs))
        stamp.write_text(now, "utf-8")
    return folder


def _pip(python: Path, *words: str, index: str = "") -> None:
    command = [str(python), "-m", "pip", "install", "-q", "-c", str(CONSTRAINTS), *words]
    run = subprocess.run(
        [*command, *(["--index-url", index] if index else [])], capture_output=True, text=True
    )
    assert run.returncode == 0, f"{' '.join(command)}:\n{run.stderr}"
