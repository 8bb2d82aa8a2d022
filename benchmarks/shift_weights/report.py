"""The tables of a run, as Markdown."""

import math
from statistics import median
from typing import Any

from benchmarks.shift.statistics import median_with_error, paired_ratio, with_error
from benchmarks.shift_weights import many_seeds
from benchmarks.shift_weights.peers import DEFAULT, OURS, TIMED_AGAINST
from benchmarks.shift_weights.risk import ROBUST
from benchmarks.tables import in_seconds, met, peers_section, table

MOST_ERROR = {
    ("mean", 1): 0.0014,
    ("mean", 5): 0.028,
    ("mean", 20): 0.120,
    ("scale", 1): 0.0033,
    ("scale", 5): 0.020,
    ("scale", 20): 0.090,
    ("bimodal", 1): 0.020,
    ("bimodal", 5): 0.075,
    ("bimodal", 20): 0.22,
}
MOST_OF_BEST = 1.25
MOST_RISK_ERROR = 0.060
Key = tuple[str, str]


def markdown(report: dict[str, Any]) -> str:
    """Write the default beside limits and the best package, then all methods, then the target's risk."""
    measured = report["measured"]
    cells = measured["cells"]
    lines = [
        "## The default beside the best package",
        "",
        f"`{DEFAULT}` with its settings as they come:",
        "",
        *table(
            [
                "shift",
                "features",
                "default",
                "limit",
                "",
                "best package",
                "its error",
                "ratio",
                f"≤ {MOST_OF_BEST}",
            ],
            [_default_row(cell) for cell in cells],
        ),
        f"{measured['count']:,} points in each sample, {measured['seeds']} seeds. The best package is the one with the "
        "smallest median in that row. The ratio is of medians over the seeds that both ran.",
        "",
        *many_seeds.section(measured["many_seeds"]),
        "## All methods",
        "",
    ]
    for shift in dict.fromkeys(cell["shift"] for cell in cells):
        lines += _errors_section(shift, [cell for cell in cells if cell["shift"] == shift])
    lines += [
        *_times_section(cells),
        *_risk_section(measured),
        *peers_section(measured["versions"], measured["not_run"]),
    ]
    return "\n".join(lines) + "\n"


def _features(cell: dict[str, Any]) -> str:
    return f"{cell['dimensions']} feature{'s' * (cell['dimensions'] > 1)}"


def _rows_of(cell: dict[str, Any]) -> dict[Key, dict[str, Any]]:
    return {
        (peer, method): row for peer, methods in cell["methods"].items() for method, row in methods.items()
    }


def _default_row(cell: dict[str, Any]) -> list[str]:
    rows = _rows_of(cell)
    ours, limit = rows[OURS, DEFAULT]["error"], MOST_ERROR[cell["shift"], cell["dimensions"]]
    found = [cell["shift"], str(cell["dimensions"]), with_error(*median_with_error(ours)), f"{limit:g}"]
    found.append(met(median(ours), limit) + _by_how_much(median(ours), limit))
    packages = {key: row["error"] for key, row in rows.items() if key[0] != OURS and row["error"]}
    if not packages:
        return [*found, "–", "–", "–", "–"]
    best = min(packages, key=lambda key: median(packages[key]))
    ratio, error = paired_ratio(ours, packages[best])
    theirs = with_error(*median_with_error(packages[best]))
    return [*found, " ".join(best), theirs, with_error(ratio, error), met(ratio, MOST_OF_BEST)]


def _by_how_much(found: float, limit: float) -> str:
    return f" by {found / limit - 1:.1%}" if found > limit else ""


def _errors_section(shift: str, cells: list[dict[str, Any]]) -> list[str]:
    columns = [_rows_of(cell) for cell in cells]
    rows = [
        ["", "uniform weights", *(with_error(*median_with_error(cell["uniform"]["error"])) for cell in cells)]
    ]
    for key in dict.fromkeys(key for column in columns for key in column):
        rows.append([key[0], f"`{key[1]}`", *(_error(column.get(key)) for column in columns)])
    head = ["package", "method", *(_features(cell) for cell in cells)]
    return [f"### {shift.capitalize()}", "", *table(head, rows, words=2)]


def _error(row: dict[str, Any] | None) -> str:
    if row is None:
        return "not run"
    if not row["error"]:
        return row["failed"][0].partition(":")[0]
    few = f" ({len(row['error'])} seeds)" if row["failed"] else ""
    return with_error(*median_with_error(row["error"])) + few


def _times_section(cells: list[dict[str, Any]]) -> list[str]:
    """Write the median time over all rows of the tables, and the ratio to one package's with the same samples."""
    columns = [_rows_of(cell) for cell in cells]
    rows = []
    for key in dict.fromkeys(key for column in columns for key in column):
        seconds = [one for column in columns if key in column for one in column[key]["seconds"]]
        if seconds:
            ratios = [
                mine / theirs
                for column in columns
                if key in column and TIMED_AGAINST in column
                for mine, theirs in zip(
                    column[key]["seconds"], column[TIMED_AGAINST]["seconds"], strict=False
                )
            ]
            ratio = f"{median(ratios):.3g}" if ratios else "–"
            rows.append([key[0], f"`{key[1]}`", in_seconds(median(seconds)), ratio, str(len(seconds))])
    head = ["package", "method", "time", f"of {' '.join(TIMED_AGAINST)}'s", "runs"]
    return ["### Times", "", *table(head, rows, words=2), "Fit and weights, on one thread.", ""]


def _risk_section(measured: dict[str, Any]) -> list[str]:
    cells = measured["risk"]["cells"]
    rows = []
    for name in cells[0]["errors"]:
        row = [f"`{name}`" if "_" in name else name]
        for cell in cells:
            errors = cell["errors"][name]
            row.append(with_error(*median_with_error(errors)))
            row.append(met(median(errors), MOST_RISK_ERROR) if name == ROBUST else "")
        rows.append(row)
    rows += [_package_risk(key, measured["cells"]) for key in _keys_of_packages(measured["cells"])]
    head = ["estimate"]
    for cell in cells:
        head += [
            f"error, {_features(cell)}",
            f"≤ {MOST_RISK_ERROR:.3f}",
        ]
    covered = ", ".join(
        f"{cell['covered'][ROBUST]} of {measured['risk']['seeds']} with {_features(cell)}" for cell in cells
    )
    return [
        "## The risk on the target",
        "",
        *table(head, rows),
        f"The mean shifts, and the risk is 2. Median absolute errors of {measured['risk']['seeds']} seeds for our "
        f"estimates, and of those above for the weights of packages. Intervals of `{ROBUST}` at 95 % held the risk in "
        f"{covered}.",
        "",
    ]


def _keys_of_packages(cells: list[dict[str, Any]]) -> list[Key]:
    """Name the three packages' methods with the smallest error of the risk, in the cells that the table has."""
    (first, *others) = (_rows_of(cell) for cell in _shown(cells))
    score = {
        key: math.prod(median(column[key]["risk"]) for column in (first, *others))
        for key in first
        if key[0] != OURS and all(column.get(key, {}).get("risk") for column in (first, *others))
    }
    return sorted(score, key=lambda key: score[key])[:3]


def _package_risk(key: Key, cells: list[dict[str, Any]]) -> list[str]:
    row = [f"weights of {key[0]}, {key[1]}"]
    for cell in _shown(cells):
        row += [with_error(*median_with_error(_rows_of(cell)[key]["risk"])), ""]
    return row


def _shown(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [cell for cell in cells if cell["shift"] == "mean" and cell["dimensions"] in (1, 5)]
