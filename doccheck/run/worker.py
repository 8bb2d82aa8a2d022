"""A clean process that runs units for another one: `python -m doccheck.run.worker DEVICE [--fork]`.

It has imported torch and made the device known, and never runs an operation itself. With `--fork`, each unit runs in
a child of it: a child of a process that has computed can hang in the libraries' thread pools, a child of this one
starts in milliseconds with the imports done. It reads one JSON unit for each line and answers with one JSON line.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import select
import signal
import sys
import time
import traceback
from typing import Any, NoReturn

from doccheck.errors import DoccheckError
from doccheck.run import outcome
from doccheck.run.devices import Device
from doccheck.run.execute import Unit, execute
from doccheck.run.outcome import Outcome

_SLOW_TO_IMPORT = ("torch._dynamo", "matplotlib.pyplot", "sklearn.datasets", "sklearn.model_selection")


def main() -> None:
    """Serve units from standard input until it ends."""
    device, fork = Device(sys.argv[1]), "--fork" in sys.argv
    units = os.fdopen(os.dup(0), encoding="utf-8")
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        device.prepare()
    except DoccheckError as error:
        answers.write(json.dumps({"error": str(error)}) + "\n")
        return
    if fork:
        warm_up()
    answers.write(json.dumps({"ready": device.name}) + "\n")
    answers.flush()
    for line in units:
        unit = Unit.from_json(json.loads(line))
        answer = in_child(unit, device) if fork else answer_to(unit, device)
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def warm_up() -> None:
    """Import what snippets import and what takes long, so that the children needn't; nothing is computed."""
    for module in _SLOW_TO_IMPORT:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)


def answer_to(unit: Unit, device: Device) -> dict[str, Any]:
    """Run a unit here; its outcomes as plain data, or the error that concerns all units.

    Whatever a snippet breaks in the runner is that snippet's failure.
    """
    try:
        return {"outcomes": [result.to_json() for result in execute(unit, device)]}
    except DoccheckError as error:
        return {"error": str(error)}
    except Exception:
        return all_failed(unit, f"the runner couldn't finish it:\n{traceback.format_exc()}")


def in_child(unit: Unit, device: Device) -> dict[str, Any]:
    """Run a unit in a forked child, which is ended with all that it started, at the latest when its time is over."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _answer_and_end(unit, device, writing)
    os.close(writing)
    with contextlib.suppress(OSError):
        os.setpgid(child, child)
    try:
        text = _read(reading, time.monotonic() + unit.timeout)
    finally:
        os.killpg(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    if text is None:
        return all_failed(unit, f"it was stopped after {unit.timeout:g} s; give it more with data-timeout")
    if not text.endswith("\n"):
        code = os.waitstatus_to_exitcode(status)
        return all_failed(unit, f"its process died ({code}) before the block was at its end")
    return json.loads(text)


def _answer_and_end(unit: Unit, device: Device, writing: int) -> NoReturn:
    """What the child does. A copy that the snippet forks off comes here, too, and has no say."""
    me = os.getpid()
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        answer = json.dumps(answer_to(unit, device)) + "\n"
        if os.getpid() == me:
            with os.fdopen(writing, "w", encoding="utf-8") as pipe:
                pipe.write(answer)
    finally:
        os._exit(1)


def all_failed(unit: Unit, detail: str) -> dict[str, Any]:
    """The answer for a unit whose process didn't give one."""
    return {"outcomes": [Outcome(outcome.FAILED, detail).to_json() for _ in unit.snippets]}


def _read(pipe: int, deadline: float) -> str | None:
    """The line that comes through a pipe, or what there is of it when it is closed; None if that takes too long."""
    parts: list[bytes] = []
    with os.fdopen(pipe, "rb") as stream:
        while True:
            ready, _, _ = select.select([stream], [], [], max(0.0, deadline - time.monotonic()))
            if not ready:
                return None
            part = os.read(stream.fileno(), 1 << 16)
            parts.append(part)
            if not part or part.endswith(b"\n"):
                return b"".join(parts).decode()


if __name__ == "__main__":
    main()
