"""The targets of the Makefile: what each starts, in which order, and what it says when it can't."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from small_project import ROOT, write_program

RECORDER = """#!/bin/sh
echo "$*" >> "$RECORD"
case "$*" in
  "-m tools.bootstrap --check") exit "${CHECK_EXITS:-0}" ;;
  "-m tools.bootstrap"*) mkdir -p .venv/bin && cp "$0" .venv/bin/python && cp "$0" .venv/bin/node ;;
  "-m sitebuild build"*) node from-the-environment ;;
  *"$FAILS"*) exit 3 ;;
esac
"""
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
SET_UP = "-m tools.bootstrap"
FULL_SET_UP = "-m tools.bootstrap --with front-end"
CHECKS = ["-m tools.bootstrap --check", "-m sitebuild.serve --check --port 8000"]
SITE = [
    FULL_SET_UP,
    "-m doccheck extract -o build/bundle.json",
    "-m doccheck run build/bundle.json --device cpu --shown build -o build/receipts/cpu.json",
    "-m doccheck run build/bundle.json --device sim -o build/receipts/sim.json",
    "-m sitebuild build",
    "from-the-environment",
]


def make(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run make in a folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *arguments],
        cwd=folder,
        env={**kept, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def record(folder: Path, target: str, *settings: str, **variables: str) -> tuple[list[str], int]:
    """Run a target with a Python that only records how it is called; returns the calls and the exit status."""
    program, calls = folder / "recorder", folder / "calls"
    write_program(program, RECORDER)
    answer = make(
        folder,
        target,
        f"PYTHON={program}",
        *settings,
        RECORD=str(calls),
        **{"FAILS": "nothing fails", **variables},
    )
    return (calls.read_text().splitlines() if calls.exists() else []), answer.returncode


def test_help_lists_every_target() -> None:
    listed = re.findall(r"^  ([a-z]+) ", make(ROOT, "help").stdout, re.MULTILINE)
    assert listed == TARGETS
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony is not None
    assert sorted(phony.group(1).split()) == sorted(TARGETS)
    assert {"serve", "site", "test", "draft", "verify", "bench", "nightly", "lint", "help"} <= set(TARGETS)


def test_help_is_what_make_alone_shows() -> None:
    assert make(ROOT).stdout == make(ROOT, "help").stdout


@pytest.mark.parametrize(
    ("target", "calls"),
    [
        ("site", SITE),
        ("test", [FULL_SET_UP, "-m tools.check all"]),
        ("lint", [SET_UP, "-m tools.check lint"]),
        ("draft", [*CHECKS, FULL_SET_UP, "-m sitebuild draft"]),
        ("verify", [SET_UP, "-m tools.verify --device cpu"]),
        ("bench", [SET_UP, "-m benchmarks", "-m benchmarks.gate"]),
        ("nightly", [FULL_SET_UP, "-m tools.check nightly"]),
        ("constraints", ["-m tools.renew_constraints"]),
        ("setup", [FULL_SET_UP]),
    ],
)
def test_target_starts_its_commands_in_order(copy_of_makefile: Path, target: str, calls: list[str]) -> None:
    assert record(copy_of_makefile, target) == (calls, 0)


def test_serve_sets_up_builds_and_serves(copy_of_makefile: Path) -> None:
    calls, status = record(copy_of_makefile, "serve", "PORT=8123")
    checks = [call.replace("8000", "8123") for call in CHECKS]
    assert calls == [*checks, *SITE, "-m sitebuild.serve --port 8123"]
    assert status == 0


def test_verify_names_the_device(copy_of_makefile: Path) -> None:
    calls, _ = record(copy_of_makefile, "verify", "DEVICE=cuda")
    assert calls[-1] == "-m tools.verify --device cuda"


@pytest.mark.parametrize(
    ("fails", "last"), [("device cpu", SITE[2]), ("tools.check", "-m tools.check all"), ("--port", None)]
)
def test_failure_stops_a_target(copy_of_makefile: Path, fails: str, last: str | None) -> None:
    target = {"device cpu": "site", "tools.check": "test", "--port": "serve"}[fails]
    calls, status = record(copy_of_makefile, target, FAILS=fails)
    assert status != 0
    assert calls[-1] == (last or "-m sitebuild.serve --check --port 8000")


def test_unfit_python_stops_serve_at_once(copy_of_makefile: Path) -> None:
    calls, status = record(copy_of_makefile, "serve", CHECK_EXITS="1")
    assert calls == ["-m tools.bootstrap --check"]
    assert status != 0


@pytest.mark.parametrize("target", ["serve", "test", "lint", "constraints"])
def test_missing_python_gets_one_line(copy_of_makefile: Path, target: str) -> None:
    answer = make(copy_of_makefile, target, "PYTHON=python-of-the-future")
    lines = [line for line in answer.stderr.splitlines() if not line.startswith("make")]
    assert lines == [
        "error: there is no `python-of-the-future` here: install Python 3.11 or newer, or name one with PYTHON="
    ]
    assert answer.returncode != 0


@pytest.mark.parametrize("target", ["serve", "draft"])
@pytest.mark.parametrize(
    ("port", "words"), [("busy", "use another, e.g. PORT=8001"), ("web", "a whole number")]
)
def test_port_is_refused_before_anything_is_set_up(
    copy_of_makefile: Path, target: str, port: str, words: str
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1]) if port == "busy" else port
        answer = make(copy_of_makefile, target, f"PORT={port}", f"PYTHON={sys.executable}")
    lines = [line for line in answer.stderr.splitlines() if not line.startswith("make")]
    assert len(lines) == 1
    assert lines[0].startswith(f"error: `PORT` (={port}) ") and words in lines[0]
    assert answer.returncode != 0
    assert not (copy_of_makefile / ".venv").exists()


def test_clean_removes_what_was_built_and_keeps_the_set_up(copy_of_makefile: Path) -> None:
    for name in ("build", "site", ".venv", "node_modules"):
        (copy_of_makefile / name).mkdir()
    make(copy_of_makefile, "clean")
    left = {path.name for path in copy_of_makefile.iterdir() if path.is_dir()}
    assert left == {".venv", "node_modules", "tools", "sitebuild"}


def test_recipes_run_in_any_shell(copy_of_makefile: Path) -> None:
    dash = shutil.which("dash")
    if dash is None:
        pytest.skip("dash, a shell with nothing but POSIX, isn't installed")
    calls, status = record(copy_of_makefile, "site", f"SHELL={dash}")
    assert (calls, status) == (SITE, 0)
