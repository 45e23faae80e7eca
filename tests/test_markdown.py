"""Links in prose: where they may stand, and where they lead. What is found is in tests/glossary/matching.md."""

from __future__ import annotations

import re

import pytest

from nutgraf.glossary import finder_of, mentions_of
from nutgraf.markdown import Linker, block_html, inline_html, sentence_html
from nutgraf.model import Links
from nutgraf.wording import Segment, SegmentKind, Sentence
from tests.making import graph

GRAPH = graph(
    """
    {id: one, text: "Works bought {gpus}"}
    {id: two, text: "Works closed [the stream](term:firehose), a board said"}
    {id: three, text: Ada Adams left}
    """,
    "quantities: {gpus: {amount: 3, unit: GPU}}\nmanner: in a tweet",
    {
        "glossary/board.yml": "{label: board, short: A group., unless: [on board]}",
        "glossary/firehose.yml": "{label: firehose, short: A stream.}",
        "glossary/gpu.yml": "{label: GPU, short: A chip.}",
        "glossary/tweet.yml": "{label: tweet, short: A message.}",
        "stories/all.yml": "{title: All, links: all}",
    },
)


def linker(address: str = "stories/s/", story: str | None = "s", links: Links = Links.FIRST) -> Linker:
    return Linker(finder_of(GRAPH), address, story, GRAPH, links=links)


def targets(rendered: str) -> list[str]:
    """Return where the links of some HTML lead, with their words."""
    return [f"{words}: {href}" for href, words in re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', rendered)]


def test_links_are_relative_and_say_what_they_are() -> None:
    assert inline_html("Works has a board", linker()) == (
        '<a href="../../entities/works/" class="who">Works</a> has a '
        '<a href="../../glossary/board/" class="term">board</a>'
    )


def test_a_page_does_not_link_to_itself() -> None:
    assert targets(inline_html("a board and a GPU", linker("glossary/board/"))) == ["GPU: ../../glossary/gpu/"]


def test_each_is_linked_once_a_section() -> None:
    page = linker()
    assert len(targets(inline_html("a board", page) + inline_html("a board", page))) == 1
    page.start_section()
    assert len(targets(inline_html("a board", page))) == 1


def test_the_site_says_how_many_and_a_story_may_say_otherwise() -> None:
    text = "a board, a board"
    assert len(targets(inline_html(text, linker(links=Links.ALL)))) == 2
    assert not targets(inline_html(text, linker(links=Links.NONE)))
    assert len(targets(inline_html(text, linker(story="all", links=Links.NONE)))) == 2


def test_what_cannot_be_linked_leaves_the_link_to_the_next() -> None:
    assert targets(inline_html("*a data* x, *on the bo*ard, a board", linker())) == ["board: ../../glossary/board/"]


def test_attribution_names_but_explains_nothing() -> None:
    sentence = Sentence(
        "s/one",
        (
            Segment(SegmentKind.CARRIER, "the board of Works"),
            Segment(SegmentKind.FRAME, " says in a tweet that "),
            Segment(SegmentKind.CLAUSE, "a board met", "s/one"),
        ),
        "frame",
    )
    assert targets(sentence_html(sentence, linker())) == [
        "Works: ../../entities/works/",
        "tweet: ../../glossary/tweet/",
        "board: ../../glossary/board/",
    ]


NAMED = graph(
    "{id: one, text: post offices closed}",
    "",
    {
        "entities/post.yml": "{name: Exampleton Post, short: Post}",
        "entities/samir.yml": "{name: Samir Kassem, kind: person, aliases: [{text: سمير قاسم, lang: ar}]}",
        "glossary/office.yml": "{label: post office, short: A place.}",
    },
)


def named(links: Links = Links.FIRST) -> Linker:
    return Linker(finder_of(NAMED), "stories/s/", "s", NAMED, links=links)


def test_the_capital_of_a_sentence_makes_no_name() -> None:
    for text in ("Post sorters left Works", "*Post* sorters left"):
        sentence = Sentence("s/one", (Segment(SegmentKind.CLAUSE, text, "s/one", is_raised=True),), "frame")
        assert not [one for one in targets(sentence_html(sentence, named())) if "post" in one]
        assert "Post: ../../entities/post/" in targets(inline_html(text, named()))
    sentence = Sentence(
        "s/one", (Segment(SegmentKind.CLAUSE, "Post offices closed", "s/one", is_raised=True),), "frame"
    )
    assert targets(sentence_html(sentence, named())) == ["Post offices: ../../glossary/office/"]


def test_a_name_in_another_language_says_so() -> None:
    href = 'href="../../entities/samir/" class="who"'
    for text in ("سمير قاسم left", "سمير قاسم [left](https://example.org/)"):
        assert f'<a {href} lang="ar"><bdi>سمير قاسم</bdi></a>' in inline_html(text, named())
        assert '<bdi lang="ar">سمير قاسم</bdi>' in inline_html(text, named(Links.NONE))
    assert f"<a {href}>Samir Kassem</a>" in inline_html("Samir Kassem left", named())
    own = Linker(finder_of(NAMED), "stories/s/", "s", NAMED, locale="ar")
    assert "bdi" not in inline_html("سمير قاسم left", own)


def test_the_attribution_of_a_quotation_is_left_alone() -> None:
    rendered = block_html("> A GPU for all.\n> — the board\n\nThe board\n\n> — a firehose\n", linker())
    assert targets(rendered) == ["GPU: ../../glossary/gpu/", "board: ../../glossary/board/"]


def test_blocks_have_links_in_paragraphs_and_lists_but_not_in_code() -> None:
    rendered = block_html("A board\n\n- a GPU\n\n```\nfirehose\n```\n\n    firehose\n", linker())
    assert targets(rendered) == ["board: ../../glossary/board/", "GPU: ../../glossary/gpu/"]


def test_links_of_content_lead_to_records() -> None:
    text = (
        "[a](entity:ada) [b](source:post-1) [c](statement:three) [d](statement:s/two) [e](term:gpu) [f](entity:nobody)"
    )
    assert targets(inline_html(text, linker())) == [
        "a: ../../entities/ada/",
        "b: ../../sources/post-1/",
        "c: ../../stories/s/#three",
        "d: ../../stories/s/#two",
        "e: ../../glossary/gpu/",
    ]


def test_mentions_count_links_units_and_manners() -> None:
    by_term = mentions_of(GRAPH).by_term
    assert by_term["gpu"] == ("s/one",)
    assert by_term["firehose"] == ("s/two",)
    assert by_term["board"] == ("s/two",)
    assert by_term["tweet"] == ("s/one", "s/two", "s/three")
    assert mentions_of(GRAPH).by_entity["ada"] == ("s/three",)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a <https://b.example>](https://c.example)", '<a href="https://c.example">a https://b.example</a>'),
        ("![ <https://b.example/>](https://c.example)", '!<a href="https://c.example"> https://b.example/</a>'),
        (
            "<https://b.example> and [a](https://c.example)",
            '<a href="https://b.example">https://b.example</a> and <a href="https://c.example">a</a>',
        ),
    ],
)
def test_no_link_stands_in_a_link(text: str, html: str) -> None:
    assert inline_html(text, None) == html
