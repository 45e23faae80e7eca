"""The glossary from A to Z: its letters, and the field that leaves the words that are looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

    from tests.browser.conftest import Serve


@pytest.fixture(scope="module")
def address(built_site: Path, serve: Serve) -> str:
    """Return the address of the glossary."""
    return f"{serve(built_site)}/glossary/"


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """Open the glossary on a phone."""
    context = chromium.new_context(viewport={"width": 390, "height": 844})
    context.set_default_timeout(30_000)
    opened = context.new_page()
    opened.goto(address)
    yield opened
    context.close()


def field(page: Page) -> Locator:
    return page.get_by_label("Find a word")


def words(page: Page) -> list[str]:
    return page.locator(".words dt a:visible").all_inner_texts()


def told(page: Page) -> str:
    return page.locator(".find").get_by_role("status").inner_text()


def test_typing_leaves_what_fits_and_tells_how_many(page: Page) -> None:
    everything = words(page)
    assert len(everything) > 20
    assert not told(page)
    field(page).press_sequentially("generative")
    found = words(page)
    assert "generative AI" in found
    assert len(found) < len(everything)
    assert told(page) == f"{len(found)} of {len(everything)} entries"
    field(page).fill("")
    assert words(page) == everything
    assert not told(page)


def test_what_else_a_word_is_called_is_found_too(page: Page) -> None:
    field(page).fill("board of directors")
    assert words(page) == ["board"]
    assert "directors" not in page.locator(".words:visible").inner_text()


def test_words_are_found_in_any_order_whatever_their_case_and_accents(page: Page) -> None:
    field(page).fill("  UNÏT  processing ")
    assert words(page) == ["GPU"]


def test_letters_without_hits_are_hidden_and_lead_nowhere(page: Page) -> None:
    field(page).fill("board of directors")
    assert page.locator("h2:visible").all_inner_texts() == ["B"]
    letters = page.get_by_role("navigation", name="Letters").get_by_role("link")
    assert letters.all_inner_texts() == ["B"]
    field(page).fill("no such word")
    assert words(page) == []
    assert letters.count() == 0
    assert told(page).startswith("0 of ")
    field(page).fill("")
    assert letters.count() == page.locator("h2").count()


def test_nothing_is_left_after_a_reload(page: Page) -> None:
    field(page).fill("board")
    page.reload()
    assert field(page).input_value() == ""
    assert len(words(page)) > 20


def test_letters_lead_to_their_words(page: Page) -> None:
    letters = page.get_by_role("navigation", name="Letters")
    letters.get_by_role("link", name="T", exact=True).click()
    assert page.url.endswith("#section-t")
    shown = letters.locator("li").all_inner_texts()
    assert shown[:26] == list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    assert letters.get_by_role("link", name="Z", exact=True).count() == 0


def test_by_keyboard_alone(page: Page) -> None:
    field(page).focus()
    page.keyboard.type("firehose")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.letters') !== null")
    assert "firehose" in words(page)


def test_without_a_script_there_is_no_field_and_every_word(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address)
    assert not field(opened).is_visible()
    assert len(words(opened)) > 20
    context.close()


def test_the_data_is_a_link_away(page: Page) -> None:
    link = page.get_by_role("link", name="the glossary as JSON").get_attribute("href")
    answer = page.request.get(page.evaluate("href => new URL(href, document.baseURI).href", link))
    assert answer.ok
    assert len(answer.json()["terms"]) == len(words(page))
