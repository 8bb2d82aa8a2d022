"""What readers do: search, follow links, copy, use the keyboard, change colours."""

from collections.abc import Callable
from typing import Any

import pytest
from visited_pages import CHAPTER

CONCEPTS = {"bias correction": "chapters/adam/", "computational graph": "chapters/autograd/"}
SYMBOLS = {
    "cross_entropy": "reference/functional/",
    "value_and_grad": "reference/autograd/",
    "adam_update": "reference/optim/",
}


@pytest.fixture(scope="module")
def found(browse: Callable[..., Any]) -> dict[str, list[str]]:
    """The addresses that each query finds."""
    return browse("search.mjs", *CONCEPTS, *SYMBOLS, "unfindablewordxyz")


@pytest.fixture(scope="module")
def reading(browse: Callable[..., Any]) -> dict[str, dict[str, Any]]:
    """What happened on one chapter."""
    return browse("reading.mjs", CHAPTER)


@pytest.mark.parametrize(("query", "page"), [*CONCEPTS.items(), *SYMBOLS.items()])
def test_search_puts_the_page_first(found: dict[str, list[str]], query: str, page: str) -> None:
    """Concepts lead to their chapter, symbols to their entry of the reference."""
    assert found[query][0].startswith(page)


def test_search_names_the_symbol(found: dict[str, list[str]]) -> None:
    """The result leads to the definition itself."""
    assert any(address.endswith("#reference_impl.optim.adam_update") for address in found["adam_update"])


def test_search_finds_nothing_for_nonsense(found: dict[str, list[str]]) -> None:
    """The search can fail, so the other results mean something."""
    assert found["unfindablewordxyz"] == []


def test_copying_after_instant_navigation(reading: dict[str, dict[str, Any]]) -> None:
    """A page reached without a reload has working copy buttons, and the outcome is announced."""
    assert reading["instant"] == {"sameDocument": True, "copied": True}


def test_copying_without_the_clipboard_interface(reading: dict[str, dict[str, Any]]) -> None:
    """Pages read over plain HTTP copy too."""
    assert reading["fallback"] == {"copied": True}


def test_keyboard_focus_is_visible(reading: dict[str, dict[str, Any]]) -> None:
    """Each control of a code frame shows where the keyboard is."""
    assert reading["focus"] == {"copy": True, "details": True, "link": True}


def test_colours_change_and_stay(reading: dict[str, dict[str, Any]]) -> None:
    """The switch changes the colours and the choice survives a reload."""
    assert reading["colours"] == {"changed": True, "kept": True}


def test_nothing_moves_for_readers_who_asked(reading: dict[str, dict[str, Any]]) -> None:
    """With reduced motion nothing has a visible transition."""
    assert reading["motion"] == {"usually": True, "reduced": False}
