"""Stylesheet, fonts and MicroPython: what the site serves itself and takes from its own styles and from npm."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STYLES = ROOT / "sitebuild" / "styles"
MODULES = ROOT / "node_modules"

STYLESHEET = "assets/site.css"
FONTS = "assets/fonts"
CALCULATORS = "assets/javascripts/calculators"
BUNDLE = f"{CALCULATORS}/files.json"

FONT_SHEETS = (
    "@fontsource-variable/source-serif-4/wght.css",
    "@fontsource-variable/source-serif-4/wght-italic.css",
    "@fontsource-variable/source-sans-3/wght.css",
    "@fontsource-variable/source-code-pro/wght.css",
)
ALPHABETS = ("-latin-wght-", "-latin-ext-wght-", "-greek-wght-")
FORMULA_SHEET = "katex/dist/katex-swap.css"
INTERPRETER = "@micropython/micropython-webassembly-pyscript"

FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
WOFF2 = re.compile(r"url\(([^)]+\.woff2)\)")


class MissingPartError(Exception):
    """A front-end part isn't installed."""


def stylesheet() -> str:
    """Return the whole CSS of the site: font faces, formulas, then the theme's own files in order of name."""
    faces = [face.css for face in font_faces()]
    formulas = FONT_FACE.sub("", _read(FORMULA_SHEET))
    own = [path.read_text("utf-8") for path in sorted(STYLES.glob("*.css"))]
    return "\n".join([*faces, formulas, *own])


def font_files() -> dict[str, Path]:
    """Return the font files that the stylesheet names: address within the site → file."""
    return {f"{FONTS}/{face.file.name}": face.file for face in font_faces()}


def interpreter_files() -> dict[str, Path]:
    """Return MicroPython's files: address within the site → file. Not every host knows the ending `.mjs`."""
    files = {
        f"{CALCULATORS}/micropython.js": MODULES / INTERPRETER / "micropython.mjs",
        f"{CALCULATORS}/micropython.wasm": MODULES / INTERPRETER / "micropython.wasm",
    }
    for path in files.values():
        _check(path)
    return files


class FontFace:
    """One `@font-face` rule that names one local file.

    Attributes:
        css: the rule, with the address of the file relative to the site's stylesheet.
        file: the font file.
    """

    def __init__(self, rule: str, folder: Path) -> None:
        """Read a rule of a style sheet in `folder`."""
        address = WOFF2.search(rule)
        if address is None:
            raise MissingPartError(f"{folder}: a font face without a WOFF2 file: {rule[:80]}")
        self.file = (folder / address[1]).resolve()
        source = f'src: url(fonts/{self.file.name}) format("woff2");'
        self.css = re.sub(r"src:[^;]*;", source, rule)


def font_faces() -> list[FontFace]:
    """Return the text faces in the alphabets of the site, and all faces of formulas."""
    faces = []
    for sheet in (*FONT_SHEETS, FORMULA_SHEET):
        rules = FONT_FACE.findall(_read(sheet))
        if sheet != FORMULA_SHEET:
            rules = [rule for rule in rules if any(alphabet in rule for alphabet in ALPHABETS)]
        faces += [FontFace(rule, (MODULES / sheet).parent) for rule in rules]
    return faces


def _read(sheet: str) -> str:
    _check(MODULES / sheet)
    return (MODULES / sheet).read_text("utf-8")


def _check(path: Path) -> None:
    if not path.is_file():
        raise MissingPartError(f"{path} is missing; install the front-end parts with `npm ci`")
