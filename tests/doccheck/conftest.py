"""A small project with a page, a package and a notebook, written into a temporary folder."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from doccheck.bundle import Bundle, make_bundle
from doccheck.extract import extract
from doccheck.receipt.receipt import Receipt, make_receipt
from doccheck.run.bundle import Plan, run_units, units
from doccheck.run.devices import environment
from doccheck.settings import Settings

PYPROJECT = """
[tool.doccheck]
docs = "docs"
labs = "docs/labs"
packages = ["package"]
readme = ["README.md"]
"""
MODULE = '''"""A package.

Examples:
    >>> from package import half
    >>> half(3.0)  # 3 / 2
    1.5
"""

from package.numbers import half
from package.words import shout

__all__ = ["half", "shout"]
'''
NUMBERS = '''"""Numbers."""


def half(x):
    """Half of a number.

    Examples:
        >>> import torch
        >>> from package.numbers import half
        >>> half(torch.tensor([5.0, 8.0])).tolist()  # 5 / 2, 8 / 2
        [2.5, 4.0]
    """
    return x / 2
'''
WORDS = '''"""Words."""


def shout(word):
    """A word in capitals."""
    return word.upper()
'''
PAGE = """# Page

```python { #one-and-one }
import torch

assert (torch.ones(1) + 1).tolist() == [2.0]
```
"""


FILES = {
    "pyproject.toml": PYPROJECT,
    "README.md": "# Readme\n",
    "package/__init__.py": MODULE,
    "package/numbers.py": NUMBERS,
    "package/words.py": WORDS,
    "docs/page.md": PAGE,
}


def write_into(root: Path, name: str, text: str) -> Path:
    """Write a file below a folder."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def bundle_of_project(root: Path) -> Bundle:
    """Extract a project, which must have no problems."""
    settings = Settings.read(root)
    found = extract(settings)
    assert found.problems == []
    return make_bundle(found.snippets, found.inert, settings)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a file of the project."""
    return partial(write_into, tmp_path)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The root of the small project."""
    for name, text in FILES.items():
        write_into(tmp_path, name, text)
    return tmp_path


@pytest.fixture
def bundle_of() -> Callable[[Path], Bundle]:
    """Extract a project, which must have no problems."""
    return bundle_of_project


@pytest.fixture(scope="session")
def receipt_on_sim(tmp_path_factory: pytest.TempPathFactory) -> Receipt:
    """The small project, run on `sim`."""
    root = tmp_path_factory.mktemp("ran")
    for name, text in FILES.items():
        write_into(root, name, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
        bundle = bundle_of_project(root)
        results = run_units(list(units(bundle)), Plan("sim", "fork"), lambda *_: None)
    return make_receipt(results, bundle, "sim", "a laptop", environment())
