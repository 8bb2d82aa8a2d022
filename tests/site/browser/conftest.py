"""The built site in Chromium: each script here is run by Node and prints JSON.

`SITE_DIR` names the built site (default: `site`), `CHROMIUM` and `NODE` the programs. Where Chromium is missing,
these tests don't run, and the summary says so; when `CI=true` that is an error.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "Chromium is missing, so no page was opened in a browser: install it, or name it in the variable CHROMIUM"
)


def chromium() -> str | None:
    """Return the path of Chromium, if there is one."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests of this folder where Chromium is missing, except in CI."""
    if chromium() is None and os.environ.get("CI") != "true":
        for item in items:
            if HERE in item.path.parents:
                item.add_marker(pytest.mark.skip(reason=MISSING))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say aloud that the browser checks didn't run."""
    if chromium() is None:
        terminalreporter.section("BROWSER CHECKS NOT RUN", red=True, bold=True)
        terminalreporter.line(MISSING)


@pytest.fixture(scope="session")
def site() -> Path:
    """The folder of the built site."""
    folder = Path(os.environ.get("SITE_DIR", ROOT / "site")).resolve()
    if not (folder / "index.html").is_file():
        pytest.fail(
            f"{folder} holds no built site; run `make site` first, or name one in the variable SITE_DIR"
        )
    return folder


@pytest.fixture(scope="session")
def browse(site: Path) -> Callable[..., Any]:
    """Run a script of this folder with arguments and return what it prints."""
    program, node = chromium(), os.environ.get("NODE") or shutil.which("node")
    if program is None:
        pytest.fail(MISSING)
    if node is None or not (ROOT / "node_modules" / "playwright-core").is_dir():
        pytest.fail("Node or its packages are missing; run `make test`, which installs them, or `npm ci`")
    environment = {**os.environ, "SITE_DIR": str(site), "CHROMIUM": program}

    def run(script: str, *arguments: str) -> Any:
        command = [node, str(HERE / script), *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, f"{script} failed:\n{done.stderr}"
        return json.loads(done.stdout)

    return run
