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


def test_press_shows_what_one_of_them_says_alone_and_another_takes_that_back(page: Page) -> None:
    page.locator(".voices summary").click()
    voice = page.locator("[data-voice=semafor]")
    theirs, others = (page.locator(f".part .s{one}") for one in ('[data-by~="semafor"]', ':not([data-by~="semafor"])'))
    status, all_of_it = page.locator(".shown [role=status]"), page.locator(".shown a")
    assert all_of_it.is_hidden()
    voice.press("Enter")
    assert voice.get_attribute("aria-pressed") == "true"
    assert all(one.is_visible() for one in theirs.all())
    assert theirs.count() > 0
    assert not any(one.is_visible() for one in others.all())
    assert others.count() > 0
    shown = page.locator(".part:visible")
    assert shown.count() > 0
    assert all(one.locator('.s[data-by~="semafor"]').count() for one in shown.all()), "no heading of nothing"
    assert status.inner_text().endswith("by Semafor. The others are hidden in the text, not in timelines and lists.")
    page.mouse.wheel(0, 2000)
    page.wait_for_function("scrollY > 400")
    assert status.evaluate("one => one.getBoundingClientRect().top") >= 0, "it stays in sight"
    assert (all_of_it.get_attribute("href") or "").endswith("entities/semafor/#section-says")
    voice.press("Enter")
    assert all(one.is_visible() for one in others.all())
    assert status.text_content() == ""
    assert all_of_it.is_hidden()
    voice.press("Enter")
    page.get_by_role("button", name="Show all again").click()
    assert all(one.is_visible() for one in others.all())
    assert voice.get_attribute("aria-pressed") == "false"


def test_one_voice_at_a_time(page: Page) -> None:
    page.locator(".voices summary").click()
    first, second = page.locator("[data-voice]").nth(0), page.locator("[data-voice]").nth(1)
    first.click()
    second.click()
    assert [one.get_attribute("aria-pressed") for one in (first, second)] == ["false", "true"]
    said = second.get_attribute("data-voice") or ""
    assert all(said in (one.get_attribute("data-by") or "").split() for one in page.locator(".part .s:visible").all())


def test_record_says_its_sentence_takes_focus_and_gives_it_back(page: Page) -> None:
    mark, record = page.locator("#pledge button.mark"), page.locator("#section-record--pledge")
    mark.focus()
    page.keyboard.press("Enter")
    assert record.locator(".quote").evaluate("one => one === document.activeElement")
    assert "pledged about $1 billion to OpenAI" in " ".join((record.locator(".quote").text_content() or "").split())
    page.keyboard.press("Escape")
    assert record.is_hidden()
    assert mark.evaluate("one => one === document.activeElement")
    mark.click()
    record.get_by_role("button", name="Close").click()
    assert record.is_hidden()


def test_link_in_a_record_closes_it_and_shows_where_it_leads(page: Page) -> None:
    page.locator("#power-struggle button.mark").click()
    record = page.locator("#section-record--power-struggle")
    record.locator("a[href='#tesla-conflict']").click()
    assert record.is_hidden()
    page.wait_for_function("document.querySelector('#tesla-conflict').getBoundingClientRect().top < innerHeight")


def test_search_leads_to_a_statement_of_the_same_page(page: Page) -> None:
    page.locator(".md-search__input").focus()
    page.keyboard.type("power struggle")
    hit = page.locator(".md-search-result__link[href*='#power-struggle']").first
    hit.wait_for()
    assert "People familiar with the matter told Semafor" in (hit.get_attribute("aria-label") or "")
    hit.click()
    page.wait_for_function("""() => { const box = document.querySelector('#power-struggle').getBoundingClientRect()
        return box.top >= 0 && box.bottom <= innerHeight }""")


