"""The command line: `python -m doccheck extract | run | stamp | gate | mutate`."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from doccheck.errors import DoccheckError


def main(arguments: list[str] | None = None) -> int:
    """Run a subcommand; exit code 0 for a good result, 1 for a bad one, 2 for a wrong use."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except DoccheckError as error:
        print(f"doccheck: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("doccheck: stopped", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="doccheck", description="Makes code blocks verified snippets.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    extract = commands.add_parser("extract", help="find every snippet and write a bundle")
    extract.add_argument("-o", "--output", type=Path, default=Path("build/bundle.json"), help="the bundle")
    extract.add_argument("--root", type=Path, default=Path(), help="the project's folder")
    extract.set_defaults(command=_extract)

    run = commands.add_parser("run", help="execute a bundle on one device and write a receipt")
    run.add_argument("bundle", type=Path)
    run.add_argument("--device", required=True, choices=("cpu", "sim", "cuda"))
    run.add_argument(
        "-o", "--output", type=Path, help="the receipt, or a folder for it (build/receipts/DEVICE.json)"
    )
    run.add_argument("--isolation", choices=("fork", "fresh", "inproc"), help="how snippets are kept apart")
    run.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at a time")
    run.add_argument(
        "--shown", type=Path, help="folder for what snippets show: figures, outputs of notebooks"
    )
    run.add_argument("--only", default="", metavar="TEXT", help="run only snippets whose place contains TEXT")
    run.set_defaults(command=_run)

    stamp = commands.add_parser("stamp", help="write what was verified into a built site")
    stamp.add_argument("site", type=Path)
    stamp.add_argument("--bundle", type=Path, default=Path("build/bundle.json"))
    stamp.add_argument(
        "--receipt", type=Path, action="append", default=[], help="a receipt, or a folder of them"
    )
    stamp.add_argument(
        "--repository", default=os.environ.get("REPOSITORY_URL", ""), help="where to report errors"
    )
    stamp.add_argument("--address", default=os.environ.get("SITE_URL", ""), help="the site's address")
    stamp.set_defaults(command=_stamp)

    gate = commands.add_parser("gate", help="check a built site with nothing but the standard library")
    gate.add_argument("site", type=Path)
    gate.add_argument("--require", action="append", default=[], metavar="DEVICE", help="cpu, sim or cuda")
    gate.set_defaults(command=_gate)

    mutate = commands.add_parser("mutate", help="change snippets and expect them to fail")
    mutate.add_argument("bundle", type=Path)
    mutate.add_argument("-o", "--output", type=Path, default=Path("build/mutation.json"))
    mutate.add_argument("--most", type=int, default=10, help="variants of each block")
    mutate.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    mutate.add_argument("--only", default="", metavar="TEXT", help="only snippets whose place contains TEXT")
    mutate.set_defaults(command=_mutate)
    return parser


def _extract(options: argparse.Namespace) -> int:
    from doccheck.bundle import make_bundle
    from doccheck.extract import extract
    from doccheck.settings import Settings

    settings = Settings.read(options.root.resolve())
    found = extract(settings)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    if found.problems:
        print(f"{len(found.problems)} problems; no bundle was written", file=sys.stderr)
        return 1
    make_bundle(found.snippets, found.inert, settings).write(options.output)
    print(f"{len(found.snippets)} snippets in {options.output}")
    return 0


def _run(options: argparse.Namespace) -> int:
    from doccheck.run.command import run_bundle

    return run_bundle(options)


def _stamp(options: argparse.Namespace) -> int:
    from doccheck.bundle import Bundle
    from doccheck.receipt.receipt import read_receipts
    from doccheck.stamp import stamp_site
    from doccheck.stamp.bar import Report

    report = Report(options.repository, options.address)
    stamped = stamp_site(options.site, Bundle.read(options.bundle), read_receipts(options.receipt), report)
    print(f"{stamped} blocks stamped")
    return 0


def _gate(options: argparse.Namespace) -> int:
    from doccheck.gate import check_site

    if not options.site.is_dir():
        raise DoccheckError(
            f"`SITE` (={options.site}) must be the folder of a built site; run `make site` first"
        )
    verdict = check_site(options.site, options.require)
    for problem in verdict.problems:
        print(problem)
    for line in verdict.excused:
        print(f"excused: {line}")
    required = " and ".join(options.require) or "no device"
    print(
        f"gate: {verdict.pages} pages, {verdict.blocks} code blocks, required: {required}; "
        f"{len(verdict.excused)} excused, {len(verdict.problems)} problems"
    )
    return 1 if verdict.problems else 0


def _mutate(options: argparse.Namespace) -> int:
    from doccheck.mutate.command import mutate_bundle

    return mutate_bundle(options)
