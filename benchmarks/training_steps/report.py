"""The tables of a run, as Markdown."""

from collections.abc import Iterator
from typing import Any

from benchmarks.tables import threads_in_words, verdict, versions_section
from benchmarks.training_steps.peers import (
    HAND_WRITTEN,
    HIPS,
    OURS,
    OURS_ON_CUDA,
    PEERS,
    TORCH,
    TORCH_ON_CUDA,
)

LIMITS = {
    "2-16-2, batch 32": {TORCH: 0.5, HIPS: 0.2},
    "784-256-10, batch 128": {TORCH: 0.9, HAND_WRITTEN: 1.25},
    "784-1024-10, batch 256": {TORCH: 1.2, HAND_WRITTEN: 1.25},
    "LeNet on 28×28, batch 64": {TORCH: 2.0},
    "transformer block, batch 16": {TORCH: 2.0},
}
CUDA_LIMIT = 2.0


def markdown(report: dict[str, Any]) -> str:
    """Write the limits, a section for each workload and number of threads, then the versions."""
    measured = report["measured"]
    lines = [
        f"Medians of {measured['rounds']} rounds, in each of which every peer was timed in turn. A ratio is the median "
        "of the rounds' ratios.",
        "",
        "## Limits",
        "",
        "| network | threads | what | divided by | ratio | limit |",
        "| --- | ---: | --- | --- | ---: | --- |",
    ]
    for one in measured["workloads"]:
        for ours, peer, found, limit in _ratios(one):
            kept = f"{limit}, {verdict(found, limit)}"
            lines.append(
                f"| {one['workload']} | {one['threads']} | {ours} | {peer} | {_ratio(found)} | {kept} |"
            )
    lines.append("")
    for one in measured["workloads"]:
        lines += _section(one)
    versions = {row["peer"]: row["versions"] for one in measured["workloads"] for row in one["rows"]}
    lines += versions_section(versions)
    absent = [peer.name for peer in PEERS if peer.name not in versions]
    lines += ["", f"Not in this run: {', '.join(absent)}."] if absent else []
    return "\n".join(lines) + "\n"


def _ratios(measured: dict[str, Any]) -> Iterator[tuple[str, str, float, float]]:
    found = {row["peer"]: row["ours_to_it"] for row in measured["rows"]}
    for peer, limit in LIMITS[measured["workload"]].items():
        yield OURS, peer, found[peer], limit
    if measured["on_cuda"] is not None:
        yield OURS_ON_CUDA, TORCH_ON_CUDA, measured["on_cuda"], CUDA_LIMIT


def _section(measured: dict[str, Any]) -> list[str]:
    lines = [
        f"## {measured['workload']}, {threads_in_words(measured['threads'])}",
        "",
        "| peer | µs for a step | of NumPy by hand | of torch eager |",
        "| --- | ---: | ---: | ---: |",
    ]
    for row in measured["rows"]:
        ratios = _ratio(row["to_hand_written"]), _ratio(row["to_torch"])
        lines.append(f"| {row['peer']} | {row['microseconds']:,.0f} | {' | '.join(ratios)} |")
    return [*lines, ""]


def _ratio(ratio: float | None) -> str:
    """Write a ratio with two decimals, or with two digits where those would be zeros; a dash for none."""
    if ratio is None:
        return "–"
    return f"{ratio:,.2f}" if ratio >= 0.1 else f"{ratio:.2g}"
