"""The short explanations of words and names, by mouse, keyboard and touch, in a real browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect

from nutgraf import cli

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Locator, Page

STORY = "stories/twitter-ai-openai/"
SIZES = {"narrow": (320, 700), "phone": (390, 844), "desktop": (1280, 900)}


@pytest.fixture(params=SIZES)
def page(request: pytest.FixtureRequest, chromium: Browser, address: str) -> Iterator[Page]:
    """Open the story in each size, with a touch screen on the two small ones."""
    width, height = SIZES[request.param]
    small = width < 600
    context = chromium.new_context(
        viewport={"width": width, "height": height}, has_touch=small, reduced_motion="reduce"
    )
    context.set_default_timeout(30_000)
    opened = context.new_page()
    opened.goto(address + STORY)
    yield opened
    context.close()


@pytest.fixture(scope="module")
def address(built_site: Path, serve: Callable[[Path], str]) -> str:
    """Serve the built site."""
    return serve(built_site).rstrip("/") + "/"


def word(page: Page, label: str = "generative AI", number: int = 0) -> Locator:
    return page.locator(".ng .part > p .s a.term", has_text=label).nth(number)


def note(page: Page) -> Locator:
    return page.locator("[data-note]:popover-open")


def assert_beside(page: Page, link: Locator) -> None:
    """Assert that the note is on the screen, and not over its word."""
    size = page.viewport_size
    shown = note(page).bounding_box()
    boxes = link.evaluate("one => [...one.getClientRects()].map(b => [b.left, b.top, b.right, b.bottom])")
    assert shown is not None
    assert size is not None
    left, top, right, bottom = shown["x"], shown["y"], shown["x"] + shown["width"], shown["y"] + shown["height"]
    assert min(left, top) >= 0, shown
    assert (right <= size["width"] + 1, bottom <= size["height"] + 1) == (True, True), shown
    for one in boxes:
        assert right <= one[0] or left >= one[2] or bottom <= one[1] or top >= one[3], (shown, one)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_click_opens_and_escape_closes(page: Page) -> None:
    link = word(page)
    link.scroll_into_view_if_needed()
    link.click()
    assert note(page).inner_text().startswith("generative AI")
    assert link.get_attribute("aria-expanded") == "true"
    assert_beside(page, link)
    page.keyboard.press("Escape")
    assert note(page).count() == 0
    assert link.get_attribute("aria-expanded") == "false"
    assert page.url.endswith(STORY)


def test_tap_opens_and_a_press_elsewhere_closes(page: Page) -> None:
    if page.viewport_size and page.viewport_size["width"] > 600:
        pytest.skip("there is no touch screen on the large one")
    link = word(page)
    link.scroll_into_view_if_needed()
    link.tap()
    assert note(page).count() == 1
    assert_beside(page, link)
    page.locator("h1").evaluate("one => one.scrollIntoView()")
    page.touchscreen.tap(5, 5)
    assert note(page).count() == 0


def test_hover_opens_after_a_pause_and_stays_under_the_pointer(page: Page) -> None:
    link = word(page)
    link.scroll_into_view_if_needed()
    link.hover()
    assert note(page).count() == 0, "a pointer that passes over opens nothing"
    note(page).wait_for(state="visible")
    assert_beside(page, link)
    note(page).hover()
    page.wait_for_timeout(500)
    assert note(page).count() == 1
    page.mouse.move(2, 2)
    note(page).wait_for(state="detached")


def test_focus_alone_opens_nothing_and_enter_does(page: Page) -> None:
    link = word(page)
    link.focus()
    page.wait_for_timeout(500)
    assert note(page).count() == 0
    page.keyboard.press("Enter")
    assert note(page).count() == 1
    assert page.url.endswith(STORY)


def test_tab_goes_through_the_note_and_on(page: Page) -> None:
    link = word(page)
    link.focus()
    page.keyboard.press("Tab")
    behind = page.evaluate("document.activeElement.outerHTML")
    link.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-note]') !== null")
    page.keyboard.press("Shift+Tab")
    assert link.evaluate("one => one === document.activeElement")
    assert note(page).count() == 1, "the word is as good as the note"
    links = note(page).locator("a").count()
    for _ in range(links + 1):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.outerHTML") == behind
    assert note(page).count() == 0, "focus has left both"


def test_escape_inside_gives_the_focus_back(page: Page) -> None:
    link = word(page)
    link.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert note(page).count() == 0
    assert link.evaluate("one => one === document.activeElement")


def test_another_word_closes_the_first(page: Page) -> None:
    first, second = word(page, "GPU"), word(page, "generative AI")
    first.focus()
    page.keyboard.press("Enter")
    second.evaluate("one => one.click()")
    assert note(page).count() == 1
    assert note(page).inner_text().startswith("generative AI")


def test_with_a_modifier_the_link_is_followed(page: Page) -> None:
    with page.context.expect_page() as opened:
        word(page).click(modifiers=["ControlOrMeta"])
    assert opened.value.url.endswith("glossary/generative-ai/")


def test_the_full_entry_is_a_link_away(page: Page) -> None:
    link = word(page)
    link.scroll_into_view_if_needed()
    link.click()
    entry = note(page).get_by_role("link", name="Full entry")
    box = entry.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    entry.click()
    page.wait_for_url("**/glossary/generative-ai/")


def test_every_word_and_name_has_its_note_on_the_screen(page: Page) -> None:
    links = page.locator(".ng .part > p .s :is(a.term, a.who)[aria-haspopup]")
    assert links.count() > 20
    for number in range(0, links.count(), 3):
        link = links.nth(number)
        link.scroll_into_view_if_needed()
        link.focus()
        page.keyboard.press("Enter")
        assert note(page).count() == 1
        assert_beside(page, link)
        page.keyboard.press("Escape")


def test_a_name_tells_who_it_is_and_who_says_so(page: Page) -> None:
    link = page.locator(".ng .part > p .s a.who", has_text="Sam Altman").first
    link.focus()
    page.keyboard.press("Enter")
    assert "according to" in note(page).inner_text()


def test_without_a_script_a_word_is_a_link(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(address + STORY)
    word(opened).click()
    opened.wait_for_url("**/glossary/generative-ai/")
    context.close()


def test_on_paper_no_note_is_in_the_way(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    opened = context.new_page()
    opened.goto(address + STORY)
    opened.emulate_media(media="print")
    assert not opened.locator("[data-note]").first.is_visible()
    assert opened.locator("#section-words").is_visible()
    context.close()


def test_a_definition_with_a_claim_says_whose_and_when(page: Page) -> None:
    link = page.locator(".ng .part > p .s a.term[href$='/capped-profit-lp/']").first
    link.focus()
    page.keyboard.press("Enter")
    shown = " ".join(note(page).inner_text().split())
    assert "According to OpenAI, 11 March 2019 “OpenAI LP” · as of 11 March 2019" in shown


def test_all_there_is_to_press_in_a_note_is_large_enough(page: Page) -> None:
    """WCAG 2.2, 2.5.8 target size: 24 pixels, except links in a line of text."""
    link = page.locator(".ng .part > p .s a.who", has_text="Sam Altman").first
    link.focus()
    page.keyboard.press("Enter")
    boxes = [one.bounding_box() for one in note(page).locator(".do a, .mark").all()]
    assert len(boxes) > 1
    for box in boxes:
        assert box is not None
        assert min(box["width"], box["height"]) >= 24, box


def press(page: Page, what: Locator, how: str) -> None:
    """Press something by mouse, touch or keyboard."""
    if how == "keyboard":
        what.focus()
        page.keyboard.press("Enter")
    elif how == "touch":
        what.tap()
    else:
        what.click()


@pytest.mark.parametrize("how", ["mouse", "touch", "keyboard"])
def test_a_mark_in_a_note_opens_its_record(page: Page, how: str) -> None:
    if how == "touch" and page.viewport_size and page.viewport_size["width"] > 600:
        pytest.skip("there is no touch screen on the large one")
    link = page.locator(".ng .part > p .s a.who", has_text="Sam Altman").first
    link.scroll_into_view_if_needed()
    press(page, link, how)
    mark = note(page).locator("button.mark").first
    wanted = mark.get_attribute("popovertarget")
    press(page, mark, how)
    open_now = page.locator(":popover-open")
    assert open_now.count() == 1
    assert open_now.get_attribute("id") == wanted
    assert page.evaluate("document.activeElement.closest('[popover]')?.id") == wanted
    assert (open_now.get_attribute("aria-label") or "").startswith("Evidence: ")
    page.wait_for_timeout(500)
    assert open_now.count() == 1, "it stays, though pointer and focus have left the note"
    page.keyboard.press("Escape")
    assert open_now.count() == 0
    assert link.evaluate("one => one === document.activeElement")
    assert link.get_attribute("aria-expanded") == "false"
    assert page.url.endswith(STORY)


def test_tab_reaches_a_mark_in_a_note_and_goes_on_behind_it(page: Page) -> None:
    link = page.locator(".ng .part > p .s a.who", has_text="Sam Altman").first
    link.focus()
    page.keyboard.press("Enter")
    things = note(page).locator("a[href], button")
    for number in range(things.count()):
        page.keyboard.press("Tab")
        assert things.nth(number).evaluate("one => one === document.activeElement")
    page.keyboard.press("Tab")
    assert note(page).count() == 0


def test_back_closes_a_note_on_a_phone_and_leaves_the_page_elsewhere(page: Page, address: str) -> None:
    is_phone = page.viewport_size is not None and page.viewport_size["width"] < 600
    page.goto(address)
    page.goto(address + STORY)
    link = word(page)
    link.scroll_into_view_if_needed()
    link.click()
    page.go_back(wait_until="commit")
    page.wait_for_function("wanted => (location.pathname === '/') === wanted", arg=not is_phone)
    if is_phone:
        page.wait_for_function("!document.querySelector(':popover-open')")
        assert page.url.endswith(STORY)
        # Of a note that was closed otherwise, or gave way to another, no entry stays.
        link.click()
        word(page, "GPU").evaluate("one => one.click()")
        page.keyboard.press("Escape")
        page.wait_for_function("history.state === null")
        page.go_back(wait_until="commit")
        page.wait_for_function("location.pathname === '/'")


def test_back_leads_from_a_full_entry_to_the_note_s_page(page: Page) -> None:
    link = word(page)
    link.scroll_into_view_if_needed()
    link.click()
    note(page).get_by_role("link", name="Full entry").click()
    page.wait_for_url("**/glossary/generative-ai/")
    page.go_back(wait_until="commit")
    page.wait_for_url(f"**/{STORY}")


@pytest.mark.parametrize(("motion", "duration"), [("reduce", 0.0), ("no-preference", 0.12)])
def test_nothing_moves_for_who_asks_for_that(
    chromium: Browser, address: str, motion: Literal["no-preference", "reduce"], duration: float
) -> None:
    context = chromium.new_context(reduced_motion=motion)
    opened = context.new_page()
    opened.goto(address + STORY)
    style = "one => parseFloat(getComputedStyle(one).transitionDuration)"
    assert opened.locator("[data-note]").first.evaluate(style) == pytest.approx(duration, abs=0.001)
    context.close()


# In tables and near edges


PAGE_OF_EDGES = """\
label: edge
short: Where something ends.
long: |
  | Escapement | Far | Near |
  | --- | --- | --- |
  | escapement | a cell of many words, so that the others are narrow | mid-word |
  | nothing | nothing to see in this cell | right-word |

  A line of words that is long enough to be broken on every screen, so that the wrapped word of several parts stands at
  the end of one line and at the start of the next.
