"""What a built page shows: its code blocks, its stamps, its source listings."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_UNREAD = frozenset({"script", "style", "template"})
_PROMPT = re.compile(r"(?<!>)>>>(?!>)")
_SESSION = re.compile(r"\s*>>>\s*\S")


@dataclass
class Block:
    """A `<pre>` of a page.

    Attributes:
        text: what stands in it.
        line: where, in the page's source.
        language: the label that it was rendered with.
        role: `snippet`, `output`, `source`, `signature` or `numbers`.
        file: for a source listing, the file that it names.
        stamp: identity that the stamp under it names; empty without one.
        ticks: devices that the stamp says it passed on.
        excused: devices that the stamp says it needn't run on.
        copied: text that the copy button carries; None if it copies the block as it stands.
    """

    text: str
    line: int
    language: str = ""
    role: str = "snippet"
    file: str = ""
    stamp: str = ""
    ticks: list[str] = field(default_factory=list)
    excused: list[str] = field(default_factory=list)
    copied: str | None = None


@dataclass
class Page:
    """The blocks of a page, the lines at which `>>>` stands outside of them, and how often each name is given."""

    blocks: list[Block] = field(default_factory=list)
    stray_prompts: list[int] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)


def read_page(html: str) -> Page:
    """Read a built page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page


class _Reader(HTMLParser):
    """Follows the open elements; a stamp belongs to the last block of the frame that it stands in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[tuple[str, frozenset[str]]] = []
        self._block: Block | None = None
        self._framed: list[tuple[int, Block]] = []
        self._summary = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        classes = frozenset(values.get("class", "").split())
        if values.get("id"):
            self.page.names[values["id"]] += 1
        if tag == "br":
            self.handle_data("\n")
        if tag in _VOID:
            return
        if tag == "summary":
            self._summary = ""
        if tag == "pre" and self._block is None:
            self._begin(classes)
        elif tag == "blockquote" and sum(name == "blockquote" for name, _ in self._open) == 2:
            self.page.stray_prompts.append(self.getpos()[0])
        self._read_stamp(classes, values)
        self._open.append((tag, classes))

    def _begin(self, classes: frozenset[str]) -> None:
        around = frozenset().union(classes, *(names for _, names in self._open))
        language = next((name[9:] for name in sorted(around) if name.startswith("language-")), "")
        self._block = Block("", self.getpos()[0], language, _role(around))
        if self._block.role == "source":
            self._block.file = _named_file(self._summary)

    def _read_stamp(self, classes: frozenset[str], values: dict[str, str]) -> None:
        if not self._framed:
            return
        block = self._framed[-1][1]
        if "dc-bar" in classes:
            block.stamp = values.get("data-snippet", "")
        elif "dc-device" in classes and values.get("data-state") in ("passed", "excused"):
            told = block.ticks if values["data-state"] == "passed" else block.excused
            told.append(values.get("data-device", ""))
        elif "dc-copy" in classes and "data-copy" in values:
            block.copied = values["data-copy"]

    def handle_data(self, data: str) -> None:
        tags = {tag for tag, _ in self._open}
        if self._block is not None:
            self._block.text += data
        elif not tags & _UNREAD:
            if "summary" in tags:
                self._summary += data
            if _PROMPT.search(data) and ("code" not in tags or _SESSION.match(data)):
                self.page.stray_prompts.append(self.getpos()[0])

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not any(name == tag for name, _ in self._open):
            return
        if tag == "pre" and self._block is not None:
            self._end()
        while self._open:
            name, _ = self._open.pop()
            while self._framed and self._framed[-1][0] >= len(self._open):
                self._framed.pop()
            if name == tag:
                break

    def close(self) -> None:
        """A block that nothing closes goes on to the end of the page."""
        super().close()
        if self._block is not None:
            self._end()

    def _end(self) -> None:
        assert self._block is not None
        if self._block.role == "numbers" and not re.fullmatch(r"[\d\s]*", self._block.text):
            self._block.role = "snippet"
        self.page.blocks.append(self._block)
        frame = next((at for at, (_, classes) in enumerate(self._open) if "highlight" in classes), None)
        if frame is not None:
            self._framed.append((frame, self._block))
        self._block = None


def _role(classes: frozenset[str]) -> str:
    if classes & {"linenodiv", "linenos"}:
        return "numbers"
    if "mkdocstrings-source" in classes:
        return "source"
    if "doc-signature" in classes:
        return "signature"
    return "output" if "output" in classes else "snippet"


def _named_file(summary: str) -> str:
    match = re.search(r"[\w/.-]+\.py", summary)
    return match[0] if match else ""
