"""The navigation has every chapter that is written, under its topic and in the order of the table of contents."""

import json
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = ROOT / "docs/en/chapters"


class Loader(yaml.SafeLoader):
    """Reads the settings of MkDocs, in which some values name functions of Python."""


Loader.add_multi_constructor("tag:yaml.org,2002:python/", lambda *_: None)


def test_each_written_chapter_stands_under_its_topic() -> None:
    settings = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), Loader)
    (sections,) = (part["Chapters"] for part in settings["nav"] if "Chapters" in part)
    shown = {title: pages for section in sections for title, pages in section.items()}

    table = json.loads((ROOT / "docs/en/claims/data/chapters.json").read_text("utf-8"))
    written = [chapter for chapter in table["chapters"] if (CHAPTERS / f"{chapter['key']}.md").exists()]
    expected = {
        topic["name"]: [f"chapters/{c['key']}.md" for c in written if c["topic"] == topic["key"]]
        for topic in table["topics"]
    }
    assert list(shown.items()) == [(name, pages) for name, pages in expected.items() if pages]
    pages = {path.stem for path in CHAPTERS.glob("*.md") if not path.stem.startswith("_")}
    assert pages == {chapter["key"] for chapter in written}
