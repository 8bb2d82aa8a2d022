"""What came of running a snippet on a device."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

PASSED, FAILED, EXCUSED, UNMET = "passed", "failed", "excused", "unmet"


@dataclass(frozen=True)
class Outcome:
    """The outcome of one snippet.

    Attributes:
        outcome: `passed`, `failed`, `excused` (declared, with a reason) or `unmet` (a declared need is missing).
        detail: the error, the reason, or what is missing.
        tensors: how many tensors were made or computed on the device; None on the CPU.
        seconds: how long it took.
        modules: the modules of the documented packages that were imported; None if that can't be known.
        outputs: what a notebook cell showed, in order.
        figures: the figures that the snippet wrote, by file name.
    """

    outcome: str
    detail: str = ""
    tensors: int | None = None
    seconds: float = 0.0
    modules: list[str] | None = field(default_factory=list)
    outputs: list[dict[str, str]] = field(default_factory=list)
    figures: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The outcome as plain data."""
        return asdict(self)
