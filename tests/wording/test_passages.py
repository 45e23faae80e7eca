"""Running text: what varies, what is said once, and what never gets lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nutgraf.markdown import unit_text
from nutgraf.wording import compose
from tests.making import english, graph

if TYPE_CHECKING:
    from collections.abc import Mapping


def told(statements: str, more: Mapping[str, str] | None = None) -> list[str]:
    """Return the sentences of a section."""
    found = graph(statements, more=more)
    return [unit_text(unit) for unit in compose(found.in_story("s"), found, english())]


@pytest.mark.parametrize(
    ("statements", "sentences"),
    [
        pytest.param(
            """
            {id: a, text: Works closed its plant because it was old}
            {id: b, text: Works sold its plant because it was old}
            {id: c, text: Works moved because it was poor}
            """,
            [
                "According to Daily Post, Works closed its plant because it was old.",
                "Daily Post also reports that Works sold its plant because it was old.",
                "Works moved because it was poor, Daily Post reports.",
            ],
            id="one publication, never the same frame twice running",
        ),
        pytest.param(
            """
            {id: a, text: Works closed its plant}
            {id: b, text: Works moved, source: wire-1}
            """,
            ["According to Daily Post, Works closed its plant.", "The Wire reports that Works moved."],
            id="two publications",
        ),
        pytest.param(
            """
            {id: a, text: Works closed its plant}
            {id: b, text: Works moved}
            """,
            ["Daily Post reports that Works closed its plant and that Works moved."],
            id="two short clauses are joined",
        ),
        pytest.param(
            """
            {id: a, text: Works closed its plant}
            {id: b, text: Works moved to the north, after_previous: Works moved}
            """,
            ["Daily Post reports that Works closed its plant and that Works moved."],
            id="the shorter clause is taken",
        ),
        pytest.param(
            """
            {id: a, text: Works closed its plant, accuses: {who: ada}}
            {id: b, text: Works moved}
            """,
            ["According to Daily Post, Works closed its plant.", "Daily Post also reports that Works moved."],
            id="an accusation is never joined",
        ),
        pytest.param(
            """
            {id: a, text: "Works closed its plant, and the yard"}
            {id: b, text: Works moved}
            """,
            [
                "According to Daily Post, Works closed its plant, and the yard.",
                "Daily Post also reports that Works moved.",
            ],
            id="nor what has a comma",
        ),
        pytest.param(
            """
            {id: a, text: Ada Adams left Works because Works was poor, when: 2018-03}
            {id: b, text: Ada Adams founded a firm because Works was poor, when: 2018-03}
            """,
            [
                "In March 2018, according to Daily Post, Ada Adams left Works because Works was poor.",
                "Daily Post also reports that Adams founded a firm because Works was poor.",
            ],
            id="names are short and dates said once",
        ),
        pytest.param(
            """
            {id: a, text: Works failed because it was poor, by: ada}
            {id: b, text: Works lied because it was poor, by: ada}
            {id: c, text: Ben Bell left because he was poor, by: ada}
            {id: d, text: the plant is old because it was cheap, by: ada}
            """,
            [
                "Ada Adams says that Works failed because it was poor, according to Daily Post.",
                "She also says that Works lied because it was poor, according to Daily Post.",
                "According to Daily Post, she says that Ben Bell left because he was poor.",
                "Adams also says that the plant is old because it was cheap, according to Daily Post.",
            ],
            id="a pronoun only where it can mean one person",
        ),
        pytest.param(
            """
            {id: a, text: Works failed because it was poor, by: {anonymous: two people}}
            {id: b, text: Works lied because it was poor, by: {anonymous: two people}}
            """,
            [
                "Two people told Daily Post that Works failed because it was poor.",
                "According to two people who spoke to Daily Post, Works lied because it was poor.",
            ],
            id="people who are not named may be others",
        ),
        pytest.param(
            """
            {id: a, text: Works failed, source: finding, certainty: established}
            {id: b, text: Works moved, source: finding, certainty: established}
            """,
            ["Works failed.", "Works moved."],
            id="what is established needs no frame",
        ),
        pytest.param(
            """
            {id: a, text: Works failed, refuted_by: b}
            {id: b, text: Works thrives, source: finding, certainty: established}
            {id: c, text: Works moved}
            """,
            [
                "According to Daily Post, Works failed. This has been refuted.",
                "Works thrives.",
                "According to Daily Post, Works moved.",
            ],
            id="nothing leads on from a refutation, and what refutes is not said twice",
        ),
        pytest.param(
            """
            {id: a, text: Works failed, refuted_by: c}
            {id: b, text: Works moved}
            {id: c, text: Works thrives, source: finding, certainty: established}
            """,
            [
                "According to Daily Post, Works failed. This has been refuted. Works thrives.",
                "Daily Post reports that Works moved.",
                "Works thrives.",
            ],
            id="what refutes is said at once where it does not come next",
        ),
        pytest.param(
            """
            {id: a, text: Works failed, accuses: {who: ben, reply: b, outcome: c}}
            {id: b, text: Works was poor, by: ben}
            {id: c, text: Ben Bell was cleared, source: finding, certainty: established}
            """,
            [
                (
                    "According to Daily Post, Works failed. Ben Bell says that Works was poor, according to Daily Post."
                    " Bell was cleared."
                ),
                "Bell says that Works was poor, according to Daily Post.",
                "Bell was cleared.",
            ],
            id="a reply is not left out where more stands behind it",
        ),
        pytest.param(
            """
            {id: a, text: Works sold nine mills, superseded: {by: b, on: 2023-04-12}}
            {id: b, text: Works sold six mills, superseded: {by: c, on: 2023-04-14, because: corrected}}
            {id: c, text: Works sold five mills}
            """,
            [
                "According to Daily Post, Works sold nine mills. This later changed, on 12 April 2023.",
                "Daily Post reports that Works sold six mills. This account was later corrected, on 14 April 2023.",
                "According to Daily Post, Works sold five mills.",
            ],
            id="each step of a chain where it stands",
        ),
        pytest.param(
            """
            {id: a, text: Works failed because it was poor, by: {anonymous: a man who swept the yard}, said: 2023-04-02}
            {id: b, text: Works lied because it was poor, by: {anonymous: a man who swept the yard}, said: 2023-04-02}
            """,
            [
                "A man who swept the yard told Daily Post on 2 April 2023 that Works failed because it was poor.",
                "A man who swept the yard told Daily Post on 2 April 2023 that Works lied because it was poor.",
            ],
            id="neither a clause behind a clause, nor a date lost",
        ),
        pytest.param(
            """
            {id: a, text: "Works closed its plant, and its owner fled"}
            {id: b, text: "Works sold a mill, but the town bought it"}
            {id: c, text: "Works moved, and its debts grew"}
            """,
            [
                "Daily Post reports that Works closed its plant and that its owner fled.",
                "Daily Post also reports that Works sold a mill, but that the town bought it.",
                "Daily Post reports that Works moved and that its debts grew.",
            ],
            id="a second clause keeps its attribution",
        ),
        pytest.param(
            """
            {id: a, text: Works closed its plant}
            {id: b, text: "Works moved, and its debts grew"}
            """,
            [
                "According to Daily Post, Works closed its plant.",
                "Daily Post also reports that Works moved and that its debts grew.",
            ],
            id="what has two clauses is not joined",
        ),
    ],
)
def test_passages(statements: str, sentences: list[str]) -> None:
    assert told(statements) == sentences


def test_a_joined_sentence_knows_its_statements() -> None:
    found = graph("{id: a, text: Works closed its plant}\n{id: b, text: Works moved}")
    (unit,) = compose(found.in_story("s"), found, english())
    assert unit.keys == ("s/a", "s/b")
    assert [(key, "".join(one.text for one in segments)) for key, segments in unit.main.pieces] == [
        ("s/a", "Daily Post reports that Works closed its plant"),
        ("s/b", " and that Works moved."),
    ]
