"""The preview in a real browser: what changes is changed in place, and what is wrong is said over the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.preview.serving import LONG, PAGE, STORY, Preview, is_broken, is_well
from tools.audit import axe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.preview.conftest import Start

PIGEONS = "pigeons nest in the works"
expect.set_options(timeout=LONG * 1000)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Open a browser window in which the page remembers whether it was loaded anew."""
    context = chromium.new_context(viewport={"width": 1000, "height": 700}, color_scheme="light")
    context.set_default_timeout(LONG * 1000)
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert errors == []


def visit(page: Page, preview: Preview, path: str = PAGE) -> None:
    """Open a page of the preview, wait until it listens, and mark it."""
    with page.expect_response("**/.nutgraf/events**"):
        page.goto(preview.url + path)
    page.evaluate("window.sameDocument = true")


def is_same_document(page: Page) -> bool:
    """Tell whether the page was not loaded again since `visit`."""
    return bool(page.evaluate("window.sameDocument === true"))


# Changes in place


def test_a_change_is_seen_and_all_else_stays(page: Page, preview: Preview) -> None:
    visit(page, preview)
    mark = page.locator("#pigeons .mark, #pigeons ~ .mark").first
    mark.scroll_into_view_if_needed()
    mark.press("Enter")
    open_note = page.locator(":popover-open:not(nutgraf-preview)")
    expect(open_note).to_have_count(1)
    page.evaluate("""() => {
        const one = document.querySelector("#vote")
        one.classList.add("lit")
        getSelection().selectAllChildren(one)
        window.before = {
          one, note: document.querySelector(":popover-open:not(nutgraf-preview)"),
          active: document.activeElement, scroll: scrollY }
        for (const details of document.querySelectorAll("details")) details.open = !details.open
        window.details = [...document.querySelectorAll("details")].map((one) => one.open)
        window.boxes = [...document.querySelectorAll("input[type=checkbox]")]
        for (const box of window.boxes) box.checked = true
        window.before.text = String(getSelection())
    }""")
    assert page.evaluate("before.scroll") > 0
    preview.replace(STORY, PIGEONS, "owls nest in the works")
    expect(page.locator("#pigeons")).to_contain_text("owls nest")
    assert is_same_document(page)
    now = page.evaluate("""() => ({
        note: document.querySelector(":popover-open:not(nutgraf-preview)") === before.note,
        active: document.activeElement === before.active,
        text: String(getSelection()) === before.text && before.text.length > 20,
        one: document.querySelector("#vote") === before.one && before.one.classList.contains("lit"),
        scroll: scrollY === before.scroll,
        details: [...document.querySelectorAll("details")].every((one, i) => one.open === window.details[i]),
        boxes: window.boxes.length > 0 && window.boxes.every((one) => one.isConnected && one.checked),
    })""")
    assert now == dict.fromkeys(now, True)


def test_a_statement_comes_goes_and_moves(page: Page, preview: Preview) -> None:
    story = preview.read(STORY)
    visit(page, preview)
    page.evaluate("window.pigeons = document.querySelector('#pigeons')")
    start = story.index("      - id: pigeons")
    end = story.index("  - title: What is done")
    pigeons = story[start:end].rstrip() + "\n"
    moved = (story[:start] + "\n" + story[end:]).replace("      - id: vote\n", pigeons + "      - id: vote\n")
    preview.write(STORY, moved)
    page.wait_for_function(
        "document.querySelector('#pigeons').compareDocumentPosition("
        "[...document.querySelectorAll('h2')].find((one) => one.textContent.includes('What is done'))) & 2"
    )
    assert page.evaluate("window.pigeons === document.querySelector('#pigeons')"), "it was moved, and not made anew"
    preview.write(STORY, story[:start] + "\n" + story[end:])
    expect(page.locator("#pigeons")).to_have_count(0)
    preview.write(STORY, story)
    expect(page.locator("#pigeons")).to_have_count(1)
    assert is_same_document(page)


