"""MkDocs hook: fill the places of pages that are generated from data."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from sitebuild.evidence import BUNDLE, read_evidence
from sitebuild.pages import verification
from sitebuild.pages.benchmarks import with_benchmarks
from sitebuild.pages.claims import PLACEHOLDER as CLAIMS
from sitebuild.pages.claims import claims_page
from sitebuild.pages.used_in import with_chapters

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = "reference/"
NOT_VERIFIED = "*This is a draft: nothing was run.*"


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Replace the placeholders of a page."""
    if verification.PLACEHOLDER in markdown:
        known = (ROOT / BUNDLE).exists() and not config.extra.get("draft")
        filled = verification.verification(read_evidence(ROOT)) if known else NOT_VERIFIED
        markdown = markdown.replace(verification.PLACEHOLDER, filled)
    if page.file.src_uri.startswith(REFERENCE):
        markdown = with_chapters(Path(config.docs_dir), page.file.src_uri, markdown)
    markdown = with_benchmarks(markdown)
    return claims_page(ROOT, markdown) if CLAIMS in markdown else markdown
