"""The hooks at work: a small site is built with the theme and looked at."""

from __future__ import annotations

import importlib.util
import json
import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

ROOT = Path(__file__).resolve().parents[2]
HOOKS = ("settings", "assets", "accessibility", "anchors", "figures", "formulas", "search")
CONFIGURATION = """
site_name: Small
docs_dir: docs
theme: {{name: material, custom_dir: "{root}/sitebuild/theme", font: false, icon: {{repo: octicons/repo-16}}}}
hooks: [{hooks}]
plugins: [search]
extra_css: [assets/site.css]
validation: {{anchors: warn}}
markdown_extensions:
  [attr_list, pymdownx.superfences, {{pymdownx.highlight: {{pygments_lang_class: true}}}},
  {{pymdownx.arithmatex: {{generic: true}}}}]
"""
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 460.8 200"><g><text x="1">A</text></g></svg>'
FENCE = '```python { #draws data-figure="picture.svg" }\nassert True\n```\n'
IMAGE = '![A picture](figures/page/picture.svg "What it shows")\n'

SmallSite = Callable[..., dict[str, str]]


@pytest.fixture
def small_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SmallSite:
    """Build a site from texts by page name; return what was built by address."""
    for name in ("REPOSITORY_URL", "SITE_URL", "DRAFT"):
        monkeypatch.delenv(name, raising=False)
    hooks = ", ".join(f'"{ROOT}/sitebuild/hooks/{name}.py"' for name in HOOKS)
    configuration = tmp_path / "mkdocs.yml"
    configuration.write_text(CONFIGURATION.format(root=ROOT, hooks=hooks), "utf-8")

    def built(pages: dict[str, str], drawn: dict[str, str] | None = None) -> dict[str, str]:
        docs, figures = tmp_path / "docs", tmp_path / "figures"
        for folder, files in ((docs, pages), (figures, drawn or {})):
            for name, text in files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_text(text, "utf-8")
        config = load_config(str(configuration))
        config.hooks[f"{ROOT}/sitebuild/hooks/figures.py"].DRAWN = figures
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
        site = tmp_path / "site"
        texts = [path for path in site.rglob("*") if path.suffix in {".html", ".json", ".svg"}]
        return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in texts}

    return built


def test_a_figure_stands_in_the_page_and_beside_it(small_site: SmallSite) -> None:
    """The image becomes SVG with its text alternative and caption, and the file is published."""
    site = small_site(
        {"index.md": "# Home", "page.md": f"# Page\n\n{IMAGE}\n{FENCE}"}, {"page/picture.svg": DRAWING}
    )
    page = site["page/index.html"]
    assert '<figure><svg class="dc-figure" role="img" aria-label="A picture"' in page
    assert "<figcaption>What it shows</figcaption></figure>" in page
    assert "<p><figure>" not in page and "picture.svg" not in page.replace('data-figure="picture.svg"', "")
    assert site["figures/page/picture.svg"].startswith("<svg ")


def test_a_missing_figure_names_the_block_that_draws_it(
    small_site: SmallSite, caplog: pytest.LogCaptureFixture
) -> None:
    """The warning says which block of which page has to run."""
    small_site({"index.md": "# Home", "page.md": f"# Page\n\n{IMAGE}\n{FENCE}"})
    warnings = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert any(
        "page.md: the figure picture.svg is missing; the block #draws draws it" in text for text in warnings
    )


def test_a_wrong_formula_stops_the_build(small_site: SmallSite, caplog: pytest.LogCaptureFixture) -> None:
    """The error names the page and the formula."""
    with pytest.raises(Abort):
        small_site({"index.md": "# Home", "page.md": r"# Page" + "\n\n" + r"$\nonsense$"})
    assert r"page.md: the formula `\nonsense` can't be rendered" in caplog.records[-1].getMessage()


def test_formulas_are_found_by_search_without_delimiters(small_site: SmallSite) -> None:
    """Pages hold no script for formulas, and search results no TeX delimiters."""
    site = small_site({"index.md": "# Home\n\n" + r"Here $\beta_1$ is near one."})
    assert '<span class="katex">' in site["index.html"]
    index = json.loads(site["search/search_index.json"])
    assert any(r"Here \beta_1 is near one" in entry["text"] for entry in index["docs"])


def test_links_to_blocks_are_checked(small_site: SmallSite, caplog: pytest.LogCaptureFixture) -> None:
    """A block's name is an anchor; a name that no block has is a warning."""
    links = "# Home\n\n[right](page.md#draws) [wrong](page.md#paints)"
    small_site({"index.md": links, "page.md": f"# Page\n\n{FENCE}"}, {"page/picture.svg": DRAWING})
    warnings = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert [text for text in warnings if "#draws'" in text] == []
    assert len([text for text in warnings if "does not contain an anchor '#paints'" in text]) == 1


def test_every_page_says_how_to_get_the_package(
    small_site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One line with the wheel of this site, on every page, and the licences."""
    from reference_impl import __version__

    monkeypatch.setenv("SITE_URL", "https://site.example/here")
    wheel = f"wheels/reference_impl-{__version__}-py3-none-any.whl"
    for page in small_site({"index.md": "# Home", "page.md": "# Page"}).values():
        if page.startswith("\n<!doctype html>") or page.startswith("<!doctype html>"):
            assert f"pip install torch https://site.example/here/{wheel}" in page


def test_links_to_the_repository_vanish_or_lead_there(
    small_site: SmallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a repository nothing points to one; with it, the theme doesn't ask it for stars."""
    assert "md-source" not in small_site({"index.md": "# Home"})["index.html"]
    monkeypatch.setenv("REPOSITORY_URL", "https://code.example/owner/name")
    page = small_site({"index.md": "# Home"})["index.html"]
    assert 'href="https://code.example/owner/name"' in page
    assert 'data-md-component="source"' not in page


def test_a_draft_says_so_on_every_page(small_site: SmallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """The banner is on every page of a draft, and on no other."""
    pages = {"index.md": "# Home", "page.md": "# Page"}
    banner = "Nothing on this page was verified"
    assert [name for name, text in small_site(pages).items() if banner in text] == []
    monkeypatch.setenv("DRAFT", "1")
    draft = small_site(pages)
    assert {name for name, text in draft.items() if banner in text} == {
        "index.html",
        "page/index.html",
        "404.html",
    }


def test_sections_of_the_navigation_have_names() -> None:
    """A section with a page of its own is labelled by an icon alone in the theme, so two of them share no name."""
    spec = importlib.util.spec_from_file_location(
        "accessibility_hook", ROOT / "sitebuild/hooks/accessibility.py"
    )
    assert spec is not None and spec.loader is not None
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    title = '<label class="md-nav__title" for="__nav_4"> <span class="md-nav__icon md-icon"></span> Tools </label>'
    before = (
        f'<nav class="md-nav" data-md-level="1" aria-labelledby="__nav_4_label" aria-expanded="true">{title}'
    )
    after = f'<nav class="md-nav" data-md-level="1" aria-label="Tools" aria-expanded="true">{title}'
    assert hook.with_named_sections(before) == after
