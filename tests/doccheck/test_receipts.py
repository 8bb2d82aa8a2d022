"""Receipts: validated as a whole, and stale exactly when what they depend on has changed."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from doccheck.bundle import Bundle
from doccheck.cli import main
from doccheck.errors import DoccheckError
from doccheck.receipt.receipt import Receipt, make_receipt, read_receipts
from doccheck.receipt.state import states
from doccheck.run.bundle import Plan, run_units, units
from doccheck.run.devices import environment
from doccheck.run.outcome import Outcome

BundleOf = Callable[[Path], Bundle]
Write = Callable[[str, str], Path]


@pytest.fixture
def receipt(receipt_on_sim: Receipt) -> Receipt:
    return receipt_on_sim


def state_of(receipt: Receipt, bundle: Bundle) -> dict[str, str]:
    return {s.name: states(s, [receipt], bundle)[0].state for s in bundle.snippets}


ALL = {"one-and-one", "package--example-1", "package.half--example-1"}


def test_what_was_run_is_passed_or_by_nature(receipt: Receipt, project: Path, bundle_of: BundleOf) -> None:
    assert state_of(receipt, bundle_of(project)) == {
        "one-and-one": "passed",
        "package--example-1": "nature",
        "package.half--example-1": "passed",
    }


def test_a_changed_module_makes_exactly_its_snippets_stale(
    receipt: Receipt, project: Path, bundle_of: BundleOf, write: Write
) -> None:
    module = project / "package/numbers.py"
    module.write_text(module.read_text("utf-8").replace("return x / 2", "return x * 0.5"), "utf-8")
    found = state_of(receipt, bundle_of(project))
    assert {name for name, state in found.items() if state == "stale"} == ALL - {"one-and-one"}


def test_prose_and_layout_of_a_module_do_not_age_results(
    receipt: Receipt, project: Path, bundle_of: BundleOf
) -> None:
    module = project / "package/words.py"
    text = module.read_text("utf-8").replace('"""Words."""', '"""Other words."""  # and a comment')
    module.write_text(text.replace("word.upper()", "(\n        word.upper()\n    )"), "utf-8")
    assert "stale" not in state_of(receipt, bundle_of(project)).values()


def test_a_changed_block_is_not_run(receipt: Receipt, project: Path, bundle_of: BundleOf) -> None:
    page = project / "docs/page.md"
    page.write_text(page.read_text("utf-8").replace("2.0", "2.00"), "utf-8")
    assert state_of(receipt, bundle_of(project))["one-and-one"] == "not-run"


def test_another_runner_makes_all_stale(receipt: Receipt, project: Path, bundle_of: BundleOf) -> None:
    bundle = bundle_of(project)
    other = Bundle(bundle.snippets, bundle.inert, bundle.modules, bundle.data, "f" * 64)
    assert set(state_of(receipt, other).values()) == {"stale"}


def test_a_changed_data_file_makes_its_snippet_stale(
    project: Path, bundle_of: BundleOf, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    write("data/seven.txt", "7")
    write(
        "docs/page.md",
        '```python { #reads data-reads="data/seven.txt" }\nassert open("data/seven.txt").read()\n```\n',
    )
    bundle = bundle_of(project)
    work = [unit for unit in units(bundle) if unit.snippets[0].name == "reads"]
    receipt = make_receipt(
        run_units(work, Plan("cpu", "fork"), lambda *_: None), bundle, "cpu", "a laptop", environment()
    )
    assert state_of(receipt, bundle)["reads"] == "passed"
    write("data/seven.txt", "8")
    assert state_of(receipt, bundle_of(project))["reads"] == "stale"
    (project / "data/seven.txt").write_bytes(b"\xff")
    with pytest.raises(DoccheckError, match="`data-reads` takes text files only"):
        bundle_of(project)


def test_written_and_read_it_is_the_same(receipt: Receipt, tmp_path: Path) -> None:
    receipt.write(tmp_path / "r.json")
    assert Receipt.read(tmp_path / "r.json") == receipt


def damaged(values: dict[str, Any]) -> dict[str, str]:
    row = values["rows"][0]
    return {
        "isn't JSON": json.dumps(values)[:-20],
        "its top: 'rows' is a required property": json.dumps(
            {k: v for k, v in values.items() if k != "rows"}
        ),
        "its top: Additional properties": json.dumps({**values, "more": 1}),
        "format": json.dumps({**values, "format": "doccheck-receipt/9"}),
        "rows/0/outcome": json.dumps({**values, "rows": [{**row, "outcome": "fine"}]}),
        "rows/0/snippet": json.dumps({**values, "rows": [{**row, "snippet": "abc"}]}),
        "rows/0/seconds": json.dumps({**values, "rows": [{**row, "seconds": "fast"}]}),
        "isn't a receipt": json.dumps([1, 2]),
        "holds two results of one snippet": json.dumps(
            {**values, "rows": [row, {**row, "outcome": "failed"}]}
        ),
    }


def test_a_damaged_or_foreign_file_is_refused_as_a_whole(receipt: Receipt, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    receipt.write(path)
    for words, text in damaged(json.loads(path.read_text("utf-8"))).items():
        path.write_text(text, "utf-8")
        with pytest.raises(DoccheckError) as error:
            Receipt.read(path)
        assert words in str(error.value) and str(path) in str(error.value)


def test_of_two_results_of_a_block_the_worse_one_counts(project: Path, bundle_of: BundleOf) -> None:
    bundle = bundle_of(project)
    block = bundle.snippets[0]
    twice = [(block, Outcome("passed")), (block, Outcome("failed", "\udc80")), (block, Outcome("passed"))]
    receipt = make_receipt(twice, bundle, "cpu", "a laptop", environment())
    assert [row.outcome for row in receipt.rows] == ["failed"]
    receipt.write(project / "r.json")
    assert Receipt.read(project / "r.json") == receipt


def test_no_tick_without_a_counted_tensor(receipt: Receipt, project: Path, bundle_of: BundleOf) -> None:
    rows = [dataclasses.replace(row, tensors=None) for row in receipt.rows]
    assert set(state_of(dataclasses.replace(receipt, rows=rows), bundle_of(project)).values()) == {"nature"}


def test_places_of_receipts(receipt: Receipt, tmp_path: Path) -> None:
    receipt.write(tmp_path / "a" / "sim.json")
    receipt.write(tmp_path / "b" / "sim.json")
    assert list(read_receipts([tmp_path / "a"])) == ["sim.json"]
    with pytest.raises(DoccheckError, match=r"two receipts are named sim\.json"):
        read_receipts([tmp_path / "a", tmp_path / "b"])
    with pytest.raises(DoccheckError, match="doesn't exist"):
        read_receipts([tmp_path / "c"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "isn't JSON"),
        ("{}", "isn't a bundle of this version"),
        ('{"format": "doccheck-bundle/1"}', "the bundle lacks snippets"),
        (
            '{"format": "doccheck-bundle/1", "snippets": [{}], "inert": [], "modules": {}, "data": {},'
            ' "runner": "", "date": "", "commit": ""}',
            "holds a damaged snippet",
        ),
    ],
)
def test_a_damaged_bundle_is_refused(
    text: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bundle.json"
    path.write_text(text, "utf-8")
    assert main(["run", str(path), "--device", "cpu"]) == 2
    assert words in capsys.readouterr().err


def test_a_bundle_with_a_changed_text_is_refused(project: Path, bundle_of: BundleOf, tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    bundle_of(project).write(path)
    path.write_text(path.read_text("utf-8").replace("torch.ones(1) + 1", "torch.ones(1) + 2"), "utf-8")
    with pytest.raises(DoccheckError, match=r"the snippet docs/page\.md:4 was changed"):
        Bundle.read(path)
