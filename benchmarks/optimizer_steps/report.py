"""The tables of a run, as Markdown."""

from itertools import groupby
from statistics import median
from typing import Any

from benchmarks.tables import threads_in_words, verdict, versions_section

LIMITS = {"torch": 1.5, "NumPy by hand": 1.5, "torch, CUDA": 2.0}


def markdown(report: dict[str, Any]) -> str:
    """Write a section for each pair of peers and number of threads, then the versions."""
    measured = report["measured"]
    lines = [
        f"{measured['count']:,} parameters in float32. Medians of {measured['rounds']} rounds, in each of which every "
        "peer was timed in turn; torch steps with `foreach=False`. The ratio is the median of the rounds' ratios.",
        "",
    ]
    rows = sorted(measured["rows"], key=lambda row: (list(LIMITS).index(row["peer"]), row["threads"]))
    for (peer, threads), group in groupby(rows, key=lambda row: (row["peer"], row["threads"])):
        lines += _section(peer, threads, list(group))
    lines += versions_section(measured["versions"])
    return "\n".join(lines) + "\n"


def _section(peer: str, threads: int, rows: list[dict[str, Any]]) -> list[str]:
    limit = LIMITS[peer]
    lines = [
        f"## {rows[0]['ours']} beside {peer}, {threads_in_words(threads)}",
        "",
        f"| rule | ms, reference_impl | ms, {peer} | ratio | limit {limit} |",
        "| --- | ---: | ---: | ---: | --- |",
    ]
    for row in rows:
        times = f"{row['ours_milliseconds']:,.1f} | {row['peer_milliseconds']:,.1f} | {row['ratio']:.2f}"
        lines.append(f"| {row['rule']} | {times} | {verdict(row['ratio'], limit)} |")
    ratios = [row["ratio"] for row in rows]
    kept = sum(ratio <= limit for ratio in ratios)
    summary = f"{kept} of {len(rows)} rules within the limit; median {median(ratios):.2f}, largest {max(ratios):.2f}."
    return [*lines, "", summary, ""]
