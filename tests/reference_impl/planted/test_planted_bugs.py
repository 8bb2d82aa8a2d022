"""Ordinary tests go red when a bug is planted in a copy of the package, and stay green on the copy itself."""

import importlib
from pathlib import Path

import pytest

from planted import Bug
from planted.growing import copy_package, plant, run_on_copy

MECHANISM = {"__init__", "growing", Path(__file__).stem}
PARTS = sorted(file.stem for file in Path(__file__).parent.glob("*.py") if file.stem not in MECHANISM)
BUGS = {part: importlib.import_module(f"planted.{part}").BUGS for part in PARTS}


@pytest.mark.parametrize(
    "bug", [pytest.param(bug, id=f"{part}: {bug.name}") for part in PARTS for bug in BUGS[part]]
)
def test_a_planted_bug_turns_its_tests_red(bug, tmp_path):
    package = copy_package(tmp_path)
    plant(bug, package)
    code, output = run_on_copy(package, bug.tests)
    assert code == pytest.ExitCode.TESTS_FAILED, output


@pytest.mark.parametrize("part", PARTS)
def test_the_same_tests_pass_without_a_bug(part, tmp_path):
    package = copy_package(tmp_path)
    tests = dict.fromkeys(test for bug in BUGS[part] for test in bug.tests)
    code, output = run_on_copy(package, tuple(tests))
    assert code == pytest.ExitCode.OK, output


def test_what_is_replaced_must_stand_there_once(tmp_path):
    bug = Bug("twice", "optim/sgd.py", "return ", "", ())
    with pytest.raises(AssertionError, match=r"twice: 'return ' stands \d+ times in optim/sgd.py"):
        plant(bug, copy_package(tmp_path))
