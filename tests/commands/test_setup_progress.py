"""What the set-up shows while it works: each step, a sign of life, and the time it took."""

import re
import sys
import time

import pytest
from small_project import SmallProject

from tools.environment import console
from tools.environment.console import Step


def test_each_step_is_told_with_its_time(
    small_project: SmallProject, capsys: pytest.CaptureFixture[str]
) -> None:
    small_project.set_up("--with", "front-end")
    shown = re.sub(r"\d+ s$", "N s", capsys.readouterr().out, flags=re.MULTILINE).splitlines()
    version = ".".join(map(str, sys.version_info[:3]))
    assert shown == [
        "set-up: the first one takes a few minutes; later ones repeat only what has changed",
        *told(f"creating .venv with Python {version}"),
        *told("installing the Python packages"),
        *told("installing the project itself"),
        *told("installing the front-end parts"),
    ]


def told(step: str) -> list[str]:
    """Give the two lines of a step."""
    return [f"set-up: {step} ...", f"set-up: {step}: done after N s"]


def test_long_step_gives_a_sign_of_life(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(console, "SECONDS_BETWEEN_LINES", 0.02)
    with Step("installing") as step:
        step.detail = "Downloading torch"
        time.sleep(0.2)
    lines = capsys.readouterr().out.splitlines()
    assert "set-up: installing ... 0 s  Downloading torch" in lines[1:-1]
    assert "\033" not in "".join(lines)


def test_step_that_fails_is_not_called_done(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="broken"), Step("installing"):
        raise ValueError("broken")
    assert capsys.readouterr().out.splitlines()[-1] == "set-up: installing: stopped after 0 s"


def test_terminal_shows_one_line_that_counts(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with Step("installing"):
        pass
    assert capsys.readouterr().out == "\r\033[Kset-up: installing: done after 0 s\n"
