"""What README, CONTRIBUTING and the how-to pages tell a reader to type exists and is tested."""

import re
from pathlib import Path

import pytest
from small_project import ROOT

PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs" / "en" / "how-to").glob("*.md")),
]
CONSOLE = re.compile(r"^```console \{([^}]*)\}\n(.*?)^```", re.MULTILINE | re.DOTALL)
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)


def by_name(path: Path) -> str:
    """Name a page in a test's title."""
    return path.name


@pytest.mark.parametrize("page", PAGES, ids=by_name)
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    named = re.findall(r"(?:`|^\$ )(?:[A-Z_]+=\S+ )?make\s+([a-z]+)", page.read_text(), re.MULTILINE)
    assert set(named) <= set(TARGETS)


def test_every_test_that_a_block_names_exists() -> None:
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    fences = [
        line for page in pages for line in page.read_text().splitlines() if line.lstrip().startswith("```")
    ]
    named = re.findall(r'data-checked-by="([^"]+)"', "\n".join(fences))
    assert len(named) > 5
    for place in named:
        file, _, function = place.partition("::")
        assert f"\ndef {function}(" in (ROOT / file).read_text(), place


@pytest.mark.parametrize("page", PAGES[:2], ids=by_name)
def test_links_lead_to_files(page: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^)]+)\)", page.read_text()) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_readme_shows_the_two_commands_first() -> None:
    blocks = [commands.strip() for _, commands in CONSOLE.findall((ROOT / "README.md").read_text())]
    assert blocks == ["$ make serve", "$ make test"]


def test_files_that_are_named_as_ours_exist() -> None:
    named = re.findall(r"^\| `([a-z_]+/)", (ROOT / "README.md").read_text(), re.MULTILINE)
    tree = re.findall(r"`([\w/.-]+\.(?:txt|toml|json|md))`", (ROOT / "CONTRIBUTING.md").read_text())
    assert len(named) + len(tree) > 8
    ours = [place for place in [*named, *tree] if not place.startswith("build/")]
    assert [place for place in ours if not (ROOT / place).exists()] == []
