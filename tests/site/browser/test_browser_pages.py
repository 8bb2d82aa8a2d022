"""Accessibility, errors and strangers: what a browser sees on four kinds of page, in light, dark and narrow."""

from collections.abc import Callable
from typing import Any

import pytest
from visited_pages import CHAPTER, FOLDER, HOME, REFERENCE


@pytest.fixture(scope="module")
def reports(browse: Callable[..., Any]) -> list[dict[str, Any]]:
    """One report for each page and way of looking at it."""
    return browse("audit.mjs", HOME, CHAPTER, REFERENCE, FOLDER)


@pytest.mark.parametrize("page", [HOME, CHAPTER, REFERENCE, FOLDER])
def test_nothing_is_wrong_in_light_dark_and_narrow(reports: list[dict[str, Any]], page: str) -> None:
    """Axe finds nothing, the console is silent, no request fails or leaves the site, nothing is cut off."""
    of_page = [report for report in reports if report["path"] == page]
    assert [(report["scheme"], report["width"]) for report in of_page] == [
        ("default", 1280),
        ("slate", 1280),
        ("default", 375),
    ]
    assert [trouble for report in of_page for trouble in report["troubles"]] == []
    assert min(report["rulesPassed"] for report in of_page) > 30