def test_record_closes_when_focus_leaves_it(page: Page) -> None:
    record = page.locator("#section-record--pledge")
    page.locator("#pledge button.mark").press("Enter")
    label = "Evidence: Reported: According to Semafor, Elon Musk pledged about $1 billion to OpenAI."
    assert record.get_attribute("aria-label") == label
    for _ in range(record.locator("a, button").count()):
        page.keyboard.press("Tab")
        assert record.locator(":focus").count() == 1
    assert record.locator(":focus").get_attribute("aria-label") == "Close"
    page.keyboard.press("Tab")
    assert record.is_hidden()
    assert page.evaluate("document.activeElement.matches('#given button.mark')"), "on from the sign"


def test_link_to_a_statement_takes_focus_there(page: Page) -> None:
    page.locator("#pledge button.mark").click()
    page.get_by_role("link", name="Link to this statement").click()
    page.wait_for_function("document.activeElement.id === 'pledge'")


def test_every_sign_has_a_name_of_its_own(page: Page) -> None:
    names = page.locator(".part > p button.mark").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert len(names) == len(set(names))
    given = page.locator(".given summary").all_text_contents()
    assert len(given) == len(set(given))


def test_who_hears_the_page_is_told_what_the_box_does(page: Page) -> None:
    status = page.locator(".tools > [role=status]")
    page.get_by_label("Show how sure").check()
    assert "underlined" in (status.text_content() or "")
    page.get_by_label("Show how sure").uncheck()
    assert "gone" in (status.text_content() or "")


def test_tab_goes_through_the_results_of_the_search_and_on(page: Page) -> None:
    page.locator(".md-search__input").focus()
    page.keyboard.type("pledge")
    page.locator(".md-search-result__link").nth(2).wait_for()
    assert page.locator(".md-search-result__meta").inner_text() == "Found on 2 pages"
    page.keyboard.press("Tab")  # the list, which scrolls
    for link in page.locator(".md-search-result__link").all():
        page.keyboard.press("Tab")
        assert link.evaluate("one => one === document.activeElement")
        assert link.is_visible()
    page.keyboard.press("Tab")
    assert page.locator(".md-search-result__link").first.is_hidden(), "focus has left the search"


def test_tab_finds_the_results_before_a_slow_machine_has_opened_them(page: Page) -> None:
    page.locator(".md-search__input").focus()
    page.keyboard.type("pledge")
    page.locator(".md-search-result__link").nth(2).wait_for()
    for _ in range(page.locator(".md-search-result__link").count() + 2):
        page.keyboard.press("Tab")
    page.locator(".md-search-result__link").first.wait_for(state="hidden")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 10})
    page.locator(".md-search__input").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'pledge'")


def test_what_rests_on_one_source_alone_is_a_press_away(page: Page) -> None:
    link = page.get_by_role("link", name="have no other source than")
    count = int(link.inner_text().split()[0])
    link.click()
    page.wait_for_url("**/sources/ai-catalog-2023/#section-alone--twitter-ai-openai")
    heading = page.locator(":target")
    assert heading.locator("xpath=following-sibling::ul[1]/li").count() == count
    assert f"{count} of them nothing else" in page.locator("#section-rests + .caption").inner_text()


def test_on_a_phone_the_top_tells_where_one_is(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address)
    contents = page.locator(".contents")
    contents.locator("summary").click()
    contents.get_by_role("link", name="The money").click()
    page.wait_for_function("document.querySelector('.contents .here').textContent.endsWith('The money')")
    heading, line = page.locator("#section-money").bounding_box(), contents.bounding_box()
    assert heading
    assert line
    assert heading["y"] >= line["y"] + line["height"], "the heading is not under the line"
    assert line["y"] >= 40, "nor the line under the header"
    parts = contents.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
    headings = page.locator(".ng h2[id]").evaluate_all("all => all.map(one => '#' + one.id)")
    assert parts == headings
    context.close()


