"""One environment for each peer, with exactly the versions that its file in `environments` names."""

import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

from benchmarks.environments import ROOT

PINS = Path(__file__).parent / "environments"
ENVIRONMENTS = ROOT / "build" / "bench-peers"
WITH_TORCH = ("alibi-detect", "torchdrift")
"""These see the project's torch, after their own packages; it is too large to be had once more for each."""


class NoEnvironment(RuntimeError):
    """The packages of a peer can't be installed here."""


def python_of(environment: str | None) -> str:
    """Return the Python of a peer's environment, which is made if need be; None is the project's own."""
    if environment is None:
        return sys.executable
    folder, wanted = ENVIRONMENTS / environment, (PINS / f"{environment}.txt").read_text()
    python, stamp = folder / "bin" / "python", folder / "requirements.txt"
    if not stamp.exists() or stamp.read_text() != wanted:
        print(f"setting up {folder.relative_to(ROOT)}", file=sys.stderr, flush=True)
        venv.create(folder, with_pip=True, clear=True)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        ended = subprocess.run([str(python), *install, "-r", str(PINS / f"{environment}.txt")], check=False)
        if ended.returncode:
            raise NoEnvironment(f"pip could not install it (exit code {ended.returncode})")
        if environment in WITH_TORCH:
            (own,) = folder.glob("lib/python*/site-packages")
            (own / "project.pth").write_text(sysconfig.get_path("purelib") + "\n")
        stamp.write_text(wanted)
    return str(python)
