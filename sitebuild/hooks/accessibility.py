"""MkDocs hook: what the theme's own markup lacks for readers who can't see it."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

SEARCH = 'data-md-component="search" role="dialog"'


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Name the search dialog of a page."""
    return with_named_dialog(output)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    """Name the search dialog of the page for wrong addresses."""
    return with_named_dialog(output)


def with_named_dialog(output: str) -> str:
    """Return `output` with a name for the search dialog."""
    return output.replace(SEARCH, f'{SEARCH} aria-label="Search"')
