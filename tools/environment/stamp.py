"""What has been set up so far, kept in one file inside the virtual environment."""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path


def fingerprint(*texts: str) -> str:
    """Hash texts into one key; the same texts in the same order give the same key."""
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


class Stamp:
    """The finished parts and their keys, and the part in the making, which survives a power cut."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.finished: dict[str, str] = {}
        self.in_progress: str | None = None
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            self.finished, self.in_progress = dict(content["finished"]), content["in_progress"]
        except (OSError, ValueError, KeyError, TypeError):
            self.finished, self.in_progress = {}, None

    def begin(self, name: str) -> None:
        """Note that a part is being made: until `finish`, it doesn't count as done."""
        self.finished.pop(name, None)
        self.in_progress = name
        self._write()

    def finish(self, name: str, key: str) -> None:
        """Note that a part is complete, for the state of the world that `key` stands for."""
        self.finished[name] = key
        self.in_progress = None
        self._write()

    def give_up(self) -> None:
        """Note that the part in the making failed cleanly: nothing of it was left half installed."""
        self.in_progress = None
        self._write()

    def forget(self, names: Iterable[str]) -> None:
        """Take parts as not done, because something they stand on was made anew."""
        for name in names:
            self.finished.pop(name, None)

    def _write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_suffix(".new")
        beside.write_text(
            json.dumps({"finished": self.finished, "in_progress": self.in_progress}, indent=1),
            encoding="utf-8",
        )
        os.replace(beside, self.path)
