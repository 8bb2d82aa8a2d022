"""Labs show what ran, and nothing else; the downloads of a page hold its code."""

import json
from pathlib import Path

import pytest

from doccheck.snippet import Snippet
from sitebuild.downloads import as_notebook, as_script
from sitebuild.labs import LabError, with_outputs

LAB = """# %% name="first"
x = 2

# %% alt="A line that rises from nought to one." name="drawing"
print(x)
"""
LINE = '<path d="M 0 0" style="fill: #0072b2"/>'
SVG = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9pt">{LINE}</svg>'
RAN = ["x = 2", "print(x)"]


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    path = tmp_path / "lab.py"
    path.write_text(LAB, "utf-8")
    shown = [
        [],
        [{"kind": "printed", "text": "2\n"}, {"kind": "value", "text": "3"}, {"kind": "figure", "text": SVG}],
    ]
    (tmp_path / "lab.json").write_text(json.dumps(shown), "utf-8")
    return path


def test_outputs_of_the_run_stand_behind_their_cells(lab: Path) -> None:
    first, second = with_outputs(lab, lab.with_suffix(".json"), RAN).cells
    printed, value, figure = second.outputs
    assert first.outputs == []
    assert (printed.text, value.data["text/plain"]) == ("2\n", "3")
    assert 'aria-label="A line that rises' in figure.data["text/html"]


def test_a_lab_that_was_not_run_or_has_changed_is_refused(lab: Path) -> None:
    with pytest.raises(LabError, match="was not run on the CPU; run the snippets first"):
        with_outputs(lab, lab.with_name("other.json"), RAN)
    lab.write_text(LAB.replace("x = 2", "x = 4"), "utf-8")
    with pytest.raises(LabError, match="has changed since it was run; run the snippets again"):
        with_outputs(lab, lab.with_suffix(".json"), RAN)


def test_a_figure_needs_a_text_alternative(lab: Path) -> None:
    lab.write_text(LAB.replace('alt="A line that rises from nought to one." ', ""), "utf-8")
    with pytest.raises(LabError, match="the cell `drawing` draws a figure; say what it shows"):
        with_outputs(lab, lab.with_suffix(".json"), RAN)


def test_downloads_hold_the_code_without_prompts() -> None:
    snippets = [
        Snippet("assert 1 == 1", "python", "docs/en/a.md", 3, "markdown", "one-is-one", "a/"),
        Snippet(">>> 1 + 1\n2", "pycon", "docs/en/a.md", 9, "markdown", "a-sum", "a/"),
    ]
    script = as_script(snippets)
    assert "# %% one-is-one  (docs/en/a.md:3)\nassert 1 == 1\n" in script and "1 + 1\n" in script
    assert ">>>" not in script
    notebook = as_notebook(snippets)
    assert [c.source for c in notebook.cells if c.cell_type == "code"] == ["assert 1 == 1", "1 + 1"]
    assert notebook.cells[1].source == "### One is one"
