"""How long stamp and gate take for a site of 1,000 code blocks: `python -m benchmarks.gate`."""

import tempfile
import time
from html import escape
from pathlib import Path

from doccheck.bundle import Bundle
from doccheck.gate import check_site
from doccheck.receipt.receipt import Receipt, Row
from doccheck.snippet import Snippet
from doccheck.stamp import stamp_site
from doccheck.stamp.bar import Report

PAGES, BLOCKS, LINES = 50, 20, 20
DEVICES = ("cpu", "sim")
ENVIRONMENT = {"python": "3", "torch": "2.13.0", "numpy": "2", "cuda": None, "system": "-", "tf32": False}


def main() -> None:
    """Make such a site, stamp it and gate it."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        snippets = [snippet for page in range(PAGES) for snippet in _page(site, page)]
        bundle = Bundle(snippets, runner="0" * 64)
        receipts = {f"{device}.json": _receipt(snippets, device, bundle.runner) for device in DEVICES}
        start = time.perf_counter()
        stamped = stamp_site(site, bundle, receipts, Report())
        middle = time.perf_counter()
        verdict = check_site(site, list(DEVICES))
        end = time.perf_counter()
    assert (stamped, verdict.blocks, verdict.problems) == (PAGES * BLOCKS, PAGES * BLOCKS, [])
    print(
        f"{stamped} blocks on {PAGES} pages: stamped in {middle - start:.2f} s, gated in {end - middle:.2f} s"
    )


def _page(site: Path, page: int) -> list[Snippet]:
    """Write a page of blocks that all differ."""
    snippets, html = [], []
    for block in range(BLOCKS):
        numbers = "\n".join(f"x{line} = {page} + {block} + {line}" for line in range(LINES))
        text = f"{numbers}\nassert x0 == {page + block}"
        snippets.append(Snippet(text, "python", f"{page}.md", 1, "markdown", f"block-{block}", f"{page}/"))
        code = f"<pre><code>{escape(text)}\n</code></pre>"
        html.append(f'<div id="block-{block}" class="language-python highlight">{code}</div>')
    (site / str(page)).mkdir()
    (site / str(page) / "index.html").write_text("\n".join(html), "utf-8")
    return snippets


def _receipt(snippets: list[Snippet], device: str, runner: str) -> Receipt:
    rows = [Row(s.key, s.where, "passed", tensors=None if device == "cpu" else 3) for s in snippets]
    return Receipt(device, "-", ENVIRONMENT, "2026-01-01", "", runner, rows)


if __name__ == "__main__":
    main()
