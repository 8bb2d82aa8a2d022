"""The gate: green for a stamped site, red for each way in which a page can differ from what ran."""

from __future__ import annotations

import dataclasses
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
from doccheck.snippet import Options
from doccheck.stamp import seal_pages, stamp_site
from doccheck.stamp.bar import Report

ENVIRONMENT = {"python": "3.11", "torch": "2.13.0", "numpy": "2", "cuda": None, "system": "x", "tf32": False}
REQUIRED = ["cpu", "sim"]
Change = Callable[[str, str], None]


def framed(text: str, name: str = "", language: str = "python") -> str:
    named = f' id="{name}"' if name else ""
    return f'<div{named} class="language-{language} highlight"><pre><code>{escape(text)}\n</code></pre></div>'


def receipt_for(
    bundle: Bundle, device: str, outcome: str = "passed", tensors: int | None = 3, detail: str = ""
) -> Receipt:
    rows = [
        Row(
            snippet=s.key,
            where=s.where,
            outcome=outcome,
            detail=detail,
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


EXCUSED = {
    "all in order": ("", []),
    "not declared": ("sim: slow", ["not passed on sim (excused: slow)"]),
    "not shown": ("sim: slow", ["excused on sim, which its stamp doesn't say", "a tick for sim"]),
    "nowhere run": (
        "cpu: slow; sim: slow",
        ["excused on cpu and passed on no", "excused on sim and passed on no"],
    ),
}


@pytest.mark.parametrize("case", EXCUSED)
def test_an_excuse_is_declared_and_shown_and_not_for_all_devices(
    case: str, tmp_path: Path, project: Path, bundle_of: Callable[[Path], Bundle]
) -> None:
    declared, wanted = EXCUSED[case]
    page = project / "docs/page.md"
    options = f'#one-and-one data-not-on="{declared or "sim: slow"}"'
    page.write_text(page.read_text("utf-8").replace("#one-and-one", options), "utf-8")
    bundle = bundle_of(project)
    bundle = dataclasses.replace(
        bundle, snippets=[s for s in bundle.snippets if s.page == "page/"], modules={}
    )
    block = bundle.snippets[0]
    if case == "not declared":
        bundle.snippets[0] = dataclasses.replace(block, options=Options())
    site = tmp_path / "site"
    (site / "page").mkdir(parents=True)
    (site / "page/index.html").write_text(framed(block.text, "one-and-one"), "utf-8")
    excused = {"sim"} | ({"cpu"} if case == "nowhere run" else set())
    receipts = {
        f"{name}.json": receipt_for(bundle, name, "excused" if name in excused else "passed", detail="slow")
        for name in REQUIRED
    }
    stamp_site(site, bundle, receipts, Report())
    if case == "not shown":
        replace(
            site / "page/index.html",
            'data-device="sim" data-state="excused"',
            'data-device="sim" data-state="passed"',
        )
        seal_pages(site)
    verdict = check_site(site, REQUIRED)
    assert len(verdict.problems) == len(wanted), verdict.problems
    assert all(words in problem for words, problem in zip(wanted, verdict.problems, strict=True))
    assert len(verdict.excused) == len(excused) - (case == "not declared")


EVIL = "<pre><code>import os\nos.getpid()</code></pre>"
TRICKS = {
    "a block among line numbers": (f'<div class="linenodiv">{EVIL}</div>', "never executed as shown"),
    "a block among signatures": (f'<div class="doc-signature">{EVIL}</div>', "a signature that isn't one"),
    "a block that is never closed": ("<pre><code>import os", "never executed as shown"),
    "a session in inline code": ("<code>&gt;&gt;&gt; 1 + 1</code>", "`>>>` stands outside a code block"),
    "a session within a line": ("<p>try &gt;&gt;&gt; 1 + 1</p>", "`>>>` stands outside a code block"),
    "a block in a template": (f"<template>{EVIL}</template>", "never executed as shown"),
    "a second block of the same name": ('<p id="session"></p>', "the anchor `session` stands 2 times"),
    "a run block under another label": (framed("import os", language="text"), "never executed as shown"),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_tricks_of_a_page(trick: str, site: Path) -> None:
    added, words = TRICKS[trick]
    page = site / "index.html"
    page.write_text(page.read_text("utf-8") + added, "utf-8")
    seal_pages(site)
    assert [words in problem for problem in problems(site)] == [True], problems(site)


def test_what_no_reader_sees_as_code_is_fine(site: Path) -> None:
    page = site / "index.html"
    fine = f"<!-- {EVIL} --><script>'{EVIL}'</script><p>write <code>&gt;&gt;&gt;</code></p>"
    page.write_bytes((page.read_text("utf-8").replace("\n", "\r\n") + fine).encode())
    seal_pages(site)
    assert problems(site) == []


@pytest.mark.parametrize("name", ["404.html", "page/copy.html", "old.htm", "page/more/index.HTML"])
def test_every_page_is_checked(name: str, site: Path) -> None:
    (site / name).parent.mkdir(exist_ok=True)
    (site / name).write_bytes(EVIL.encode() + b"\xff")
    assert any(name in problem and "never executed" in problem for problem in problems(site))


DAMAGE = {
    "holds no table": ("receipts/cpu.json", "[]"),
    "is damaged": ("receipts/cpu.json", '{"device": "cpu", "runner": "", "rows": [{}]}'),
    "lacks rows": ("receipts/cpu.json", '{"device": "cpu", "runner": ""}'),
    "can't be read": ("receipts/cpu.json", "{"),
}


@pytest.mark.parametrize("words", DAMAGE)
def test_damaged_evidence_is_red_and_said(words: str, site: Path) -> None:
    name, text = DAMAGE[words]
    (site / "verification" / name).write_text(text, "utf-8")
    assert len(found := problems(site)) == 1 and words in found[0] and name in found[0]


def test_two_results_of_one_block_are_refused(site: Path) -> None:
    path = site / "verification/receipts/sim.json"
    values = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**values, "rows": [*values["rows"], values["rows"][0]]}), "utf-8")
    assert len(found := problems(site)) == 1 and "holds two results of one snippet" in found[0]


def test_a_site_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gate", str(tmp_path / "nothing")]) == 2
    assert "must be the folder of a built site" in capsys.readouterr().err
