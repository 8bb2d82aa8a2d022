"""MkDocs hook: formulas are rendered while the site is built; one that can't be rendered stops the build."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.pages import Page

from sitebuild.formulas import FormulaError, Renderer

RENDERER = Renderer()


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Render the formulas of one page."""
    try:
        return RENDERER.page(output, page.file.src_uri)
    except FormulaError as error:
        raise PluginError(str(error)) from error


def on_post_build(config: MkDocsConfig) -> None:
    """Stop the Node process."""
    RENDERER.close()


def on_build_error(error: Exception) -> None:
    """Stop the Node process."""
    RENDERER.close()
