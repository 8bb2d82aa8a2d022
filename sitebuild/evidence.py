"""What was verified, summed up for the pages that show it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from doccheck.bundle import Bundle
from doccheck.receipt.receipt import Receipt, read_receipts
from doccheck.receipt.state import State, states
from doccheck.snippet import Snippet

BUNDLE = Path("build/bundle.json")
RECEIPTS = (Path("build/receipts"), Path("receipts"))
MUTATION = Path("receipts/measured/mutation.json")


@dataclass(frozen=True)
class DeviceSummary:
    """The states of all snippets on one device.

    Attributes:
        receipt: the run.
        label: the device's name for people.
        count: number of snippets in each state (`passed`, `nature`, `stale`, `not-run`, `excused`, `failed`).
    """

    receipt: Receipt
    label: str
    count: Counter[str]


@dataclass(frozen=True)
class Evidence:
    """Snippets, receipts, and what they say now.

    Attributes:
        bundle: the snippets.
        receipts: by file name.
        devices: one summary for each receipt.
        excused: snippets that weren't run on a device, with device and reason.
        mutation: the report of the last mutation run; empty where there is none.
    """

    bundle: Bundle
    receipts: dict[str, Receipt]
    devices: list[DeviceSummary]
    excused: list[tuple[Snippet, State]] = field(default_factory=list)
    mutation: dict[str, Any] = field(default_factory=dict)


def read_evidence(root: Path) -> Evidence:
    """Read the bundle, the receipts of this build and those of accelerators, and the mutation score."""
    bundle = Bundle.read(root / BUNDLE)
    receipts = read_receipts([root / place for place in RECEIPTS if (root / place).is_dir()])
    known = {snippet.key: states(snippet, list(receipts.values()), bundle) for snippet in bundle.snippets}
    devices = [_summary(receipt, known) for receipt in receipts.values()]
    excused = [(s, state) for s in bundle.snippets for state in known[s.key] if state.state == "excused"]
    path = root / MUTATION
    mutation = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return Evidence(bundle, receipts, devices, excused, mutation)


def figures_of_home(evidence: Evidence, claims: dict[str, int]) -> dict[str, Any]:
    """The live counts of the home page."""
    return {
        "snippets": len({snippet.key for snippet in evidence.bundle.snippets}),
        "tested": len({s.key for s, state in evidence.excused if s.options.checked_by}),
        "passed": {d.receipt.device: d.count["passed"] + d.count["nature"] for d in evidence.devices},
        "devices": [
            {
                "device": d.receipt.device,
                "label": d.label,
                "hardware": d.receipt.hardware,
                "date": d.receipt.day,
            }
            for d in evidence.devices
        ],
        "claims": claims,
    }


def _summary(receipt: Receipt, known: dict[str, list[State]]) -> DeviceSummary:
    count = Counter(state.state for found in known.values() for state in found if state.receipt is receipt)
    return DeviceSummary(receipt, receipt.label, count)
