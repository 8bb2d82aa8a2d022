"""The generated part of the verification page: devices, counts, excuses, the mutation score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from sitebuild.evidence import Evidence

PLACEHOLDER = "<!-- generated: verification -->"
_UNBROKEN_HYPHEN = "\u2011"
_STATES = {
    "passed": "passed",
    "nature": "CPU by nature",
    "stale": "stale",
    "not-run": "not run",
    "excused": "excused",
    "failed": "failed",
}


def verification(evidence: Evidence) -> str:
    """The Markdown that takes the placeholder's place."""
    return "\n\n".join([_devices(evidence), _counts(evidence), _excuses(evidence), _mutation(evidence)])


def _devices(evidence: Evidence) -> str:
    rows = [
        (
            device.label,
            receipt.hardware,
            str(receipt.environment["python"]),
            str(receipt.environment["torch"]).split("+")[0],
            str(receipt.environment["numpy"]),
            str(receipt.environment["cuda"] or "–"),
            receipt.day.replace("-", _UNBROKEN_HYPHEN),
            f"`{receipt.commit[:10] or '–'}`",
        )
        for device in evidence.devices
        for receipt in [device.receipt]
    ]
    head = ("Device", "Hardware", "Python", "torch", "NumPy", "CUDA", "Date", "Commit")
    gpu = any(device.receipt.device == "cuda" for device in evidence.devices)
    text = (
        ""
        if gpu
        else "\n\nNo receipt of a CUDA GPU is in the repository: **nothing on this site was run on one.**"
    )
    return f"## Devices\n\n{_table(head, rows)}{text}"


def _counts(evidence: Evidence) -> str:
    head = ("Device", *_STATES.values())
    rows = [(device.label, *(str(device.count[state]) for state in _STATES)) for device in evidence.devices]
    snippets = len({snippet.key for snippet in evidence.bundle.snippets})
    return f"## Blocks\n\n{snippets} different blocks, counted by what is known of each now:\n\n{_table(head, rows)}"


def _excuses(evidence: Evidence) -> str:
    if not evidence.excused:
        return "## Not run, with the reason\n\nNone: every block ran on every device that was asked for."
    reasons: dict[tuple[str, str], list[str]] = {}
    for snippet, state in evidence.excused:
        reasons.setdefault((snippet.where, state.note), []).append(state.label)
    rows = [(f"`{where}`", ", ".join(labels), escape(note)) for (where, note), labels in reasons.items()]
    return f"## Not run, with the reason\n\n{_table(('Block', 'Device', 'Reason'), rows)}"


def _mutation(evidence: Evidence) -> str:
    report = evidence.mutation
    if not report:
        return "## Mutation score\n\nNot measured yet: `make nightly` measures it."
    score = report["dead"] / report["mutants"]
    measured = {block["snippet"] for block in report["blocks"]}
    current = {snippet.key for snippet in evidence.bundle.snippets}
    text = (
        f"{report['dead']} of {report['mutants']} changed blocks and functions were noticed: "
        f"**{score:.1%}** (at least 95 % is required; measured on {report['date'][:10]}, on {len(measured)} blocks, "
        f"of which {len(measured & current)} stand on the site as they were then)."
    )
    return "## Mutation score\n\n" + text + "".join(_survivors(report))


def _survivors(report: dict[str, Any]) -> Iterator[str]:
    lived = [(f"`{escape(change)}`", f"`{b['where']}`") for b in report["blocks"] for change in b["lived"]]
    if lived:
        yield f'\n\n??? note "The {len(lived)} changes that no block noticed"\n\n'
        yield _indented(_table(("Change", "Shown by"), lived))
    for excuse in report["excused"]:
        yield f"\n\nNot mutated: `{excuse['where']}`: {escape(excuse['reason'])}."


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(head), ["---"] * len(list(head)), *map(list, rows)]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
