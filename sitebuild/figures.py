"""Figures: matplotlib's SVG, tidied so that it can stand inside a page, in light and in dark."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
HREF = f"{{{XLINK}}}href"

CYCLE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
COLOURS = {
    "#000000": "currentColor",
    "#ffffff": "var(--md-default-bg-color, #fff)",
    **{colour: f"var(--figure-c{index}, {colour})" for index, colour in enumerate(CYCLE)},
}

# Matplotlib laid the text out in its own font, which is larger and wider than the page's.
TEXT_SCALE = 1.12
GLYPH_SPACING = 0.9

# One scale for all figures, so that their text has one size: 6.4 inches are 30.5 rem.
REM_PER_POINT = 30.5 / (6.4 * 72)

FONT_FAMILY = re.compile(r"font-family: [^;]*;?")
FONT_SIZE = re.compile(r"(font-size: )([\d.]+)px")
LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}")
EMPTY = re.compile(r"<(g|defs)></\1>")
REFERENCE = re.compile(r"url\(#([^)]+)\)")

ElementTree.register_namespace("", SVG)
ElementTree.register_namespace("xlink", XLINK)


class ForeignStyleError(Exception):
    """A figure was drawn without the site's settings."""


def tidy(svg: str, prefix: str) -> str:
    """Return one `<svg>` element without matplotlib's global style, fixed size, fonts and metadata.

    Black becomes the colour of the text around the figure, the cycle's colours become CSS variables.

    Args:
        svg: a file written by matplotlib with `svg.fonttype: none`.
        prefix: begins every id, so that two figures can stand on one page.

    Raises:
        ForeignStyleError: the letters are drawn as shapes, so the figure wasn't drawn under the site's settings.
    """
    if '<path id="DejaVu' in svg:
        raise ForeignStyleError(
            "drawn without the site's settings; set MATPLOTLIBRC to sitebuild/matplotlibrc"
        )
    root = ElementTree.fromstring(svg)
    for parent in root.iter():
        for child in list(parent):
            if child.tag in {f"{{{SVG}}}metadata", f"{{{SVG}}}style"} or _is_invisible(child):
                parent.remove(child)
    referenced = {_target(element) for element in root.iter()} | set(REFERENCE.findall(svg))
    for element in root.iter():
        _name(element, prefix, referenced)
        _clean(element)
    for glyph in root.iter(f"{{{SVG}}}tspan"):
        glyph.set("x", f"{float(glyph.get('x', '0')) * GLYPH_SPACING:.4g}")
    for attribute in ("width", "height", "version", "role"):
        root.attrib.pop(attribute, None)
    root.set("style", f"max-width: {float(root.get('viewBox', '').split()[2]) * REM_PER_POINT:.4g}rem")
    root.attrib.update({"fill": "currentColor", "stroke-linejoin": "round", "stroke-linecap": "butt"})
    text = ElementTree.tostring(root, encoding="unicode")
    return EMPTY.sub("", re.sub(r">\s+<", "><", text)).strip()


def inline(svg: str, alternative: str, caption: str = "") -> str:
    """Return the HTML of a tidied figure with its text alternative and, where it has one, its caption."""
    label = html.escape(alternative, quote=True)
    picture = svg.replace("<svg ", f'<svg class="dc-figure" role="img" aria-label="{label}" ', 1)
    below = f"<figcaption>{html.escape(caption)}</figcaption>" if caption else ""
    return f"<figure>{picture}{below}</figure>"


def _is_invisible(element: ElementTree.Element) -> bool:
    return element.tag == f"{{{SVG}}}path" and element.get("style") == "fill: none"


def _target(element: ElementTree.Element) -> str:
    return element.get(HREF, "").removeprefix("#")


def _name(element: ElementTree.Element, prefix: str, referenced: set[str]) -> None:
    """Keep only the ids that something refers to, and make them unique on the page."""
    if (name := element.attrib.pop("id", None)) in referenced:
        element.set("id", f"{prefix}-{name}")
    if (address := element.get(HREF)) is not None:
        element.set(HREF, re.sub("^#", f"#{prefix}-", address))
    if clip := element.get("clip-path"):
        element.set("clip-path", REFERENCE.sub(rf"url(#{prefix}-\1)", clip))


def _clean(element: ElementTree.Element) -> None:
    for attribute in ("d", "x", "y", "transform", "points"):
        if value := element.get(attribute):
            short = LONG_NUMBER.sub(lambda match: f"{float(match[0]):.2f}", value)
            element.set(attribute, " ".join(short.split()))
    if style := element.get("style"):
        style = FONT_FAMILY.sub("", style).replace("oblique", "italic")
        style = FONT_SIZE.sub(lambda match: f"{match[1]}{float(match[2]) * TEXT_SCALE:.4g}px", style)
        for colour, replacement in COLOURS.items():
            style = style.replace(colour, replacement)
        element.set("style", style.strip("; "))
