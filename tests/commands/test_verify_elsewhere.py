"""The page "Verify on your device": its commands, run on a machine that lacks what only extraction needs."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small_project import ROOT

PAGE = (ROOT / "docs" / "en" / "how-to" / "verify-on-your-device.md").read_text(encoding="utf-8")
ABSENT = ("markdown", "pymdownx", "jupytext", "nbformat", "mkdocs", "pytest", "jsonschema", "griffe")
WITHOUT = f"""
import sys
class Without:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {ABSENT}:
            raise ModuleNotFoundError(f"No module named {{name!r}} on this machine")
sys.meta_path.insert(0, Without())
"""


def commands() -> list[str]:
    """List the commands of the page's console blocks."""
    return re.findall(r"^\$ (.+)$", PAGE, re.MULTILINE)


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The other machine: the bundle, two folders, and none of the packages that extraction needs."""
    folder = tmp_path_factory.mktemp("elsewhere")
    for name in ("doccheck", "reference_impl"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "packages").mkdir()
    (folder / "packages" / "sitecustomize.py").write_text(WITHOUT)
    extract = [*in_this_python(commands()[2]), str(folder / "bundle.json")]
    subprocess.run(extract, cwd=ROOT, check=True, capture_output=True)
    return folder


def in_this_python(command: str) -> list[str]:
    """Turn a command of the page into one for the Python that runs the tests, without its last word."""
    words = command.split()
    assert words[0] in {"python", ".venv/bin/python"}
    return [sys.executable, *words[1:-1]]


def run_there(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the page's last command on the other machine."""
    return subprocess.run(
        [*in_this_python(commands()[3]), "receipt.json", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "packages")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_commands_of_the_page(elsewhere: Path) -> None:
    assert commands()[:2] == ["make verify DEVICE=cuda", "make setup"]
    answer = run_there(elsewhere, "--device", "cpu", "--only", "README.md", "--isolation", "fresh")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    receipt = json.loads((elsewhere / "receipt.json").read_text())
    outcomes = {row["outcome"] for row in receipt["rows"] if row["where"].startswith("README.md:")}
    assert "passed" in outcomes and outcomes <= {"passed", "excused"}
    assert receipt["device"] == "cpu"


def test_missing_gpu_is_the_error_that_the_page_shows() -> None:
    require = "from doccheck.run.devices import Device; Device('cuda').require()"
    answer = subprocess.run(
        [sys.executable, "-c", require], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if answer.returncode == 0:
        pytest.skip("this machine has a CUDA GPU")
    told = answer.stderr.splitlines()[-1].removeprefix("doccheck.errors.DoccheckError: ")
    shown = re.search(r"```text\ndoccheck: (.+?)\n```", PAGE, re.DOTALL)
    assert shown is not None
    on_one_line = shown[1].replace("\n", " ")
    assert re.sub(r"torch [\w.+]+", "torch", told) == re.sub(r"torch [\w.+]+", "torch", on_one_line)
