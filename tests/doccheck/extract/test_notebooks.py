"""Cells of jupytext files, each with the cells before it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from doccheck.extract.notebooks import from_notebook

LAB = """# ---
# title: A lab
# ---

# %% [markdown]
# # A lab
#
# ```text
# words
# ```

# %% name="start"
import torch

x = torch.ones(3)

# %% name="sum" data-timeout="5"
total = x.sum()
assert total == 3
total.item()

# %% name="unchecked"
print(total)
"""


def test_cells_are_found_with_what_runs_before_them(project: Path, write: Callable[[str, str], Path]) -> None:
    found = from_notebook(write("docs/labs/lab.py", LAB), project, "labs/lab/")
    start, total, unchecked = found.snippets
    assert (start.name, start.line, start.before) == ("start", 13, ())
    assert (total.name, total.line, total.before) == ("sum", 18, (start.text,))
    assert total.options.timeout == 5.0
    assert total.key == f"{total.identity}+{total.context}" != unchecked.key
    assert [(p.line, p.what) for p in found.problems] == [(23, "this block neither compares nor asserts")]
    assert len(found.inert) == 1


def test_a_cell_needs_a_name_and_a_notebook_an_assert(
    project: Path, write: Callable[[str, str], Path]
) -> None:
    found = from_notebook(write("docs/labs/lab.py", "# %%\nx = 1\n"), project, "labs/lab/")
    assert {p.what for p in found.problems} == {"this cell has no name", "this notebook asserts nothing"}