def test_what_is_on_the_page_is_what_a_fresh_one_has(page: Page, chromium: Browser, preview: Preview) -> None:
    # After a row of edits of many kinds the document is the one that a first visit would get.
    visit(page, preview)
    edits = [
        ("  - title: What is done about it", "  - title: What is being done"),
        ("title: The town clock of Exampleton", "title: The clock of Exampleton"),
        (
            "      - id: price\n",
            "      - id: second\n        text: the clock of Exampleton has two hands\n      - id: price\n",
        ),
        ("amount: 11,", "amount: 12,"),
        ("key_points:\n  - clock-slow\n  - vote\n", "key_points:\n  - vote\n  - clock-slow\n"),
        ("        by: unnamed\n        certainty: speculated\n", "        by: ada-sample\n"),
        ("unknowns:\n", "unknowns:\n  - {id: hands, text: who made the hands of the clock, why: undisclosed}\n"),
    ]
    for old, new in edits:
        with preview.events() as events:
            before = events.wait(is_well)
            preview.replace(STORY, old, new)
            events.wait(lambda one, before=before: is_well(one) and one["state"] != before["state"])  # type: ignore[misc]
    fresh = chromium.new_context(viewport={"width": 1000, "height": 700}, color_scheme="light").new_page()
    fresh.goto(preview.url + PAGE)
    # What scripts do to a page when it is loaded, and where one is on it, is left aside.
    body = """() => document.querySelector("main").innerHTML.replaceAll(/\\s+/g, " ")
        .replaceAll(/ aria-(haspopup|expanded)="\\w+"/g, "").replaceAll(/ md-nav__link--\\w+/g, "")"""
    wanted = fresh.evaluate(body)
    page.wait_for_function(f"(wanted) => ({body})() === wanted", arg=wanted)
    assert page.title() == fresh.title()
    assert is_same_document(page)
    fresh.context.close()


def test_styles_are_swapped_in_place(page: Page, preview: Preview) -> None:
    preview.write("content/own.css", "h1 { color: rgb(1, 2, 3) !important }")
    preview.replace("mkdocs.yml", "docs_dir: content", "docs_dir: content\nextra_css: [own.css]")
    preview.wait(lambda event: is_well(event) and "own." in preview.page())
    visit(page, preview)
    heading = page.locator("h1").first
    expect(heading).to_have_css("color", "rgb(1, 2, 3)")
    page.evaluate("""() => {
        window.bare = 0
        const look = () => {
            if (getComputedStyle(document.querySelector("h1")).color !== "rgb(1, 2, 3)"
                && getComputedStyle(document.querySelector("h1")).color !== "rgb(4, 5, 6)") window.bare++
            requestAnimationFrame(look)
        }
        look()
    }""")
    page.evaluate("scrollTo(0, 150)")
    preview.write("content/own.css", "h1 { color: rgb(4, 5, 6) !important }")
    expect(heading).to_have_css("color", "rgb(4, 5, 6)")
    assert page.evaluate("window.bare") == 0, "there was a moment without styles"
    assert page.evaluate("scrollY") == 150
    assert is_same_document(page)
    expect(page.locator("link[href*='own.']")).to_have_count(1)


def test_styles_are_swapped_at_once_again_and_again(page: Page, preview: Preview) -> None:
    """A sheet gets another name a moment after each change; it is swapped before that, under the name that it has."""
    preview.write("content/own.css", "h1 { color: rgb(1, 2, 3) !important }")
    preview.replace("mkdocs.yml", "docs_dir: content", "docs_dir: content\nextra_css: [own.css]")
    preview.wait(lambda event: is_well(event) and "own." in preview.page())
    visit(page, preview)
    sheet = page.locator("link[href*='own.']")
    for shade in (4, 5, 6):
        page.evaluate("""() => {
            window.swapped = []
            new MutationObserver((changes) => {
                for (const one of changes.flatMap((change) => [...change.addedNodes]))
                    if (one.localName === "link") window.swapped.push(one.href)
            }).observe(document, { subtree: true, childList: true })
        }""")
        before = sheet.get_attribute("href")
        preview.write("content/own.css", f"h1 {{ color: rgb(1, 2, {shade}) !important }}")
        expect(page.locator("h1").first).to_have_css("color", f"rgb(1, 2, {shade})")
        renamed = """(before) => {
            const href = document.querySelector("link[href*='own.']").getAttribute("href")
            return href !== before && !href.includes("nutgraf-preview")
        }"""
        page.wait_for_function(renamed, arg=before)
        first = page.evaluate("window.swapped[0]")
        assert "nutgraf-preview=" in first, (shade, first)


