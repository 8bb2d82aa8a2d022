"""The claims page: its filter, with the keyboard, the address, and instant navigation; and without scripts."""

from collections.abc import Callable
from typing import Any

import pytest

ALL = {"announced": "All 336 statements", "statements": 336, "topics": 16, "headings": 16}
ONE = {"announced": "1 of 336 statements", "statements": 1, "topics": 1, "headings": 1}


@pytest.fixture(scope="module")
def claims(browse: Callable[..., Any]) -> dict[str, Any]:
    """What a reader saw, step by step."""
    return browse("claims.mjs")


@pytest.fixture(scope="module")
def steps(claims: dict[str, Any]) -> dict[str, Any]:
    """What the filter showed."""
    return claims["filtering"]


def test_everything_is_listed_after_instant_navigation(steps: dict[str, Any]) -> None:
    """The filter works on a page that was reached without a reload."""
    assert steps["sameDocument"] is True
    assert steps["all"] == {"address": "", **ALL}


def test_every_word_must_occur(steps: dict[str, Any]) -> None:
    """Capital letters don't matter, nor does the order; topics without a match disappear."""
    assert 1 < steps["words"]["statements"] < 10
    assert steps["words"]["topics"] == steps["words"]["headings"] < 16
    assert steps["words"]["address"] == "?words=ADAM+zero"


def test_filters_add_up_and_survive_a_reload(steps: dict[str, Any]) -> None:
    """The address holds the filter, so that a list can be linked."""
    assert steps["verdict"] == {"address": "?words=ADAM+zero&verdict=wrong", **ONE}
    assert steps["reloaded"] == steps["verdict"]


def test_a_statement_leads_to_its_block_and_back(steps: dict[str, Any]) -> None:
    """The link ends at the code; going back restores the filter."""
    assert "highlight" in steps["leadsTo"].split()
    assert steps["back"] == steps["verdict"]


def test_a_link_to_a_hidden_statement_clears_the_filter(steps: dict[str, Any]) -> None:
    """Otherwise the link would lead nowhere."""
    assert steps["linked"] == {"address": "#c001", **ALL}


def test_nothing_found_is_said(steps: dict[str, Any]) -> None:
    """And the list can be had back."""
    assert steps["nothing"]["announced"] == "None of 336 statements"
    assert steps["nothing"]["headings"] == 0
    assert steps["cleared"] == {"address": "#c001", **ALL}


def test_an_unknown_value_is_ignored(steps: dict[str, Any]) -> None:
    """The other filters of the address still count."""
    assert 0 < steps["unknownTopic"]["statements"] < 336
    assert steps["unknownTopic"]["topic"] == "All"


def test_what_was_typed_stays(steps: dict[str, Any]) -> None:
    """The theme may announce the same page again before the address has caught up."""
    assert steps["keptWhenTheThemeSpeaksAgain"] == "momentum"


def test_without_scripts_everything_is_listed(claims: dict[str, Any]) -> None:
    """And no control is shown that does nothing."""
    assert claims["withoutScripts"] == {"statements": 336, "filters": 0}
