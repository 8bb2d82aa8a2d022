"""What the set-up makes, in which order, and what it leaves alone the second time."""

import pytest
from small_project import CONSTRAINTS, PYPROJECT, SmallProject

from tools.environment import python_parts

VENV = "python -m venv .venv"
PACKAGES = "--constraint .venv/constraints.txt hatchling mkdocs numpy>=2.0 pytest torch>=2.11,<3"
PROJECT = "--no-deps --no-build-isolation --editable ."
PIP = "python -m pip install --progress-bar off"
NPM = "npm ci --no-audit --no-fund"


def short(calls: list[str]) -> list[str]:
    """Cut npm's retry settings off, so that a list of calls reads well."""
    return [call.split(" --fetch")[0] for call in calls]


def test_first_run_makes_every_part_in_order(small_project: SmallProject) -> None:
    assert small_project.set_up("--with", "front-end") == 0
    assert short(small_project.calls()) == [VENV, f"{PIP} {PACKAGES}", f"{PIP} {PROJECT}", NPM]


def test_second_run_repeats_nothing(small_project: SmallProject, capsys: pytest.CaptureFixture[str]) -> None:
    small_project.set_up("--with", "front-end")
    small_project.calls()
    capsys.readouterr()
    assert small_project.set_up("--with", "front-end") == 0
    assert small_project.calls() == []
    assert capsys.readouterr().out == "set-up: nothing to do\n"


@pytest.mark.parametrize(
    ("file", "content", "expected"),
    [
        ("constraints.txt", CONSTRAINTS.replace("2.4.6", "2.4.7"), [f"{PIP} {PACKAGES}"]),
        ("pyproject.toml", PYPROJECT + "[tool.ruff]\nline-length = 110\n", []),
        ("pyproject.toml", PYPROJECT.replace('"small"', '"renamed"'), [f"{PIP} {PROJECT}"]),
        ("reference_impl/__init__.py", '__version__ = "0.2.0"\n', [f"{PIP} {PROJECT}"]),
        ("package-lock.json", '{"name": "changed"}', [NPM]),
    ],
)
def test_change_remakes_only_its_own_part(
    small_project: SmallProject, file: str, content: str, expected: list[str]
) -> None:
    small_project.set_up("--with", "front-end")
    small_project.calls()
    (small_project.root / file).write_text(content)
    small_project.set_up("--with", "front-end")
    assert short(small_project.calls()) == expected


def test_part_that_was_deleted_is_made_again(small_project: SmallProject) -> None:
    small_project.set_up("--with", "front-end")
    small_project.calls()
    (small_project.root / "node_modules" / ".package-lock.json").unlink()
    small_project.set_up("--with", "front-end")
    assert short(small_project.calls()) == [NPM]
    (small_project.root / ".venv" / "bin" / "python").unlink()
    small_project.set_up()
    assert small_project.calls()[0] == VENV


def test_other_interpreter_makes_the_environment_anew(
    small_project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_project.set_up()
    small_project.calls()
    monkeypatch.setattr("sys.version", "3.14.0 (another one)")
    small_project.set_up()
    assert small_project.calls() == [VENV, f"{PIP} {PACKAGES}", f"{PIP} {PROJECT}"]


def test_interrupted_run_does_not_count_as_done(
    small_project: SmallProject, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    small_project.set_up()
    (small_project.root / "constraints.txt").write_text(CONSTRAINTS.replace("2.4.6", "2.4.7"))
    with monkeypatch.context() as patch:
        patch.setattr(python_parts, "run_step", interrupt)
        assert small_project.set_up() == 130
    assert capsys.readouterr().err == "error: set-up was interrupted; run make again to finish it\n"
    small_project.calls()
    assert small_project.set_up() == 0
    assert small_project.calls() == [VENV, f"{PIP} {PACKAGES}", f"{PIP} {PROJECT}"]
    assert "was broken off, so .venv is made anew" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("pip_prints", "begins_with"),
    [
        ("ERROR: No matching distribution found for numpy\n", f"{PIP} {PACKAGES}"),
        ("Installing collected packages: numpy\nERROR: No space left on device\n", VENV),
    ],
)
def test_after_a_failure_only_a_half_made_environment_is_thrown_away(
    small_project: SmallProject, pip_prints: str, begins_with: str
) -> None:
    small_project.installer("pip", pip_prints, 1)
    assert small_project.set_up() == 1
    small_project.installer("pip", "", 0)
    small_project.calls()
    assert small_project.set_up() == 0
    assert small_project.calls()[0] == begins_with


def test_environment_made_by_hand_is_kept(
    small_project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_project.set_up()
    (small_project.root / ".venv" / "setup.json").unlink()
    small_project.calls()
    small_project.set_up()
    assert next(call for call in small_project.calls() if "-c import" not in call) == f"{PIP} {PACKAGES}"
    (small_project.root / ".venv" / "setup.json").unlink()
    monkeypatch.setenv("STAND_IN_VERSION", "2.7.18")
    small_project.set_up()
    assert VENV in small_project.calls()


def test_damaged_stamp_is_not_believed(small_project: SmallProject) -> None:
    small_project.set_up()
    small_project.calls()
    (small_project.root / ".venv" / "setup.json").write_text('{"finished": {"environment"')
    assert small_project.set_up() == 0
    assert small_project.calls()[0] == VENV
