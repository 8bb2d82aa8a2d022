"""The tables of a run, as Markdown."""

from statistics import median
from typing import Any

from benchmarks.shift_tests.peers import (
    ALIBI,
    ALIBI_KOLMOGOROV,
    ALIBI_MMD,
    EXACT,
    KOLMOGOROV,
    OURS,
    RANDOM_FEATURES,
)
from benchmarks.tables import in_seconds, peers_section, table

LEAST_RATIO = {EXACT: 20.0, RANDOM_FEATURES: 500.0}
"""Times faster than alibi-detect's MMD on the largest samples that it can do."""


def markdown(report: dict[str, Any]) -> str:
    """Write the limits, then a table for each size."""
    measured = report["measured"]
    lines = [
        "## Limits",
        "",
        *table(["test", "points", "times faster than alibi-detect", "limit", ""], _limits(measured)),
    ]
    for found in measured["sizes"]:
        head = ["package", "test", "time", "of alibi-detect's", "p-values"]
        lines += [f"## {found['size']:,} points in each sample", "", *table(head, _rows(found), words=2)]
    lines += [
        f"Normal samples with {measured['dimensions']} features, one of which has another mean; "
        f"{measured['permutations']} permutations. One thread; medians over the seeds, in each of which every test was "
        "timed in turn on the same samples. As many p-values stand there as seeds were run. The ratio is to the same "
        "kind of test.",
        "",
        *peers_section(measured["versions"], measured["not_run"]),
    ]
    return "\n".join(lines) + "\n"


def _limits(measured: dict[str, Any]) -> list[list[str]]:
    done = [found for found in measured["sizes"] if _seconds(found, ALIBI_MMD)]
    rows = []
    for test, least in LEAST_RATIO.items():
        for found in done[-1:]:
            ratio = _ratio(found["methods"][ALIBI][ALIBI_MMD], found["methods"][OURS][test])
            kept = "met" if ratio >= least else "**not met**"
            rows.append([f"`{test}`", f"{found['size']:,}", f"{ratio:,.1f}", f"{least:.0f}", kept])
    return rows


def _seconds(found: dict[str, Any], method: str) -> list[float]:
    """Give the times of a test of alibi-detect; there are none where it ran out of memory."""
    return list(found["methods"].get(ALIBI, {}).get(method, {}).get("seconds", []))


def _rows(found: dict[str, Any]) -> list[list[str]]:
    rows = []
    for peer, methods in found["methods"].items():
        for method, row in methods.items():
            name = f"`{method}`"
            if not row["seconds"]:
                rows.append([peer, name, row["failed"][0], "–", "–"])
                continue
            kind = ALIBI_KOLMOGOROV if method in (KOLMOGOROV, ALIBI_KOLMOGOROV) else ALIBI_MMD
            ratio = "–"
            if _seconds(found, kind):
                ratio = f"{_ratio(row, found['methods'][ALIBI][kind]):.3g}"
            values = ", ".join(f"{value:.3g}" for value in row["p_value"])
            rows.append([peer, name, in_seconds(median(row["seconds"])), ratio, values])
    return rows


def _ratio(one: dict[str, Any], other: dict[str, Any]) -> float:
    """Give the median ratio of times over the seeds that both have."""
    return median(mine / theirs for mine, theirs in zip(one["seconds"], other["seconds"], strict=False))
