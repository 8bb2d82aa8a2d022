"""The canonical text of a code block, and its identity: the one thing that stamp and gate share."""

from __future__ import annotations

import hashlib


def canonical(text: str) -> str:
    """The text of a block as the reader sees it, without what no reader can see.

    Line ends become a newline, tabs become spaces (four columns, as the renderer does), blanks at the end
    of a line and blank lines around the block go.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def identity(text: str) -> str:
    """The sha256 of the canonical text, in hexadecimal."""
    return hashlib.sha256(canonical(text).encode()).hexdigest()
