"""Precisions, libraries, and the record of how closely each public name agrees with its oracle."""

import json
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from agreement import Comparison
from libraries import OURS

COMMITTED = Path(__file__).parents[2] / "receipts" / "measured" / "agreement.json"
Functions = dict[str, dict[str, Any]]
RECORD = pytest.StashKey[Functions]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that writes what was measured."""
    parser.addoption(
        "--write-agreement",
        metavar="PATH",
        help="write the agreement measured with the oracles; names that this run doesn't measure stay as they are",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start an empty record."""
    config.stash[RECORD] = {}


@pytest.fixture(params=["float64", "float32"])
def precision(request: pytest.FixtureRequest) -> str:
    """Name a dtype."""
    return request.param


@pytest.fixture(params=OURS, ids=repr)
def library(request: pytest.FixtureRequest) -> Any:
    """Give reference_impl on one array library and device after another."""
    return request.param


@pytest.fixture
def agreement(request: pytest.FixtureRequest) -> Callable[[str, str, str], Comparison]:
    """Give a comparison of a public name with its oracle in one precision; what it measures is kept."""
    writing = request.config.getoption("--write-agreement", default=None)
    committed = json.loads(COMMITTED.read_text()) if COMMITTED.exists() and not writing else {}

    def start(name: str, oracle: str, precision: str) -> Comparison:
        entry = request.config.stash[RECORD].setdefault(name, {"oracle": oracle})
        measured = entry.setdefault(
            precision, {"configurations": 0}
        )  # by several tests, where a name has several
        return Comparison(precision, committed.get(name, {}).get(precision), measured)

    return start


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Hand the record of a worker on, or write it."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["agreement"] = config.stash[RECORD]
    elif path := config.getoption("--write-agreement", default=None):
        if exitstatus != pytest.ExitCode.OK:
            raise pytest.UsageError("agreement was not written, because tests failed")
        _write(Path(path), config.stash[RECORD])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    """Take over the record of a worker that has finished."""
    record = node.config.stash[RECORD]
    for name, entry in getattr(node, "workeroutput", {}).get("agreement", {}).items():
        record.setdefault(name, {}).update(entry)


def _write(path: Path, measured: Functions) -> None:
    made = {
        "date": datetime.now(UTC).date().isoformat(),
        "python": platform.python_version(),
        "torch": torch.__version__,
        "numpy": np.__version__,
    }
    kept = json.loads(path.read_text()) if path.exists() else {}
    every = kept | {name: entry | {"made": made} for name, entry in measured.items()}
    path.write_text(json.dumps(every, indent=1, sort_keys=True) + "\n")
