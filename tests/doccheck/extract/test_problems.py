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
    ('```python { #a data-timeout="inf" }\nassert 1\n```', "`data-timeout` (=inf)", "number of seconds|120"),
    ('```python { #a data-not-on="cuda" }\nassert 1\n```', "`data-not-on` (=cuda)", "data-not-on="),
    ('```python { #a data-not-on="cup: x" }\nassert 1\n```', "`data-not-on` (=cup: x)", "data-not-on="),
    ('```python { #a data-checked-by="t.py::t" }\nf()\n```', "`data-checked-by` stands on code", "remove it"),
    ("```python { #a }\nx = 1\nassert (x == 2, 'x')\n```", "assertion is always true", "mend it"),
    ("```python { #a }\nfrom doccheck.run import compare\n```", "imports doccheck", "console block"),
    ("```pycon { #a }\n>>> x = = 1\n```", "isn't a Python session", "mend it"),
    ("```pycon { #a }\n>>> 1\n1\n\n2\n```", "`2` is no output of a prompt", "directly below its prompt"),
    ("```pycon { #a }\nhere:\n>>> 1\n1\n```", "`here:` is no output of a prompt", "directly below"),
    ("```pycon { #a }\n>>> 1\n1\n  >>> 2\n  2\n```", "a prompt is indented", "begin its line"),
    ("```pycon { #a }\n>>> print()\n<BLANKLINE>\n```", "isn't what Python prints", "without blank lines"),
    ("```text\nA session:\n>>> 1\n```", "labelled text, but it is a Python session", "label of its language"),
    ("```text\n    x = 1\n    y = 2\n```", "labelled text, but it parses as Python code", "label of its"),
    ("```text\nx: int = 1\n```", "labelled text, but it parses as Python code", "label of its language"),
    (">>> 1 + 1\n2", "a prompt `>>>` stands outside a code block", "pycon fence"),
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


@pytest.mark.parametrize(
    "code",
    [
        "assert True",
        "assert 1 == 1",
        "if False:\n    assert x == 1",
        "def unused():\n    assert x == 1",
        "# assert x == 1",
        "s = 'assert x == 1'",
        "",
    ],
)
def test_an_assert_that_cannot_fail_or_is_never_reached_is_none(code: str) -> None:
    text = f"```python {{ #a }}\nx = 1\n{code}\n```\n"
    problems = from_markdown(text, Origin("p.md", "markdown", "p/")).problems
    assert [problem.what for problem in problems] == ["this block neither compares nor asserts"]


@pytest.mark.parametrize(
    "code",
    [
        "assert x == 1",
        "y = 2; assert x + y == 3",
        "for y in range(2):\n    assert x == 1",
        "def check(y):\n    assert y == 1\ncheck(x)",
        "class A:\n    def check(self):\n        assert x == 1\nA().check()",
        "try:\n    x()\nexcept TypeError as error:\n    assert 'int' in str(error)",
        "testing.assert_close(x, 1)",
    ],
)
def test_an_assert_that_is_reached_counts(code: str) -> None:
    text = f"```python {{ #a }}\nx = 1\n{code}\n```\n"
    assert from_markdown(text, Origin("p.md", "markdown", "p/")).problems == []


ASSERTS = "```python { #b }\nx = 1\nassert x == 1\n```"
HIDING = {
    "a byte order mark": "\ufeff" + ASSERTS,
    "a comment that opens and closes in other blocks": f"```html\n<!--\n```\n\n{ASSERTS}\n\n```html\n-->\n```",
    "words about comments": f"text `<!--`\n\n{ASSERTS}\n\ntext `-->`",
    "a fence in a comment": f"<!-- ``` -->\n\n{ASSERTS}",
}


@pytest.mark.parametrize("text", HIDING.values(), ids=HIDING)
def test_nothing_hides_a_block(text: str) -> None:
    found = from_markdown(text + "\n", Origin("p.md", "markdown", "p/"))
    assert [snippet.text for snippet in found.snippets] == ["x = 1\nassert x == 1"]
    assert found.problems == []


def test_a_comment_in_code_is_code() -> None:
    text = "```python { #b }\nx = '<!-- y -->'\nassert 'y' in x\n```\n"
    found = from_markdown(text, Origin("p.md", "markdown", "p/"))
    assert found.snippets[0].text == "x = '<!-- y -->'\nassert 'y' in x"


def test_equal_blocks_declare_the_same(project: Path, write: Callable[[str, str], Path]) -> None:
    block = "```python {{ #{} }}\nx = 1\nassert x == 1\n```\n"
    write("docs/one.md", block.format('a data-not-on="cpu: slow"'))
    write("docs/two.md", block.format("b"))
    problems = extract(Settings.read(project)).problems
    assert [(p.file, p.what) for p in problems] == [
        ("docs/two.md", "this block is the one of docs/one.md:2 with other options")
    ]


def test_a_test_that_stands_in_for_a_run_exists(project: Path, write: Callable[[str, str], Path]) -> None:
    write("tests/test_x.py", "def test_there():\n    pass\n")
    block = '```console { #a data-checked-by="tests/test_x.py::test_%s" }\n$ make\n```\n'
    write("docs/page.md", block % "there")
    assert extract(Settings.read(project)).problems == []
    for missing in ("gone", "ther"):
        write("docs/page.md", block % missing)
        assert "names no test of this project" in str(extract(Settings.read(project)).problems[0])


def test_settings_that_name_nothing(project: Path, write: Callable[[str, str], Path]) -> None:
    write("pyproject.toml", '[tool.doccheck]\ndocs = "dcos"\n')
    assert main(["extract", "--root", str(project)]) == 2
    write("pyproject.toml", "[tool.doccheck\n")
    assert main(["extract", "--root", str(project)]) == 2


def test_a_name_stands_once_on_a_page(project: Path, write: Callable[[str, str], Path]) -> None:
    block = "```python {{ #twice }}\nx = {0}\nassert x == {0}\n```\n"
    write("docs/page.md", f"{block.format(1)}\n{block.format(2)}")
    problems = extract(Settings.read(project)).problems
    assert [(p.file, p.line) for p in problems] == [("docs/page.md", 2), ("docs/page.md", 7)]
    assert "`twice` stands twice" in problems[0].what


def test_extract_with_problems_writes_no_bundle(
    project: Path, write: Callable[[str, str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    write("docs/page.md", "```\nx\n```\n")
    bundle = project / "bundle.json"
    assert main(["extract", "--root", str(project), "-o", str(bundle)]) == 1
    assert not bundle.exists()
    assert "docs/page.md:1: this block has no language" in capsys.readouterr().err
