"""MkDocs hook: figures drawn by the blocks of a page are published beside it and stand inside it as SVG.

The runner collects what a block of `chapters/adam.md` draws under `build/figures/adam/`; the site has it at
`chapters/figures/adam/`.
"""

from __future__ import annotations

import html
import logging
import posixpath
import re
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from sitebuild.figures import ForeignStyleError, inline, tidy

DRAWN = Path(__file__).resolve().parent.parent.parent / "build" / "figures"

IMAGE = re.compile(r"(?P<open><p>\s*)?<img\b(?P<attributes>[^>]*)>(?(open)\s*</p>)")
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
BLOCK = re.compile(r"<div\b(?P<attributes>[^>]*\bdata-figure=[^>]*)>")

log = logging.getLogger("mkdocs.hooks.figures")
published: dict[str, Path] = {}


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish the figures of every page that shows figures of its own."""
    published.clear()
    for page in files.documentation_pages():
        stem = posixpath.splitext(posixpath.basename(page.src_uri))[0]
        if f"figures/{stem}/" not in page.content_string:
            continue
        for path in sorted((DRAWN / stem).glob("*.svg")):
            address = posixpath.join(posixpath.dirname(page.src_uri), "figures", stem, path.name)
            published[address] = path
            try:
                picture = tidy(path.read_text("utf-8"), path.stem)
            except ForeignStyleError as error:
                raise PluginError(f"{path.relative_to(DRAWN.parent)}: {error}") from error
            files.append(File.generated(config, address, content=picture))
    return files


def on_page_content(content: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Warn of figures that a block of this page should have drawn."""
    folder = DRAWN / Path(page.file.src_uri).stem
    for block in BLOCK.finditer(content):
        attributes = dict(ATTRIBUTE.findall(block["attributes"]))
        for name in attributes["data-figure"].split():
            if not (folder / name).is_file():
                log.warning(
                    "%s: the figure %s is missing; the block #%s draws it: run the page's blocks first (`make site`)",
                    page.file.src_uri,
                    name,
                    attributes.get("id", "?"),
                )


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Put the figures of this page into it."""
    count = 0

    def picture(match: re.Match[str]) -> str:
        nonlocal count
        attributes = {name: html.unescape(value) for name, value in ATTRIBUTE.findall(match["attributes"])}
        address = posixpath.normpath(posixpath.join(page.url, attributes.get("src", "")))
        if (path := published.get(address)) is None:
            return match[0]
        count += 1
        drawing = tidy(path.read_text("utf-8"), f"figure-{count}")
        return inline(drawing, attributes.get("alt", ""), attributes.get("title", ""))

    return IMAGE.sub(picture, output)
