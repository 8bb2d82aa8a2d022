"""Docstrings are cut as the reference shows them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from doccheck.errors import DoccheckError
from doccheck.extract.docstrings import from_package

TEXT = '''"""Module."""

from split._private import hidden
from split.open import Open

__all__ = ["Open", "hidden"]
'''
PRIVATE = '''def hidden():
    r"""Hidden where it is defined, public where it is handed on.

    Examples:
        One paragraph:

        >>> 1 + 1
        2
        >>> 2 + 2
        4

        Another:

        >>> 3 + 3
        6
    """


def _really():
    """Nobody sees this.

    Examples:
        >>> 0
        0
    """
'''
OPEN = '''class Open:
    """A class.

    Text with a fence:

    ```python
    assert 1 == 1
    ```
    """

    def method(self):
        """A method.

        Examples:
            >>> 5
            5
        """
'''

FENCED = '''def weigh():
    """A function.

    Examples:
        >>> 1 + 1
        2

        With a package that isn't everywhere:

        ```pycon { #weighs-a-model data-needs="scikit-learn" }
        >>> import sklearn

        >>> 5 + 5
        10
        ```

        >>> 3 + 3
        6
    """
'''


def test_examples_are_cut_at_blank_lines_and_named_by_their_object(
    project: Path, write: Callable[[str, str], Path]
) -> None:
    write("split/__init__.py", TEXT)
    write("split/_private.py", PRIVATE)
    write("split/open.py", OPEN)
    snippets = from_package("split", project).snippets
    assert {s.name: (s.text, s.public) for s in snippets if s.name} == {
        "split.hidden--example-1": (">>> 1 + 1\n2\n>>> 2 + 2\n4", True),
        "split.hidden--example-2": (">>> 3 + 3\n6", True),
        "split._private._really--example-1": (">>> 0\n0", False),
        "split.Open.method--example-1": (">>> 5\n5", True),
    }
    for snippet in snippets:
        line = (project / snippet.file).read_text("utf-8").split("\n")[snippet.line - 1]
        assert line.strip() == snippet.text.split("\n")[0]


def test_a_fence_among_the_examples_takes_options(project: Path, write: Callable[[str, str], Path]) -> None:
    """It stays one block, blank line and all, and the examples around it are cut as before."""
    write("split/__init__.py", FENCED)
    first, fenced, last = from_package("split", project).snippets
    assert (fenced.name, fenced.options.needs) == ("weighs-a-model", ("scikit-learn",))
    assert fenced.text == ">>> import sklearn\n\n>>> 5 + 5\n10"
    assert [(s.name, s.text, s.options.needs) for s in (first, last)] == [
        ("split.weigh--example-1", ">>> 1 + 1\n2", ()),
        ("split.weigh--example-2", ">>> 3 + 3\n6", ()),
    ]


def test_a_package_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DoccheckError, match="`packages` names reference_impl, which is no folder of"):
        from_package("reference_impl", tmp_path)
