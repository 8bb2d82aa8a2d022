"""`.ci/run`: gets a browser where it may, never fails for lack of rights, and leaves the verdict to make."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from small_project import ROOT, write_program

BASIC = ("bash", "env", "dirname", "id", "cat")


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """A folder of programs, the only one on the search path: a shell, make, and no browser."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in BASIC:
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci" / "run")
    write_program(folder / "id", "#!/bin/sh\necho ${USER_NUMBER:-0}\n")
    write_program(folder / "make", '#!/bin/sh\necho "make $*"\nexit ${MAKE_EXITS:-0}\n')
    return folder


def run(machine: Path, **variables: str) -> tuple[list[str], int]:
    """Run the script on the machine; returns what it prints and its exit status."""
    answer = subprocess.run(
        [str(machine.parent / ".ci" / "run")],
        cwd=os.sep,
        env={"PATH": str(machine), **variables},
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.splitlines(), answer.returncode


def with_apt(machine: Path, exits: int = 0) -> None:
    """Give the machine an apt-get."""
    write_program(machine / "apt-get", f'#!/bin/sh\necho "apt-get $*"\nexit {exits}\n')


UPDATE = "apt-get update -qq"
INSTALL = "apt-get install -y -qq --no-install-recommends chromium"
NOTICE = "Chromium could not be installed here: the tests say what that leaves unchecked."


@pytest.mark.parametrize("browser", ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
def test_browser_that_is_there_is_enough(machine: Path, browser: str) -> None:
    with_apt(machine)
    write_program(machine / browser, "#!/bin/sh\n")
    assert run(machine) == (["make test"], 0)


def test_root_installs_one(machine: Path) -> None:
    with_apt(machine)
    assert run(machine) == ([UPDATE, INSTALL, "make test"], 0)


def test_sudo_without_a_password_installs_one(machine: Path) -> None:
    with_apt(machine)
    write_program(
        machine / "sudo", '#!/bin/sh\nshift\n[ "$1" = true ] || echo "sudo" && [ "$1" = true ] || "$@"\n'
    )
    assert run(machine, USER_NUMBER="1000") == (["sudo", UPDATE, "sudo", INSTALL, "make test"], 0)


def test_without_rights_it_says_so_and_goes_on(machine: Path) -> None:
    with_apt(machine)
    assert run(machine, USER_NUMBER="1000") == ([NOTICE, "make test"], 0)
    write_program(machine / "sudo", "#!/bin/sh\nexit 1\n")
    assert run(machine, USER_NUMBER="1000") == ([NOTICE, "make test"], 0)


def test_without_apt_or_network_it_says_so_and_goes_on(machine: Path) -> None:
    assert run(machine) == ([NOTICE, "make test"], 0)
    with_apt(machine, exits=100)
    assert run(machine) == ([UPDATE, NOTICE, "make test"], 0)


def test_the_verdict_is_that_of_make(machine: Path) -> None:
    assert run(machine, MAKE_EXITS="2")[1] == 2
