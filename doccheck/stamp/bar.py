"""The quiet line under a code block: what was verified, where and when; a link, a report, a copy."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from doccheck.languages import PYTHON
from doccheck.pasting import pasted
from doccheck.receipt import state as known
from doccheck.receipt.state import State
from doccheck.snippet import Snippet

_WORDS = {
    known.PASSED: "✓ {label}",
    known.FAILED: "✗ {label}: failed",
    known.STALE: "{label}: stale, {day}",
    known.NOT_RUN: "{label}: not run here",
    known.EXCUSED: "{label}: excused",
}


@dataclass(frozen=True)
class Report:
    """Where errors are reported: the address of the repository's issues; empty where there is none."""

    repository: str = ""
    site: str = ""

    def link(self, snippet: Snippet, page: str, found: list[State]) -> str:
        """A link to a new issue that names the page, the block and what was verified."""
        seen = "; ".join(f"{s.label}: {s.state}" for s in found)
        date = next((s.receipt.date for s in found if s.receipt), "")
        body = (
            f"Page: {self.site}{page}#{snippet.name}\nSource: {snippet.where}\n"
            f"Snippet: {snippet.identity}\nReceipt: {seen} ({date})\n\nWhat is wrong:\n"
        )
        return f"{self.repository.rstrip('/')}/issues/new?" + urlencode(
            {"title": f"Error in {page or 'the home page'}#{snippet.name}", "body": body}
        )


def bar(snippet: Snippet, page: str, found: list[State], report: Report) -> str:
    """The markup of the line under a block."""
    return (
        f'<div class="dc-bar" data-snippet="{snippet.identity}" data-nosnippet>'
        f'<details class="dc-state"><summary>{_summary(found)}</summary>'
        f"<dl>{''.join(_details(snippet, found))}</dl></details>"
        f'<span class="dc-actions">{_actions(snippet, page, found, report)}</span></div>'
    )


def _summary(found: list[State]) -> str:
    """The devices in a row; blocks that make no tensor anywhere say so once."""
    shown = [s for s in found if s.state != known.NATURE]
    by_nature = [s for s in found if s.state == known.NATURE]
    words = [
        _device(s, _WORDS[s.state].format(label=s.label, day=s.receipt.day if s.receipt else ""))
        for s in shown
    ]
    if by_nature:
        at = 1 if words else 0
        words.insert(at, _device(by_nature[0], by_nature[0].note))
    newest = max((s.receipt for s in found if s.receipt), key=lambda receipt: receipt.date, default=None)
    meta = ""
    if newest:
        torch = newest.environment["torch"].split("+")[0].rpartition(".")[0]
        meta = f'<span class="dc-meta">torch {escape(torch)} · <time datetime="{newest.day}">{newest.day}</time></span>'
    return " ".join([*words, meta]).strip()


def _device(state: State, words: str) -> str:
    return f'<span class="dc-device" data-device="{state.device}" data-state="{state.state}">{escape(words)}</span>'


def _details(snippet: Snippet, found: list[State]) -> Iterator[str]:
    for state in found:
        yield f"<dt>{escape(state.label)}</dt><dd>{escape(_told(state))}</dd>"
    if snippet.options.needs:
        yield f"<dt>Needs</dt><dd>{escape(', '.join(snippet.options.needs))}</dd>"
    if snippet.options.checked_by:
        yield f"<dt>Checked by</dt><dd><code>{escape(snippet.options.checked_by)}</code></dd>"
    if snippet.options.not_mutated:
        yield f"<dt>Not mutated</dt><dd>{escape(snippet.options.not_mutated)}</dd>"
    yield f"<dt>Source</dt><dd><code>{escape(snippet.where)}</code></dd>"
    yield f"<dt>sha256</dt><dd><code>{snippet.identity[:16]}…</code></dd>"


def _told(state: State) -> str:
    """One line on a device: outcome, time, hardware, versions, date, commit."""
    receipt, row = state.receipt, state.row
    if receipt is None or row is None or state.state == known.NOT_RUN:
        return state.note or "not run here"
    words = {known.PASSED: "passed", known.NATURE: f"passed; {state.note}: no device tick"}.get(
        state.state, f"{state.state}{': ' + state.note if state.note else ''}"
    )
    environment = receipt.environment
    parts = [
        f"{words} in {row.seconds:.2f} s on {receipt.hardware}",
        f"Python {environment['python']}",
        f"torch {environment['torch']}",
        f"NumPy {environment['numpy']}",
        *([f"CUDA {environment['cuda']}, TF32 off"] if state.device == "cuda" else []),
        receipt.day,
        *([f"commit {_short(receipt.commit)}"] if receipt.commit else []),
    ]
    return " · ".join(parts)


def _short(commit: str) -> str:
    """A commit for people, who should also see that there were changes on top of it."""
    name, changes, _ = commit.partition("+")
    return name[:10] + (" with changes" if changes else "")


def _actions(snippet: Snippet, page: str, found: list[State], report: Report) -> str:
    label = escape(f"block {snippet.name}")
    parts = [f'<a class="dc-anchor" href="#{escape(snippet.name)}" aria-label="Link to {label}">link</a>']
    if report.repository:
        link = escape(report.link(snippet, page, found))
        parts.append(
            f'<a class="dc-report" href="{link}" aria-label="Report an error in {label}">report an error</a>'
        )
    exact = ""
    if snippet.language != PYTHON:
        exact = f' data-copy="{escape(pasted(snippet.text, snippet.language))}"'
    parts.append(f'<button class="dc-copy" type="button"{exact} aria-label="Copy {label}">copy</button>')
    return " ".join(parts)
