"""The tables of a run, as Markdown."""

from collections.abc import Iterable
from typing import Any

from benchmarks.counting.networks import CASES, RESNET
from benchmarks.counting.tools import OURS, TORCH, TORCHINFO

LIMIT = 100
WRONG = "✗"


def markdown(report: dict[str, Any]) -> str:
    """Write the counts and times of ResNet-50, the single layers, the starting times, and the versions."""
    measured = report["measured"]
    tools = {row["tool"]: row for row in measured["tools"]}
    starting = [
        [one["name"], f"{one['milliseconds']:,.0f}", f"{one['above_bare']:,.0f}"]
        for one in measured["starting"]
    ]
    versions = dict(sorted(pair for row in measured["tools"] for pair in row["versions"].items()))
    parts = [
        [f"## {RESNET}"],
        _table(_resnet_head(), [_resnet_row(row, tools[TORCH]) for row in measured["tools"]], words=1),
        [
            f"{WRONG} marks what is not torch's count, with the difference. Times are medians of "
            f"{measured['rounds']} rounds on one thread, in each of which every tool was timed in turn; the model was "
            f"built and warm before. {_verdict(tools[TORCHINFO]['to_ours'])}"
        ],
        ["## Single layers"],
        _table(["layer", "torch", *_short(tools)], [_case_row(name, tools) for name in CASES]),
        [
            f"Multiply-adds for one example; the layers have no biases. {WRONG} marks what is not torch's count, with "
            "the factor. Parameters stand beside it where they are wrong as well."
        ],
        ["## From nothing to the first answer"],
        _table(["command", "ms", "above the bare interpreter"], starting),
        ["Each in a new process. The tools build the model and print the table of ResNet-50."],
        ["Versions: " + ", ".join(f"{package} {number}" for package, number in versions.items()) + "."],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts)


def _verdict(slower: float) -> str:
    kept = "the aim" if slower >= LIMIT else "MISSES the aim"
    return f"{TORCHINFO} takes {slower:.3g} times as long as {OURS} ({kept}: at least {LIMIT})."


def _resnet_head() -> list[str]:
    return ["tool", "ms for the table", "times ours", "parameters", "multiply-adds", "counts as well"]


def _resnet_row(row: dict[str, Any], torch: dict[str, Any]) -> list[str]:
    (parameters, multiply_adds), right = row["counts"][RESNET], torch["counts"][RESNET]
    return [
        row["tool"],
        f"{row['milliseconds']:,.1f}",
        f"{row['to_ours']:.0f}",
        _marked(parameters, right[0]),
        _marked(multiply_adds, right[1]),
        ", ".join(row["beside"]) or "–",
    ]


def _short(tools: dict[str, Any]) -> list[str]:
    """The tools whose counts are no others' already."""
    return [name for name in tools if name != TORCH and "," not in name]


def _case_row(name: str, tools: dict[str, Any]) -> list[str]:
    right = tools[TORCH]["counts"][name]
    cells = []
    for tool in _short(tools):
        found = tools[tool]["counts"][name]
        if isinstance(found, str):
            cells.append(f"{WRONG} {found}")
            continue
        parameters = "" if found[0] == right[0] else f"; parameters {_marked(found[0], right[0])}"
        cells.append(_marked(found[1], right[1]) + parameters)
    return [name, f"{right[1]:,}", *cells]


def _marked(found: int, right: int) -> str:
    """Write a count, marked if it is not the right one."""
    if found == right:
        return f"{found:,}"
    times = found / right
    wrong = f"× {times:.3g}" if not 0.9 < times < 1.1 else f"{found - right:+,}"
    return f"{found:,} {WRONG} ({wrong})"


def _table(head: list[str], rows: Iterable[list[str]], words: int = 0) -> list[str]:
    """Write a table; its first column and the last `words` columns hold words, the others numbers."""
    rules = ["---", *["---:"] * (len(head) - 1 - words), *["---"] * words]
    return [_line(cells) for cells in (head, rules, *rows)]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
