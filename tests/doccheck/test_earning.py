"""Ways in which a block could pass without having done what it shows."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from doccheck.errors import DoccheckError
from doccheck.run.bundle import Plan, run_units
from doccheck.run.execute import Unit
from doccheck.run.isolation import KINDS, Runner
from doccheck.run.outcome import Outcome
from doccheck.snippet import Options, Snippet


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with Runner("cpu", "fork") as started:
        yield started


def unit(text: str, language: str = "python", timeout: float = 10.0) -> Unit:
    return Unit([Snippet(text, language, "p.md", 1, "markdown", "n", "p/", Options(timeout=timeout))], {}, {})


def outcome(runner: Runner, text: str, language: str = "python") -> Outcome:
    return runner.run(unit(text, language))[0]


FAILS = {
    "an annotation that names nothing": ("x: missing = 3\nassert x == 3", "NameError"),
    "leaving without a word": ("import os\nos._exit(0)\nassert 1 == 2", "before the block was at its end"),
    "an assert in a thread": (
        "import threading\ndef f():\n    assert 1 == 2\nt = threading.Thread(target=f)\nt.start()\nt.join()",
        "AssertionError",
    ),
    "a coroutine that nobody awaits": ("async def f():\n    assert 1 == 2\nf()", "never awaited"),
    "an interruption": ("raise KeyboardInterrupt", "before the block was at its end"),
    "a question to the reader": ("input()", "EOFError"),
    "a figure that is no text": (
        "with open('a.svg', 'wb') as file:\n    file.write(b'\\xff')",
        "isn't text; write it as SVG",
    ),
}


@pytest.mark.parametrize("name", FAILS)
def test_it_fails(name: str, runner: Runner) -> None:
    text, words = FAILS[name]
    block = Snippet(text, "python", "p.md", 1, "markdown", "n", "p/", Options(figures=("a.svg",)))
    found = runner.run(Unit([block], {}, {}))[0]
    assert found.outcome == "failed" and words in found.detail, found.detail


def test_what_breaks_the_runner_is_the_snippets_failure(runner: Runner) -> None:
    found = outcome(runner, ">>> import sys\n>>> sys.stdout.close()\n>>> 1\n1", "pycon")
    assert found.outcome == "failed" and "I/O operation on closed file" in found.detail
    assert outcome(runner, "assert 1 == 1").outcome == "passed"


def test_a_copy_of_the_process_has_no_say(runner: Runner) -> None:
    assert outcome(runner, "import os\nos.fork()\nassert os.getpid() > 0").outcome == "passed"
    assert outcome(runner, "assert 1 == 2").outcome == "failed"


def test_it_is_the_main_module(runner: Runner) -> None:
    text = """
from __future__ import annotations
import pickle, typing
class A: ...
class B:
    a: A
assert isinstance(pickle.loads(pickle.dumps(A())), A)
assert typing.get_type_hints(B) == {"a": A}
"""
    assert outcome(runner, text).detail == ""
    session = ">>> import pickle\n>>> class A: ...\n>>> type(pickle.loads(pickle.dumps(A()))) is A\nTrue"
    assert outcome(runner, session, "pycon").detail == ""


def test_commands_share_a_shell_which_must_reach_the_end(runner: Runner) -> None:
    assert outcome(runner, "$ mkdir a; cd a; touch x\n$ ls\nx", "console").detail == ""
    assert "ended the shell with exit code 0" in outcome(runner, "$ exit 0\n$ echo 1\n1", "console").detail
    assert outcome(runner, "$ printf '\\xff'\nx", "console").outcome == "failed"


def test_what_a_snippet_started_ends_with_it(runner: Runner) -> None:
    text = "import subprocess\nchild = subprocess.Popen(['sleep', '60'])\nraise ValueError(f'<{child.pid}>')"
    pid = int(outcome(runner, text).detail.rpartition("<")[2].partition(">")[0])
    assert _gone(pid)


@pytest.mark.parametrize("kind", KINDS)
def test_time_is_limited(kind: str) -> None:
    with Runner("cpu", kind) as started:
        found = started.run(unit("while True: pass", timeout=0.5))[0]
    assert found.outcome == "failed" and "stopped after 0.5 s" in found.detail


@pytest.mark.parametrize("kind", ["fork", "fresh"])
def test_an_interrupted_run_leaves_nothing_behind(kind: str, tmp_path: Path) -> None:
    text = f"import os, time\nopen({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)"
    code = (
        "from tests.doccheck.test_earning import *\n"
        f"run_units([unit({text!r}, timeout=60.0)], Plan('cpu', {kind!r}), lambda *_: None)"
    )
    here = Path(__file__).parents[2]
    run = subprocess.Popen([sys.executable, "-c", code], cwd=here, stderr=subprocess.PIPE)
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert run.poll() is None
        time.sleep(0.1)
    run.send_signal(2)
    assert b"KeyboardInterrupt" in run.communicate(timeout=30)[1]
    assert _gone(int((tmp_path / "pid").read_text()))


def test_asserts_cannot_be_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    with pytest.raises(DoccheckError, match="drops every assert"):
        run_units([unit("assert 1 == 2")], Plan("cpu", "fork"), lambda *_: None)


def _gone(pid: int) -> bool:
    for _ in range(50):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False