def test_on_a_phone_a_record_leaves_half_of_the_screen(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto(address)
    page.locator("#power-struggle button.mark").click()
    box = page.locator("#section-record--power-struggle").bounding_box()
    assert box
    assert (box["x"], box["width"], round(box["y"] + box["height"])) == (0, 390, 800)
    assert box["y"] >= 400
    context.close()


@pytest.fixture
def phone(chromium: Browser, address: str) -> Iterator[Page]:
    """Come to the story from the home page on a phone."""
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto(address.replace(STORY, ""))
    page.goto(address)
    yield page
    context.close()


def test_back_closes_a_record_and_then_leads_back(phone: Page, address: str) -> None:
    mark, record = phone.locator("#power-struggle button.mark"), phone.locator("#section-record--power-struggle")
    mark.click()
    there = phone.evaluate("scrollY")
    phone.go_back(wait_until="commit")
    record.wait_for(state="hidden")
    assert (phone.url, phone.evaluate("scrollY")) == (address, there)
    for _ in range(2):
        mark.click()
        record.get_by_role("button", name="Close").click()
        record.wait_for(state="hidden")
        phone.wait_for_function("history.state === null")
    phone.go_back()
    phone.wait_for_url(address.replace(STORY, ""))


def test_record_on_a_phone_closes_when_the_page_is_scrolled_on(phone: Page, address: str) -> None:
    phone.locator("#power-struggle button.mark").click()
    phone.mouse.move(200, 100)
    phone.mouse.wheel(0, 400)
    phone.locator("#section-record--power-struggle").wait_for(state="hidden")
    phone.wait_for_function("history.state === null")
    there = phone.evaluate("scrollY")
    phone.wait_for_timeout(200)
    assert phone.evaluate("scrollY") >= there, "the page does not jump"
    assert phone.url == address


def test_link_in_a_record_on_a_phone_and_back(phone: Page, address: str) -> None:
    phone.locator("#power-struggle button.mark").click()
    phone.locator("#section-record--power-struggle a[href='#tesla-conflict']").click()
    phone.wait_for_url(f"{address}#tesla-conflict")
    phone.wait_for_function("document.activeElement.id === 'tesla-conflict'")
    phone.go_back(wait_until="commit")
    phone.wait_for_url(address)


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
    marks = page.locator(".picture svg[role=img]").first.locator("g g text").all_text_contents()
    events = page.locator("ol.time.numbered > li").count()
    assert [mark.strip("~?") for mark in marks][-1].split("–")[-1] == str(events)


@pytest.mark.parametrize("title", ["Timeline", "Who is who", "The money", "What the sources leave open"])
def test_navigation_tells_which_section_one_has_gone_to(page: Page, title: str) -> None:
    link = page.locator(".md-nav--secondary a.md-nav__link", has_text=title)
    link.click()
    page.locator(".md-nav--secondary a.md-nav__link--active", has_text=title).last.wait_for()


def test_filters_of_the_timeline_are_links_and_need_no_script(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address.replace(STORY, "timeline/"))
    events = page.locator(".time > li")
    everything = events.count()
    page.locator(".filters").get_by_role("link", name="established").click()
    assert page.url.endswith("#section-only-established")
    shown = [one for one in events.all() if one.is_visible()]
    assert 0 < len(shown) < everything
    assert all(one.locator(".s.established").count() for one in shown)
    assert all(one.locator(".s.established").count() for one in page.locator(".year:visible").all()), "no empty year"
    page.locator(".filters .all").click()
    assert len([one for one in events.all() if one.is_visible()]) == everything
    context.close()


def test_bars_are_seen_in_the_readers_own_colours(chromium: Browser, address: str) -> None:
    context = chromium.new_context(forced_colors="active", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(address)
    drawn = "all => all.map(one => { const style = getComputedStyle(one)\n"
    drawn += "return style.backgroundImage !== 'none' || style.backgroundColor !== 'rgba(0, 0, 0, 0)' })"
    assert all(page.locator(".strip .meter span").evaluate_all(drawn))
    context.close()
