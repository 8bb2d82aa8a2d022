"""The API reference shows every public name, once."""

import importlib
import re
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "en" / "reference"
PACKAGES = sorted(
    path.parent.name for path in (REFERENCE.parents[2] / "reference_impl").glob("[a-z]*/__init__.py")
)

COLUMN = "| names |"
ENTRY = re.compile(r"^::: (reference_impl\.\w+\.\w+)$", re.MULTILINE)


def pages(package: str) -> list[Path]:
    """Return the page of a package, or the pages of its folder, the first of which says what the others hold."""
    folder = REFERENCE / package
    if not folder.is_dir():
        return [REFERENCE / f"{package}.md"]
    return [folder / "index.md", *sorted(set(folder.glob("*.md")) - {folder / "index.md"})]


def test_every_page_belongs_to_a_package() -> None:
    """No page outlives its package."""
    places = {path.relative_to(REFERENCE).parts[0].removesuffix(".md") for path in REFERENCE.rglob("*.md")}
    assert sorted(places - {"index"}) == PACKAGES


@pytest.mark.parametrize("package", PACKAGES)
def test_pages_list_what_the_package_exports(package: str) -> None:
    """The names on the pages are those in `__all__`."""
    text = "\n".join(page.read_text("utf-8") for page in pages(package))
    shown = re.findall(rf"^::: reference_impl\.{package}\.(\w+)$", text, re.MULTILINE)
    assert sorted(shown) == sorted(importlib.import_module(f"reference_impl.{package}").__all__)


@pytest.mark.parametrize("package", PACKAGES)
def test_indexes_link_the_pages(package: str) -> None:
    """The first page of the reference leads to each package, and the first page of a package to its others."""
    first, *others = pages(package)
    assert f"({first.relative_to(REFERENCE)})" in (REFERENCE / "index.md").read_text("utf-8")
    for page in others:
        assert f"({page.name})" in first.read_text("utf-8")


@pytest.mark.parametrize(
    "package", [name for name in PACKAGES if COLUMN in pages(name)[0].read_text("utf-8")]
)
def test_tables_of_names(package: str) -> None:
    """A table of names has those of each page, in the page's order."""
    first, *others = pages(package)
    rows = first.read_text("utf-8").split(COLUMN)[1].split("\n\n")[0].splitlines()[2:]
    shown = {re.findall(r"\((\w+\.md)\)", row)[0]: re.findall(r"\]\[([\w.]+)\]", row) for row in rows}
    assert shown == {page.name: ENTRY.findall(page.read_text("utf-8")) for page in others}
