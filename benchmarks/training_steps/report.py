"""The table of a run, as Markdown."""

from typing import Any

from benchmarks.training_steps.peers import HAND_WRITTEN, OURS, TORCH

LIMITS = {
    "2-16-2, batch 32": {HAND_WRITTEN: 1.5, TORCH: 1.0},
    "784-256-10, batch 128": {HAND_WRITTEN: 1.5, TORCH: 1.2},
}


def markdown(report: dict[str, Any]) -> str:
    """Write a section for each workload and number of threads, then the versions."""
    measured = report["measured"]
    lines = [f"Medians of {measured['rounds']} rounds, in each of which every peer was timed in turn.", ""]
    for one in measured["workloads"]:
        lines += _section(one)
    lines += ["## Versions", ""]
    for row in measured["workloads"][0]["rows"]:
        versions = ", ".join(f"{package} {number}" for package, number in row["versions"].items())
        lines.append(f"- {row['peer']}: {versions}")
    return "\n".join(lines) + "\n"


def _section(measured: dict[str, Any]) -> list[str]:
    threads = measured["threads"]
    lines = [
        f"## {measured['workload']}, {threads} thread{'s' * (threads > 1)}",
        "",
        "| peer | µs for a step | of NumPy by hand | of torch eager |",
        "| --- | ---: | ---: | ---: |",
    ]
    for row in measured["rows"]:
        ratios = _ratio(row["to_hand_written"]), _ratio(row["to_torch"])
        lines.append(f"| {row['peer']} | {row['microseconds']:,.0f} | {' | '.join(ratios)} |")
    limits = LIMITS[measured["workload"]]
    found = {row["peer"]: row["ours_to_it"] for row in measured["rows"]}
    verdicts = [
        f"{_ratio(found[peer])} of {peer} ({'within' if found[peer] <= limit else 'OVER'} the limit of {limit})"
        for peer, limit in limits.items()
    ]
    return [*lines, "", f"{OURS}: {', '.join(verdicts)}.", ""]


def _ratio(ratio: float) -> str:
    """Write a ratio with two decimals, or with two digits where those would be zeros."""
    return f"{ratio:,.2f}" if ratio >= 0.1 else f"{ratio:.2g}"
