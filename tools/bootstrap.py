"""Set up what the make targets need: `python3 -m tools.bootstrap`, with the standard library alone.

This file also has to run on a Python that is too old for the project, so that the reader gets a sentence and
no traceback: everything else is imported once the interpreter is known to be good enough.
"""

import os
import sys
from importlib import util


def unsuitable_interpreter(version: tuple, platform: str, missing_modules: list) -> str:
    """Say in one line why an interpreter can't set the project up; "" where it can."""
    if platform == "nt":
        return "Windows is supported through WSL: clone the repository in a WSL shell and run make there"
    if version[:2] < (3, 11):
        found = ".".join(str(number) for number in version[:3])
        return f"Python 3.11 or newer is needed, this is {found}; name one that is, e.g. PYTHON=python3.12"
    if missing_modules:
        return f"this Python lacks the module `{missing_modules[0]}`; on Debian: apt install python3-venv"
    return ""


def main(arguments: list) -> int:
    """Check the interpreter, then set up the parts asked for; returns the exit status."""
    missing = [module for module in ("venv", "ensurepip") if util.find_spec(module) is None]
    problem = unsuitable_interpreter(tuple(sys.version_info), os.name, missing)
    if problem:
        sys.stderr.write(f"error: {problem}\n")
        return 1
    from tools.environment import command

    return command.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
