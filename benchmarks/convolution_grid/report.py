"""The tables of a run, as Markdown."""

from statistics import geometric_mean
from typing import Any

from benchmarks.convolution_grid.steps import OURS, TORCH
from benchmarks.tables import threads_in_words, verdict, versions_section

MEAN_LIMIT, POINT_LIMIT = 3.0, 5.0


def markdown(report: dict[str, Any]) -> str:
    """Write a section for each number of threads, then the versions."""
    measured = report["measured"]
    lines = [
        f"Batches of {measured['batch']} images in float32. Medians of {measured['rounds']} rounds, in each of which "
        "both were timed in turn. The ratio is the median of the rounds' ratios.",
        "",
    ]
    for grid in measured["grids"]:
        lines += _section(grid)
    lines += versions_section(measured["versions"])
    return "\n".join(lines) + "\n"


def _section(grid: dict[str, Any]) -> list[str]:
    rows = grid["rows"]
    lines = [
        f"## {threads_in_words(grid['threads'])}",
        "",
        f"| channels | pixels | ms, {OURS} | ms, {TORCH} | ratio | limit {POINT_LIMIT} |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for row in rows:
        into, out, pixels = row["point"]
        times = " | ".join(f"{row['milliseconds'][peer]:,.2f}" for peer in (OURS, TORCH))
        kept = verdict(row["ratio"], POINT_LIMIT)
        lines.append(f"| {into} → {out} | {pixels}×{pixels} | {times} | {row['ratio']:.2f} | {kept} |")
    ratios = [row["ratio"] for row in rows]
    mean, worst = geometric_mean(ratios), max(ratios)
    return [
        *lines,
        "",
        f"Geometric mean {mean:.2f} ({verdict(mean, MEAN_LIMIT)} the limit of {MEAN_LIMIT}), worst point {worst:.2f} "
        f"({verdict(worst, POINT_LIMIT)} the limit of {POINT_LIMIT}).",
        "",
    ]
