"""The closing lines of `make test`: every check is named, nothing that was skipped is hidden."""

import sys

import pytest

from tools.check import GROUPS, Check, Result, main, run_all, summary
from tools.pytest_lines import add_counts, closing_counts, closing_line, skip_reasons

OUTPUT = """....s
SKIPPED [2] tests/site/test_browser.py:12: Chromium isn't installed
======= 312 passed, 2 skipped, 1 warning in 62.40s (0:01:02) =======
"""


def says(text: str, status: int = 0) -> list[str]:
    """Give a command that prints a text and exits with a status."""
    return [sys.executable, "-c", f"import sys; print({text!r}); sys.exit({status})"]


def test_counts_are_read_from_the_last_closing_line() -> None:
    assert closing_counts(OUTPUT) == {"passed": 312, "skipped": 2, "warnings": 1}
    assert closing_counts("1 failed, 3 passed in 0.12s\n") == {"failed": 1, "passed": 3}
    assert closing_counts("= 1 passed in 1.00s =\n= 2 errors in 0.10s =\n") == {"errors": 2}
    assert closing_counts("12 passed the exam in 3 years\n") == {}


def test_skips_keep_their_reasons() -> None:
    assert skip_reasons(OUTPUT) == ["tests/site/test_browser.py:12: Chromium isn't installed"]


def test_counts_of_runs_are_added_and_written_as_pytest_does() -> None:
    total = add_counts([{"passed": 300, "skipped": 2}, {"failed": 1, "passed": 12}])
    assert total == {"passed": 312, "skipped": 2, "failed": 1}
    line = closing_line(total, 71.5)
    assert line.strip("= ") == "1 failed, 312 passed, 2 skipped in 71.50s"
    assert closing_counts(line) == total


def test_summary_names_every_check_and_ends_in_the_counts() -> None:
    text = summary([Result("lint", "passed", 1.0, ""), Result("tests", "FAILED", 62.4, OUTPUT)])
    lines = text.splitlines()
    assert lines[2:5] == [
        "  passed   lint                    1.0 s",
        "  FAILED   tests                  62.4 s",
        "  skipped: tests/site/test_browser.py:12: Chromium isn't installed",
    ]
    assert closing_counts(lines[-1]) == {"passed": 312, "skipped": 2, "warnings": 1}


def test_check_whose_ground_failed_is_not_run_and_says_so(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    checks = [
        Check("build", says("building", 1)),
        Check("lint", says("linting")),
        Check("browser", says("browsing"), needs="build"),
    ]
    results = run_all(checks)
    assert [(result.name, result.state) for result in results] == [
        ("build", "FAILED"),
        ("lint", "passed"),
        ("browser", "not run"),
    ]
    assert "  not run  browser              needs: build" in summary(results).splitlines()


@pytest.mark.parametrize(("status", "expected"), [(0, 0), (1, 1)])
def test_exit_status(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], status: int, expected: int
) -> None:
    monkeypatch.setitem(GROUPS, "lint", (Check("first", says("one", status)), Check("second", says("two"))))
    assert main(["lint"]) == expected
    assert b"two" in capfdbinary.readouterr().out


def test_unknown_group_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["everything"]) == 2
    assert capsys.readouterr().err == "error: name one group of checks: lint, all, nightly\n"
