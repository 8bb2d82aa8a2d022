"""The API reference shows every public name, once."""

import importlib
import re
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "en" / "reference"
PAGES = sorted(path.stem for path in REFERENCE.glob("*.md") if path.stem != "index")


def test_every_package_has_a_page() -> None:
    """Packages of reference_impl and pages of the reference are the same."""
    package = REFERENCE.parents[2] / "reference_impl"
    assert sorted(path.parent.name for path in package.glob("[a-z]*/__init__.py")) == PAGES


@pytest.mark.parametrize("page", PAGES)
def test_page_lists_what_the_package_exports(page: str) -> None:
    """The names on the page are those in `__all__`."""
    text = (REFERENCE / f"{page}.md").read_text("utf-8")
    shown = re.findall(rf"^::: reference_impl\.{page}\.(\w+)$", text, re.MULTILINE)
    package = importlib.import_module(f"reference_impl.{page}")
    assert sorted(shown) == sorted(package.__all__)


@pytest.mark.parametrize("page", PAGES)
def test_index_links_the_page(page: str) -> None:
    """The first page of the reference leads to each package."""
    assert f"({page}.md)" in (REFERENCE / "index.md").read_text("utf-8")
