"""A line that says how far a run is: it moves on a terminal, and is printed in steps elsewhere."""

from __future__ import annotations

import sys
import time
from typing import TextIO


class Progress:
    """Counts steps of known number.

    Args:
        title: what is being done.
        stream: where to write; standard error by default.
    """

    def __init__(self, title: str, stream: TextIO | None = None) -> None:
        """Start the clock."""
        self.title, self.stream = title, stream or sys.stderr
        self._start = time.monotonic()
        self._tenth = -1

    def step(self, done: int, total: int, what: str) -> None:
        """Say that `done` of `total` steps are done, the last one being `what`."""
        line = f"{self.title}  {done}/{total}  {time.monotonic() - self._start:.0f} s"
        if self.stream.isatty():
            self.stream.write(f"\r\x1b[2K{line}  {what}"[:150] + ("\n" if done == total else ""))
        elif (tenth := 5 * done // total) > self._tenth:
            self._tenth = tenth
            self.stream.write(line + "\n")
        self.stream.flush()

    def tell(self, text: str) -> None:
        """Write a line of its own."""
        self.stream.write(("\r\x1b[2K" if self.stream.isatty() else "") + text + "\n")
        self.stream.flush()
