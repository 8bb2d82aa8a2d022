"""Build the site from what was run: every step, in order, with progress."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from doccheck.gate import check_site
from doccheck.stamp import stamp_site
from doccheck.stamp.bar import Report
from sitebuild.downloads import write_downloads
from sitebuild.evidence import BUNDLE, Evidence, figures_of_home, read_evidence
from sitebuild.finish import finish
from sitebuild.labs import write_labs
from sitebuild.links import check_links
from sitebuild.pages.claim_data import load as load_claims
from sitebuild.pages.settled import settled_claims
from sitebuild.wheel import FOLDER, build_wheel

SITE = Path("site")
AGREEMENT = Path("receipts/measured/agreement.json")
REQUIRED = ["cpu", "sim"]
T = TypeVar("T")


class BuildError(Exception):
    """A step failed; the text says what is wrong."""


def build(root: Path) -> None:
    """Build, stamp and check the site in `root/site`, from the bundle and the receipts in `root/build`.

    Raises:
        BuildError: a step failed. The site isn't fit to be published then.
    """
    if not (root / BUNDLE).exists():
        raise BuildError(f"{BUNDLE} is missing: run the snippets first (`make site` does both)")
    evidence = read_evidence(root)
    site = root / SITE
    _step("data of the home page", lambda: _write_counts(root, evidence))
    _step("labs", lambda: write_labs(root, evidence.bundle))
    _step("downloads", lambda: write_downloads(root, evidence.bundle))
    wheel = _step("wheel", lambda: build_wheel(root, root / "build" / FOLDER))
    _step("pages", lambda: _mkdocs(root))
    shutil.copytree(wheel.parent, site / FOLDER, dirs_exist_ok=True)
    _step("agreement and verdicts", lambda: finish(site, _measured(root)))
    report = Report(os.environ.get("REPOSITORY_URL", ""), os.environ.get("SITE_URL", ""))
    stamped = _step("stamps", lambda: stamp_site(site, evidence.bundle, evidence.receipts, report))
    _step("links", lambda: _refuse(check_links(site)))
    _step("gate", lambda: _gate(site))
    print(f"{SITE}/: {stamped} blocks stamped, gate passed")


def _step(name: str, work: Callable[[], T]) -> T:
    """Do a step and say how long it took."""
    start = time.monotonic()
    print(f"  {name} … ", end="", flush=True)
    try:
        done = work()
    except BaseException:
        print("failed")
        raise
    print(f"{time.monotonic() - start:.1f} s")
    return done


def _write_counts(root: Path, evidence: Evidence) -> None:
    claims = {"settled": len(settled_claims(root)), "total": len(load_claims(root).claims)}
    counts = figures_of_home(evidence, claims)
    (root / "build" / "verification.json").write_text(json.dumps(counts, indent=1) + "\n", "utf-8")


def _measured(root: Path) -> dict[str, Any]:
    return json.loads((root / AGREEMENT).read_text("utf-8"))


def _mkdocs(root: Path) -> None:
    """Build the pages; a warning is an error (`--strict`), and so its text is shown."""
    run = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--clean", "-d", str(SITE)],
        cwd=root,
        capture_output=True,
        text=True,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    if run.returncode:
        raise BuildError(f"mkdocs:\n{run.stdout}{run.stderr}")


def _gate(site: Path) -> None:
    _refuse(check_site(site, REQUIRED).problems)


def _refuse(problems: list[str]) -> None:
    if problems:
        raise BuildError("\n".join([*problems, f"{len(problems)} problems"]))
