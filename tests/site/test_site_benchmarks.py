"""Pages that show what benchmarks have measured."""

import re
from pathlib import Path

import pytest

from benchmarks.results import RESULTS, benchmark_names
from sitebuild.pages.benchmarks import NOT_MEASURED, PLACEHOLDER, with_benchmarks

PAGES = Path(__file__).resolve().parents[2] / "docs" / "en" / "benchmarks"


def test_every_benchmark_has_a_page() -> None:
    shown = {path.stem: PLACEHOLDER.findall(path.read_text("utf-8")) for path in PAGES.glob("*.md")}
    assert shown == {name: [name] for name in benchmark_names()}


def test_a_placeholder_becomes_the_tables_of_the_last_run(tmp_path: Path) -> None:
    text = "before\n\n<!-- generated: benchmark counting -->\n\nafter"
    assert with_benchmarks(text, tmp_path) == f"before\n\n{NOT_MEASURED}\n\nafter"
    (tmp_path / "counting.json").write_bytes((RESULTS / "counting.json").read_bytes())
    filled = with_benchmarks(text, tmp_path)
    assert filled.startswith("before\n\n## ResNet-50\n\n| tool |") and filled.endswith("after")
    for table in re.findall(r"(?:^\|.*\n)+", filled, flags=re.M):
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_an_unknown_benchmark_is_an_error() -> None:
    with pytest.raises(
        ValueError, match=r"`name` \(='speed'\) is no benchmark; choose one of convolution-grid, "
    ):
        with_benchmarks("<!-- generated: benchmark speed -->")
