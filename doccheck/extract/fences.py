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
_COMMENT = re.compile(r"^[ \t]*<!--.*?-->", re.M | re.S)
_PROMPT = re.compile(r"^[ \t]*>>>")
_IN_FENCE = "\0"


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


@dataclass(frozen=True)
class Fences:
    """What a text holds.

    Attributes:
        shown: the code blocks that the renderer makes of its fences, in order.
        unrendered: numbers of the lines that look like a fence and aren't part of one: they are shown as text.
        prompts: numbers of the lines outside of fences that begin with `>>>`.
    """

    shown: list[Fence]
    unrendered: list[int]
    prompts: list[int]


def find_fences(text: str) -> Fences:
    """Find the fences of a text, but for those in front matter and comments, which aren't shown."""
    text = _emptied(_FRONT_MATTER, text.removeprefix("\ufeff").expandtabs(4))
    found = sorted(_Finder.search(text), key=lambda fence: fence.line)
    lines = text.split("\n")
    for fence in found:
        lines[fence.line - 1 : fence.end] = [_IN_FENCE] * (fence.end - fence.line + 1)
    outside = _emptied(_COMMENT, "\n".join(lines)).split("\n")
    return Fences(
        shown=[fence for fence in found if outside[fence.line - 1] == _IN_FENCE],
        unrendered=[number for number, line in enumerate(outside, start=1) if FENCE_LIKE.match(line)],
        prompts=[number for number, line in enumerate(outside, start=1) if _PROMPT.match(line)],
    )


def _emptied(pattern: re.Pattern[str], text: str) -> str:
    """The text with as many empty lines in place of what matches."""
    return pattern.sub(lambda match: "\n" * match[0].count("\n"), text)


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
