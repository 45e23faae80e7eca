"""axe-core finds nothing on a page of each kind, in both colour schemes, wide and narrow; roles and states are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tools.audit import axe

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Serve

PAGES = {
    "home": "",
    "story": "stories/twitter-ai-openai/",
    "entity": "entities/openai/",
    "term": "glossary/capped-profit-lp/",
    "source": "sources/semafor-2023/",
    "entities": "entities/",
    "glossary": "glossary/",
    "sources": "sources/",
    "timeline": "timeline/",
    "changes": "changes/",
    "reading": "reading/",
    "checking": "checking/",
    "by hand": "about/",
    "nowhere": "404.html",
}
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}


@pytest.fixture(scope="module")
def home(built_site: Path, serve: Serve) -> str:
    """Return the address of the served site, with the slash."""
    return f"{serve(built_site)}/"


@pytest.fixture(scope="module", params=[(scheme, size) for scheme in ("light", "dark") for size in SIZES], ids="-".join)
def page(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """Open a page for all tests of one size and colour scheme."""
    scheme, size = request.param
    width, height = SIZES[size]
    # Without motion: axe would measure colours in the middle of a change.
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def assert_accessible(page: Page, name: str) -> None:
    found = [str(one) for one in axe.violations(page, name)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("kind", PAGES)
def test_page(page: Page, home: str, kind: str) -> None:
    page.goto(home + PAGES[kind])
    assert_accessible(page, kind)


def test_story_with_a_note_open(page: Page, home: str) -> None:
    page.goto(home + PAGES["story"])
    for kind in ("term", "who"):
        link = page.locator(f".ng .part > p .s a.{kind}[aria-haspopup]").first
        link.focus()
        page.keyboard.press("Enter")
        assert page.locator("[data-note]:popover-open").count() == 1
        assert_accessible(page, f"story, a {kind} explained")


def test_story_with_the_record_of_a_statement_open(page: Page, home: str) -> None:
    page.goto(home + PAGES["story"])
    page.locator(".ng .part p .s button.mark").first.click()
    assert page.locator(".record:popover-open").count() == 1
    assert_accessible(page, "story, a record open")


def test_story_that_shows_how_sure_it_is(page: Page, home: str) -> None:
    page.goto(home + PAGES["story"])
    page.get_by_label("Show how sure").check()
    assert_accessible(page, "story, how sure")


def test_glossary_filtered(page: Page, home: str) -> None:
    page.goto(home + PAGES["glossary"])
    page.get_by_label("Find a word").fill("chip")
    assert_accessible(page, "glossary, filtered")


def test_word_and_note_have_role_name_and_state(page: Page, home: str) -> None:
    """WCAG 2.2, 4.1.2: what assistive technology is told, as the browser computes it."""
    page.goto(home + PAGES["story"])
    text = page.locator(".ng .part > p:has(a.term)").first
    link = text.locator("a.term[aria-haspopup]").first
    label = link.inner_text()
    assert f'- link "{label}"' in text.aria_snapshot()
    closed = states(page, label)
    assert closed
    assert not any(closed)
    link.focus()
    page.keyboard.press("Enter")
    assert sum(states(page, label)) == 1
    note = page.locator("[data-note]:popover-open")
    name = note.locator("b").first.inner_text()
    assert page.get_by_role("dialog", name=name, exact=True).count() == 1
    page.keyboard.press("Escape")
    assert not any(states(page, label))
    assert page.get_by_role("dialog", name=name, exact=True).count() == 0, "a closed note is not told of"


def states(page: Page, label: str) -> list[bool]:
    """Return whether each link of that name that opens a dialog is expanded, from Chromium's accessibility tree."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    links = [one for one in nodes if one["role"]["value"] == "link" and one["name"]["value"] == label]
    told = [{one["name"]: one["value"]["value"] for one in link["properties"]} for link in links]
    return [one["expanded"] for one in told if one.get("hasPopup") == "dialog"]


def test_axe_finds_what_is_wrong(page: Page) -> None:
    """The other tests would be worth nothing if axe did not run."""
    page.goto("data:text/html,<html><title>x</title><body><img src=''><p style='color:%23ccc'>pale</p>")
    assert {"image-alt", "html-has-lang", "color-contrast"} <= {one.rule for one in axe.violations(page, "x")}
