"""Changes that a block must notice, and the verdict on blocks that don't."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from doccheck.bundle import Bundle
from doccheck.cli import main
from doccheck.mutate.mutants import mutants
from doccheck.mutate.variants import variants


def changed(source: str, most: int = 20) -> list[str]:
    return [variant.source for variant in variants(source, most)]


@pytest.mark.parametrize(
    ("source", "mutants"),
    [
        ("y = x + 1", ["y = x - 1", "y = x + 2"]),
        ("y = x ** 2.0", ["y = x * 2.0", "y = x ** 3.0"]),
        ("x *= 0.5", ["x += 0.5", "x *= 0.75"]),
        (
            "y = 1 if a < b else 2",
            ["y = 1 if a >= b else 2", "y = 2 if a < b else 2", "y = 1 if a < b else 3"],
        ),
        ("f(a, b)", ["f(b, a)"]),
        ("f(a, a)", []),
        ("torch.testing.assert_close(a, b)", []),
        ("assert x == 3", ["assert x == 4"]),
        ("assert x != y", []),
        ("rng = default_rng(0)", []),
        ("torch.manual_seed(7)", []),
        ("assert close(x, y, atol=1e-3)", []),
        ("assert abs(x) < 1e-9", []),
        ("assert x < 2.5", ["assert x < 3.75"]),
        ("round(x, 4)", ["round(4, x)"]),
        ("raise ValueError(1 + 1)", []),
        ("check_number(tilt, example=0.5)", []),
        ("check_same_shape(input, target)", []),
        ("import matplotlib.pyplot as plt\nfigure, ax = plt.subplots()\nax.plot(x, 3)", []),
        ("left = x + 1", ["left = x + 2", "left = x - 1"]),
        ("assert x == 0.0", ["assert x == 0.5"]),
        ("x = True", []),
        ("print(f'{x:.3f}')", []),
    ],
)
def test_variants(source: str, mutants: list[str]) -> None:
    assert sorted(changed(source)) == sorted(mutants)


def test_at_most_so_many_spread_over_the_text() -> None:
    source = "\n".join(f"x{n} = {n}" for n in range(100))
    assert [variant.line for variant in variants(source, 4)] == [1, 26, 51, 76]


def test_only_within_the_lines() -> None:
    assert [variant.line for variant in variants("a = 1\nb = 2\nc = 3", 9, within=(2, 2))] == [2]


def test_mutants_of_a_block_and_of_what_it_documents(
    project: Path, bundle_of: Callable[[Path], Bundle]
) -> None:
    bundle = bundle_of(project)
    sources = {name: (project / module["file"]).read_text("utf-8") for name, module in bundle.modules.items()}
    half = next(s for s in bundle.snippets if s.shows == "package.half")
    found = {mutant.change: mutant for mutant in mutants(half, bundle, sources, 10)}
    assert set(found) == {
        "package/numbers.py:10: 5.0 → 7.5",
        "package/numbers.py:10: 8.0 → 12.0",
        "package/numbers.py:13: Div → Mult",
        "package/numbers.py:13: 2 → 3",
    }
    inside = found["package/numbers.py:10: 5.0 → 7.5"].unit.snippets[0].text
    assert inside.startswith(
        ">>> import torch\n>>> from package.numbers import half\n>>> half(torch.tensor([7.5"
    )
    assert inside.endswith(".tolist()\n[2.5, 4.0]")
    assert "return x / 3" in found["package/numbers.py:13: 2 → 3"].unit.replaced["package.numbers"]


WEAK = "```python { #weak }\nx = 2 + 3\nassert x\n```\n"
EXCUSED = '```python { #weak data-not-mutated="shows a name only" }\nx = 2 + 3\nassert x\n```\n'


@pytest.fixture
def mutate(
    project: Path,
    write: Callable[[str, str], Path],
    bundle_of: Callable[[Path], Bundle],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[..., int]:
    """Run `doccheck mutate` on the small project with this page; its exit code. The score is in score.json."""
    monkeypatch.chdir(project)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))

    def run(page: str, *options: str) -> int:
        write("docs/page.md", page)
        bundle_of(project).write(project / "bundle.json")
        return main(["mutate", "bundle.json", "-o", "score.json", "--jobs", "1", *options])

    return run


@pytest.mark.parametrize(
    ("page", "code", "words"), [(WEAK, 1, "survives all of its mutants"), (EXCUSED, 0, "100.0%")]
)
def test_a_block_that_cannot_fail_is_an_error_unless_excused(
    page: str,
    code: int,
    words: str,
    project: Path,
    mutate: Callable[..., int],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert mutate(page) == code
    assert words in capsys.readouterr().out
    report = json.loads((project / "score.json").read_text("utf-8"))
    assert report["mutants"] - report["dead"] == (3 if code else 0)


@pytest.mark.parametrize(
    ("page", "code", "words"),
    [
        ("```python { #n }\nx = 2\nassert x == 3\n```\n", 2, "can't pass unchanged here"),
        ("```python { #n }\nx = 'a'\nassert x == 'a'\n```\n", 1, "survives all of its mutants, or has none"),
    ],
)
def test_a_block_that_fails_anyhow_or_has_no_mutants_proves_nothing(
    page: str, code: int, words: str, mutate: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert mutate(page, "--only", "docs/page.md") == code
    assert words in "".join(capsys.readouterr())
