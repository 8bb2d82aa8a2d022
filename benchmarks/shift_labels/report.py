"""The tables of a run, as Markdown."""

from statistics import median
from typing import Any

from benchmarks.shift.statistics import median_with_error, paired_ratio, with_error
from benchmarks.shift_labels.draws import CLASSIFIERS
from benchmarks.shift_labels.many_classes import SOLVER, WHOLE
from benchmarks.shift_labels.peers import BEST_OF_PACKAGES, CONIC, MAXIMUM, OPTIMAL, OURS, RIDGE
from benchmarks.tables import in_seconds, met, peers_section, table, threads_in_words

MOST_ERROR = {"Dirichlet 0.1": 0.00080, "Dirichlet 1": 0.00260, "tweak-one 0.7": 0.00150}
MOST_SECONDS = {OPTIMAL: 0.003, MAXIMUM: 0.003, RIDGE: 0.0015}
ROUNDING = 1e-14
"""By how much an objective near one may differ because weights are rounded to float64."""
MOST_SECONDS_FOR_MANY, MOST_RESIDUAL, MOST_DIFFERENCE = 2.5, 1e-8, 1e-8
Key = tuple[str, str]


def markdown(report: dict[str, Any]) -> str:
    """Write the limits, then the errors of all methods for each classifier, then times."""
    measured = report["measured"]
    cells = measured["cells"]
    lines = ["## Limits", "", *_error_limits(cells), *_other_limits(measured)]
    for classifier in CLASSIFIERS:
        lines += _errors_section(classifier, [cell for cell in cells if cell["classifier"] == classifier])
    lines += [
        f"Ten classes, 1,000 points of the target. Medians over {measured['splits']} random splits of the digits, or "
        "as many as stand in brackets.",
        "",
        *_times_section(cells),
        *_many_section(measured["many_classes"]),
        *peers_section(measured["versions"], measured["not_run"]),
    ]
    return "\n".join(lines) + "\n"


def _rows_of(cell: dict[str, Any]) -> dict[Key, dict[str, Any]]:
    return {
        (peer, method): row for peer, methods in cell["methods"].items() for method, row in methods.items()
    }


def _error_limits(cells: list[dict[str, Any]]) -> list[str]:
    rows = []
    for cell in cells:
        if cell["classifier"] == CLASSIFIERS[0]:
            found, limit = _rows_of(cell), MOST_ERROR[cell["shift"]]
            ours = found[OURS, OPTIMAL]["error"]
            row = [
                cell["shift"],
                with_error(*median_with_error(ours)),
                f"{limit:.5f}",
                met(median(ours), limit),
            ]
            theirs = found.get(BEST_OF_PACKAGES, {}).get("error")
            if theirs:
                ratio = with_error(*paired_ratio(ours, theirs))
                row += [with_error(*median_with_error(theirs)), ratio]
            else:
                row += ["–", "–"]
            rows.append(row)
    package = " ".join(BEST_OF_PACKAGES)
    return table([f"{CLASSIFIERS[0]}, error of `{OPTIMAL}`", "found", "limit", "", package, "ratio"], rows)


def _other_limits(measured: dict[str, Any]) -> list[str]:
    rows = []
    for method, most in MOST_SECONDS.items():
        found = median(_seconds(measured["cells"], (OURS, method)))
        rows.append([f"`{method}`, fit and estimate", in_seconds(found), in_seconds(most), met(found, most)])
    compared = [cell["conic"] for cell in measured["cells"] if cell["conic"]]
    if compared:
        largest = {name: max(one[name] for one in compared) for name in compared[0]}
        words = f"`{RIDGE}` against {CONIC[1]}, refined to its minimum: largest difference of a weight"
        refined = largest["refined_conic"]
        rows.append([words, f"{refined:.1e}", f"{MOST_DIFFERENCE:.0e}", met(refined, MOST_DIFFERENCE)])
        rows.append(["the same, as its solver leaves it", f"{largest['conic']:.1e}", "–", "–"])
        words = f"`{RIDGE}`: its objective less that of {CONIC[1]}, at most"
        above = largest["above_conic"]
        rows.append([words, f"{above:.1e}", f"{ROUNDING:.0e}", met(above, ROUNDING)])
    many = measured["many_classes"]
    for row in many["rows"]:
        if row["method"] == SOLVER and "seconds" in row:
            seconds, most = median(row["seconds"]), MOST_SECONDS_FOR_MANY
            what = f"`{SOLVER}` with {many['classes']:,} classes and {many['count']:,} points"
            rows.append([f"{what}, seconds", f"{seconds:.2f}", str(most), met(seconds, most)])
            cells = [f"{row['residual']:.1e}", f"{MOST_RESIDUAL:.0e}", met(row["residual"], MOST_RESIDUAL)]
            rows.append([f"{what}, residual", *cells])
    return table(["what", "found", "limit", ""], rows)


def _errors_section(classifier: str, cells: list[dict[str, Any]]) -> list[str]:
    columns = [_rows_of(cell) for cell in cells]
    rows = []
    for key in dict.fromkeys(key for column in columns for key in column):
        rows.append([key[0], f"`{key[1]}`", *(_error(column[key]) for column in columns)])
    head = ["package", "method", *(cell["shift"] for cell in cells)]
    return [f"## {classifier[0].upper()}{classifier[1:]}", "", *table(head, rows, words=2)]


def _error(row: dict[str, Any]) -> str:
    if not row["error"]:
        return row["failed"][0].partition(":")[0]
    few = f"; failed {len(row['failed'])} times" if row["failed"] else ""
    return f"{with_error(*median_with_error(row['error']))}{few}"


def _seconds(cells: list[dict[str, Any]], key: Key) -> list[float]:
    return [one for cell in cells for one in _rows_of(cell).get(key, {}).get("seconds", [])]


def _times_section(cells: list[dict[str, Any]]) -> list[str]:
    theirs = _seconds(cells, BEST_OF_PACKAGES)
    rows = []
    for key in dict.fromkeys(key for cell in cells for key in _rows_of(cell)):
        if seconds := _seconds(cells, key):
            ratio = f"{median(seconds) / median(theirs):.3g}" if theirs else "–"
            rows.append([key[0], f"`{key[1]}`", in_seconds(median(seconds)), ratio, str(len(seconds))])
    head = ["package", "method", "time", f"of {' '.join(BEST_OF_PACKAGES)}'s", "runs"]
    return ["## Times", "", *table(head, rows, words=2), "Fit and estimate, on one thread.", ""]


def _many_section(many: dict[str, Any]) -> list[str]:
    rows = []
    for row in many["rows"]:
        cells = [row.get("failed", ""), "–"]
        if "seconds" in row:
            cells = [f"{median(row['seconds']):.2f} s", f"{row['residual']:.1e}"]
        rows.append([row["peer"], f"`{row['method']}`", *cells])
    return [
        f"## {many['classes']:,} classes",
        "",
        *table(["package", "method", "time", "residual"], rows, words=2),
        f"{many['count']:,} points of the target; {threads_in_words(many['threads'])}. The residual is by how much the "
        "slope of the mean log-likelihood in the share of a class exceeds one; at the maximum it is zero, and the mean "
        f"log-likelihood lies below its maximum by no more than that. `{WHOLE}` also gives "
        "the covariances of all weights.",
        "",
    ]
