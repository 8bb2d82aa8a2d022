"""Run benchmarks, keep what they measured, and print their tables."""

import argparse
import importlib
import json

from benchmarks.environments import ROOT
from benchmarks.machine import made
from benchmarks.results import RESULTS, benchmark_names, report_of

SCRATCH = ROOT / "build" / "benchmarks"


def main() -> None:
    """Run those that are named, or all."""
    parser = argparse.ArgumentParser("benchmarks", description="Measure beside other libraries.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(benchmark_names())}")
    names = parser.parse_args().names or benchmark_names()
    if unknown := set(names) - set(benchmark_names()):
        parser.error(f"no benchmark is named {', '.join(sorted(unknown))}")
    SCRATCH.mkdir(parents=True, exist_ok=True)
    RESULTS.mkdir(parents=True, exist_ok=True)
    for name in names:
        module = importlib.import_module(f"benchmarks.{name.replace('-', '_')}.measure")
        report = {"made": made(), "measured": module.measure(SCRATCH)}
        (RESULTS / f"{name}.json").write_text(json.dumps(report, indent=1) + "\n", "utf-8")
        print(report_of(name))


if __name__ == "__main__":
    main()
