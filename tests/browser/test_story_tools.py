"""The tools of a story page: how sure, who says it, copying a citation, pictures; in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

STORY = "stories/twitter-ai-openai/"
WIDTHS = (320, 390, 1280, 1920)


@pytest.fixture(scope="module")
def address(built_site: Path, serve: Callable[[Path], str]) -> str:
    """Serve the built site."""
    return f"{serve(built_site)}/{STORY}"


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """Open the story on a desktop, where the clipboard may be used."""
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"]
    )
    context.set_default_timeout(30_000)
    opened = context.new_page()
    opened.goto(address)
    yield opened
    context.close()


def test_press_dims_what_others_say_and_another_takes_that_back(page: Page) -> None:
    voice = page.locator("[data-voice=semafor]")
    theirs, others = page.locator('.s[data-by~="semafor"]'), page.locator('.s[data-by]:not([data-by~="semafor"])')
    status = page.locator(".voices [role=status]")
    colour = "one => getComputedStyle(one).color"
    before, height = others.first.evaluate(colour), page.evaluate("document.documentElement.scrollHeight")
    voice.press("Enter")
    assert voice.get_attribute("aria-pressed") == "true"
    assert page.locator(".s.dim").count() == others.count() > 0
    assert page.locator(".s.lit").count() == theirs.count() > 0
    assert others.first.evaluate(colour) != before
    assert others.first.is_visible()
    assert status.inner_text().endswith("by Semafor. The others are dimmed.")
    assert page.evaluate("document.documentElement.scrollHeight") == height, "nothing moves"
    voice.press("Enter")
    assert page.locator(".s:is(.dim, .lit)").count() == 0
    assert status.inner_text() == ""


def test_one_voice_at_a_time(page: Page) -> None:
    first, second = page.locator("[data-voice]").nth(0), page.locator("[data-voice]").nth(1)
    first.click()
    second.click()
    assert [one.get_attribute("aria-pressed") for one in (first, second)] == ["false", "true"]
    said = second.get_attribute("data-voice") or ""
    assert all(said in (one.get_attribute("data-by") or "").split() for one in page.locator(".s.lit").all())


def test_copied_citation_has_the_hedge_and_the_address(page: Page) -> None:
    page.locator("#pledge button.mark").first.click()
    record = page.locator("#section-record--pledge")
    record.get_by_role("button", name="Copy a citation").click()
    record.get_by_text("Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "ccording to Semafor" in copied
    assert "(Reported.)" in copied
    assert "Semafor, 24 March 2023" in copied
    assert copied.endswith(f"/{STORY}#pledge")


def test_without_clipboard_the_citation_is_shown(page: Page) -> None:
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('no')) }")
    page.locator("#pledge button.mark").first.click()
    record = page.locator("#section-record--pledge")
    record.get_by_role("button", name="Copy a citation").click()
    record.get_by_text(f"/{STORY}#pledge").wait_for()


def test_certainty_shows_without_script_and_tools_that_need_it_are_not_there(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    assert page.locator(".voices").is_hidden()
    word = page.locator("#pledge button.mark .word")
    assert word.is_hidden()
    page.get_by_text("Show how sure each sentence is").click()
    assert word.is_visible()
    page.locator("#pledge button.mark").click()
    assert page.locator("#section-record--pledge").is_visible()
    assert page.locator("#section-record--pledge .copy").is_hidden()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_pictures_fit_and_phones_have_the_list_alone(chromium: Browser, address: str, width: int) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    page.goto(address)
    picture = page.locator(".picture svg[role=img]").first
    assert picture.is_visible() == (width > 600)
    assert page.locator("ol.time > li").first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bars = "[...document.querySelectorAll('.money .bar')].every(one => one.scrollWidth <= one.clientWidth + 1)"
    assert page.evaluate(bars)
    context.close()


def test_numbers_in_the_picture_do_not_meet(page: Page) -> None:
    texts = """[...document.querySelectorAll('.picture svg[role=img] text')].map(one => {
        const box = one.getBoundingClientRect(); return [box.left, box.right, box.top, box.bottom] })"""
    boxes = page.evaluate(texts)
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]
            assert apart, (one, other)


def test_numbers_in_the_picture_are_those_of_the_list(page: Page) -> None:
    marks = page.locator(".picture svg[role=img] g text").all_text_contents()
    events = page.locator("ol.time.numbered > li").count()
    assert [mark.strip("~?") for mark in marks][-1].split("–")[-1] == str(events)


@pytest.mark.parametrize("title", ["Timeline", "Who is who", "The money", "What nobody knows yet"])
def test_navigation_tells_which_section_one_has_gone_to(page: Page, title: str) -> None:
    link = page.locator(".md-nav--secondary a.md-nav__link", has_text=title)
    link.click()
    page.locator(".md-nav--secondary a.md-nav__link--active", has_text=title).last.wait_for()
