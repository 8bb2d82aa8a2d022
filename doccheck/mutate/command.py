"""`python -m doccheck mutate`: the score of a bundle, and the mutants that lived."""

from __future__ import annotations

import argparse
import datetime
import json
from pathlib import Path
from typing import Any

from doccheck.bundle import Bundle
from doccheck.errors import DoccheckError
from doccheck.languages import CONSOLE
from doccheck.mutate.mutants import Mutant, mutants, unchanged
from doccheck.progress import Progress
from doccheck.run.bundle import Plan, run_units
from doccheck.run.isolation import default_isolation
from doccheck.run.outcome import FAILED, PASSED
from doccheck.snippet import Snippet

REQUIRED = 0.95
FORMAT = "doccheck-mutation/1"


def mutate_bundle(options: argparse.Namespace) -> int:
    """Run all mutants; 0 if at least 95 % die and no block survives all of its own."""
    bundle = Bundle.read(options.bundle)
    sources = {name: Path(module["file"]).read_text("utf-8") for name, module in bundle.modules.items()}
    chosen = [
        s
        for s in bundle.snippets
        if options.only in s.where and not s.options.not_mutated and not s.options.checked_by
    ]
    work = [mutant for snippet in chosen for mutant in mutants(snippet, bundle, sources, options.most)]
    changed = {mutant.snippet.where: mutant.snippet for mutant in work}
    originals = [Mutant(s, "unchanged", unchanged(s, bundle, sources)) for s in changed.values()]
    progress = Progress("mutants")
    plan = Plan("cpu", default_isolation(), options.jobs)
    results = run_units(
        [m.unit for m in [*originals, *work]],
        plan,
        lambda done, total, result: progress.step(done, total, result[0].where),
    )
    outcomes = _outcomes([*originals, *work], [(snippet, outcome.outcome) for snippet, outcome in results])
    broken = [m.snippet.where for m, found in zip(originals, outcomes, strict=False) if found != PASSED]
    if broken:
        raise DoccheckError(
            f"{', '.join(broken)}: can't pass unchanged here, so mutants prove nothing; run the bundle first"
        )
    dead = [found == FAILED for found in outcomes[len(originals) :]]
    report = _report(bundle, chosen, work, dead)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(json.dumps(report, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return _tell(report)


def _outcomes(work: list[Mutant], results: list[tuple[Snippet, str]]) -> list[str]:
    """What came of each: the outcome of the last snippet of its unit."""
    outcomes, at = [], 0
    for mutant in work:
        at += len(mutant.unit.snippets)
        outcomes.append(results[at - 1][1])
    return outcomes


def _report(bundle: Bundle, chosen: list[Snippet], work: list[Mutant], dead: list[bool]) -> dict[str, Any]:
    blocks = []
    for snippet in chosen:
        own = [(m, d) for m, d in zip(work, dead, strict=True) if m.snippet is snippet]
        if own or not (snippet.language == CONSOLE or snippet.kind == "notebook"):
            lived = [mutant.change for mutant, died in own if not died]
            blocks.append(
                {"where": snippet.where, "snippet": snippet.key, "mutants": len(own), "lived": lived}
            )
    return {
        "format": FORMAT,
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "commit": bundle.commit,
        "mutants": len(work),
        "dead": sum(dead),
        "excused": [
            {"where": s.where, "reason": s.options.not_mutated}
            for s in bundle.snippets
            if s.options.not_mutated
        ],
        "blocks": blocks,
    }


def _tell(report: dict[str, Any]) -> int:
    for block in report["blocks"]:
        for change in block["lived"]:
            print(f"lived: {change}  (shown by {block['where']})")
    immune = [block["where"] for block in report["blocks"] if len(block["lived"]) == block["mutants"]]
    for where in immune:
        print(
            f"{where}: this block survives all of its mutants, or has none; "
            "assert a figure, or excuse it with data-not-mutated"
        )
    score = report["dead"] / report["mutants"] if report["mutants"] else 1.0
    print(f"{report['dead']} of {report['mutants']} mutants died: {score:.1%} (required: {REQUIRED:.0%})")
    return 1 if immune or score < REQUIRED else 0
