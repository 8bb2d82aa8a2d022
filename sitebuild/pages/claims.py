"""The claims page: every statement of the source notes, and the block that settled it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sitebuild.pages.claim_data import VERDICTS, ClaimData, load
from sitebuild.pages.claim_rows import Page
from sitebuild.pages.settled import Settled, SettlingError, mistakes, settled_claims, unsettled

PLACEHOLDER = "<!-- generated: claims -->"
COUNTED = {
    "holds": "hold",
    "holds-if": "hold under a condition",
    "wrong": "are wrong",
    "open": "are open questions",
}


def claims_page(root: Path, template: str) -> str:
    """Fill the placeholder of the claims page.

    Args:
        root: folder of the project.
        template: the hand-written Markdown, `docs/en/claims/index.md`.

    Returns:
        The Markdown of the page. It works without JavaScript: the filter stays hidden and everything is listed.

    Raises:
        ValueError: where the data or a block that settles a claim are wrong, with file, line and remedy.
    """
    if template.count(PLACEHOLDER) != 1:
        raise ValueError(f"docs/en/claims/index.md must contain the line {PLACEHOLDER} once")
    data, settled = load(root), settled_claims(root)
    if problems := mistakes(data, settled, root):
        raise SettlingError(problems)
    return template.replace(PLACEHOLDER, generated(data, settled))


def generated(data: ClaimData, settled: list[Settled]) -> str:
    """The generated part of the page: counts, corrections, filter, statements by topic."""
    page = Page(data, settled)
    parts = [
        _counts(data, settled),
        "## Fifteen corrections",
        CORRECTIONS,
        _corrections(page),
        "## All statements",
        _filter(data),
    ]
    for topic in data.topics:
        parts.append(f"### {topic.name}")
        rows = "\n".join(page.row(claim) for claim in data.of_topic(topic.key))
        parts.append(f'<ul class="claims-list" data-topic="{topic.key}">\n{rows}\n</ul>')
    return "\n\n".join(parts)


CORRECTIONS = (
    "The statements to check before relying on them. First what the notes say; then, once its code is on the site, "
    "what holds, with the verdicts that settle it and links to their blocks."
)


def _counts(data: ClaimData, settled: list[Settled]) -> str:
    count = Counter(block.box for block in settled)
    groups = [(verdict, words, count[verdict]) for verdict, words in COUNTED.items() if count[verdict]]
    groups.append(("unsettled", "not settled yet", len(unsettled(data, settled))))
    numbers = "".join(
        f'<div class="{group}"><dt>{words}</dt><dd>{number}</dd></div>'
        for group, words, number in groups
        if number
    )
    bar = "".join(f'<span class="{group}" style="flex-grow: {number}"></span>' for group, _, number in groups)
    return f'<dl class="dc-counts claims-counts">{numbers}</dl>\n<div class="claims-bar" aria-hidden="true">{bar}</div>'


def _corrections(page: Page) -> str:
    begun: list[str] = []
    to_come: list[str] = []
    for parts in page.data.corrections:
        item = "<li>" + "".join(page.correction(part) for part in parts) + "</li>"
        (begun if any(page.is_settled(part) for part in parts) else to_come).append(item)
    settled = _numbered(begun, start=1)
    if not to_come:
        return settled
    rest = _numbered(to_come, start=len(begun) + 1)
    summary = f"<summary>{len(to_come)} to come</summary>"
    return f'{settled}\n<details class="claims-rest">\n{summary}\n{rest}\n</details>'


def _numbered(items: list[str], start: int) -> str:
    rows = "\n".join(items)
    return f'<ol class="claims-corrections" start="{start}">\n{rows}\n</ol>'


def _filter(data: ClaimData) -> str:
    topics = {topic.key: topic.name for topic in data.topics}
    status = {"settled": "Settled", "unsettled": "Not settled yet"}
    return "\n".join(
        [
            '<form class="claims-filter" role="search" aria-label="Filter the statements" hidden>',
            '<label class="claims-search">Search<input type="search" name="words" autocomplete="off"></label>',
            _choice("Verdict", "verdict", VERDICTS),
            _choice("Topic", "topic", topics),
            _choice("Status", "status", status),
            '<button type="reset">Clear</button>',
            '<p class="claims-shown" role="status"></p>',
            "</form>",
        ]
    )


def _choice(label: str, name: str, options: dict[str, str]) -> str:
    values = "".join(f'<option value="{value}">{words}</option>' for value, words in options.items())
    return f'<label>{label}<select name="{name}"><option value="">All</option>{values}</select></label>'
