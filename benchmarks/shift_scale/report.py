"""The tables of a run, as Markdown."""

from statistics import median
from typing import Any

from benchmarks.shift_scale.peers import (
    DENSRATIO,
    LARGE_ULSIF,
    LOGISTIC,
    OURS,
    OURS_ON_CUDA,
    THEIR_ULSIF,
    ULSIF,
)
from benchmarks.tables import in_seconds, met, peers_section, table, threads_in_words

LEAST_RATIO = {1000: 40.0, 5000: 150.0}
MOST_SECONDS = {LARGE_ULSIF: 5.5, LOGISTIC: 0.6}
MOST_BYTES = 1e9
LEAST_ON_CUDA = 10.0


def markdown(report: dict[str, Any]) -> str:
    """Write the limits, then a section for each number of points."""
    measured = report["measured"]
    lines = ["## Limits", "", *table(["what", "points", "found", "limit", ""], _limits(measured))]
    for part in [*measured["few"], measured["many"], measured["million"]]:
        lines += _section(part)
    lines += peers_section(measured["versions"], measured["not_run"])
    return "\n".join(lines) + "\n"


def _limits(measured: dict[str, Any]) -> list[list[str]]:
    rows = []
    for part in measured["few"]:
        ratio, least = _times_faster(part), LEAST_RATIO[part["size"]]
        if ratio is not None:
            kept = "met" if ratio >= least else "**not met**"
            what = f"`{ULSIF}`, times faster than densratio"
            rows.append([what, f"{part['size']:,}", f"{ratio:,.1f}", f"{least:.0f}", kept])
    size = f"{measured['million']['size']:,}"
    million = {(row["peer"], row["method"]): row for row in measured["million"]["rows"] if row["seconds"]}
    for method, most in MOST_SECONDS.items():
        if (OURS, method) in million:
            rows += _million_limits(million[OURS, method], size, most)
        if {(OURS, method), (OURS_ON_CUDA, method)} <= set(million):
            times = [median(million[peer, method]["seconds"]) for peer in (OURS, OURS_ON_CUDA)]
            found = times[0] / times[1]
            kept = "met" if found >= LEAST_ON_CUDA else "**not met**"
            what = f"`{method}`, times faster on CUDA"
            rows.append([what, size, f"{found:.1f}", f"{LEAST_ON_CUDA:.0f}", kept])
    return rows


def _million_limits(row: dict[str, Any], size: str, most: float) -> list[list[str]]:
    found = median(row["seconds"])
    rows = [[f"`{row['method']}`, seconds", size, f"{found:.2f}", str(most), met(found, most)]]
    if row["peak"] is not None:
        cells = [f"{row['peak'] / 1e9:.2f}", f"{MOST_BYTES / 1e9:.0f}", met(row["peak"], MOST_BYTES)]
        rows.append([f"`{row['method']}`, GB beyond the inputs", size, *cells])
    return rows


def _times_faster(part: dict[str, Any]) -> float | None:
    seconds = {(row["peer"], row["method"]): row["seconds"] for row in part["rows"]}
    theirs = seconds.get((DENSRATIO, THEIR_ULSIF))
    return median(theirs) / median(seconds[OURS, ULSIF]) if theirs else None


def _section(part: dict[str, Any]) -> list[str]:
    rows = []
    for row in part["rows"]:
        name = [row["peer"], f"`{row['method']}`"]
        if not row["seconds"]:
            rows.append([*name, row["failed"].partition(":")[0], "–", "–", "–"])
            continue
        peak = "–" if row["peak"] is None else f"{row['peak'] / 1e6:,.0f} MB"
        runs = str(len(row["seconds"]))
        rows.append([*name, in_seconds(median(row["seconds"])), runs, peak, f"{row['error']:.4f}"])
    return [
        f"## {part['size']:,} points in each sample",
        "",
        *table(["package", "method", "time", "runs", "memory", "error of the weights"], rows, words=2),
        f"{part['dimensions']} features, {threads_in_words(part['threads'])}; medians of the runs.",
        "",
    ]
