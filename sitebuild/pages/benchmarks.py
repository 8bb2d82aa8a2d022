"""What benchmarks have measured, on the pages that say so."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.results import RESULTS, report_of

PLACEHOLDER = re.compile(r"<!-- generated: benchmark ([a-z-]+) -->")
NOT_MEASURED = "*Not measured yet: `make bench` measures it.*"


def with_benchmarks(markdown: str, results: Path = RESULTS) -> str:
    """Put the tables of the last run in the placeholders' places."""
    return PLACEHOLDER.sub(lambda found: report_of(found[1], results) or NOT_MEASURED, markdown)
