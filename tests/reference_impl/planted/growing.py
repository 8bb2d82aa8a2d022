"""Making a copy of the package, and running tests on it in a process of its own.

The processes are forked from a server that has imported the large libraries but nothing of the package, so that each
starts at once.
"""

import gc
import multiprocessing
import os
import shutil
import sys
from pathlib import Path

from planted import Bug

ROOT = Path(__file__).parents[3]
TESTS = ROOT / "tests" / "reference_impl"
PACKAGE = "reference_impl"
LIBRARIES = [
    "array_api_compat.numpy",
    "array_api_compat.torch",
    "array_api_extra",
    "array_api_strict",
    "doccheck.pytest_plugin",
    "doccheck.sim",
    "hypothesis.extra.numpy",
    "torch._dynamo",  # what optimizers of torch import when the first one is made
]
PYTEST_OPTIONS = [
    f"--config-file={ROOT / 'pyproject.toml'}",
    f"--rootdir={ROOT}",
    "--exitfirst",
    "--quiet",
    "--assert=plain",
    "--hypothesis-profile=planted",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:xdist",
]


def copy_package(folder: Path) -> Path:
    """Copy the package into `folder`, and return the copy."""
    return Path(
        shutil.copytree(ROOT / PACKAGE, folder / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    )


def plant(bug: Bug, package: Path) -> None:
    """Make the replacement of `bug` in a copy of the package."""
    file = package / bug.file
    text = file.read_text("utf-8")
    found = text.count(bug.old)
    assert found == 1, f"{bug.name}: {bug.old!r} stands {found} times in {bug.file}; it must stand there once"
    file.write_text(text.replace(bug.old, bug.new), "utf-8")


def run_on_copy(package: Path, tests: tuple[str, ...]) -> tuple[int, str]:
    """Run tests with a copy of the package in place of the package; return pytest's exit code and what it printed."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(LIBRARIES)
    output = package.parent / "output.txt"
    process = context.Process(target=_run, args=(package, tests, output))
    process.start()
    process.join()
    assert process.exitcode is not None
    return process.exitcode, output.read_text("utf-8")


def _run(package: Path, tests: tuple[str, ...], output: Path) -> None:
    import pytest

    with output.open("w", encoding="utf-8") as stream:
        os.dup2(stream.fileno(), sys.stdout.fileno())
        os.dup2(stream.fileno(), sys.stderr.fileno())
    assert PACKAGE not in sys.modules
    gc.freeze()  # pytest collects garbage at its end, and what the server imported is none
    sys.path.insert(0, str(package.parent))
    code = pytest.main([*PYTEST_OPTIONS, *(str(TESTS / test) for test in tests)])
    assert sys.modules[PACKAGE].__file__ == str(package / "__init__.py")
    sys.exit(code)
