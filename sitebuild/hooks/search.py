"""MkDocs hook: what the search finds first, and how formulas look in its results."""

from __future__ import annotations

import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

BOOST = {"chapters/": 3, "reference/": 2}
DELIMITER = re.compile(r"\\\\[()\[\]]")


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Put explanations and definitions before lists that only mention the word."""
    for folder, boost in BOOST.items():
        if page.file.src_uri.startswith(folder):
            page.meta.setdefault("search", {"boost": boost})


def on_post_build(config: MkDocsConfig) -> None:
    """Show formulas in the results as TeX, without its delimiters."""
    index = Path(config.site_dir) / "search" / "search_index.json"
    index.write_text(DELIMITER.sub("", index.read_text("utf-8")), "utf-8")
