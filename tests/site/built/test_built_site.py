"""The built site as a whole: it passes the gate, and every page has what every page must have."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from doccheck.bundle import Bundle
from doccheck.gate import check_site
from doccheck.gate.pages import read_page
from sitebuild.links import check_links

ROOT = Path(__file__).resolve().parents[3]
SITE = Path(os.environ.get("SITE_DIR", ROOT / "site"))
GATE = ["-m", "doccheck", "gate", str(SITE), "--require", "cpu", "--require", "sim"]
PAGES = sorted(path for path in SITE.rglob("index.html"))


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    """The snippets of the site."""
    return Bundle.read(SITE / "verification" / "bundle.json")


def test_the_gate_needs_nothing_but_the_standard_library() -> None:
    done = subprocess.run([sys.executable, "-S", *GATE], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 problems" in done.stdout


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.parent.relative_to(SITE)))
def test_one_changed_character_turns_the_gate_red(path: Path, tmp_path: Path) -> None:
    """In each page with code, the first letter of its first block."""
    html = path.read_text("utf-8")
    blocks = [block for block in read_page(html).blocks if block.role == "snippet" and block.stamp]
    if not blocks:
        assert path.parent.name in {
            "site",
            "claims",
            "reference",
            "functional",
            "layers",
            "optim",
            "how-to",
            SITE.name,
        }, "a page without code"
        return
    frame = re.search(r'class="language-(python|pycon|console) highlight"', html)
    assert frame
    start = html.index("<code>", frame.end())
    at = next(match.start(1) for match in re.finditer(r">([a-z])", html) if match.start() > start)
    copy = tmp_path / "site"
    target = copy / path.relative_to(SITE)
    target.parent.mkdir(parents=True)
    for name in ("verification", "wheels"):
        (copy / name).mkdir(exist_ok=True)
    for name in (
        "verification/bundle.json",
        "verification/pages.json",
        *(p.relative_to(SITE).as_posix() for p in SITE.glob("wheels/*")),
    ):
        (copy / name).symlink_to(SITE / name)
    (copy / "verification/receipts").symlink_to(SITE / "verification/receipts")
    changed = html[:at] + ("x" if html[at] != "x" else "y") + html[at + 1 :]

    def problems_of_page(text: str) -> list[str]:
        target.write_text(text, "utf-8")
        here = [p for p in check_site(copy, ["cpu", "sim"]).problems if p.startswith(f"{target}:")]
        return [p for p in here if "was changed after it was stamped" not in p]

    assert problems_of_page(html) == []
    assert problems_of_page(changed) != []


def test_no_link_is_broken_and_nothing_comes_from_elsewhere() -> None:
    assert check_links(SITE) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.parent.relative_to(SITE)))
def test_every_page_says_how_to_get_the_package_and_its_licences(path: Path) -> None:
    html = path.read_text("utf-8")
    wheel = next(SITE.glob("wheels/*.whl")).name
    assert html.count(f"/wheels/{wheel}") + html.count(f'"wheels/{wheel}') >= 1
    assert "pip install" in html and "CC BY 4.0" in html and "MIT" in html
    assert re.search(r'<meta name="description" content="[^"]{20,}"', html)


def test_formulas_are_rendered_without_javascript() -> None:
    html = (SITE / "chapters/adam/index.html").read_text("utf-8")
    assert html.count('class="katex"') > 20
    assert r"\(" not in re.sub(r"<(script|pre|annotation)\b.*?</\1>", "", html, flags=re.S)
    assert not any(
        "katex" in script or "mathjax" in script.lower() for script in re.findall("<script[^>]*>", html)
    )


def test_figures_stand_in_the_page_with_a_text_alternative() -> None:
    for page in ("chapters/adam", "chapters/autograd", "chapters/mlp", "labs/optimizer_race"):
        figures = re.findall(r'<svg class="dc-figure"[^>]*>', (SITE / page / "index.html").read_text("utf-8"))
        assert figures, page
        assert all(re.search(r'aria-label="[^"]{30,}"', figure) for figure in figures), page


def test_figures_are_drawn_in_the_colours_of_the_site() -> None:
    for path in SITE.rglob("figures/**/*.svg"):
        assert not re.search(r"#(1f77b4|ff7f0e|2ca02c)", path.read_text("utf-8")), (
            f"{path}: drawn without matplotlibrc"
        )


def test_the_lab_is_light_and_offers_its_files() -> None:
    import gzip

    page = SITE / "labs/optimizer_race/index.html"
    assert len(gzip.compress(page.read_bytes())) < 40_000
    html = page.read_text("utf-8")
    assert "output highlight" in html and 'class="katex"' in html and "mathjax" not in html.lower()
    for name in re.findall(r'href="(\.\./files/[^"]+)"', html):
        assert (page.parent / name).resolve().is_file()
    notebook = json.loads((SITE / "labs/files/optimizer_race.ipynb").read_text("utf-8"))
    assert any(cell.get("outputs") for cell in notebook["cells"])


def test_a_test_that_checks_a_block_exists(bundle: Bundle) -> None:
    for snippet in bundle.snippets:
        if snippet.options.checked_by:
            file, _, name = snippet.options.checked_by.partition("::")
            text = (ROOT / file).read_text("utf-8")
            assert f"def {name}(" in text, f"{snippet.where}: {snippet.options.checked_by} doesn't exist"


def test_the_site_claims_a_gpu_only_where_a_receipt_does() -> None:
    receipts = [json.loads(p.read_text("utf-8")) for p in (SITE / "verification/receipts").glob("*.json")]
    on_gpu = any(receipt["device"] == "cuda" for receipt in receipts)
    for path in PAGES:
        html = path.read_text("utf-8")
        assert on_gpu or 'data-device="cuda" data-state="passed"' not in html, path
    home = (SITE / "index.html").read_text("utf-8")
    assert on_gpu or "passed on a GPU" not in home
    verification = (SITE / "verification/index.html").read_text("utf-8")
    assert on_gpu or "nothing on this site was run on one" in verification


def test_front_matter_is_read_and_not_shown() -> None:
    for path in sorted((ROOT / "docs/en").rglob("*.md")):
        if path.name.startswith("_"):
            continue
        text = path.read_text("utf-8")
        assert text.startswith("---\n"), path
        about = yaml.safe_load(text.split("---\n")[1])
        assert about["title"] and 20 <= len(about["description"]) <= 160, path
