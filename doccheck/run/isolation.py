"""Three ways to keep snippets apart, behind one call.

`fork`    each unit in a forked child of a clean process that has torch imported: fast, and the default on Linux.
`fresh`   each unit in a new interpreter: the full proof, and the default elsewhere.
`inproc`  in this process, with seeds and defaults reset: where nothing else works.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import Any

from doccheck.errors import DoccheckError
from doccheck.run.devices import Device
from doccheck.run.execute import Unit
from doccheck.run.outcome import Outcome
from doccheck.run.worker import all_failed, answer_to

KINDS = ("fork", "fresh", "inproc")


def default_isolation() -> str:
    """`fork` on Linux; macOS's libraries don't survive a fork."""
    return "fork" if sys.platform == "linux" else "fresh"


class Runner:
    """Runs units on a device; use it in a `with` statement.

    Raises:
        DoccheckError: the device isn't there, or the running itself failed.
    """

    def __init__(self, device: str, isolation: str) -> None:
        """Choose the device (`cpu`, `sim`, `cuda`) and the isolation (`fork`, `fresh`, `inproc`)."""
        self.device = Device(device)
        self.isolation = isolation
        self._worker: subprocess.Popen[str] | None = None

    def __enter__(self) -> Runner:
        if self.isolation == "inproc":
            self.device.prepare()
        elif self.isolation == "fork":
            self._worker = _start(self.device, "--fork")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._worker:
            _end(self._worker)

    def run(self, unit: Unit) -> list[Outcome]:
        """Run a unit; one outcome for each of its snippets."""
        if self.isolation == "fresh":
            answer = self._in_new_interpreter(unit)
        elif self._worker:
            answer = _ask(self._worker, unit, timeout=None)
        else:
            with _time_limit(unit.timeout):
                answer = answer_to(unit, self.device)
        if "error" in answer:
            raise DoccheckError(answer["error"])
        return [Outcome(**values) for values in answer["outcomes"]]

    def stop(self) -> None:
        """End what is running, from another thread; the call of `run` there fails."""
        if self._worker and self.isolation == "fresh":
            _kill(self._worker)
        elif self._worker:
            self._worker.terminate()

    def _in_new_interpreter(self, unit: Unit) -> dict[str, Any]:
        self._worker = _start(self.device)
        try:
            return _ask(self._worker, unit, timeout=unit.timeout)
        finally:
            _kill(self._worker)
            _end(self._worker)
            self._worker = None


@contextlib.contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Interrupt this process's own work when its time is over; only the main thread can be interrupted."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(*_: object) -> None:
        raise TimeoutError(f"it was stopped after {seconds:g} s; give it more with data-timeout")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _start(device: Device, *options: str) -> subprocess.Popen[str]:
    """Start a clean process and wait until it has imported torch."""
    quiet = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "Agg"}
    worker = subprocess.Popen(
        [sys.executable, "-m", "doccheck.run.worker", device.name, *options],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        env={**os.environ, **quiet, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert worker.stdout is not None
    line = worker.stdout.readline()
    hello = json.loads(line) if line else {"error": "the process that runs snippets didn't start"}
    if "error" in hello:
        _end(worker)
        raise DoccheckError(hello["error"])
    return worker


def _ask(worker: subprocess.Popen[str], unit: Unit, timeout: float | None) -> dict[str, Any]:
    line = json.dumps(unit.to_json()) + "\n"
    if timeout is not None:
        try:
            answers, _ = worker.communicate(line, timeout=timeout)
        except subprocess.TimeoutExpired:
            return all_failed(unit, f"it was stopped after {timeout:g} s; give it more with data-timeout")
        died = "its process died before the block was at its end"
        return json.loads(answers) if answers else all_failed(unit, died)
    assert worker.stdin is not None and worker.stdout is not None
    worker.stdin.write(line)
    worker.stdin.flush()
    answer = worker.stdout.readline()
    return json.loads(answer) if answer else {"error": "the process that runs snippets died"}


def _end(worker: subprocess.Popen[str]) -> None:
    for stream in (worker.stdin, worker.stdout):
        if stream and not stream.closed:
            stream.close()
    try:
        worker.wait(timeout=5)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()


def _kill(worker: subprocess.Popen[str]) -> None:
    """End a process and all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(worker.pid, signal.SIGKILL)
