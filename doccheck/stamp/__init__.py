"""Step 4: write what was verified into the built pages. Works on the output of any site builder."""

from __future__ import annotations

import json
import shutil
from html import escape
from pathlib import Path

from doccheck.bundle import Bundle
from doccheck.canonical import identity
from doccheck.meaning import contents
from doccheck.receipt.receipt import Receipt
from doccheck.receipt.state import states
from doccheck.snippet import Snippet
from doccheck.stamp.bar import Report, bar
from doccheck.stamp.frames import find_frames

EVIDENCE = Path("verification")
"""Where the site keeps what its stamps rest on: the bundle and the receipts, for the reader and for the gate."""


def stamp_site(site: Path, bundle: Bundle, receipts: dict[str, Receipt], report: Report) -> int:
    """Stamp every page of a built site and lay the evidence beside it.

    Args:
        site: folder of the built site.
        bundle: the snippets.
        receipts: the receipts by file name.
        report: where errors are reported.

    Returns:
        The number of blocks that were stamped.
    """
    anywhere = {s.identity: s for s in bundle.snippets if s.kind == "docstring"}
    stamped = 0
    for path in sorted(site.rglob("*.html")):
        page = path.relative_to(site).as_posix().removesuffix("index.html")
        here = anywhere | {s.identity: s for s in bundle.snippets if s.page == page and s.kind != "docstring"}
        html = path.read_text("utf-8")
        html, count = stamp_page(html, page, here, bundle, list(receipts.values()), report)
        if count:
            path.write_text(html, "utf-8")
        stamped += count
    lay_evidence(site, bundle, receipts)
    seal_pages(site)
    return stamped


def stamp_page(
    html: str,
    page: str,
    snippets: dict[str, Snippet],
    bundle: Bundle,
    receipts: list[Receipt],
    report: Report,
) -> tuple[str, int]:
    """Stamp one page.

    Args:
        html: the built page.
        page: its address within the site.
        snippets: the snippets that it may show, by identity.
        bundle: all snippets and what they depend on.
        receipts: what was run.
        report: where errors are reported.

    Returns:
        The page with its stamps, and their number.
    """
    changes: list[tuple[int, str]] = []
    count = 0
    for frame in find_frames(html):
        snippet = snippets.get(identity(frame.text))
        if snippet is None:
            continue
        count += 1
        changes.append((frame.ending, bar(snippet, page, states(snippet, receipts, bundle), report)))
        if not frame.name:
            changes.append((frame.opening, f' id="{escape(snippet.name)}"'))
    for place, text in sorted(changes, reverse=True):
        html = html[:place] + text + html[place:]
    return html, count


def seal_pages(site: Path) -> None:
    """Note the sha256 of every page: a page that is changed afterwards can be told from the one that was stamped."""
    pages = sorted(site.rglob("*.html"))
    seals = {path.relative_to(site).as_posix(): contents(path) for path in pages}
    (site / EVIDENCE / "pages.json").write_text(json.dumps(seals, indent=1) + "\n", "utf-8")


def lay_evidence(site: Path, bundle: Bundle, receipts: dict[str, Receipt]) -> None:
    """Publish the bundle and the receipts with the site."""
    folder = site / EVIDENCE / "receipts"
    shutil.rmtree(folder, ignore_errors=True)
    for name, receipt in receipts.items():
        receipt.write(folder / name)
    bundle.write(site / EVIDENCE / "bundle.json")
    schema = json.loads((Path(__file__).parents[1] / "receipt" / "schema.json").read_text("utf-8"))
    (site / EVIDENCE / "receipt.schema.json").write_text(json.dumps(schema, indent=1) + "\n", "utf-8")
