"""The stylesheet and the fonts come from this site alone."""

import re

import pytest

from sitebuild import assets


def test_every_font_of_the_stylesheet_is_published() -> None:
    """Each address in the stylesheet is a file that exists, and no other font is published."""
    named = set(re.findall(r"url\(fonts/([^)]+)\)", assets.stylesheet()))
    files = assets.font_files()
    assert {f"assets/fonts/{name}" for name in named} == set(files)
    assert all(path.is_file() for path in files.values())


def test_nothing_comes_from_elsewhere() -> None:
    """No address of another host, no import."""
    sheet = assets.stylesheet()
    assert "@import" not in sheet
    assert re.findall(r"url\(\s*['\"]?(?:https?:)?//", sheet) == []


def test_fonts_speak_greek() -> None:
    """β and θ stand in running text and in code."""
    names = " ".join(assets.font_files())
    for family in ("source-serif-4", "source-sans-3", "source-code-pro"):
        assert f"{family}-greek-wght-normal" in names
        assert f"{family}-cyrillic" not in names


def test_missing_part_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    """Without the npm packages the error names the remedy."""
    monkeypatch.setattr(assets, "MODULES", tmp_path)
    with pytest.raises(assets.MissingPartError, match="npm ci"):
        assets.stylesheet()
