"""Lighthouse, as a desktop: full marks but for performance, of which the median of three counts."""

from collections.abc import Callable
from typing import Any

import pytest
from visited_pages import CHAPTER, HOME, REFERENCE

LEAST_PERFORMANCE = 95


@pytest.fixture(scope="module")
def reports(browse: Callable[..., Any]) -> dict[str, dict[str, Any]]:
    """One report for each page."""
    return browse("lighthouse.mjs", str(LEAST_PERFORMANCE), HOME, CHAPTER, REFERENCE)


@pytest.mark.parametrize("page", [HOME, CHAPTER, REFERENCE])
def test_marks(reports: dict[str, dict[str, Any]], page: str) -> None:
    """Accessibility, best practices and SEO are 100; the median performance is at least 95."""
    report = reports[page]
    marks = {name: report[name] for name in ("accessibility", "best-practices", "seo")}
    assert marks == {"accessibility": 100, "best-practices": 100, "seo": 100}, report["failures"]
    good = [mark for mark in report["performance"] if mark >= LEAST_PERFORMANCE]
    assert len(good) == 2, f"the median of three is below {LEAST_PERFORMANCE}: {report['performance']}"
