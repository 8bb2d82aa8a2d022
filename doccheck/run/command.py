"""`python -m doccheck run`: a bundle, a device, a receipt."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from doccheck.bundle import Bundle
from doccheck.errors import DoccheckError
from doccheck.meaning import runner
from doccheck.progress import Progress
from doccheck.receipt.receipt import make_receipt
from doccheck.run.bundle import Plan, Result, run_units, units
from doccheck.run.devices import TITLES, Device, environment
from doccheck.run.isolation import default_isolation
from doccheck.run.outcome import FAILED
from doccheck.run.shown import write_shown


def run_bundle(options: argparse.Namespace) -> int:
    """Run a bundle as the command line asks; 0 if nothing failed."""
    bundle = Bundle.read(options.bundle)
    if bundle.runner != runner():
        raise DoccheckError(f"{options.bundle}: was made by another version of doccheck; extract it again")
    plan = Plan(options.device, options.isolation or default_isolation(), options.jobs)
    work = [unit for unit in units(bundle) if options.only in unit.snippets[0].where]
    if not work:
        raise DoccheckError(f"`--only` (={options.only}) matches no snippet")
    progress = Progress(f"running on {TITLES[plan.device]}")

    def told(done: int, total: int, result: Result) -> None:
        snippet, found = result
        if found.outcome == FAILED:
            progress.tell(f"\nFAILED on {plan.device}: {snippet.where} ({snippet.name})\n{found.detail}\n")
        progress.step(done, total, snippet.where)

    results = run_units(work, plan, told)
    device = Device(plan.device)
    device.prepare()
    output = _output(options.output, device)
    make_receipt(results, bundle, plan.device, device.hardware(), environment()).write(output)
    if options.shown:
        write_shown(results, options.shown)
    return _summary(results, plan.device, output)


def _output(asked: Path | None, device: Device) -> Path:
    """The receipt's file; in a folder, its name tells the hardware."""
    if asked is None:
        return Path("build/receipts") / f"{device.name}.json"
    if asked.is_dir():
        hardware = re.sub(r"[^a-z0-9]+", "-", device.hardware().lower()).strip("-")
        return asked / f"{device.name}-{hardware}.json"
    return asked


def _summary(results: list[Result], device: str, output: Path) -> int:
    count: dict[str, int] = {}
    for _, found in results:
        count[found.outcome] = count.get(found.outcome, 0) + 1
    print(f"{device}: {', '.join(f'{n} {name}' for name, n in sorted(count.items()))}; receipt: {output}")
    return 1 if count.get(FAILED) else 0
