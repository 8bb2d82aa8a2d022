"""The set-up as a command: make what is missing, say what is being done, fail in one line."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.environment.errors import SetupError
from tools.environment.node_part import node_parts
from tools.environment.parts import make_missing
from tools.environment.python_parts import PythonSetup, adopt
from tools.environment.stamp import Stamp

FRONT_END = "front-end"


def main(arguments: Sequence[str]) -> int:
    """Set up the working tree that the command was started in; returns the exit status."""
    parser = argparse.ArgumentParser(prog="bootstrap", description=__doc__)
    parser.add_argument("--with", dest="extras", action="append", choices=[FRONT_END], default=[])
    parser.add_argument("--check", action="store_true", help="only check that this Python will do")
    options = parser.parse_args(arguments)
    if options.check:
        return 0
    try:
        set_up(Path.cwd(), options.extras)
    except SetupError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"error: {error.filename}: {error.strerror}; mend that and run make again", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("error: set-up was interrupted; run make again to finish it", file=sys.stderr)
        return 130
    return 0


def set_up(root: Path, extras: Sequence[str]) -> None:
    """Make every part of the set-up that doesn't hold."""
    stamp = Stamp(root / ".venv" / "setup.json")
    setup = PythonSetup(
        root, stamp, os.environ.get("TORCH_INDEX", ""), os.environ.get("TORCH_VERSION", "") or "pinned"
    )
    adopt(setup)
    parts = setup.parts()
    if stamp.in_progress not in (None, FRONT_END):
        print("set-up: the last one was broken off, so .venv is made anew", flush=True)
        stamp.forget(list(stamp.finished))
    elif not stamp.finished:
        print(
            "set-up: the first one takes a few minutes; later ones repeat only what has changed", flush=True
        )
    made = make_missing(parts, stamp)
    if FRONT_END in extras:
        made += make_missing(node_parts(setup), stamp)
    if not made:
        print("set-up: nothing to do", flush=True)