"""
WORDS = {
    "mid-word": "Something at the edge.",
    "right-word": "Something at the right edge, explained in a sentence that is long enough to need several lines.",
    "wrapped-word": "Something that is broken across lines.",
}
ALIASES = {"wrapped-word": "wrapped word of several parts stands at the end of one line and at the start"}


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> str:
    """Build a small site with words in a table and at the edges, and return the address of that page."""
    folder = tmp_path_factory.mktemp("edges") / "own"
    assert cli.main(["init", str(folder)]) == 0
    glossary = folder / "content" / "glossary"
    (glossary / "edge.yml").write_text(PAGE_OF_EDGES, encoding="utf-8")
    for name, short in WORDS.items():
        text = f"label: {ALIASES.get(name, name)}\nshort: {short}\n"
        (glossary / f"{name}.yml").write_text(text, encoding="utf-8")
    story = folder / "content" / "stories" / "town-clock.yml"
    text = story.read_text(encoding="utf-8")
    worn = "the escapement of the town clock is worn"
    assert worn in text
    story.write_text(text.replace(worn, f"{worn} at one edge"), encoding="utf-8")
    assert cli.main(["build", "-f", str(folder / "mkdocs.yml"), "-d", str(folder / "site")]) == 0
    return serve(folder / "site") + "/glossary/edge/"


@pytest.fixture(params=SIZES)
def edge_page(request: pytest.FixtureRequest, chromium: Browser, edges: str) -> Iterator[Page]:
    """Open that page in each size."""
    width, height = SIZES[request.param]
    context = chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    context.set_default_timeout(30_000)
    opened = context.new_page()
    opened.goto(edges)
    yield opened
    context.close()


def test_words_in_tables_and_lines_that_wrap(edge_page: Page) -> None:
    links = edge_page.locator(".ng > :is(table, p) a.term, .ng .md-typeset__table a.term")
    assert links.count() == 4, "three in the table, one in the text"
    for link in links.all():
        link.scroll_into_view_if_needed()
        link.click()
        assert_beside(edge_page, link)
        entry = note(edge_page).get_by_role("link", name="Full entry")
        assert entry.bounding_box() is not None
        edge_page.keyboard.press("Escape")


@pytest.mark.parametrize("block", ["start", "end"])
def test_words_at_the_top_and_the_bottom_of_the_screen(page: Page, block: str) -> None:
    # Below the header, which stays where it is.
    for link in page.locator(".ng .part > p .s a.term[aria-haspopup]").all()[1:12:3]:
        link.evaluate("(one, block) => one.scrollIntoView({ block, behavior: 'instant' })", block)
        link.focus()
        page.keyboard.press("Enter")
        assert_beside(page, link)
        page.keyboard.press("Escape")


def test_on_paper_the_words_of_the_story_are_explained_at_its_end(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    opened = context.new_page()
    opened.goto(address + STORY)
    terms = opened.locator(".ng .s a.term")
    used = {href.split("/")[-2] for one in terms.all() if (href := one.get_attribute("href"))}
    opened.emulate_media(media="print")
    words = opened.locator("#section-words + dl.words")
    explained = words.locator("dt a").evaluate_all("all => all.map(one => one.getAttribute('href').split('/').at(-2))")
    assert used <= set(explained)
    assert all(text.strip() for text in words.locator("dd:visible").all_inner_texts())
    assert len(opened.pdf()) > 10_000, "it prints"
    context.close()


def test_a_note_that_opens_while_the_one_before_is_left_stays_open(chromium: Browser, address: str) -> None:
    """On a phone a closed note takes its entry of the history along, which takes a moment."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address + STORY)
    page.evaluate("""() => {
        const [first, second] = document.querySelectorAll(".ng .part > p .s a[aria-haspopup]")
        first.click()
        document.querySelector("[data-note]:popover-open").hidePopover()
        // Behind the timer that leaves the entry, and before the browser has left it.
        setTimeout(() => second.click())
    }""")
    page.wait_for_timeout(1000)
    assert page.locator("[data-note]:popover-open").count() == 1
    page.go_back(wait_until="commit")
    expect(page.locator("[data-note]:popover-open")).to_have_count(0)
    assert page.url == address + STORY
    context.close()
