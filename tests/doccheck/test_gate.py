"""The gate: green for a stamped site, red for each way in which a page can differ from what ran."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import pytest

from doccheck.bundle import Bundle
from doccheck.cli import main
from doccheck.gate import check_site
from doccheck.receipt.receipt import Receipt, Row
from doccheck.stamp import stamp_site
from doccheck.stamp.bar import Report

ENVIRONMENT = {"python": "3.11", "torch": "2.13.0", "numpy": "2", "cuda": None, "system": "x", "tf32": False}
REQUIRED = ["cpu", "sim"]
Change = Callable[[str, str], None]


def framed(text: str, name: str = "", language: str = "python") -> str:
    named = f' id="{name}"' if name else ""
    return f'<div{named} class="language-{language} highlight"><pre><code>{escape(text)}\n</code></pre></div>'


def receipt_for(bundle: Bundle, device: str, outcome: str = "passed", tensors: int | None = 3) -> Receipt:
    rows = [
        Row(
            snippet=s.key,
            where=s.where,
            outcome=outcome,
            tensors=None if device == "cpu" else tensors,
            modules={name: m["meaning"] for name, m in bundle.modules.items()}
            if s.kind == "docstring"
            else {},
        )
        for s in bundle.snippets
    ]
    return Receipt(device, "a machine", ENVIRONMENT, "2026-01-02T03:04:05", "", bundle.runner, rows)


@pytest.fixture
def bundle(project: Path, bundle_of: Callable[[Path], Bundle], write: Callable[[str, str], Path]) -> Bundle:
    session = "```pycon { #session }\n>>> for i in range(2):\n...     print(i)\n0\n1\n```\n"
    write("docs/index.md", f"# Home\n\n{session}\n```text\njust words\n```\n")
    return bundle_of(project)


@pytest.fixture
def site(tmp_path: Path, project: Path, bundle: Bundle) -> Path:
    site = tmp_path / "site"
    (site / "page").mkdir(parents=True)
    (site / "api").mkdir()
    (site / "wheels").mkdir()
    page = {s.name: s.text for s in bundle.snippets}
    numbers = (project / "package/numbers.py").read_text("utf-8")
    listing = framed(numbers[numbers.index("def") :])
    summary = "<summary>Source code in <code>package/numbers.py</code></summary>"
    source = f'<details class="mkdocstrings-source">{summary}{listing}</details>'
    words = framed("just words", language="text")
    (site / "index.html").write_text(
        f"<p>Home</p>{framed(page['session'], 'session', 'pycon')}{words}", "utf-8"
    )
    (site / "page/index.html").write_text(framed(page["one-and-one"], "one-and-one"), "utf-8")
    examples = [framed(s.text, language="pycon") for s in bundle.snippets if s.kind == "docstring"]
    (site / "api/index.html").write_text("".join([*examples, source]), "utf-8")
    with zipfile.ZipFile(site / "wheels/package-1-py3-none-any.whl", "w") as wheel:
        for path in sorted((project / "package").glob("*.py")):
            wheel.write(path, path.relative_to(project).as_posix())
    receipts = {f"{device}.json": receipt_for(bundle, device) for device in REQUIRED}
    assert stamp_site(site, bundle, receipts, Report()) == 4
    return site


def problems(site: Path) -> list[str]:
    return check_site(site, REQUIRED).problems


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_stamped_site_passes(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gate", str(site), "--require", "cpu", "--require", "sim"]) == 0
    assert "3 pages, 4 code blocks, required: cpu and sim; 0 excused, 0 problems" in capsys.readouterr().out


def test_any_changed_character_of_a_block_is_red(site: Path, bundle: Bundle) -> None:
    page = site / "page/index.html"
    text = page.read_text("utf-8")
    start, end = text.index("<code>") + len("<code>"), text.index("</code>")
    for at in range(start, end - 1):
        changed = "x" if text[at] != "x" else "y"
        page.write_text(text[:at] + changed + text[at + 1 :], "utf-8")
        assert [p for p in problems(site) if "never executed as shown" in p], text[at]


def test_any_changed_character_of_a_page_is_red(site: Path) -> None:
    replace(site / "index.html", "<p>Home</p>", "<p>Hone</p>")
    assert problems(site) == [
        f"{site / 'index.html'}: was changed after it was stamped; stamp the site again"
    ]


RED = {
    "not passed on sim (never executed)": lambda site: (site / "verification/receipts/sim.json").unlink(),
    "can't be read": lambda site: (site / "verification/bundle.json").unlink(),
    "`>>>` stands outside a code block": lambda site: replace(
        site / "index.html", "<p>Home", "<p>&gt;&gt;&gt; 1 + 1"
    ),
    "this block is missing on its page": lambda site: (site / "page/index.html").write_text("<p>gone</p>"),
    "never executed as shown": lambda site: replace(
        site / "index.html", "<p>Home", framed("import os\nos.getpid()") + "<p>"
    ),
    "without its stamp": lambda site: replace(site / "page/index.html", "dc-bar", "dc-none"),
    "the anchor `one-and-one` is missing": lambda site: replace(
        site / "page/index.html", 'id="one-and-one"', ""
    ),
    "a source listing that differs": lambda site: replace(
        site / "api/index.html", "return x / 2", "return x / 3"
    ),
    "the copy button doesn't carry": lambda site: (
        replace(site / "index.html", "print(i)&quot;", "print(1)&quot;")
        if "print(i)&quot;" in (site / "index.html").read_text()
        else replace(site / "index.html", 'data-copy="for', 'data-copy="For')
    ),
    "a tick for cuda": lambda site: replace(
        site / "page/index.html", 'data-device="sim"', 'data-device="cuda"'
    ),
    "the wheel on the site doesn't hold": lambda site: next((site / "wheels").glob("*.whl")).unlink(),
    "an output that no run gave": lambda site: replace(
        site / "index.html", "<p>Home", '<div class="output highlight"><pre>42</pre></div><p>'
    ),
}


@pytest.mark.parametrize("words", RED)
def test_red(words: str, site: Path) -> None:
    RED[words](site)  # type: ignore[no-untyped-call]
    assert any(words in problem for problem in problems(site)), problems(site)


def test_a_raw_html_block_is_a_block(site: Path) -> None:
    replace(site / "index.html", "<p>Home", "<pre><code>import os</code></pre><p>")
    assert any("never executed as shown: import os" in problem for problem in problems(site))


def test_a_failed_or_stale_result_is_red(site: Path, bundle: Bundle) -> None:
    receipt_for(bundle, "sim", "failed").write(site / "verification/receipts/sim.json")
    assert any("not passed on sim (failed: no detail)" in problem for problem in problems(site))
    receipt = json.loads((site / "verification/receipts/cpu.json").read_text("utf-8"))
    (site / "verification/receipts/cpu.json").write_text(json.dumps({**receipt, "runner": "0" * 64}), "utf-8")
    assert any(
        "not passed on cpu (stale: the runner has changed since)" in problem for problem in problems(site)
    )


def test_a_tick_that_was_not_earned_is_red(site: Path, bundle: Bundle) -> None:
    receipt_for(bundle, "sim", tensors=0).write(site / "verification/receipts/sim.json")
    assert any("a tick for sim that wasn't earned" in problem for problem in problems(site))


def test_an_excused_block_is_shown_and_not_red(site: Path, bundle: Bundle) -> None:
    receipt_for(bundle, "sim", "excused").write(site / "verification/receipts/sim.json")
    verdict = check_site(site, ["sim"])
    assert len(verdict.excused) == 4
    assert all("tick" in problem for problem in verdict.problems)


def test_a_site_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gate", str(tmp_path / "nothing")]) == 2
    assert "must be the folder of a built site" in capsys.readouterr().err
