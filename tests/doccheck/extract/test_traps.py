"""Every block that the renderer shows is found, once, with its exact place."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest

from doccheck.canonical import canonical, identity
from doccheck.extract.found import Found, Origin
from doccheck.extract.markdown import from_markdown

TRAPS = Path(__file__).with_name("traps.md")
EXTENSIONS = [
    "admonition",
    "attr_list",
    "pymdownx.details",
    "pymdownx.highlight",
    "pymdownx.superfences",
    "pymdownx.tabbed",
]
CONFIG = {"pymdownx.tabbed": {"alternate_style": True}, "pymdownx.highlight": {"pygments_lang_class": True}}
NAMES = [
    "plain",
    "titled",
    "braces",
    "in-an-admonition",
    "in-a-tab",
    "in-another-tab",
    "in-a-list",
    "in-a-nested-list",
    "in-a-quotation",
    "tildes",
    "prompts",
    "a-console",
    "entities",
]


@pytest.fixture
def found() -> Found:
    return from_markdown(TRAPS.read_text("utf-8"), Origin("traps.md", "markdown", "traps/"))


def test_every_block_is_found_once(found: Found) -> None:
    assert [snippet.name for snippet in found.snippets] == NAMES
    assert found.problems == []


def test_the_blocks_are_those_that_the_renderer_shows(found: Found) -> None:
    body = TRAPS.read_text("utf-8").partition("---\n\n")[2]
    shown = _Blocks(markdown.markdown(body, extensions=EXTENSIONS, extension_configs=CONFIG)).texts
    extracted = [snippet.identity for snippet in found.snippets] + found.inert
    assert sorted(map(identity, shown)) == sorted(extracted)


def test_lines_are_exact(found: Found) -> None:
    lines = ["", *TRAPS.read_text("utf-8").split("\n")]
    for snippet in found.snippets:
        assert snippet.text.split("\n")[0] in canonical(lines[snippet.line])
        fence = next(line for line in reversed(lines[: snippet.line]) if line.strip(" >"))
        assert f"#{snippet.name} " in fence


def test_options_are_read(found: Found) -> None:
    options = next(s.options for s in found.snippets if s.name == "braces")
    assert (options.needs, options.timeout) == (("numpy", "scikit-learn"), 90.0)


class _Blocks(HTMLParser):
    """The texts of all `<pre>` of a page but line numbers."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside = self._numbers = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div":
            self._numbers = ("class", "linenodiv") in attrs
        if tag == "pre" and not self._numbers:
            self._inside = True
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "pre":
            self._inside = False

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[-1] += data
