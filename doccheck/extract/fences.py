"""Fenced code blocks of a Markdown text, found by the renderer's own parser.

A hand-written pattern misses fences that the renderer shows (braces, tabs, lists, block quotes) or finds
some that it doesn't. A subclass of pymdownx's SuperFences preprocessor sees exactly what becomes a block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import markdown
from pymdownx import superfences

FENCE_LIKE = re.compile(r"^[ \t>]*(?:`{3,}|~{3,})[^`]*$")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)


@dataclass(frozen=True)
class Fence:
    """A fenced block: its code, its label and what stands in the braces.

    Attributes:
        code: the text between the fences, without their indentation.
        language: the label in lower case; empty where there is none.
        name: the identifier (`#name`).
        attributes: everything else in the braces.
        line: number of the opening fence, from 1.
        end: number of the closing fence.
    """

    code: str
    language: str
    name: str
    attributes: dict[str, str]
    line: int
    end: int


def find_fences(text: str) -> list[Fence]:
    """All code blocks that the renderer makes of the fences in `text`, in order."""
    return sorted(_Finder.search(_visible(text)), key=lambda fence: fence.line)


def unrendered_fences(text: str, fences: list[Fence]) -> list[int]:
    """Numbers of the lines that look like a fence and aren't part of one: the renderer shows them as text."""
    inside = {line for fence in fences for line in range(fence.line, fence.end + 1)}
    lines = enumerate(_visible(text).split("\n"), start=1)
    return [number for number, line in lines if FENCE_LIKE.match(line) and number not in inside]


def _visible(text: str) -> str:
    """Replace front matter and comments, which aren't rendered, by as many empty lines."""
    for pattern in (_FRONT_MATTER, _COMMENT):
        text = pattern.sub(lambda match: "\n" * match[0].count("\n"), text)
    return text


class _Finder(superfences.SuperFencesBlockPreprocessor):
    """The renderer's preprocessor, which notes each block it is about to render."""

    found: list[Fence]

    @classmethod
    def search(cls, text: str) -> list[Fence]:
        md = markdown.Markdown(extensions=["attr_list", "pymdownx.highlight", "pymdownx.superfences"])
        extension = next(
            e for e in md.registeredExtensions if isinstance(e, superfences.SuperFencesCodeExtension)
        )
        finder = cls(md)
        finder.config = extension.getConfigs()
        finder.extension = extension
        finder.found = []
        md.lines = text.split("\n")
        finder.run(list(md.lines))
        return finder.found

    def process_nested_block(self, ws: str, content: list[str], start: int, end: int) -> None:
        options: dict[str, Any] = {**(self.attrs or {}), **(self.options or {})}
        self.found.append(
            Fence(
                code=self.rebuild_block(self.code),
                language=(self.lang or "").lower(),
                name=self.id or "",
                attributes={name: str(value) for name, value in options.items()},
                line=start + 1,
                end=end,
            )
        )
        super().process_nested_block(ws, content, start, end)
