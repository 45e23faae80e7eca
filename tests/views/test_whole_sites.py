"""What holds on every page of every site, whatever the content is."""

from __future__ import annotations

import html
import posixpath
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urldefrag

import pytest

from nutgraf.model import Certainty
from nutgraf.views import KINDS, OUTPUTS, address, addresses, modified, outputs, view
from nutgraf.views.kinds import kind_at, search_entries_of
from nutgraf.views.story import StoryView
from nutgraf.wording import SegmentKind
from tests.views import rendering

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.rendering.renderer import RenderedPage
    from nutgraf.views import ViewContext

SITES = ("content", "tests/golden/content", "tests/sites/sewol/content", "tests/sites/hostile/content")
VOID: Final = {"br", "hr", "input"}
ALLOWED: Final = set(
    re.findall(
        r"\w+",
        """
        a b bdi blockquote br button circle cite code dd del details div dl dt em figcaption figure g h1 h2 h3 h4 hr i
        input label li nav ol p path pre rect s script section small span strong summary svg symbol table tbody td text
        th thead time tr ul use
        """,
    )
)
OUTSIDE: Final = ("http://", "https://", "mailto:")


@pytest.fixture(scope="module", params=SITES)
def context(request: pytest.FixtureRequest) -> ViewContext:
    """Return each site in turn."""
    return rendering.folder(request.param)


@pytest.fixture(scope="module")
def pages(context: ViewContext) -> dict[str, RenderedPage]:
    """Return all pages of a site by address."""
    return {where: rendering.renderer().render(where, context) for where in addresses(context.graph)}


