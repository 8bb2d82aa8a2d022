"""The code frames of a built page, with their places in its text; nothing is parsed and written again."""

from __future__ import annotations

from dataclasses import dataclass
from html.parser import HTMLParser

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_NOT_SNIPPETS = frozenset({"output", "mkdocstrings-source", "doc-signature", "linenodiv", "mermaid"})


@dataclass
class Frame:
    """A code block on a page.

    Attributes:
        text: the text inside its `<pre>`.
        name: the identifier of the frame; empty where it has none.
        opening: offset just behind the name of the frame's tag, where attributes can be put.
        ending: offset of the frame's closing tag.
    """

    text: str
    name: str
    opening: int
    ending: int = -1


def find_frames(html: str) -> list[Frame]:
    """The frames of the snippets of a page, in order."""
    return _Finder(html).frames


@dataclass
class _Open:
    tag: str
    classes: frozenset[str]
    frame: Frame | None


class _Finder(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.frames: list[Frame] = []
        self._open: list[_Open] = []
        self._pre: list[str] | None = None
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self.feed(html)
        self.close()

    @property
    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        values = dict(attrs)
        classes = frozenset((values.get("class") or "").split())
        frame = None
        if "highlight" in classes and not any(item.frame for item in self._open):
            frame = Frame("", values.get("id") or "", self._offset + 1 + len(tag))
        self._open.append(_Open(tag, classes, frame))
        if tag == "pre":
            self._pre = []

    def handle_data(self, data: str) -> None:
        if self._pre is not None:
            self._pre.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID or not any(item.tag == tag for item in self._open):
            return
        if tag == "pre" and self._pre is not None:
            self._finish_pre("".join(self._pre))
            self._pre = None
        while self._open:
            item = self._open.pop()
            if item.frame and item.frame.text:
                item.frame.ending = self._offset
                self.frames.append(item.frame)
            if item.tag == tag:
                break

    def _finish_pre(self, text: str) -> None:
        classes = frozenset().union(*(item.classes for item in self._open))
        frame = next((item.frame for item in self._open if item.frame), None)
        if frame and not classes & _NOT_SNIPPETS:
            frame.text = text
