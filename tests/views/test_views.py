"""What stands on pages, case by case: the documents beside this file hold content, and what a reader sees of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nutgraf.views import addresses
from tests import literate
from tests.views import rendering

CASES = literate.read(*sorted(Path(__file__).parent.glob("*.md")))
STORY = "stories/s/"
SECTIONS = ("timeline", "who", "money", "accounts", "unknown", "words", "sources", "changes")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: literate.Case) -> None:
    """Every case is about the story `s`; a record is that of its statement `it`."""
    context = rendering.with_base(case.files)
    story = rendering.page(STORY, context)
    literate.check(
        case,
        prose=rendering.paragraphs(story),
        record=rendering.between(story, '<div class="record" id="section-record--it"', "</div>"),
        strip=rendering.between(story, '<div class="strip">', "\n</div>"),
        entity=_whole("entities/ada/", case),
        source=_whole("sources/it/", case),
        term=_whole("glossary/it/", case),
        home=_whole("", case),
        entities=_whole("entities/", case),
        all_sources=_whole("sources/", case),
        glossary=_whole("glossary/", case),
        all_events=_whole("timeline/", case),
        all_changes=_whole("changes/", case),
        **{name: rendering.section(story, f"section-{name}") for name in SECTIONS},
    )


def _whole(where: str, case: literate.Case) -> str:
    """Return the text of a page, if the case has the file that it shows."""
    try:
        return rendering.shown(rendering.page(where, rendering.with_base(case.files)))
    except LookupError:
        return ""


def test_each_story_has_a_timeline_of_its_own_where_there_are_several() -> None:
    context = rendering.folder("tests/sites/sewol/content")
    where = {one for one in addresses(context.graph) if one.startswith("timeline/")}
    assert where == {"timeline/", *(f"timeline/{name}/" for name in context.graph.stories)}
    whole, one = rendering.page("timeline/", context), rendering.page("timeline/sewol-headcount/", context)
    assert re.search(r'href="[./]*timeline/sewol-headcount/"', whole)
    assert re.search(r'href="[./]*timeline/"', one)
    told = {key for key in context.graph.timeline if context.graph.statements[key].story == "sewol-headcount"}
    assert one.count("<li><time") + one.count('<li><span class="when">') == len(told) > 0
    assert "sewol-sinking" not in one.partition('<p class="foot">')[0]


def test_one_story_needs_no_timeline_of_its_own() -> None:
    context = rendering.folder("content")
    assert not [one for one in addresses(context.graph) if one.startswith("timeline/") and one != "timeline/"]
    with pytest.raises(LookupError):
        rendering.page("timeline/twitter-ai-openai/", context)


def test_timeline_says_a_date_once_in_the_words_of_its_source() -> None:
    page = rendering.page("timeline/", rendering.folder("content"))
    assert '<time datetime="2018">Early 2018</time>' in page
    # The name of a sign begins as the sentence does that stands alone.
    text = re.sub(r' aria-label="[^"]*"', "", page.partition("application/ld+json")[0])
    assert "In early 2018" not in text


@pytest.mark.parametrize("content", ["content", "tests/golden/content", "tests/sites/sewol/content"])
def test_every_sign_that_a_page_speaks_of_is_explained(content: str) -> None:
    context = rendering.folder(content)
    known = set(re.findall(r'<dt id="([^"]+)"', rendering.page("reading/", context)))
    for where in addresses(context.graph):
        wanted = set(re.findall(r'href="(?:\.\./)*reading/#([^"]+)"', rendering.page(where, context)))
        assert wanted <= known, where
