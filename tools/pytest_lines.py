"""Read the counts that pytest closes with, and add up those of several runs."""

import re
from collections.abc import Iterable, Mapping

CLOSING = re.compile(r"^=* ?((?:\d+ [a-z]+(?:, )?)+) in [\d.]+s(?: \([\d:]+\))? ?=*$", re.MULTILINE)
SKIPPED = re.compile(r"^SKIPPED \[\d+\] (.+)$", re.MULTILINE)
ORDER = ("failed", "passed", "skipped", "deselected", "xfailed", "xpassed", "warnings", "errors")
PLURAL = {"warning": "warnings", "error": "errors"}


def closing_counts(output: str) -> dict[str, int]:
    """Give the counts of the last closing line in a run's output, e.g. {"passed": 12}; {} without one."""
    lines = CLOSING.findall(output)
    if not lines:
        return {}
    pairs = (item.split(" ") for item in lines[-1].split(", "))
    return {PLURAL.get(word, word): int(number) for number, word in pairs}


def skip_reasons(output: str) -> list[str]:
    """List what a run skipped, as pytest says it: the place and the reason."""
    return SKIPPED.findall(output)


def add_counts(runs: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Add up the counts of several runs."""
    total: dict[str, int] = {}
    for counts in runs:
        for word, number in counts.items():
            total[word] = total.get(word, 0) + number
    return total


def closing_line(counts: Mapping[str, int], seconds: float) -> str:
    """Write counts the way pytest does: "==== 12 passed, 1 skipped in 3.21s ====" with failures first."""
    text = ", ".join(f"{counts[word]} {word}" for word in ORDER if word in counts)
    return f" {text} in {seconds:.2f}s ".center(80, "=")
