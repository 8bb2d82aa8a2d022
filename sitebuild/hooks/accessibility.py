"""MkDocs hook: what the theme's own markup lacks for readers who can't see it."""

from __future__ import annotations

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

SEARCH = 'data-md-component="search" role="dialog"'
SECTION = re.compile(
    r'(<nav class="md-nav" data-md-level="\d+" )aria-labelledby="[^"]+"([^>]*>\s*'
    r'<label class="md-nav__title"[^>]*>\s*<span[^>]*></span>\s*([^<]*?)\s*</label>)'
)


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Name the search dialog and the sections of the navigation of a page."""
    return with_named_sections(with_named_dialog(output))


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Name the same of the page for wrong addresses."""
    return with_named_sections(with_named_dialog(output))


def with_named_dialog(output: str) -> str:
    """Return `output` with a name for the search dialog."""
    return output.replace(SEARCH, f'{SEARCH} aria-label="Search"')


def with_named_sections(output: str) -> str:
    """Return `output` with the title of each section as its name: of sections with a page, the theme names an icon."""
    return SECTION.sub(r'\1aria-label="\3"\2', output)
