"""Whose word a statement is, for the buttons that show only what one of them says."""

from __future__ import annotations

import re

import pytest

from nutgraf.views.speakers import said_by
from tests.making import story, tree
from tests.views import rendering

SAID = (
    ('{id: it, text: "the bridge is closed"}', ("post",)),
    ('{id: it, text: "the bridge is closed", by: ada}', ("ada",)),
    ('{id: it, text: "the bridge is closed", by: [ada, ben]}', ("ada", "ben")),
    ('{id: it, text: "the bridge is closed", by: unnamed}', ("post",)),
    ('{id: it, text: "the bridge is closed", by: {anonymous: people at Works, terms: fear}}', ("post",)),
    ('{id: it, text: "the bridge is closed", by: {who: a spokesman, for: works}}', ("works",)),
    ('{id: it, text: "the bridge is closed", by: {who: ada, via: works}}', ("ada",)),
)


@pytest.mark.parametrize(("statement", "voices"), SAID)
def test_word_is_theirs(statement: str, voices: tuple[str, ...]) -> None:
    graph = rendering.with_base(tree(story(statement))).graph
    assert said_by(graph, graph.statements["s/it"]) == voices


HIDDEN = "The others are hidden in the text, not in timelines and lists."


def test_page_has_a_button_for_each_who_says_several_things() -> None:
    statements = """
        {id: a, text: "the bridge is closed", by: ada}
        {id: b, text: "the bridge is old", by: ada}
        {id: c, text: "the road is open", by: ben}
        {id: d, text: "the road is wet"}
        {id: e, text: "the road is long"}
    """
    page = rendering.page("stories/s/", rendering.with_base(tree(story(statements))))
    buttons = re.findall(r'data-voice="(\w+)" data-told="([^"]*)"', page)
    assert buttons == [
        ("ada", f"2 of 5 statements of the text are by Ada Adams. {HIDDEN}"),
        ("post", f"2 of 5 statements of the text are by Daily Post. {HIDDEN}"),
    ]
    assert re.search(r'id="a" data-by="ada"', page)


def test_one_voice_alone_needs_no_button() -> None:
    page = rendering.page("stories/s/", rendering.with_base(tree(story('{id: a, text: "the bridge is closed"}'))))
    assert 'class="voices"' not in page


def test_citation_carries_hedge_source_and_page() -> None:
    head = "as_of: 2023-05-02"
    made = rendering.with_base(tree(story('{id: a, text: "the bridge is closed", by: ada}', head)))
    page = rendering.page("stories/s/", made)
    # The script puts the sentence of the record before it: see test_story_tools.
    assert " autofocus>Ada Adams says that the bridge is closed, according to Daily Post.</p>" in page
    found = re.search(r'data-citation="([^"]*)"', page)
    assert found is not None
    assert found[1] == ("(Own account.) Source: Daily Post, 11 April 2023.")
    assert 'data-cite="In: Story, Site &amp; Co, as of 2 May 2023."' in page
