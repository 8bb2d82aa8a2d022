"""Every copy button of every page puts the block's own text on the clipboard."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup


@pytest.fixture(scope="module")
def copied(browse: Callable[..., Any]) -> dict[str, list[dict[str, str]]]:
    """What each button of each page copied."""
    return browse("copy.mjs")


def test_every_button_copies_its_block(copied: dict[str, list[dict[str, str]]], site: Path) -> None:
    """The clipboard holds the text given by the button, or else that of the code above it."""
    shown = {}
    for file in site.rglob("*.html"):
        page = BeautifulSoup(file.read_text("utf-8"), "html.parser")
        address = file.relative_to(site).as_posix().removesuffix("index.html")
        texts = [shown_text(button) for button in page.select("button.dc-copy")]
        if texts:
            shown[address] = texts
    assert sum(map(len, shown.values())) > 50
    assert {page: [block["text"] for block in blocks] for page, blocks in copied.items()} == shown


def shown_text(button: Any) -> str:
    """Return what a button should copy."""
    if "data-copy" in button.attrs:
        return button["data-copy"]
    return button.find_parent(class_="highlight").select_one("pre > code").get_text().removesuffix("\n")
