"""What stands under a block."""

from __future__ import annotations

import dataclasses

from doccheck.bundle import Bundle
from doccheck.pasting import pasted
from doccheck.receipt.receipt import Receipt, Row
from doccheck.snippet import Options, Snippet
from doccheck.stamp import stamp_page
from doccheck.stamp.bar import Report
from doccheck.stamp.frames import find_frames

RUNNER = "a" * 64


def snippet(text: str, language: str = "python", **options: object) -> Snippet:
    return Snippet(text, language, "docs/page.md", 3, "markdown", "name", "page/", Options(**options))  # type: ignore[arg-type]


def receipt(device: str, outcome: str = "passed", runner: str = RUNNER, **row: object) -> Receipt:
    environment = {
        "python": "3.12",
        "torch": "2.13.0+cpu",
        "numpy": "2.4",
        "cuda": "13.0",
        "system": "x",
        "tf32": False,
    }
    hardware = "NVIDIA H200" if device == "cuda" else "a laptop"
    rows = [Row(snippet(BLOCK).key, "docs/page.md:3", outcome, **{"tensors": 5, **row})]  # type: ignore[arg-type]
    return Receipt(device, hardware, environment, "2026-11-20T10:00:00", "0123456789abcdef", runner, rows)


BLOCK = "import numpy\nassert numpy.ones(1) == 1"
FRAME = f'<div class="language-python highlight"><pre><code>{BLOCK}\n</code></pre></div>'


def stamped(*receipts: Receipt, block: Snippet | None = None, report: Report | None = None) -> str:
    block = block or snippet(BLOCK)
    bundle = Bundle([block], runner=RUNNER)
    html, count = stamp_page(
        FRAME, "page/", {block.identity: block}, bundle, list(receipts), report or Report()
    )
    assert count == 1
    return html


def test_it_stands_inside_the_frame_which_gets_its_anchor() -> None:
    html = stamped(receipt("cpu"))
    assert html.startswith('<div id="name" class="language-python highlight"><pre>')
    assert html.endswith("</span></div></div>")
    assert find_frames(html)[0].name == "name"


def test_passed_stale_and_not_run_are_told_apart() -> None:
    html = stamped(receipt("cpu"), receipt("cuda", runner="b" * 64))
    assert 'data-device="cpu" data-state="passed">✓ CPU<' in html
    assert 'data-device="cuda" data-state="stale">H200: stale, 2026-11-20<' in html
    assert 'data-device="sim" data-state="not-run">simulated accelerator: not run here<' in html
    assert "torch 2.13 · " in html and "TF32 off" in html and "commit 0123456789" in html


def test_a_block_that_made_no_tensor_has_no_device_tick() -> None:
    html = stamped(receipt("cpu", tensors=None), receipt("sim", tensors=0), receipt("cuda", tensors=0))
    assert html.count("CPU by nature (NumPy)</span>") == 1
    assert 'data-device="cuda" data-state="passed"' not in html
    assert 'data-device="sim" data-state="passed"' not in html


def test_excuses_and_needs_are_shown_with_their_reason() -> None:
    row = receipt("cuda", "excused", detail="needs 200 GB")
    assert "excused: needs 200 GB" in stamped(row, block=snippet(BLOCK, not_on={"cuda": "needs 200 GB"}))
    assert "H200: not run here" in stamped(row), "an excuse that the block doesn't declare (any more)"
    unmet = stamped(receipt("cuda", "unmet", detail="needs scikit-learn, not installed there"))
    assert "H200: not run here" in unmet and "needs scikit-learn, not installed there" in unmet
    assert "checked by" in stamped(block=snippet(BLOCK, checked_by="tests/x.py::y")).lower()


def test_a_commit_with_changes_says_so() -> None:
    dirty = dataclasses.replace(receipt("cpu"), commit="0123456789abcdef+changes")
    assert "commit 0123456789 with changes" in stamped(dirty)


def test_characters_that_look_like_line_ends_do_not_move_the_stamp() -> None:
    block = snippet(BLOCK)
    html, _ = stamp_page(
        f"<p>a\x0cb\u2028c\x85d</p>\n{FRAME}", "page/", {block.identity: block}, Bundle([block]), [], Report()
    )
    assert '\n<div id="name" class=' in html and html.endswith("</span></div></div>")


def test_an_output_that_begins_with_dots_is_not_copied() -> None:
    assert pasted(">>> for i in x:\n...     f(i)\n0\n...\n>>> 1", "pycon") == "for i in x:\n    f(i)\n1"


def test_errors_are_reported_with_page_anchor_and_receipt() -> None:
    assert "dc-report" not in stamped(receipt("cpu"))
    html = stamped(receipt("cpu"), report=Report("https://example.org/owner/name", "https://example.org/"))
    assert "https://example.org/owner/name/issues/new?title=Error+in+page%2F%23name" in html
    assert "CPU%3A+passed" in html


def test_prompts_and_outputs_are_not_copied() -> None:
    session = Snippet(">>> a = 1\n>>> a < 2\nTrue", "pycon", "p.md", 1, "markdown", "name", "page/")
    frame = '<div class="highlight"><pre>&gt;&gt;&gt; a = 1\n&gt;&gt;&gt; a &lt; 2\nTrue</pre></div>'
    html, _ = stamp_page(frame, "page/", {session.identity: session}, Bundle([session]), [], Report())
    assert 'data-copy="a = 1\na &lt; 2"' in html


def test_what_is_no_snippet_is_left_alone() -> None:
    for page in (
        f'<details class="mkdocstrings-source">{FRAME}</details>',
        FRAME.replace("highlight", "highlight output"),
        FRAME.replace("numpy", "torch"),
    ):
        block = snippet(BLOCK)
        assert stamp_page(page, "page/", {block.identity: block}, Bundle([block]), [], Report()) == (page, 0)
