"""The Python side of the set-up: the virtual environment, its packages, and the project itself."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.environment import requirements
from tools.environment.console import run_step
from tools.environment.errors import SetupError
from tools.environment.parts import Part
from tools.environment.stamp import Stamp, fingerprint


@dataclass
class PythonSetup:
    """Makes the Python parts of one working tree.

    Attributes:
        root: folder of the project.
        stamp: what has been set up there so far.
        torch_index: address of the index that torch comes from, or "" for pip's own.
        torch_version: "pinned", "newest", or a version.
    """

    root: Path
    stamp: Stamp
    torch_index: str = ""
    torch_version: str = "pinned"

    @property
    def folder(self) -> Path:
        """Where the virtual environment is."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """The interpreter inside the virtual environment."""
        return self.folder / "bin" / "python"

    def parts(self) -> list[Part]:
        """List the parts in order."""
        parts = [self._part("environment", self.environment_key(), self._make_environment)]
        if self.torch_index:
            key = fingerprint(self.torch_index, requirements.torch_requirement(self.root, self.torch_version))
            parts.append(self._part("torch", key, self._install_torch))
        parts.append(self._packages("packages", requirements.BASE_EXTRAS))
        key = fingerprint(requirements.installation_metadata(self.root))
        parts.append(self._part("project", key, self._install_project))
        return parts

    def pip(self, arguments: Sequence[str], doing: str, log_name: str, *, index: str | None = None) -> None:
        """Run pip in the virtual environment; a failure raises `SetupError` with its one line."""
        command = [str(self.python), "-m", "pip", "install", "--progress-bar", "off", *arguments]
        try:
            run_step(command, doing, log_name, self.root, index=index)
        except SetupError as error:
            if "Installing collected packages" not in error.log:
                self.stamp.give_up()
            raise

    def _part(self, name: str, key: str, make: Callable[[], None]) -> Part:
        return Part(name, key, self.python.exists, make)

    def _packages(self, name: str, extras: Sequence[str]) -> Part:
        wanted = requirements.requirements(self.root, extras)
        pins = requirements.constraints(self.root, self.torch_version)
        return self._part(name, fingerprint(pins, *wanted), lambda: self._install(name, wanted, pins))

    def environment_key(self) -> str:
        """Fingerprint of what a virtual environment depends on: the interpreter and the folder."""
        return fingerprint(sys.version, sys.base_prefix, str(self.root))

    def _make_environment(self) -> None:
        version = ".".join(str(number) for number in sys.version_info[:3])
        shutil.rmtree(self.folder)
        self.stamp.forget(list(self.stamp.finished))
        self.stamp.begin("environment")
        command = [base_interpreter(), "-m", "venv", str(self.folder)]
        run_step(command, f"creating .venv with Python {version}", "venv.log", self.root)

    def _install_torch(self) -> None:
        wanted = requirements.torch_requirement(self.root, self.torch_version)
        arguments = ["--no-deps", "--force-reinstall", "--index-url", self.torch_index, wanted]
        self.pip(arguments, f"installing {wanted} from TORCH_INDEX", "pip-torch.log", index=self.torch_index)

    def _install(self, name: str, wanted: Sequence[str], pins: str) -> None:
        constraints = self.folder / "constraints.txt"
        constraints.write_text(pins, encoding="utf-8")
        newest = ["--upgrade"] if self.torch_version == "newest" else []
        arguments = [*newest, "--constraint", str(constraints), *wanted]
        self.pip(arguments, "installing the Python packages", f"pip-{name}.log")

    def _install_project(self) -> None:
        arguments = ["--no-deps", "--no-build-isolation", "--editable", "."]
        self.pip(arguments, "installing the project itself", "pip-project.log")


def base_interpreter() -> str:
    """Give the interpreter outside any virtual environment: an activated .venv can't make itself anew."""
    return str(getattr(sys, "_base_executable", sys.executable))


def adopt(setup: PythonSetup) -> None:
    """Take a virtual environment as it is when someone else made it with this Python and its pip works."""
    if setup.stamp.path.exists() or not setup.python.exists():
        return
    probe = [str(setup.python), "-c", "import pip, sys; print(sys.version)"]
    answer = subprocess.run(probe, capture_output=True, text=True, check=False)
    if answer.returncode == 0 and answer.stdout.strip() == sys.version:
        setup.stamp.finish("environment", setup.environment_key())
