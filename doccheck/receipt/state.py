"""What the receipts say about a snippet now: passed, stale, CPU by nature, not run, excused or failed."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from doccheck.bundle import Bundle
from doccheck.languages import CONSOLE, PYTHON
from doccheck.pasting import pasted
from doccheck.receipt.receipt import Receipt, Row
from doccheck.run.devices import TITLES
from doccheck.snippet import Snippet

PASSED, FAILED, STALE, NOT_RUN, NATURE, EXCUSED = "passed", "failed", "stale", "not-run", "nature", "excused"


@dataclass(frozen=True)
class State:
    """What is known about a snippet on a device.

    Attributes:
        device: `cpu`, `sim` or `cuda`.
        state: `passed`, `failed`, `stale`, `not-run`, `nature` (it made nothing on the device) or `excused`.
        label: the device's name for people.
        note: the reason, where there is one.
        receipt: where it comes from.
        row: the outcome.
    """

    device: str
    state: str
    label: str
    note: str = ""
    receipt: Receipt | None = None
    row: Row | None = None


def states(snippet: Snippet, receipts: list[Receipt], bundle: Bundle) -> list[State]:
    """The states of a snippet, one for each receipt, and `not-run` for a kind of device without one."""
    found = [_state(snippet, receipt, bundle) for receipt in receipts]
    missing = [name for name in TITLES if name not in {receipt.device for receipt in receipts}]
    return found + [State(name, NOT_RUN, TITLES[name]) for name in missing]


def nature(snippet: Snippet) -> str:
    """Why a snippet made no tensor: what it computes with instead."""
    if snippet.language == CONSOLE:
        return "command line"
    tree = ast.parse(pasted(snippet.text, snippet.language) if snippet.language != PYTHON else snippet.text)
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [n.name for n in node.names]
        )
    }
    return "NumPy" if "numpy" in imported else "plain Python"


def fresh(row: Row, receipt: Receipt, bundle: Bundle) -> bool:
    """Whether all that a result depends on is as it was."""
    now = {name: module["meaning"] for name, module in bundle.modules.items()}
    data = {file: about["contents"] for file, about in bundle.data.items()}
    return (
        receipt.runner == bundle.runner
        and all(now.get(name) == hashed for name, hashed in row.modules.items())
        and all(data.get(file) == hashed for file, hashed in row.data.items())
    )


def _state(snippet: Snippet, receipt: Receipt, bundle: Bundle) -> State:
    row = receipt.by_snippet.get(snippet.key)
    if row is None:
        return State(receipt.device, NOT_RUN, receipt.label, receipt=receipt)
    state, note = _judged(row, snippet, receipt.device)
    if state != EXCUSED and not fresh(row, receipt, bundle):
        state = STALE
    return State(receipt.device, state, receipt.label, note, receipt, row)


def _judged(row: Row, snippet: Snippet, device: str) -> tuple[str, str]:
    if row.outcome == "passed" and device != "cpu" and not row.tensors:
        return NATURE, f"CPU by nature ({nature(snippet)})"
    if row.outcome == "passed":
        return PASSED, ""
    if row.outcome == "unmet":
        return NOT_RUN, row.detail
    if row.outcome == "excused":
        return (EXCUSED if snippet.options.excuse(device) else NOT_RUN), row.detail
    return FAILED, row.detail
