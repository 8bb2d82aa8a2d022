"""The wheel of `reference_impl` that the site hosts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = "wheels"
_LONG_AGO = "1577836800"
"""1 January 2020: one date for all files of the wheel, so that the same sources give the same bytes."""


def build_wheel(root: Path, folder: Path) -> Path:
    """Build the wheel into a folder, which holds nothing else afterwards.

    Raises:
        subprocess.CalledProcessError: the build failed; its output says why.
    """
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder.resolve())],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": _LONG_AGO},
    )
    return next(folder.glob("*.whl"))
