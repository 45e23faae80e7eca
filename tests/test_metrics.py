"""The score of a story: a vector of shares, with the counts behind them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from nutgraf.checks.metrics import Score, Share, score
from tests.making import graph

if TYPE_CHECKING:
    from nutgraf.graph import Graph


def one(made: Graph, day: datetime.date | None = None) -> Score:
    (found,) = score(made, day)
    return found


def test_what_a_story_does_not_have_has_no_share() -> None:
    found = one(graph("{id: a, text: it rains}"))
    assert found.answered == Share(0, 0)
    assert found.answered.value is None
    assert found.two_sided.value is None
    assert found.age is None


def test_statements_are_attributed_unless_nobody_is_named() -> None:
    found = one(
        graph(
            """
            {id: a, text: it rains}
            {id: b, text: it snows, by: unnamed}
            {id: c, text: it hails, by: {anonymous: people who were there}}
            {id: d, text: it thaws, source: finding, certainty: established}
            {id: e, text: it froze, by: unnamed, retracted: {on: 2023-05-02, reason: It did not.}}
            """
        )
    )
    assert found.attributed == Share(3, 4)
    assert found.attributed.value == 0.75


def test_origins_count_and_not_sources() -> None:
    found = one(
        graph(
            """
            {id: a, text: it rains, source: [post-1, wire-1]}
            {id: b, text: it snows, source: [copy, wire-unread]}
            {id: c, text: it hails, source: post-1}
            """
        )
    )
    assert found.corroborated == Share(1, 3)


def test_primary_sources_must_have_been_read() -> None:
    found = one(
        graph(
            """
            {id: a, text: it rains, source: finding}
            {id: b, text: it snows, source: [post-1, blog]}
            {id: c, text: it hails, source: unread}
            {id: d, text: it thaws}
            """,
            more={"sources/unread.yml": "{publisher: board, kind: filing, published: 2023-05-01, read: no}"},
        )
    )
    assert found.primary == Share(2, 4)


def test_replies_are_statements_or_refusals() -> None:
    found = one(
        graph(
            """
            {id: a, text: Ben Bell lied, accuses: [{who: ben, reply: b}, {who: works, reply: declined}]}
            {id: b, text: Ben Bell told the truth, by: ben}
            {id: c, text: Works lied, accuses: {who: works, asked: no, reply: none-found}}
            {id: d, text: Works cheated, accuses: {who: works}}
            """
        )
    )
    assert found.answered == Share(2, 4)


def test_a_dispute_has_two_sides_when_two_hold_it() -> None:
    head = """\
    disputes:
      - {id: x, question: Does it rain?, positions: [a, b]}
      - {id: y, question: Does it snow?, positions: [a, c]}
    """
    statements = """
        {id: a, text: it rains, by: ben}
        {id: b, text: it is dry, by: ada}
        {id: c, text: it pours, by: ben}
        """
    assert one(graph(statements, head)).two_sided == Share(1, 2)


def test_age_is_counted_from_the_last_look() -> None:
    made = graph(
        "{id: a, text: it rains}",
        "as_of: 2023-04-12\nrevisions: [{date: 2023-05-02, kind: update, note: A reply was added.}]\n",
        more={"stories/t.yml": "title: Other\nas_of: 2023-05-12\n"},
    )
    assert [found.age for found in score(made)] == [10, 0]
    assert [found.age for found in score(made, datetime.date(2023, 6, 1))] == [30, 20]
    assert [found.age for found in score(made, datetime.date(2023, 1, 1))] == [0, 0]
