"""The forms on the pages: labels, hints, first answers, and what is there without scripts."""

import re

import pytest
from bs4 import BeautifulSoup

from reference_impl.shapes.network.kinds import JOINS, KINDS
from sitebuild.calculators.bundle import ROOT
from sitebuild.calculators.fields import FIELDS, first_values
from sitebuild.calculators.form import calculator, with_calculators
from sitebuild.calculators.in_page.answer import MODULES, answered

PAGES = ROOT / "docs/en/calculators"


def test_every_calculator_has_a_page_and_a_form() -> None:
    """Names of pages, fields and answers are the same."""
    pages = {path.stem for path in PAGES.glob("*.md")} - {"index"}
    assert pages == set(FIELDS) == set(MODULES)
    for name in pages:
        assert f"<!-- calculator: {name} -->" in (PAGES / f"{name}.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_field_is_labelled_and_described(name: str) -> None:
    """Each control has one label; hint and error are named by it and exist."""
    page = BeautifulSoup(calculator(name), "html.parser")
    controls = page.select("form [name]")
    assert [control["name"] for control in controls] == [field.name for field in FIELDS[name]]
    for control in controls:
        assert len(page.select(f'label[for="{control["id"]}"]')) == 1
        assert all(page.find(id=address) for address in control["aria-describedby"].split())
    for field in FIELDS[name]:
        assert field.hint or field.kind in ("box", "list"), f"{field.name} does not say what it takes"


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_first_answer_needs_no_script(name: str) -> None:
    """It is made at build time by what runs in the page; the form is replaced by a sentence."""
    page = BeautifulSoup(with_calculators(f"<p>a</p><!-- calculator: {name} --><p>b</p>"), "html.parser")
    answer = answered(name, first_values(name))
    assert str(page.select_one(".calculator-answer")) == str(
        BeautifulSoup(f'<div class="calculator-answer">{answer["html"]}</div>', "html.parser")
    )
    assert page.form.has_attr("hidden")
    assert "Without JavaScript" in page.noscript.get_text()
    assert page.select("pre") == []


def test_the_page_lists_every_kind_of_layer_with_its_arguments() -> None:
    """Those of the package, with their defaults; what has no default in writing is left out."""
    page = (PAGES / "network.md").read_text("utf-8")
    listed: dict[str, tuple[list[str], set[str]]] = {}
    for kinds, required, others in re.findall(r"^\| (`.+?`) \| (.*?) ?\| (.*?)\|$", page, flags=re.M):
        for kind in re.findall(r"`(\w+)`", kinds):
            listed[kind] = (re.findall(r"\w+", required.strip("`")), set(re.findall(r"\w+=\w+", others)))
    assert sorted(listed) == sorted(KINDS)
    for name, kind in KINDS.items():
        defaults = {
            f"{key}={str(given).lower()}" for key, given in kind.optional.items() if given is not None
        }
        assert listed[name][1] == defaults, name
        if name not in JOINS:
            assert listed[name][0] == kind.required, name


def test_fields_that_do_not_matter_at_first_are_hidden() -> None:
    """`ceil_mode` and `output_padding` are not asked for a convolution."""
    page = BeautifulSoup(calculator("inverse"), "html.parser")
    hidden = [place.select_one("[name]")["name"] for place in page.select("[data-only-for][hidden]")]
    assert hidden == ["output_padding", "ceil_mode"]
