"""`python -m sitebuild build | draft`."""

import os
import subprocess
import sys
from pathlib import Path

from doccheck.errors import DoccheckError
from sitebuild.build import BuildError, build
from sitebuild.labs import LabError
from sitebuild.pages.claim_fields import ClaimError
from sitebuild.pages.settled import SettlingError

ROOT = Path(__file__).resolve().parents[1]
USAGE = "usage: python -m sitebuild build | draft"


def main(arguments: list[str]) -> int:
    """Run a command; 0 for a good result, 1 for a bad one, 2 for a wrong use."""
    if arguments == ["draft"]:
        return _draft()
    if arguments != ["build"]:
        print(USAGE, file=sys.stderr)
        return 2
    try:
        build(ROOT)
    except (BuildError, DoccheckError, LabError, ClaimError, SettlingError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"\n{' '.join(error.cmd)} failed:\n{error.stdout}{error.stderr}", file=sys.stderr)
        return 1
    return 0


def _draft() -> int:
    """Serve the pages while they are written; nothing is run, and every page says so."""
    address = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
    environment = {**os.environ, "DRAFT": "1", "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-m", "mkdocs", "serve", "--no-strict", "-a", address]
    try:
        return subprocess.run(command, cwd=ROOT, env=environment).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
