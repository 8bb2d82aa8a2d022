"""The generated part of the verification page."""

from collections import Counter
from typing import Any

import pytest

from doccheck.bundle import Bundle
from doccheck.receipt.receipt import Receipt
from doccheck.receipt.state import State
from doccheck.snippet import Options, Snippet
from sitebuild.evidence import DeviceSummary, Evidence, figures_of_home
from sitebuild.pages.verification import verification

BLOCK = Snippet("assert 1 == 1", "python", "docs/en/a.md", 7, "markdown", "one", "a/")
COMMAND = Snippet(
    "$ make", "console", "docs/en/a.md", 9, "markdown", "two", "a/", Options(checked_by="tests/x.py::y")
)
MUTATION = {
    "date": "2026-11-19T00:00:00",
    "mutants": 40,
    "dead": 39,
    "excused": [{"where": "docs/en/a.md:3", "reason": "layout <only>"}],
    "blocks": [
        {"where": BLOCK.where, "snippet": BLOCK.key, "mutants": 30, "lived": ["a.md:7: 1 → 2"]},
        {"where": "docs/en/b.md:1", "snippet": "f" * 64, "mutants": 10, "lived": []},
    ],
}


def evidence(device: str = "cpu", **rest: Any) -> Evidence:
    environment = {
        "python": "3.11",
        "torch": "2.13.0+cpu",
        "numpy": "2.4",
        "cuda": None,
        "system": "x",
        "tf32": False,
    }
    receipt = Receipt(
        device, "NVIDIA H200", environment, "2026-11-20T10:00:00", "abcdef1234567", "0" * 64, []
    )
    summary = DeviceSummary(receipt, "H200" if device == "cuda" else "CPU", Counter(passed=1, excused=1))
    return Evidence(Bundle([BLOCK, COMMAND]), {f"{device}.json": receipt}, [summary], **rest)


def test_a_site_without_a_gpu_says_so() -> None:
    assert "nothing on this site was run on one" in verification(evidence())
    assert "nothing on this site was run on one" not in verification(evidence("cuda"))


def test_devices_and_counts() -> None:
    page = verification(evidence())
    assert "| CPU | NVIDIA H200 | 3.11 | 2.13.0 | 2.4 | – | 2026‑11‑20 | `abcdef1234` |" in page
    assert "2 different blocks" in page
    assert "| CPU | 1 | 0 | 0 | 0 | 1 | 0 |" in page


def test_excuses_stand_with_their_reason() -> None:
    excused = [(COMMAND, State("cpu", "excused", "CPU", "checked by tests/x.py::y"))]
    page = verification(evidence(excused=excused))
    assert "| `docs/en/a.md:9` | CPU | checked by tests/x.py::y |" in page
    assert figures_of_home(evidence(excused=excused), {"settled": 1, "total": 2})["tested"] == 1
    assert "None: every block ran" in verification(evidence())


def test_the_mutation_score_with_what_lived_and_what_is_newer() -> None:
    page = verification(evidence(mutation=MUTATION))
    assert "39 of 40" in page and "**97.5%**" in page
    assert "on 2 blocks, of which 1 stand on the site as they were then" in page
    assert "| `a.md:7: 1 → 2` | `docs/en/a.md:7` |" in page
    assert "layout &lt;only&gt;" in page
    assert "Not measured yet" in verification(evidence())


@pytest.mark.parametrize("state", ["passed", "nature"])
def test_the_home_page_counts_what_passed(state: str) -> None:
    found = evidence()
    found.devices[0].count[state] += 2
    assert figures_of_home(found, {})["passed"] == {"cpu": 3}