def test_a_changed_script_is_run(page: Page, preview: Preview) -> None:
    preview.write("content/own.js", "window.own = 1")
    preview.replace("mkdocs.yml", "docs_dir: content", "docs_dir: content\nextra_javascript: [own.js]")
    preview.wait(lambda event: is_well(event) and "own." in preview.page())
    visit(page, preview)
    assert page.evaluate("window.own") == 1
    preview.write("content/own.js", "window.own = 2")
    page.wait_for_function("window.own === 2")


def test_a_template_is_followed(page: Page, preview: Preview) -> None:
    visit(page, preview)
    preview.write(
        "templates/parts/page.html",
        (bundled() / "parts/page.html")
        .read_text(encoding="utf-8")
        .replace("How to read this site</a>", "How this is read</a>"),
    )
    expect(page.locator(".foot").first).to_contain_text("How this is read")
    assert is_same_document(page)


def test_nothing_is_asked_for_that_is_there(page: Page, preview: Preview) -> None:
    preview.write("templates/theme/assets/nutgraf.css", (bundled() / "theme/assets/nutgraf.css").read_text("utf-8"))
    preview.wait(lambda event: is_well(event) and PIGEONS in preview.page())
    visit(page, preview)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(preview.url)))
    preview.replace(STORY, PIGEONS, "owls nest in the works")
    expect(page.locator("#pigeons")).to_contain_text("owls nest")
    assert asked == []
    preview.replace("templates/theme/assets/nutgraf.css", ":root {", ":root { --added: here;")
    page.wait_for_function("getComputedStyle(document.documentElement).getPropertyValue('--added').trim() === 'here'")
    assert re.fullmatch(r"/assets/nutgraf\.\w+\.css\?nutgraf-preview=\w+", " ".join(asked))
    assert is_same_document(page)


def test_a_page_out_of_sight_catches_up(page: Page, preview: Preview) -> None:
    visit(page, preview)
    hide = """(hidden) => {
        Object.defineProperty(document, "hidden", {value: hidden, configurable: true})
        document.dispatchEvent(new Event("visibilitychange"))
    }"""
    page.evaluate(hide, arg=True)
    preview.replace(STORY, PIGEONS, "owls nest in the works")
    preview.wait(lambda event: is_well(event) and "owls nest" in preview.page())
    assert "owls" not in page.locator("#pigeons").inner_text()
    page.evaluate(hide, arg=False)
    expect(page.locator("#pigeons")).to_contain_text("owls nest")
    assert is_same_document(page)


# Mistakes


