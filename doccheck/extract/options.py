"""What stands in the braces of a fence, or in the header of a notebook cell, read into `Options`."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from doccheck.errors import Problem
from doccheck.run.devices import TITLES
from doccheck.snippet import DEFAULT_TIMEOUT, Options

SHOWN = frozenset({"title", "hl_lines", "linenums", "title_mode"})
"""Options of the renderer, which have nothing to do with running."""

_KNOWN = ("needs", "timeout", "figure", "reads", "claim", "checked-by", "not-on", "not-mutated")


def read_options(attributes: Mapping[str, str], file: str, line: int) -> tuple[Options, list[Problem]]:
    """Read the attributes of a block; `data-needs` and `needs` mean the same."""
    given = {name.removeprefix("data-"): value for name, value in attributes.items() if name not in SHOWN}
    problems = list(_mistakes(given, file, line))
    options = Options(
        needs=tuple(given.get("needs", "").split()),
        timeout=_seconds(given.get("timeout", "")) or DEFAULT_TIMEOUT,
        figures=tuple(given.get("figure", "").split()),
        reads=tuple(given.get("reads", "").split()),
        claim=given.get("claim", ""),
        checked_by=given.get("checked-by", ""),
        not_on=_excuses(given.get("not-on", "")),
        not_mutated=given.get("not-mutated", ""),
    )
    return options, problems


def _mistakes(given: Mapping[str, str], file: str, line: int) -> Iterator[Problem]:
    for name in sorted(set(given) - set(_KNOWN)):
        known = ", ".join(f"data-{known}" for known in _KNOWN)
        yield Problem(file, line, f"unknown option `data-{name}`", f"use one of {known}")
    if "timeout" in given and not _seconds(given["timeout"]):
        yield Problem(
            file,
            line,
            f"`data-timeout` (={given['timeout']}) must be a number of seconds above 0",
            'write for example data-timeout="120"',
        )
    excuse = given.get("not-on", "")
    if excuse and not all(device in TITLES and reason for device, reason in _excuses(excuse).items()):
        yield Problem(
            file,
            line,
            f"`data-not-on` (={excuse}) must name a device ({', '.join(TITLES)}) and the reason",
            'write for example data-not-on="cuda: needs 200 GB"',
        )


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return seconds if 0 < seconds < math.inf else None


def _excuses(text: str) -> dict[str, str]:
    """`cuda: reason; sim: reason` as a table."""
    parts = (part.partition(":") for part in text.split(";") if part.strip())
    return {device.strip(): reason.strip() for device, _, reason in parts}
