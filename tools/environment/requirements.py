"""What has to be installed, read from pyproject.toml and constraints.txt."""

import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

BASE_EXTRAS = ("torch", "test", "docs", "build")
FOLLOWS_TORCH = re.compile(r"(torch|triton|setuptools|sympy|nvidia-[\w-]+|cuda-[\w-]+)==")


def requirements(root: Path, extras: Sequence[str]) -> list[str]:
    """List the project's own requirements with those of some extras, as pyproject.toml states them."""
    project = _pyproject(root)["project"]
    listed = list(project["dependencies"])
    for extra in extras:
        listed += project["optional-dependencies"][extra]
    return sorted(set(listed))


def installation_metadata(root: Path) -> str:
    """Give what an installation of the project itself depends on, as one text."""
    pyproject = _pyproject(root)
    tables = [pyproject["build-system"], pyproject["project"], pyproject["tool"]["hatch"]]
    return json.dumps(tables, sort_keys=True) + (root / "reference_impl" / "__init__.py").read_text(
        encoding="utf-8"
    )


def constraints(root: Path, torch_version: str) -> str:
    """Give the pins, with torch's own set aside where another version of torch is asked for.

    Args:
        root: folder of the project.
        torch_version: "pinned", "newest", or a version such as "2.11.0".
    """
    pins = (root / "constraints.txt").read_text(encoding="utf-8")
    if torch_version == "pinned":
        return pins
    kept = [line for line in pins.splitlines() if not FOLLOWS_TORCH.match(line)]
    if torch_version != "newest":
        kept.append(f"torch=={torch_version}")
    return "\n".join(kept) + "\n"


def torch_requirement(root: Path, torch_version: str) -> str:
    """Say which torch to ask an index for: the pinned one, a given one, or the newest that is admitted."""
    for line in constraints(root, torch_version).splitlines():
        if line.startswith("torch=="):
            return line
    return next(line for line in requirements(root, ["torch"]) if line.startswith("torch"))


def _pyproject(root: Path) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
