"""Ids, defaults and links."""

from __future__ import annotations

import datetime

import pytest

from nutgraf.graph import key_of, resolve
from nutgraf.model import Anonymous, Certainty, EntityId
from tests.making import graph, loaded, resolved, story, told


def test_defaults_come_from_the_section_then_the_story() -> None:
    found = resolved(
        {
            "stories/s.yml": """\
            title: Story
            based_on: post-1
            certainty: inferred
            sections:
              - source: wire-1
                certainty: claimed
                by: ada
                statements:
                  - plain: Works closed
                  - {id: own, text: Works opened, source: blog, by: ben, certainty: speculated}
              - statements:
                  - far: Works moved
            """
        }
    ).graph.statements
    assert found["s/plain"].source_ids == ("wire-1",)
    assert (found["s/plain"].certainty, found["s/plain"].by) == (Certainty.CLAIMED, (EntityId("ada"),))
    assert (found["s/own"].certainty, found["s/own"].by) == (Certainty.SPECULATED, (EntityId("ben"),))
    assert (found["s/far"].source_ids, found["s/far"].certainty) == (("post-1",), Certainty.INFERRED)


@pytest.mark.parametrize(
    ("fields", "by", "certainty"),
    [
        pytest.param("", ("post",), "reported", id="a publication reports"),
        pytest.param(", by: ada", ("ada",), "claimed", id="a party claims"),
        pytest.param(", source: blog", ("ada",), "claimed", id="a party in its own post"),
        pytest.param(", source: [post-1, wire-1]", ("post", "wire"), "reported", id="two origins"),
        pytest.param(", source: [copy, wire-unread]", ("wire",), "reported", id="the origin, not its echo"),
        pytest.param(", by: wire, source: copy", ("wire",), "reported", id="a publication quoted by another"),
    ],
)
def test_who_asserts_and_how_sure(fields: str, by: tuple[str, ...], certainty: str) -> None:
    one = graph(f"{{id: a, text: Works closed{fields}}}").statements["s/a"]
    assert (tuple(map(str, one.by)), str(one.certainty)) == (by, certainty)


def test_anonymous_people_are_the_publications_sourcing() -> None:
    one = graph("{id: a, text: Works closed, by: {anonymous: people at Works, count: 2}}").statements["s/a"]
    assert isinstance(one.by[0], Anonymous)
    assert one.certainty is Certainty.REPORTED


def test_a_summary_takes_the_lowest_certainty_and_all_sources() -> None:
    one = graph(
        """
        {id: a, text: Works closed, source: finding, certainty: established}
        {id: b, text: Works failed, by: ada, source: wire-1}
        """,
        "key_points: [{id: sum, text: Works failed and closed, rests_on: [a, b]}]",
    ).statements["s/sum"]
    assert (one.certainty, one.source_ids, tuple(map(str, one.by))) == (
        Certainty.CLAIMED,
        ("finding", "wire-1"),
        ("ada",),
    )


def test_a_summary_of_different_asserters_is_not_put_into_one_mouth() -> None:
    one = graph(
        """
        {id: a, text: Works failed, by: ada, source: post-1}
        {id: b, text: Works closed, by: ben, source: wire-1}
        """,
        "key_points: [{id: sum, text: Works failed and closed, rests_on: [a, b]}]",
    ).statements["s/sum"]
    assert tuple(map(str, one.by)) == ("ada", "ben")


def test_links_are_known_from_both_ends() -> None:
    found = graph(
        """
        {id: a, text: Works closed, accuses: {who: ada, reply: [b], outcome: [c]}}
        {id: b, denies: a, by: ada}
        {id: c, text: Ada Adams was cleared, source: finding, certainty: established}
        {id: d, text: Works is open, refuted_by: a}
        """
    )
    assert found.dependents["s/a"] == ("s/b", "s/d")
    assert (found.dependents["s/b"], found.dependents["s/c"]) == (("s/a",), ("s/a",))
    assert found.by_source["finding"] == ("s/c",)
    assert found.by_asserter["ada"] == ("s/b",)
    assert found.published_by["wire"] == ("wire-1", "wire-unread")


@pytest.mark.parametrize(
    ("statements", "complaint"),
    [
        pytest.param(
            "{id: a, text: Works closed, source: post-2}",
            "stories/s.yml:7:45: unknown-source: There is no source `post-2` | Did you mean `post-1`?",
            id="source",
        ),
        pytest.param(
            "{id: a, text: Works closed, by: adda}",
            "stories/s.yml:7:41: unknown-entity: There is no entity `adda` | Did you mean `ada`?",
            id="entity",
        ),
        pytest.param(
            "{id: a, text: Works closed, by: zzz}",
            "stories/s.yml:7:41: unknown-entity: There is no entity `zzz` | Add the file `entities/zzz.yml`.",
            id="nothing near",
        ),
        pytest.param(
            "{id: a, text: Works closed, denies: aa}",
            "stories/s.yml:7:45: unknown-statement: There is no statement `aa`",
            id="statement",
        ),
        pytest.param(
            "{id: a, text: 'Works made {unitz}'}",
            "stories/s.yml:7:35: unknown-quantity: The text uses `{unitz}`, which is no quantity of the story"
            " | Add it under `quantities`.",
            id="quantity",
        ),
        pytest.param(
            "{id: section-a, text: Works closed}",
            "stories/s.yml:7:14: reserved-id: The id `section-a` begins with `section-`, which is kept for the page's"
            " own parts | Choose another id.",
            id="reserved",
        ),
        pytest.param(
            "{id: a, text: Works closed, rests_on: b}\n{id: b, text: Works shut, rests_on: a}",
            "stories/s.yml:7:47: circular-reference: Statements rest on each other: `a` → `b` → `a`",
            id="circle",
        ),
        pytest.param(
            "{id: a, text: Works closed, when: 2019, before: b}\n{id: b, text: Works shut, when: 2018}",
            "stories/s.yml:7:57: contradictory-order: `a` is to be before `b`, but the dates say otherwise"
            " | Correct `when` of one of them, or remove `before`.",
            id="order",
        ),
    ],
)
def test_complaints(statements: str, complaint: str) -> None:
    assert told(resolved(story(statements)).diagnostics) == [complaint]