class Reader(HTMLParser):
    """Reads HTML: what is in it, and whether it is well formed."""

    def __init__(self, markup: str) -> None:
        """Read `markup`."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(markup)
        self.close()
        self.faults += [f"<{tag}> is not closed" for tag in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment: {data}")


def test_html_is_well_formed_and_holds_nothing_but_ours(pages: dict[str, RenderedPage]) -> None:
    for where, page in pages.items():
        read = Reader(page.html)
        assert not read.faults, where
        assert {tag for tag, _ in read.tags} <= ALLOWED, where
        # Data, never a program.
        scripts = [found for tag, found in read.tags if tag == "script"]
        assert all(found == {"type": "application/ld+json"} for found in scripts), where
        attributes = {name for _, found in read.tags for name in found}
        assert not {name for name in attributes if name.startswith("on")} | attributes & {"src", "srcdoc"}, where


def test_there_is_one_heading_of_the_page_and_none_is_skipped(pages: dict[str, RenderedPage]) -> None:
    for where, page in pages.items():
        levels = [int(level) for level in re.findall(r"<h([1-6])", page.html)]
        assert levels.count(1) == 1, where
        assert levels[0] == 1, where
        assert all(level - before <= 1 for before, level in pairwise(levels)), where
        assert [one.level for one in page.toc] == [1], where


def test_anchors_are_unique_and_the_pages_own_are_marked(context: ViewContext, pages: dict[str, RenderedPage]) -> None:
    for where, page in pages.items():
        anchors = [html.unescape(found) for found in re.findall(r'<[^<>]*? id="([^"]+)"', page.html)]
        assert len(set(anchors)) == len(anchors), where
        assert page.anchors == set(anchors), where
        foreign = {anchor for anchor in anchors if not anchor.startswith("section-")}
        assert foreign == (permanent(context, where) if page.kind == "story" else set()), where
        used = re.findall(r'popovertarget="([^"]+)"|<use href="#([^"]+)"', page.html)
        assert {popover or shape for popover, shape in used} <= set(anchors), where


def permanent(context: ViewContext, where: str) -> set[str]:
    """Return the anchors that a story promises to keep."""
    name = where.split("/")[1]
    story = context.graph.stories[name]
    statements = {one.id for one in context.graph.statements.values() if one.story == name}
    return {*statements, *(dispute.id for dispute in story.disputes), *(unknown.id for unknown in story.unknowns)}


def test_links_lead_somewhere(context: ViewContext, pages: dict[str, RenderedPage]) -> None:
    files = outputs.rendered(context)
    for where, page in pages.items():
        for link in links(page):
            if link.lower().startswith(OUTSIDE):
                continue
            target, fragment = urldefrag(link)
            path = posixpath.normpath(posixpath.join("/", where, target)).lstrip("/") if target else where
            if path in files:
                continue
            found = f"{path}/" if target and path else path
            assert found in pages, (where, link)
            assert not fragment or unquote(fragment) in pages[found].anchors, (where, link)


def links(page: RenderedPage) -> Iterator[str]:
    """Yield where the links of a page lead."""
    yield from (str(found["href"]) for tag, found in Reader(page.html).tags if tag == "a")


def test_links_out_of_the_site_give_nothing_away(pages: dict[str, RenderedPage]) -> None:
    for where, page in pages.items():
        for tag, found in Reader(page.html).tags:
            if tag == "a" and str(found["href"]).lower().startswith(OUTSIDE[:2]):
                assert found.get("rel") == "noopener noreferrer external", (where, found)


def test_every_page_says_what_it_is(context: ViewContext, pages: dict[str, RenderedPage]) -> None:
    for where, page in pages.items():
        assert page.title, where
        assert page.description, where
        assert page.address == where
        if page.record:
            assert page.record in context.graph.positions.roots, where
            assert f"https://git.example/news/edit/main/content/{page.record}" in page.html, where


def test_every_statement_is_on_its_page_with_its_record(context: ViewContext, pages: dict[str, RenderedPage]) -> None:
    for one in context.graph.statements.values():
        page = pages[address.story(one.story)]
        assert {one.id, f"section-record--{one.id}"} <= page.anchors, one.key


def test_no_sentence_is_without_its_attribution(context: ViewContext) -> None:
    """Wherever a statement below `established` stands alone, it does with who says so."""
    for one in context.graph.statements.values():
        if one.certainty is Certainty.ESTABLISHED:
            continue
        segments = context.unit(one.key).main.segments
        said_by = [part.text for part in segments if part.kind in {SegmentKind.ASSERTER, SegmentKind.CARRIER}]
        assert any(said_by), one.key


def test_what_was_taken_back_is_an_event_and_an_amount_no_more(context: ViewContext) -> None:
    for name in context.graph.stories:
        shown = view(address.story(name), context)
        assert isinstance(shown, StoryView)
        used = [event.statement for event in shown.events]
        used += [one for kind in shown.money.kinds for amount in kind.amounts for one in amount.statements]
        flags = {flag.word for one in used for flag in one.mark.flags}
        assert "retracted" not in flags, name


def test_typed_lines_say_who_says_so(context: ViewContext) -> None:
    """A line about somebody, a role or a relation below `established` is never bare."""
    for name in context.graph.stories:
        shown = view(address.story(name), context)
        assert isinstance(shown, StoryView)
        lines = [part.evidence for card in shown.people if card.about for part in card.about.parts]
        lines += [role.evidence for card in shown.people for role in card.roles]
        for evidence in lines:
            sure = all(mark.shape == "established" for mark in evidence.marks)
            assert sure or evidence.attribution, (name, evidence)
        assert all(one.who or one.mark.shape == "established" for one in shown.relations), name


def test_pages_are_the_same_each_time(context: ViewContext, pages: dict[str, RenderedPage]) -> None:
    """A page is made of the graph and its address alone, whatever was made before it."""
    for where in reversed(addresses(context.graph)):
        assert rendering.renderer().render(where, context) == pages[where]


def test_without_a_repository_no_link_to_it_is_made_up() -> None:
    known = rendering.folder("tests/golden/content")
    bare = type(known)(known.graph, known.mentions, known.finder, known.wording, type(known.settings)("Site"))
    pages = [rendering.page(where, bare) for where in addresses(bare.graph)]
    assert not any("Suggest a change" in page or "git.example" in page for page in pages)


def test_there_is_no_page_elsewhere(context: ViewContext) -> None:
    for where in ("stories/", "stories/nothing/", "entities/nothing/", "nothing/", "stories/../", "entities", "x"):
        with pytest.raises(LookupError):
            view(where, context)


def test_when_a_page_was_changed_is_known_without_it(context: ViewContext, pages: dict[str, RenderedPage]) -> None:
    assert {where: modified(where, context) for where in pages} == {
        where: page.modified for where, page in pages.items()
    }
    assert any(page.modified for page in pages.values())


def test_a_file_for_other_programs_is_made_by_itself(context: ViewContext) -> None:
    alone = {path: render(context) for path, render in OUTPUTS.items()}
    assert {path: told for path, told in alone.items() if told is not None} == outputs.rendered(context)


def test_every_page_of_every_kind_has_its_own_address_and_is_found(context: ViewContext) -> None:
    expected = [(kind, name) for kind in KINDS for name in kind.ids(context.graph)]
    assert {kind.name for kind in KINDS} == {kind.name for kind, _ in expected}
    where = [kind.address(name) for kind, name in expected]
    assert len({*where}) == len(where)
    for kind, name in expected:
        assert kind_at(kind.address(name)) == (kind, name)
        page = view(kind.address(name), context)
        assert (page.kind, page.address) == (kind.name, kind.address(name))
        assert page.modified == modified(page.address, context)
        found = [one.location for one in search_entries_of(page, context)]
        assert found[0] == page.address
