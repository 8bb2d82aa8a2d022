"""Run the project's checks one after the other and end with a summary: `python -m tools.check all`."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

from tools.pytest_lines import add_counts, closing_counts, closing_line, skip_reasons

PYTHON = sys.executable
PYTEST = (PYTHON, "-m", "pytest", "-n", "2", "--ignore=tests/site", "--device", "cpu", "--device", "sim")
KEPT = ("--receipts", "build/receipts", "--shown", "build")
MUTATION = "receipts/measured/mutation.json"
AGREEMENT = "receipts/measured/agreement.json"
ORACLE_TESTS = "tests/reference_impl"


@dataclass(frozen=True)
class Check:
    """One check: its name, its command, and the check that has to pass before it makes sense."""

    name: str
    command: Sequence[str]
    needs: str | None = None


@dataclass(frozen=True)
class Result:
    """How a check went: "passed", "FAILED" or "not run", after how many seconds, and what it printed."""

    name: str
    state: str
    seconds: float
    output: str


LINT = (
    Check("format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
    Check("lint", [PYTHON, "-m", "ruff", "check", "."]),
    Check("types", [PYTHON, "-m", "mypy"]),
)
TESTS = Check("tests and snippets", [*PYTEST, *KEPT])
SITE = Check("site", [PYTHON, "-m", "sitebuild", "build"], needs=TESTS.name)
LIGHTHOUSE = "tests/site/browser/test_browser_lighthouse.py"
SITE_TESTS = Check(
    "site tests", [PYTHON, "-m", "pytest", "-n", "2", "tests/site", f"--ignore={LIGHTHOUSE}"], needs=SITE.name
)
MARKS = Check("lighthouse, alone on the machine", [PYTHON, "-m", "pytest", LIGHTHOUSE], needs=SITE.name)
VOLUME = ("--hypothesis-profile", "nightly")
DOCCHECK = (PYTHON, "-m", "doccheck")
BUNDLE = "build/bundle.json"
NIGHTLY = (
    Check("tests in volume", [*PYTEST, *KEPT, *VOLUME, f"--ignore={ORACLE_TESTS}"]),
    Check(
        "oracles in volume",
        [PYTHON, "-m", "pytest", "-n", "2", ORACLE_TESTS, *VOLUME, "--write-agreement", AGREEMENT],
    ),
    *(
        Check(
            f"fresh interpreters, {device}",
            [
                *DOCCHECK,
                "run",
                BUNDLE,
                "--device",
                device,
                "--isolation",
                "fresh",
                "-o",
                f"build/fresh/{device}.json",
            ],
        )
        for device in ("cpu", "sim")
    ),
    Check("mutation score", [*DOCCHECK, "mutate", BUNDLE, "-o", MUTATION]),
)
GROUPS = {"lint": LINT, "all": (*LINT, TESTS, SITE, SITE_TESTS, MARKS), "nightly": NIGHTLY}


def run(check: Check) -> Result:
    """Run one check with its output on the console, and keep that output."""
    print(f"\n--- {check.name}: {' '.join(check.command[1:])}", flush=True)
    start = time.monotonic()
    parts = []
    with subprocess.Popen(check.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        assert process.stdout is not None
        while piece := os.read(process.stdout.fileno(), 65536):
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
            parts.append(piece)
    state = "FAILED" if process.returncode else "passed"
    return Result(check.name, state, time.monotonic() - start, b"".join(parts).decode("utf-8", "replace"))


def run_all(checks: Sequence[Check]) -> list[Result]:
    """Run checks in order; one whose precondition failed isn't run, and says so."""
    results: dict[str, Result] = {}
    for check in checks:
        if check.needs and results[check.needs].state != "passed":
            results[check.name] = Result(check.name, "not run", 0.0, f"needs: {check.needs}")
        else:
            results[check.name] = run(check)
    return list(results.values())


def summary(results: Sequence[Result]) -> str:
    """Write the closing lines: each check, what was skipped, and pytest's counts of all runs together."""
    lines = ["", "summary"]
    lines += [f"  {result.state:<8} {result.name:<20} {_remark(result)}" for result in results]
    skipped = [reason for result in results for reason in skip_reasons(result.output)]
    lines += [f"  skipped: {reason}" for reason in skipped]
    counted = [counts for result in results if (counts := closing_counts(result.output))]
    if counted:
        lines.append(closing_line(add_counts(counted), sum(result.seconds for result in results)))
    return "\n".join(lines)


def _remark(result: Result) -> str:
    return result.output if result.state == "not run" else f"{result.seconds:6.1f} s"


def main(arguments: Sequence[str]) -> int:
    """Run the named group of checks; returns 0 when all of them passed."""
    if len(arguments) != 1 or arguments[0] not in GROUPS:
        print(f"error: name one group of checks: {', '.join(GROUPS)}", file=sys.stderr)
        return 2
    results = run_all(GROUPS[arguments[0]])
    print(summary(results), flush=True)
    return 0 if all(result.state == "passed" for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