def test_an_id_is_used_once_a_story() -> None:
    found = resolved(story("{id: a, text: Works closed}\n{id: a, text: Works opened}")).diagnostics
    assert told(found) == [
        (
            "stories/s.yml:8:14: duplicate-id: The id `a` is taken already"
            " | An id is an anchor of the page: choose another one."
        )
    ]
    assert str(found[0].related[0].span) == "stories/s.yml:7:14"


def test_drafts_are_left_out_and_cannot_be_leant_on() -> None:
    files = story("{id: a, text: Works closed, refuted_by: d/x}")
    files["stories/d.yml"] = (
        "title: Draft\nstatus: draft\nbased_on: post-1\nsections: [{statements: [{x: Works is open}]}]"
    )
    found = resolved(files)
    assert list(found.graph.stories) == ["s"]
    assert [one.rule for one in found.diagnostics] == ["refers-to-draft"]


NOON = datetime.datetime(2024, 5, 3, 12, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("given", "now", "held"),
    [
        ("2024-05-03T12:00Z", NOON, True),
        ("2024-05-03T11:59Z", NOON, False),
        ("2024-05-03T12:01Z", NOON, True),
        ("2024-05-03T13:59+02:00", NOON, False),
        ("2024-05-03T14:00+02:00", NOON, True),
        ("2024-05-03T14:00+02:00", NOON + datetime.timedelta(seconds=1), False),
        ("2024-05-03", NOON, True),
        ("2024-05-02", NOON, False),
        ("2024-05-03", datetime.datetime(2024, 5, 3, 23, 59, 59, tzinfo=datetime.UTC), True),
        ("2024-05-03", datetime.datetime(2024, 5, 4, tzinfo=datetime.UTC), False),
        ("2024-05-02", None, True),
    ],
)
def test_an_embargo_holds_until_a_later_time(given: str, now: datetime.datetime | None, *, held: bool) -> None:
    read = loaded({**story("{id: a, text: Works closed}", f"publish_after: {given}")})
    graph = resolve(read, now=now).graph
    assert ("s" in graph.held) == held
    assert ("s" in graph.stories) == (not held)
    assert "s" in resolve(read, now=now, drafts=True).graph.stories


@pytest.mark.parametrize(
    "given", ["2024", "2024-05", "2024-05-03~", "2024-05-03?", "2024-05-01/2024-05-03", "..2024-05-03"]
)
def test_an_embargo_is_a_day_or_a_time(given: str) -> None:
    (found,) = loaded({**story("{id: a, text: Works closed}", f"publish_after: {given}")}).diagnostics
    assert (found.rule, found.headline) == ("malformed-date", f"`{given}` must be a time with its zone, or a day")
    assert found.span.line == 3


LATER = "title: Later\nbased_on: post-1\npublish_after: 2024-06-01\nsections: [{statements: [{x: Works is open}]}]"


@pytest.mark.parametrize("drafts", [False, True])
@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("", ["refers-to-draft"]),
        ("publish_after: 2024-05-31", ["refers-to-draft"]),
        ("publish_after: 2024-06-01", []),
        ("publish_after: 2024-06-02T10:00Z", []),
        ("status: draft", []),
    ],
)
def test_a_story_refers_to_none_that_is_published_later(head: str, told: list[str], *, drafts: bool) -> None:
    files = story("{id: a, text: Works closed, refuted_by: l/x}", head)
    read = loaded({**files, "stories/l.yml": LATER})
    found = resolve(read, now=NOON, drafts=drafts).diagnostics
    is_shown = drafts or not head
    assert [one.rule for one in found] == (told if is_shown else [])
    assert not resolve(read, now=NOON + datetime.timedelta(days=60), drafts=drafts).diagnostics


def test_what_a_mistake_took_out_is_not_missed() -> None:
    files = story("{id: a, text: Works closed, certainty: sure}\n{id: b, text: Works shut, denies: a, source: broken}")
    files["sources/broken.yml"] = "title: [unclosed"
    assert told(resolved(files).diagnostics) == []


def test_keys() -> None:
    assert (key_of("s", "a"), key_of("s", "t/a")) == ("s/a", "t/a")
