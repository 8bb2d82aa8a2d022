"""The tables of a run, as Markdown."""

from statistics import median
from typing import Any

from benchmarks.shift_streams.peers import DETECTORS, OURS, RIVER
from benchmarks.tables import peers_section, table

LEAST_RATIO = {"Page–Hinkley": 10.0, "DDM": 10.0}
LEAST_RATE = {"ADWIN": 1e6}
"""Against river, and in updates a second."""


def markdown(report: dict[str, Any]) -> str:
    """Write the limits, then updates a second, then alarms."""
    measured = report["measured"]
    rates = {
        (row["detector"], row["peer"]): measured["timed"] / median(row["seconds"])
        for row in measured["times"]
    }
    lines = ["## Limits", "", *table(["detector", "what", "found", "limit", ""], _limits(rates), words=2)]
    lines += [
        "## Updates a second",
        "",
        *table(
            ["detector", "package", "updates a second", "of river's", "alarms"],
            _rates(measured, rates),
            words=2,
        ),
        f"{measured['timed']:,} zeros and ones with a rate of {measured['rates'][0]} throughout, on one thread; "
        f"medians of {measured['rounds']} rounds, in each of which every package was timed in turn. All alarms are "
        "false.",
        "",
        "## Alarms",
        "",
        *table(["detector", "package", "false alarms", "found", "median delay"], _alarms(measured), words=2),
        f"{measured['seeds']} streams of {2 * measured['half']:,} values, whose rate goes from {measured['rates'][0]} "
        f"to {measured['rates'][1]} in the middle. False alarms are those before that, in all streams together; the "
        "delay is counted to the first alarm after it.",
        "",
        *peers_section(measured["versions"], measured["not_run"]),
    ]
    return "\n".join(lines) + "\n"


def _limits(rates: dict[tuple[str, str], float]) -> list[list[str]]:
    rows = []
    for detector, least in LEAST_RATE.items():
        found = rates[detector, OURS]
        rows.append([detector, "updates a second", f"{found:,.0f}", f"{least:,.0f}", _reached(found, least)])
    for detector, least in LEAST_RATIO.items():
        if (detector, RIVER) in rates:
            found = rates[detector, OURS] / rates[detector, RIVER]
            rows.append([detector, "times river's", f"{found:.1f}", f"{least:.0f}", _reached(found, least)])
    return rows


def _reached(found: float, least: float) -> str:
    return "met" if found >= least else "**not met**"


def _rates(measured: dict[str, Any], rates: dict[tuple[str, str], float]) -> list[list[str]]:
    rows = []
    for row in measured["times"]:
        rate, river = rates[row["detector"], row["peer"]], rates.get((row["detector"], RIVER))
        ratio = "–" if river is None else f"{rate / river:.3g}"
        rows.append([row["detector"], row["peer"], f"{rate:,.0f}", ratio, str(row["alarms"])])
    return rows


def _alarms(measured: dict[str, Any]) -> list[list[str]]:
    rows = []
    for detector in DETECTORS:
        for peer, found in measured["alarms"].items():
            delays = [one["delay"] for one in found[detector] if one["delay"] is not None]
            false = sum(one["false"] for one in found[detector])
            middle = f"{median(delays):,.0f}" if delays else "–"
            rows.append([detector, peer, str(false), f"{len(delays)} of {len(found[detector])}", middle])
    return rows