def test_a_mistake_is_shown_over_the_last_good_page(page: Page, preview: Preview) -> None:
    visit(page, preview)
    preview.replace(STORY, "source: council-minutes", "source: council-minute")
    panel = page.locator("nutgraf-preview .panel")
    expect(panel).to_be_visible()
    line = preview.read(STORY).splitlines().index("        source: council-minute") + 1
    expect(panel.locator("h2")).to_have_text("1 error")
    expect(panel.locator(".rule").first).to_have_text("unknown-source")
    where = panel.locator(".where a")
    expect(where).to_have_text(f"content/stories/town-clock.yml:{line}:17")
    assert where.get_attribute("href") == f"vscode://file{preview.site.resolve()}/{STORY}:{line}:17"
    expect(panel.locator("pre")).to_contain_text("source: council-minute\n")
    expect(panel.locator("pre .error")).to_have_text("^" * len("council-minute"))
    expect(panel.locator(".help")).to_contain_text("council-minutes")
    expect(page.locator("nutgraf-preview .told")).to_contain_text(f"line {line}")
    expect(page.locator("#pigeons")).to_contain_text(PIGEONS)
    # Another page can be visited meanwhile, and says the same.
    page.goto(preview.url + "/glossary/")
    expect(page.locator("h1").first).to_be_visible()
    expect(panel).to_be_visible()
    preview.replace(STORY, "source: council-minute\n", "source: council-minutes\n")
    expect(panel).to_be_hidden()
    expect(page.locator("nutgraf-preview .told")).to_have_text("Mended.")


@pytest.mark.parametrize(
    "case",
    [
        (
            "templates/pages/story.html",
            "<p>\n{{ view.nothing.at_all }}\n</p>",
            "failing-template",
            "templates/pages/story.html:2:1",
        ),
        (
            "templates/theme/main.html",
            "{% extends 'base.html' %}\n{% block",
            "failing-template",
            "templates/theme/main.html:2:1",
        ),
        ("mkdocs.yml", "site_name: [a\nplugins: [", "unclosed-bracket", "mkdocs.yml:1:12"),
        (
            "mkdocs.yml",
            "site_name: a\ndocs_dir: content\nplugins:\n  - nonsense\n",
            "unusable-configuration",
            "mkdocs.yml:4:5",
        ),
        ("templates/wording/en.yml", "nonsense: 1\n", "unknown-", "templates/wording/en.yml:1:"),
    ],
)
def test_a_mistake_elsewhere_is_no_different(page: Page, preview: Preview, case: tuple[str, str, str, str]) -> None:
    path, text, rule, where = case
    visit(page, preview)
    file = preview.site / path
    former = file.read_text(encoding="utf-8") if file.exists() else None
    preview.write(path, text)
    panel = page.locator("nutgraf-preview .panel")
    expect(panel).to_be_visible()
    expect(panel.locator(".rule").first).to_contain_text(rule)
    expect(panel.locator(".where").first).to_contain_text(where)
    expect(panel.locator("pre .error").first).to_contain_text("^")
    assert PIGEONS in preview.page()
    if former is None:
        file.unlink()
    else:
        preview.write(path, former)
    expect(panel).to_be_hidden()
    assert is_same_document(page)


def test_the_panel_is_used_by_keyboard_and_stays_closed(page: Page, preview: Preview) -> None:
    visit(page, preview)
    preview.replace(STORY, "source: council-minutes", "source: council-minute")
    panel = page.locator("nutgraf-preview .panel")
    pill = page.locator("nutgraf-preview button.pill")
    expect(panel).to_be_visible()
    assert page.evaluate("document.activeElement === document.body"), "it takes the focus from nobody"
    panel.locator(".where a").focus()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(pill).to_be_focused()
    expect(pill).to_have_text("1 error")
    preview.replace(STORY, PIGEONS, "owls nest in the works")  # another save, the same mistake
    preview.wait_until_told("stays as it was")
    expect(panel).to_be_hidden()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    panel.locator(".close").click()
    preview.replace(STORY, "by: ada-sample", "by: ada-simple")  # another mistake
    expect(panel).to_be_visible()
    expect(panel.locator("h2")).to_have_text(re.compile(r"^[2-9] errors$"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1000])
