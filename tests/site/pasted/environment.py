"""A reader's environment: a fresh virtual environment with the site's wheel and torch, and nothing else of ours."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "build" / "reader"
PINS = FOLDER.with_name("reader-pins.txt")


def python_of_reader(wheel: Path) -> Path:
    """The interpreter of the environment, with this wheel. It is made once for each set of versions."""
    python, torch = FOLDER / "bin" / "python", f"torch=={version('torch').split('+')[0]}"
    pins = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    PINS.parent.mkdir(exist_ok=True)
    PINS.write_text(
        "\n".join([*(pin for pin in pins if not pin.startswith("torch==")), torch]) + "\n", "utf-8"
    )
    if not _is_made(FOLDER, sys.version):
        subprocess.run([sys.executable, "-m", "venv", str(FOLDER)], check=True)
        if index := os.environ.get("TORCH_INDEX"):
            _pip(python, "--no-deps", "--index-url", index, torch)
        _pip(python, torch, str(wheel))
        _note(FOLDER, sys.version)
    _pip(python, "--force-reinstall", "--no-deps", str(wheel))
    return python


def packages_for(python: Path, needs: set[str]) -> Path:
    """A folder with what blocks declare as their needs, beside the environment, which stays bare."""
    folder, words = FOLDER.with_name("reader-needs"), " ".join(sorted(needs))
    if not _is_made(folder, words):
        _pip(python, "--target", str(folder), *sorted(needs))
        _note(folder, words)
    return folder


def _is_made(folder: Path, words: str) -> bool:
    """Whether a folder was finished with these versions; what is left of another is removed."""
    stamp = folder / "stamp"
    made = stamp.exists() and stamp.read_text("utf-8") == _stamp(words)
    if not made:
        shutil.rmtree(folder, ignore_errors=True)
    return made


def _note(folder: Path, words: str) -> None:
    (folder / "stamp").write_text(_stamp(words), "utf-8")


def _stamp(words: str) -> str:
    return hashlib.sha256(PINS.read_bytes() + words.encode()).hexdigest()


def _pip(python: Path, *words: str) -> None:
    command = [str(python), "-m", "pip", "install", "-q", "-c", str(PINS), *words]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, f"{' '.join(command)}:\n{run.stderr}"
