"""The benchmark of counting: its networks are what they say, and its tables mark what is wrong."""

import json

import pytest
import torch

from benchmarks.counting.networks import BESIDE, CASES, RESNET, model_of, more_than_products, network_of
from benchmarks.counting.report import markdown
from benchmarks.counting.tools import (
    OURS,
    TOOLS,
    TORCH,
    TORCHINFO,
    flop_counter,
    reference,
    reference_of_model,
)
from benchmarks.results import RESULTS, benchmark_names, report_of
from reference_impl.shapes import network_table


@pytest.mark.parametrize("name", [RESNET, *CASES, *BESIDE])
def test_our_counts_are_torchs(name):
    with torch.device("meta"):
        model = model_of(name)
        size = network_of(name).input_size
        wanted = flop_counter.count(name, model, size)
    assert reference.count(name, None, size) == wanted
    assert reference_of_model.count(name, model, size) == wanted


def test_single_layers_have_no_biases_and_cost_something():
    for name, text in CASES.items():
        assert network_table(text).cost == network_table(text, count_bias=True).cost > 0, name


def test_work_beside_products_is_seen():
    assert more_than_products("normalisation", 1) and not more_than_products("normalisation", 0)
    assert more_than_products("biases", 36) and not more_than_products("biases", 32)


def test_the_table_is_of_resnet_50():
    lines = reference.table(None, ()).split("\n")
    assert lines[-1].split() == ["total", "25,557,032", "4,089,184,256"]


def report(slower, counts):
    """A report in which torchinfo alone counts something else."""
    rows = [
        {
            "tool": tool.name,
            "milliseconds": 1.0,
            "to_ours": slower if tool.name == TORCHINFO else 1.0,
            "counts": {name: [100, 1000] for name in (RESNET, *CASES)}
            | (counts if tool.name == TORCHINFO else {}),
            "beside": ["biases"] if tool.name == TORCHINFO else [],
            "versions": {"torch": "2"},
        }
        for tool in TOOLS
    ]
    return {"measured": {"rounds": 3, "tools": rows, "starting": []}}


@pytest.mark.parametrize(("slower", "verdict"), [(99.0, "MISSES the aim"), (101.0, "the aim")])
def test_the_report_says_whether_the_limit_was_kept(slower, verdict):
    assert f"torchinfo takes {slower:.0f} times as long as {OURS} ({verdict}: at least 100)" in markdown(
        report(slower, {})
    )


def test_the_report_marks_what_is_wrong():
    wrong = {
        RESNET: [100, 1013],
        "convolution": [200, 1000],
        "transposed convolution, stride 2": [100, 4000],
        "transposed convolution, stride 1": "RuntimeError",
    }
    text = markdown(report(100, wrong))
    assert "| torchinfo | 1.0 | 100 | 100 | 1,013 ✗ (+13) | biases |" in text
    assert "| convolution | 1,000 | 1,000 | 1,000; parameters 200 ✗ (× 2) | 1,000 | 1,000 | 1,000 |" in text
    assert "| transposed convolution, stride 2 | 1,000 | 1,000 | 4,000 ✗ (× 4) | 1,000 |" in text
    assert "| transposed convolution, stride 1 | 1,000 | 1,000 | ✗ RuntimeError | 1,000 |" in text
    assert text.count("✗ ") == 4 + 2
    assert f"| {TORCH} | 1.0 | 1 | 100 | 1,000 | – |" in text


def test_committed_results_are_of_every_benchmark_and_complete():
    assert sorted(path.stem for path in RESULTS.glob("*.json")) == benchmark_names()
    for name in benchmark_names():
        made = json.loads((RESULTS / f"{name}.json").read_text("utf-8"))["made"]
        assert set(made) == {"date", "python", "machine"}
        assert f"Measured on {made['date'][:10]} with Python" in report_of(name)
    rows = json.loads((RESULTS / "counting.json").read_text("utf-8"))["measured"]["tools"]
    assert [row["tool"] for row in rows] == [tool.name for tool in TOOLS]
    assert all(set(row["counts"]) == {RESNET, *CASES} for row in rows)
