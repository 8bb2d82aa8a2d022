"""What benchmarks have measured, as JSON and as the Markdown that a page shows."""

import importlib
import json
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE.parent / "receipts" / "measured" / "benchmarks"


def benchmark_names() -> list[str]:
    """List the benchmarks: every folder beside this file that measures something."""
    return sorted(path.parent.name.replace("_", "-") for path in HERE.glob("*/measure.py"))


def report_of(name: str, results: Path = RESULTS) -> str | None:
    """Write the last report of a benchmark as Markdown; None if it was never run."""
    if name not in benchmark_names():
        raise ValueError(f"`name` (={name!r}) is no benchmark; choose one of {', '.join(benchmark_names())}")
    path = results / f"{name}.json"
    if not path.exists():
        return None
    report = json.loads(path.read_text("utf-8"))
    made = report["made"]
    text: str = importlib.import_module(f"benchmarks.{name.replace('-', '_')}.report").markdown(report)
    return f"{text.rstrip()}\n\nMeasured on {made['date'][:10]} with Python {made['python']}; {made['machine']}.\n"