def test_the_panel_has_no_barriers(chromium: Browser, preview: Preview, scheme: str, width: int) -> None:
    size = {"width": width, "height": 640}
    context = chromium.new_context(viewport=size, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(preview.url + PAGE)
    preview.replace(STORY, "source: council-minutes", "source: council-minute")
    panel = page.locator("nutgraf-preview .panel")
    expect(panel).to_be_visible()
    box = panel.bounding_box()
    assert box is not None
    assert box["y"] > 0.4 * 640, "the page can still be seen"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [str(one) for one in axe.violations(page, PAGE)] == []
    context.close()


def test_nothing_in_a_mistake_is_run(page: Page, preview: Preview) -> None:
    visit(page, preview)
    bad = "<img src=x onerror=window.hacked=1></script><script>window.hacked=1</script>"
    preview.replace(STORY, "source: council-minutes", f"source: '{bad}'")
    panel = page.locator("nutgraf-preview .panel")
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("onerror=window.hacked=1")
    assert panel.locator("img, script").count() == 0
    assert page.evaluate("window.hacked") is None


def test_styles_of_the_site_do_not_reach_the_panel(page: Page, preview: Preview) -> None:
    evil = "body, body * { visibility: hidden !important } * { color: red !important; position: static !important }"
    evil += " nutgraf-preview { display: none !important; opacity: 0 !important; transform: scale(0) }"
    preview.write("content/own.css", evil)
    preview.replace("mkdocs.yml", "docs_dir: content", "docs_dir: content\nextra_css: [own.css]")
    preview.wait(lambda event: is_well(event) and "own." in preview.page())
    preview.replace(STORY, "source: council-minutes", "source: council-minute")
    preview.wait(is_broken)
    visit(page, preview)
    expect(page.locator("nutgraf-preview .panel")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('nutgraf-preview')).opacity") == "1"


def test_first_state_with_mistakes_waits_for_a_good_one(page: Page, site: Path, start: Start) -> None:
    story = site / STORY
    good = story.read_text(encoding="utf-8")
    story.write_text("title: [", encoding="utf-8")
    preview = start()
    visit(page, preview)
    expect(page.locator("h1")).to_have_text("The site cannot be shown yet")
    expect(page.locator("nutgraf-preview .panel")).to_be_visible()
    story.write_text(good, encoding="utf-8")
    expect(page.locator("#pigeons")).to_contain_text(PIGEONS)
    expect(page.locator("nutgraf-preview .panel")).to_be_hidden()


def test_warnings_do_not_cover_the_page(page: Page, preview: Preview) -> None:
    visit(page, preview)
    preview.write("content/about.md", "# About\n\n[nowhere](nowhere.md)\n")
    pill = page.locator("nutgraf-preview button.pill")
    expect(pill).to_have_text("1 warning")
    expect(page.locator("nutgraf-preview .panel")).to_be_hidden()
    pill.click()
    expect(page.locator("nutgraf-preview .where a")).to_have_text("content/about.md:3:11")


# Drafts


def test_drafts_have_a_badge(page: Page, preview: Preview) -> None:
    visit(page, preview)
    badge = page.locator("nutgraf-preview .draft")
    expect(badge).to_be_hidden()
    preview.replace(STORY, "as_of:", "status: draft\nas_of:")
    expect(badge).to_be_visible()
    expect(badge).to_have_text("Draft – not published")
    page.goto(preview.url + "/")
    expect(badge).to_be_hidden()
    expect(page.locator("main a[data-nutgraf-draft=draft]").first).to_be_visible()
    page.goto(preview.url + "/entities/ada-sample/")
    expect(badge).to_have_text("Draft – not published")


# The end


def test_the_end_is_told_and_a_new_beginning_noticed(page: Page, preview: Preview, start: Start) -> None:
    visit(page, preview)
    assert preview.stop() == 130
    expect(page.locator("nutgraf-preview .pill", has_text="ended")).to_be_visible()
    preview.replace(STORY, PIGEONS, "owls nest in the works")
    again = start(address=f"127.0.0.1:{preview.port}")
    assert again.port == preview.port
    expect(page.locator("#pigeons")).to_contain_text("owls nest")
    expect(page.locator("nutgraf-preview .pill", has_text="ended")).to_be_hidden()


def bundled() -> Path:
    """Return the folder of the bundled templates."""
    return Path(__file__).resolve().parents[2] / "templates"
