"""Chapters and the API reference link to each other."""

import re
from pathlib import Path

import pytest

from sitebuild.pages.used_in import chapters_that_link, with_chapters

DOCS = Path(__file__).resolve().parents[2] / "docs" / "en"
REFERENCE = sorted(path.relative_to(DOCS).as_posix() for path in (DOCS / "reference").rglob("*.md"))
CHAPTERS = sorted(path for path in (DOCS / "chapters").glob("*.md") if not path.stem.startswith("_"))


def source(page: str) -> str:
    """Return the text of a page of the reference."""
    return (DOCS / page).read_text("utf-8")


def shown(page: str) -> str:
    """Return a page of the reference as the site shows it."""
    return with_chapters(DOCS, page, source(page))


def head(page: str) -> str:
    """Return the line of a shown page that leads back."""
    return next((line for line in shown(page).splitlines() if line.startswith("**Used in:**")), "")


def test_the_way_back_stands_before_the_first_section() -> None:
    start, _, rest = shown("reference/functional/activations.md").partition("**Used in:** ")
    assert start.endswith(
        "# Activations\n\nPart of [`reference_impl.functional`](index.md): the bend after a map, and softmax.\n\n"
    )
    assert (
        "[Activations and piecewise-linear curves](../../chapters/act.md)"
        in rest.split(".\n\n## Rectifiers\n")[0]
    )


def test_the_way_back_stands_before_the_first_entry_of_a_page_without_sections() -> None:
    text = shown("reference/functional/maps.md")
    assert text.index("# Maps and tables\n") < text.index("**Used in:**")
    assert text.index("**Used in:**") < text.index("::: reference_impl.functional.linear\n")


def test_chapters_stand_in_reading_order() -> None:
    page = "reference/functional/losses.md"
    found = chapters_that_link(DOCS, page, source(page))
    keys = [Path(chapter).stem for chapter in found]
    assert [key for key in keys if key in {"info", "linreg", "softmax", "ce"}] == [
        "info",
        "linreg",
        "softmax",
        "ce",
    ]


def test_a_link_to_the_page_itself_counts() -> None:
    assert "../../chapters/blocks.md" in shown("reference/layers/index.md")


def test_a_page_that_no_chapter_links_stays_as_it_is() -> None:
    page = "reference/nothing.md"
    assert with_chapters(DOCS, page, "# Nothing\n\n## Section\n") == "# Nothing\n\n## Section\n"


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_each_page_that_a_chapter_links_leads_back(chapter: Path) -> None:
    """Every link of a chapter to the reference, whatever its form, ends on a page that links the chapter."""
    text = chapter.read_text("utf-8")
    names = set(re.findall(r"reference_impl\.\w+\.\w+(?=\])", text))
    pages = set(re.findall(r"reference/[\w/]+\.md", text))
    pages |= {
        page for page in REFERENCE if names & set(re.findall(r"^::: (\S+)$", source(page), re.MULTILINE))
    }
    pages -= {"reference/index.md"}
    assert [page for page in sorted(pages) if f"chapters/{chapter.name})" not in head(page)] == []


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_each_chapter_links_what_its_code_imports(chapter: Path) -> None:
    """Of the names that a chapter's code takes from reference_impl, it links at least the page."""
    text = chapter.read_text("utf-8")
    used = {
        f"{package}.{name}"
        for package, names in re.findall(r"from (reference_impl\.\w+) import (\([^)]*|.*)", text)
        for name in re.findall(r"\w+", names)
    }
    for modules in re.findall(r"from reference_impl import (.*)", text):
        for package, alias in re.findall(r"(\w+)(?: as (\w+))?", modules):
            names = re.findall(rf"(?<![\w.]){alias or package}\.(\w+)", text)
            used |= {f"reference_impl.{package}.{name}" for name in names}
    defined = {page: set(re.findall(r"^::: (\S+)$", source(page), re.MULTILINE)) for page in REFERENCE}
    needed = {page for page, names in defined.items() if names & used}
    assert {page for page in needed if f"chapters/{chapter.name})" not in head(page)} == set()
