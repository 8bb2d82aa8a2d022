"""Figures: what matplotlib writes becomes part of a page."""

from __future__ import annotations

import io
import re
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import pytest

from sitebuild.figures import CYCLE, ForeignStyleError, inline, tidy

RC = Path(__file__).resolve().parents[2] / "sitebuild" / "matplotlibrc"


@pytest.fixture(scope="module")
def drawn() -> str:
    """A figure with lines, markers, clipping, a formula and a grey line, under the site's settings."""
    from matplotlib.figure import Figure

    with matplotlib.rc_context(fname=str(RC)):
        figure = Figure()
        axes = figure.subplots()
        for index in range(6):
            axes.plot([0, 1], [index, index + 1], marker="o", color=f"C{index}")
        axes.axhline(3, color="black")
        axes.axvline(0.5, color="#808080")
        axes.set_xlabel(r"$\beta_1$")
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg")
    return buffer.getvalue()


def test_colours_follow_the_theme(drawn: str) -> None:
    """Black is the text's colour, the cycle is CSS variables, other colours stay."""
    picture = tidy(drawn, "f")
    for index, colour in enumerate(CYCLE):
        assert f"var(--figure-c{index}, {colour})" in picture
        assert colour not in picture.replace(f"var(--figure-c{index}, {colour})", "")
    assert "#000000" not in picture
    assert "stroke: currentColor" in picture
    assert "stroke: #808080" in picture


def test_nothing_styles_the_page_around_it(drawn: str) -> None:
    """No style element, no fixed size, no font of its own, no metadata."""
    assert "<style" in drawn
    picture = tidy(drawn, "f")
    root = ElementTree.fromstring(picture)
    assert "<style" not in picture and "metadata" not in picture and "font-family" not in picture
    assert {"width", "height"}.isdisjoint(root.attrib)
    assert root.attrib["fill"] == "currentColor"


def test_ids_are_unique_and_resolve(drawn: str) -> None:
    """Two figures on one page share no id, and every reference finds its target."""
    first, second = (tidy(drawn, prefix) for prefix in ("figure-1", "figure-2"))
    names = [set(re.findall(r' id="([^"]+)"', picture)) for picture in (first, second)]
    assert names[0] and names[0].isdisjoint(names[1])
    references = set(re.findall(r'xlink:href="#([^"]+)"', first)) | set(re.findall(r"url\(#([^)]+)\)", first))
    assert references == names[0]


def test_no_plain_href(drawn: str) -> None:
    """The theme rewrites `href` of every element when it changes pages, which fails on SVG's `use`."""
    assert not re.search(r"[^:]href=", tidy(drawn, "f"))


def test_same_drawing_same_bytes(drawn: str) -> None:
    """The result doesn't depend on the hour."""
    other_day = re.sub(r"<dc:date>[^<]*", "<dc:date>1999-12-31", drawn)
    assert tidy(drawn, "f") == tidy(other_day, "f")


def test_inline_has_a_text_alternative_and_a_caption(drawn: str) -> None:
    """Screen readers get the alternative, everybody the caption; both are escaped."""
    markup = inline(tidy(drawn, "f"), 'two "lines" & more', "a < b")
    assert 'role="img" aria-label="two &quot;lines&quot; &amp; more"' in markup
    assert markup.endswith("<figcaption>a &lt; b</figcaption></figure>")
    assert "figcaption" not in inline("<svg ></svg>", "x")


def test_a_figure_without_the_settings_of_the_site_is_refused() -> None:
    """Matplotlib's own settings draw letters as shapes, in colours that the theme doesn't know."""
    from matplotlib.figure import Figure

    buffer = io.StringIO()
    figure = Figure()
    figure.text(0.5, 0.5, "letters")
    with matplotlib.rc_context({"svg.fonttype": "path"}):
        figure.savefig(buffer, format="svg")
    with pytest.raises(ForeignStyleError, match="MATPLOTLIBRC"):
        tidy(buffer.getvalue(), "f")
