"""Formulas are rendered while the site is built, and a wrong one is found there."""

from collections.abc import Iterator

import pytest

from sitebuild.formulas import FormulaError, Renderer


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    """One Node process for all tests."""
    renderer = Renderer()
    yield renderer
    renderer.close()


def test_inline_and_displayed(renderer: Renderer) -> None:
    """Both kinds become KaTeX's markup with MathML for screen readers, and no TeX delimiter is left."""
    page = r'<p><span class="arithmatex">\(a &lt; b\)</span></p><div class="arithmatex">\[\frac{1}{2}\]</div>'
    rendered = renderer.page(page, "page.md")
    assert rendered.count("<math") == 2
    assert rendered.count('<span class="katex-display">') == 1
    assert r"\(" not in rendered and r"\[" not in rendered


def test_formula_in_the_table_of_contents(renderer: Renderer) -> None:
    """A heading with a formula has it in the table of contents too."""
    entry = r'<span class="md-ellipsis">Why divide by \(1-\beta^t\)</span>'
    assert '<span class="katex">' in renderer.page(entry, "page.md")


def test_code_is_left_alone(renderer: Renderer) -> None:
    """TeX in a code block is code."""
    page = r"<pre><code>\(x\)</code></pre>"
    assert renderer.page(page, "page.md") == page


@pytest.mark.parametrize("tex", [r"\unknown{x}", r"\frac{1}", r"x_1_2", "größe"])
def test_a_wrong_formula_names_page_and_formula(renderer: Renderer, tex: str) -> None:
    """The build stops with the place, and the renderer goes on working."""
    with pytest.raises(FormulaError) as error:
        renderer.page(rf'<span class="arithmatex">\({tex}\)</span>', "chapters/adam.md")
    assert str(error.value).startswith(f"chapters/adam.md: the formula `{tex}` can't be rendered: ")
    assert "<math" in renderer.formula("x", False)


def test_missing_node_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Node the error says what to do."""
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("NODE", raising=False)
    with pytest.raises(FormulaError, match="name it in the variable NODE"):
        Renderer().formula("x", False)
