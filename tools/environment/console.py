"""Run an installer with its output in a log and its progress on the console."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from tools.environment.errors import SetupError, explain

SECONDS_BETWEEN_LINES = 20.0


class Step:
    """One step of the set-up: its name, the time it takes, and a sign of life while it runs."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.detail = ""
        self._start = time.monotonic()
        self._over = threading.Event()
        self._on_terminal = sys.stdout.isatty()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> "Step":
        if not self._on_terminal:
            print(f"set-up: {self.text} ...", flush=True)
        self._ticker.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._ticker.join()
        self._show(
            f"set-up: {self.text}: {'stopped' if kind else 'done'} after {self._seconds():.0f} s", "\n"
        )

    def _seconds(self) -> float:
        return time.monotonic() - self._start

    def _tick(self) -> None:
        while not self._over.wait(1.0 if self._on_terminal else SECONDS_BETWEEN_LINES):
            line = f"set-up: {self.text} ... {self._seconds():.0f} s  {self.detail}"
            self._show(line[: shutil.get_terminal_size().columns - 1], "" if self._on_terminal else "\n")

    def _show(self, line: str, end: str) -> None:
        print(f"\r\033[K{line}" if self._on_terminal else line, end=end, flush=True)


def run_step(
    command: Sequence[str],
    doing: str,
    log_name: str,
    root: Path,
    *,
    environment: Mapping[str, str] | None = None,
    index: str | None = None,
) -> None:
    """Run a command as one step of the set-up, with all that it prints in build/logs.

    Args:
        command: the command, its program first.
        doing: what the reader is told, e.g. "installing the Python packages".
        log_name: name of the log's file.
        root: folder of the project, in which the command runs.
        environment: its environment variables; those of `installer_environment` by default.
        index: address of the package index in use when it is not pip's own.

    Raises:
        SetupError: it can't be started, or it failed; the text is the line for the reader.
    """
    place = Path("build") / "logs" / log_name
    with Step(doing) as step:
        status, log = run_logged(command, root / place, step, root, environment or installer_environment())
        if status:
            raise SetupError(explain(log, doing, place, index=index), log)


def run_logged(
    command: Sequence[str], log_path: Path, step: Step, root: Path, environment: Mapping[str, str]
) -> tuple[int, str]:
    """Run a command, keep all that it prints in a log, and show its newest line beside the step.

    Returns:
        The exit status and everything printed.
    """
    log_path.parent.mkdir(parents=True, exist_ok=True)
    printed = []
    with log_path.open("w", encoding="utf-8") as log:
        log.write(f"$ {' '.join(command)}\n")
        try:
            process = subprocess.Popen(
                command,
                cwd=root,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as error:
            raise SetupError(
                f"`{command[0]}` cannot be started ({error.strerror}); install it again"
            ) from error
        with process:
            assert process.stdout is not None
            for line in process.stdout:
                log.write(line)
                log.flush()
                printed.append(line)
                if "warn" not in line.lower():
                    step.detail = line.strip()
    return process.returncode, "".join(printed)


def installer_environment() -> dict[str, str]:
    """Give the environment for pip and npm, without the settings that would send packages elsewhere."""
    elsewhere = {
        "PIP_USER",
        "PIP_TARGET",
        "PIP_PREFIX",
        "PIP_ROOT",
        "PIP_REQUIRE_VIRTUALENV",
        "PYTHONHOME",
        "PYTHONPATH",
    }
    kept = {name: value for name, value in os.environ.items() if name not in elsewhere}
    return {**kept, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
