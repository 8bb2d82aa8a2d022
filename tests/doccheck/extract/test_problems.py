"""Each mistake in a source is reported with its file, its line and its remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from doccheck.cli import main
from doccheck.extract import extract
from doccheck.extract.found import Origin
from doccheck.extract.markdown import from_markdown
from doccheck.settings import Settings

MISTAKES = [
    ("```\nx\n```", "this block has no language", "label it"),
    ("```pythn\nx\n```", "unknown language `pythn`", "use console, pycon, python"),
    ("```py\nassert 1\n```", "unknown language `py`", "use console"),
    ("```python\nassert 1\n```", "this block has no name", "name it in the braces"),
    ("```python { #a }\nx = 1\n```", "neither compares nor asserts", "end it in an assert"),
    ("```python { #a }\nx = = 1\n```", "this block isn't Python", "mend it"),
    ("```python { #a }\n>>> 1\n1\n```", "has prompts", "label it pycon"),
    ("```pycon { #a }\n>>> x = 1\n```", "neither compares nor asserts", "print what it computed"),
    ("```pycon { #a }\n>>> 1  # doctest: +SKIP\n1\n```", "`+SKIP` would publish", "remove the directive"),
    ("```pycon { #a }\n>>> 1  # doctest: +ELLIPSIS\n1\n```", "doctest directives", "remove the directive"),
    (
        "```pycon { #a }\n>>> 1 / 0\nTraceback (most recent call last):\nZeroDivisionError: x\n```",
        "expects a traceback",
        "catch the error",
    ),
    ("```console { #a }\necho 1\n```", "has no command", "`$ `"),
    ("```console { #a }\n$ echo 1\n```", "neither compares nor asserts", "data-checked-by"),
    ("```text\n>>> 1\n1\n```", "labelled text, but it is a Python session", "label of its language"),
    ("```text\n$ ls\n```", "labelled text, but it is a console session", "label of its language"),
    ("```text\nimport torch\n```", "labelled text, but it parses as Python code", "label of its language"),
    ("```text\nf(1)\n```", "labelled text, but it parses as Python code", "label of its language"),
    ("```text\nx = 1\n```", "labelled text, but it parses as Python code", "label of its language"),
    ('```python { #a data-nedes="x" }\nassert 1\n```', "unknown option `data-nedes`", "data-needs"),
    (
        '```python { #a data-timeout="soon" }\nassert 1\n```',
        "`data-timeout` (=soon)",
        "number of seconds|120",
    ),
    ('```python { #a data-not-on="cuda" }\nassert 1\n```', "`data-not-on` (=cuda)", "data-not-on="),
    ('```python data-needs="x"\nassert 1\n```', "isn't rendered as a code block", "braces"),
    ("```python { #a }\nassert 1\n", "isn't rendered as a code block", "close what is opened"),
]


@pytest.mark.parametrize(("text", "what", "remedy"), MISTAKES, ids=lambda value: str(value)[:40])
def test_mistake_is_reported_with_its_place_and_remedy(text: str, what: str, remedy: str) -> None:
    problems = from_markdown(f"# Page\n\n{text}\n", Origin("page.md", "markdown", "page/")).problems
    hits = [str(problem) for problem in problems if what in problem.what]
    assert hits, problems
    assert hits[0].startswith(("page.md:3: ", "page.md:4: "))
    assert any(part in hits[0] for part in remedy.split("|"))


def test_words_and_numbers_are_text() -> None:
    for text in ("a sentence about nothing", "42", "loss 0.25", "RuntimeError: no"):
        assert from_markdown(f"```text\n{text}\n```\n", Origin("p.md", "markdown", "p/")).problems == []


def test_a_name_stands_once_on_a_page(project: Path, write: Callable[[str, str], Path]) -> None:
    block = "```python { #twice }\nassert 1 == 1\n```\n"
    write("docs/page.md", f"{block}\n{block}")
    problems = extract(Settings.read(project)).problems
    assert [(p.file, p.line) for p in problems] == [("docs/page.md", 2), ("docs/page.md", 6)]
    assert "`twice` stands twice" in problems[0].what


def test_extract_with_problems_writes_no_bundle(
    project: Path, write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    write("docs/page.md", "```\nx\n```\n")
    bundle = project / "bundle.json"
    assert main(["extract", "--root", str(project), "-o", str(bundle)]) == 1
    assert not bundle.exists()
    assert "docs/page.md:1: this block has no language" in capsys.readouterr().err
