"""What is typed into the search finds what is meant, however it is written, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nutgraf import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

STORY = """\
title: Accents
as_of: 2024-07-01
sections:
  - title: Notes
    statements:
      - id: cafe
        text: Ada Sample opened a café in Łódźby for {price}
        source: gazette-clock
        quantities: {price: {amount: 4800, unit: USD, kind: price}}
      - id: weight
        text: the café in Łódźby sold {weight} of smørrebrød in a Straße that a naive man from Åland and Đặng ran
        source: gazette-clock
        quantities: {weight: {amount: 1234567, unit: kilogram, kind: count}}
      - {id: other, text: the owner of the café in Łódźby left, by: ada-sample, source: gazette-clock}
disputes:
  - {id: why, question: Why did the café close?, rests_on: cafe, positions: [weight, other]}
"""
FOUND = "stories/accents/"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, chromium: Browser, serve: Callable[[Path], str]) -> Iterator[Page]:
    """Open a small site, and its search."""
    folder = tmp_path_factory.mktemp("search") / "site"
    assert cli.main(["init", str(folder)]) == 0
    (folder / "content/stories/accents.yml").write_text(STORY, encoding="utf-8")
    assert cli.main(["build", "-f", str(folder / "mkdocs.yml"), "-d", str(folder / "site")]) == 0
    context = chromium.new_context()
    opened = context.new_page()
    opened.goto(serve(folder / "site"))
    opened.keyboard.press("/")
    yield opened
    context.close()


ASK = """
([field, query]) => {
  field.value = query
  field.dispatchEvent(new KeyboardEvent("keyup"))
}
"""
FOUND_LINKS = (
    "[...document.querySelectorAll('.md-search-result__link')].map(one => one.getAttribute('href').split('?')[0])"
)


def search(page: Page, query: str) -> list[str]:
    """Ask for something, and return the addresses of what is found, the first before the others."""
    field = page.locator("[data-md-component=search-query]").element_handle()
    # All at once: of each letter that is typed there would be an answer. What was found before is to be gone.
    page.evaluate(ASK, [field, "zzzz"])
    page.locator(".md-search-result__meta", has_text="Nothing found").wait_for()
    page.evaluate(ASK, [field, query])
    page.locator(".md-search-result__meta", has_text="Found on").wait_for()
    page.locator(".md-search-result__link").first.wait_for(state="attached")
    found: list[str] = page.evaluate(FOUND_LINKS)
    return found


@pytest.mark.parametrize(
    "query",
    [
        *("café", "cafe", "CAFE", "cafè", "Łódźby", "lodzby", "LODZBY", "łódź", "lodz"),
        *("4,800", "4800", "$4,800", "$4800", "1,234,567", "1234567", "1,23", "1234", "1,234,567 kilograms"),
        *("smørrebrød", "smorrebrod", "Straße", "strasse", "naïve", "naive", "aland", "dang", "Đặng"),
    ],
)
def test_letters_and_figures_are_found_however_they_are_written(page: Page, query: str) -> None:
    assert any(FOUND in one for one in search(page, query))


@pytest.mark.parametrize(
    "query", ["Why did the café close?", "why did the cafe close", "Why did the café close ?", "café close", "close?"]
)
def test_a_question_finds_the_dispute_that_answers_it(page: Page, query: str) -> None:
    assert any(one.endswith(f"{FOUND}#why") for one in search(page, query)[:3])


def test_what_is_shown_is_as_it_was_written(page: Page) -> None:
    search(page, "lodzby 4800")
    shown = page.locator(".md-search-result__list").inner_text()
    assert "Łódźby" in shown
    assert "$4,800" in shown
    assert "Łódźby" in page.locator(".md-search-result mark").all_inner_texts()


def test_signs_of_the_search_still_mean_what_they_did(page: Page) -> None:
    assert any(FOUND in one for one in search(page, "cafe"))
    assert not any(FOUND in one for one in search(page, "clock -cafe"))
    assert any(FOUND in one for one in search(page, "+opened +cafe"))


def test_a_question_of_the_real_story_finds_its_dispute(
    built_site: Path, chromium: Browser, serve: Callable[[Path], str]
) -> None:
    context = chromium.new_context()
    opened = context.new_page()
    opened.goto(serve(built_site))
    opened.keyboard.press("/")
    found = search(opened, "Why did Elon Musk leave OpenAI?")
    assert any(one.endswith("#why-he-left") for one in found[:5]), found
    context.close()
