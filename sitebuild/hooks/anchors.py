"""MkDocs hook: the names of code blocks are anchors, and links to them are checked like links to headings."""

from __future__ import annotations

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

BLOCK_NAME = re.compile(r'<div id="([^"]+)" class="[^"]*\bhighlight\b')


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Tell MkDocs the names of the blocks of this page."""
    if page.present_anchor_ids is not None:
        page.present_anchor_ids |= set(BLOCK_NAME.findall(content))
