"""The boxes of a Markdown page (`!!! type "title"`, `??? type "title"`): where each begins and ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADER = re.compile(r'(?P<indent> *)(?P<marker>!!!|\?\?\?\+?) (?P<kind>[\w-]+)(?: "(?P<title>.*)")?\s*')
FENCE = re.compile(r" *(`{3,}|~{3,})")
INDENT = 4


@dataclass(frozen=True)
class Box:
    """One box.

    Attributes:
        kind: its type, such as `holds`.
        title: empty where there is none.
        folded: whether the reader must open it.
        line: number of its first line, from 1.
        end: number of its last line.
    """

    kind: str
    title: str
    folded: bool
    line: int
    end: int

    def contains(self, line: int) -> bool:
        """Whether a line of the page belongs to this box."""
        return self.line <= line <= self.end


def boxes(markdown: str) -> list[Box]:
    """Find the boxes of a page, from top to bottom; what stands in a fence is no box."""
    lines = markdown.splitlines()
    return [
        Box(
            kind=header["kind"],
            title=header["title"] or "",
            folded=header["marker"] != "!!!",
            line=number,
            end=_end(lines, number, len(header["indent"]) + INDENT),
        )
        for number, line in _outside_fences(lines)
        if (header := HEADER.fullmatch(line))
    ]


def innermost(found: list[Box], line: int) -> Box | None:
    """The smallest box around a line."""
    return next((box for box in reversed(found) if box.contains(line)), None)


def _end(lines: list[str], header: int, indent: int) -> int:
    end = header
    for number, line in enumerate(lines[header:], start=header + 1):
        if not line.strip():
            continue
        if not line.startswith(" " * indent):
            break
        end = number
    return end


def _outside_fences(lines: list[str]) -> list[tuple[int, str]]:
    outside, fence = [], ""
    for number, line in enumerate(lines, start=1):
        mark = FENCE.match(line)
        if not fence:
            fence = mark[1] if mark else ""
            if not fence:
                outside.append((number, line))
        elif mark and mark[1].startswith(fence) and line.strip() == mark[1]:
            fence = ""
    return outside
