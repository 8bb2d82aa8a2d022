"""Fixtures: a small project to set up, and a folder with the real Makefile."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from small_project import CONSTRAINTS, NODE, NPM, PYPROJECT, PYTHON, ROOT, SmallProject, write_program

from tools.environment import python_parts


@pytest.fixture
def stand_ins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder at the head of the search path with stand-ins for the programs that a set-up starts."""
    folder = tmp_path / "stand-ins"
    write_program(folder / "python3", PYTHON)
    write_program(folder / "node", NODE)
    write_program(folder / "npm", NPM)
    write_program(folder / "npm-of-the-wheel", NPM.replace("npm $*", "npm-of-the-wheel $*"))
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.setenv("STAND_INS", str(folder))
    monkeypatch.setenv("STAND_IN_NODE", "v22.1.0")
    monkeypatch.setenv("STAND_IN_VERSION", sys.version)
    monkeypatch.delenv("TORCH_INDEX", raising=False)
    monkeypatch.delenv("TORCH_VERSION", raising=False)
    return folder


@pytest.fixture
def small_project(tmp_path: Path, stand_ins: Path, monkeypatch: pytest.MonkeyPatch) -> SmallProject:
    """A project with nothing set up, and the current folder in it."""
    root = tmp_path / "project"
    (root / "reference_impl").mkdir(parents=True)
    (root / "reference_impl" / "__init__.py").write_text('__version__ = "0.1.0"\n')
    (root / "pyproject.toml").write_text(PYPROJECT)
    (root / "constraints.txt").write_text(CONSTRAINTS)
    (root / "package.json").write_text("{}")
    (root / "package-lock.json").write_text("{}")
    monkeypatch.chdir(root)
    monkeypatch.setattr(python_parts, "base_interpreter", lambda: str(stand_ins / "python3"))
    project = SmallProject(root, stand_ins)
    project.installer("pip", "Successfully installed everything\n", 0)
    project.installer("npm", "added 10 packages\n", 0)
    return project


@pytest.fixture
def copy_of_makefile(tmp_path: Path) -> Path:
    """A folder that holds the Makefile and the files that it needs before anything is set up."""
    folder = tmp_path / "with a space"
    folder.mkdir()
    shutil.copy(ROOT / "Makefile", folder)
    shutil.copytree(ROOT / "tools", folder / "tools", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "sitebuild").mkdir()
    for name in ("__init__.py", "serve.py"):
        shutil.copy(ROOT / "sitebuild" / name, folder / "sitebuild")
    return folder
