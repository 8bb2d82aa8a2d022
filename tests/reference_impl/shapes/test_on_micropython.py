"""The same lines in CPython and in MicroPython, which runs the calculators in the page: the same answers."""

import os
import random
import shutil
import subprocess
from pathlib import Path

import pytest
from answers import answer
from broken_and_mended import PAIRS
from drawing import NIGHTLY
from test_clinic import message_of
from vectors import FUNCTIONS, vectors

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PACKAGE = ROOT / "node_modules" / "@micropython" / "micropython-webassembly-pyscript"
NODE = os.environ.get("NODE") or shutil.which("node")
COUNT = 100_000 if NIGHTLY else 8_000
MISSING = (
    "Node or MicroPython is missing, so nothing was computed there: `make test` installs both, or `npm ci`"
)
needs_micropython = pytest.mark.skipif(
    (NODE is None or not PACKAGE.is_dir()) and os.environ.get("CI") != "true", reason=MISSING
)


@pytest.fixture(scope="module")
def lines():
    rng = random.Random(random.randrange(2**32) if NIGHTLY else 5)
    return list(vectors(rng, COUNT, [message_of(broken) for broken, _ in PAIRS]))


@needs_micropython
@pytest.mark.filterwarnings("ignore:Using padding='same'")
def test_the_same_answers_errors_included(lines):
    command = [NODE or "node", str(HERE / "micropython.mjs")]
    done = subprocess.run(command, input="\n".join(lines), capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    there, here = done.stdout.split("\n"), [answer(line) for line in lines]
    for line, ours, theirs in zip(lines, here, there, strict=True):
        assert theirs == ours, line


def test_the_lines_call_everything_and_give_both_results_and_errors(lines):
    for function in FUNCTIONS:
        found = [answer(line) for line in lines if f"{function}(" in line or f"derive({function}," in line]
        refused = [text for text in found if text.startswith(("ValueError: ", "TypeError: "))]
        assert refused, function
        assert len(found) > len(refused) or function == "from_torch", function
