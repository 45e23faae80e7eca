"""Every row of the table of frames, standing alone."""

from __future__ import annotations

import pytest

from nutgraf.markdown import unit_text
from nutgraf.wording import compile as compile_statement
from nutgraf.wording import compile_unknown
from tests.making import english, graph

TEXT = "Works closed its plant"


def said(fields: str, statements: str = "", head: str = "") -> str:
    """Return the standalone sentences of a statement `a` with some fields."""
    found = graph(f"{{id: a, {fields}}}\n{statements}", head)
    return unit_text(compile_statement(found.statements["s/a"], found, english()))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param("source: finding, certainty: established", "Works closed its plant.", id="established"),
        pytest.param(
            "source: finding, certainty: established, when: 2023-04",
            "In April 2023, Works closed its plant.",
            id="dated",
        ),
        pytest.param("source: post-1", "According to Daily Post, Works closed its plant.", id="reported"),
        pytest.param(
            "when: 2018, when_text: in early 2018",
            "In early 2018, according to Daily Post, Works closed its plant.",
            id="reported, dated in the source's words",
        ),
        pytest.param(
            "source: [post-1, wire-1]", "Daily Post and the Wire both report that Works closed its plant.", id="both"
        ),
        pytest.param(
            "source: [wire-unread, copy], when: 2022-12",
            "In December 2022, Works closed its plant, the Wire reported, as cited by Daily Post.",
            id="second hand",
        ),
        pytest.param(
            "source: copy, by: wire",
            "Works closed its plant, the Wire reported, as cited by Daily Post.",
            id="second hand, only the echo is cited",
        ),
        pytest.param(
            "by: {anonymous: people familiar with Works, count: 2}",
            "Two people familiar with Works told Daily Post that Works closed its plant.",
            id="anonymous",
        ),
        pytest.param(
            "by: {anonymous: a former engineer, count: 1}, when: 2023-04",
            "A former engineer told Daily Post that in April 2023 Works closed its plant.",
            id="one anonymous person",
        ),
        pytest.param(
            "by: {anonymous: officials}, source: [wire-unread, copy]",
            "Officials told the Wire that Works closed its plant, as cited by Daily Post.",
            id="anonymous, second hand",
        ),
        pytest.param(
            "by: unnamed", "Daily Post reports, without naming its source, that Works closed its plant.", id="unnamed"
        ),
        pytest.param(
            "by: unnamed, source: [post-1, wire-1]",
            "Daily Post and the Wire report, without naming their sources, that Works closed its plant.",
            id="unnamed, in two",
        ),
        pytest.param(
            "by: ada, source: blog", "Ada Adams said on 9 April 2023 that Works closed its plant.", id="own document"
        ),
        pytest.param("by: ada", "Ada Adams says that Works closed its plant, according to Daily Post.", id="carried"),
        pytest.param(
            "by: ada, said: 2023-06, manner: publicly",
            "Ada Adams said publicly in June 2023 that Works closed its plant, according to Daily Post.",
            id="said at a time",
        ),
        pytest.param(
            "by: ada, said: unknown",
            "Ada Adams said that Works closed its plant, according to Daily Post.",
            id="said nobody knows when",
        ),
        pytest.param(
            "by: [ada, works], said: unknown, manner: publicly",
            "Ada Adams and Works both said publicly that Works closed its plant, according to Daily Post.",
            id="both claim",
        ),
        pytest.param(
            "by: [ada, ben, works]",
            "Ada Adams, Ben Bell and Works say that Works closed its plant, according to Daily Post.",
            id="three claim",
        ),
        pytest.param(
            "by: {who: a spokesman, for: works}",
            "A spokesman for Works says that Works closed its plant, according to Daily Post.",
            id="a spokesman",
        ),
        pytest.param(
            "by: {who: ada, via: ben}",
            "Ada Adams, through Ben Bell, says that Works closed its plant, according to Daily Post.",
            id="through somebody",
        ),
        pytest.param(
            "by: {who: Pia Pohl and colleagues, at: works}, verb: estimate",
            "Pia Pohl and colleagues at Works estimate that Works closed its plant, according to Daily Post.",
            id="a group",
        ),
        pytest.param(
            "by: ada, verb: promise",
            "Ada Adams promises that Works closed its plant, according to Daily Post.",
            id="verb",
        ),
        pytest.param(
            "by: unnamed, certainty: claimed",
            "Daily Post passes on a claim, without naming who makes it, that Works closed its plant.",
            id="a claim of nobody",
        ),
        pytest.param(
            "certainty: inferred", "Daily Post suggests that Works closed its plant.", id="inferred by the paper"
        ),
        pytest.param(
            "certainty: inferred, verb: argue, by: ada",
            "Ada Adams argues that Works closed its plant, according to Daily Post.",
            id="inferred by a party",
        ),
        pytest.param(
            "certainty: found, by: board, source: finding",
            "The Safety Board found on 1 May 2023 that Works closed its plant.",
            id="found",
        ),
        pytest.param(
            "certainty: found, by: board, verb: rule, said: 2023-05-01",
            "The Safety Board ruled on 1 May 2023 that Works closed its plant, according to Daily Post.",
            id="ruled on a day",
        ),
        pytest.param(
            "certainty: speculated, by: unnamed",
            "Daily Post mentions speculation that Works closed its plant.",
            id="speculation",
        ),
        pytest.param(
            "certainty: speculated",
            "Daily Post raises the possibility that Works closed its plant.",
            id="a possibility",
        ),
        pytest.param(
            "certainty: speculated, by: ada",
            "Ada Adams speculates that Works closed its plant, according to Daily Post.",
            id="a party speculates",
        ),
    ],
)
def test_frames(fields: str, sentence: str) -> None:
    assert said(f"text: {TEXT}, {fields}") == sentence


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        pytest.param(
            "by: ada, text: Ada Adams left Works",
            "Ada Adams says that she left Works, according to Daily Post.",
            id="subject",
        ),
        pytest.param(
            "by: ada, text: Ada Adams's plan failed",
            "Ada Adams says that her plan failed, according to Daily Post.",
            id="possessive",
        ),
        pytest.param(
            "by: [ada, works], text: Ada Adams left Works because of Ada Adams's health",
            "Ada Adams and Works both say that she left Works because of her health, according to Daily Post.",
            id="one person of two asserters",
        ),
        pytest.param(
            "by: [ada, ben], text: Ada Adams left Works",
            "Ada Adams and Ben Bell both say that Adams left Works, according to Daily Post.",
            id="not of two people",
        ),
        pytest.param(
            "by: ben, text: Ada Adams met Ben Bell's sister",
            "Ben Bell says that Ada Adams met his sister, according to Daily Post.",
            id="no rival of the same pronoun",
        ),
        pytest.param(
            "text: Ada Adams met Ben Bell before Ada Adams left",
            "According to Daily Post, Ada Adams met Ben Bell before Adams left.",
            id="short at the second mention",
        ),
        pytest.param(
            'by: ada, text: "the note says “Ada Adams left”"',
            "Ada Adams says that the note says “Ada Adams left”, according to Daily Post.",
            id="never in a quotation",
        ),
        pytest.param(
            "by: post, text: Daily Post has sold its plant",
            "Daily Post says that it has sold its plant.",
            id="a publication about itself",
        ),
        pytest.param(
            "by: ada, text: Adams has sold a plant",
            "Ada Adams says that she has sold a plant, according to Daily Post.",
            id="somebody by their short name",
        ),
        pytest.param(
            "by: ada, text: a plant of Adams burnt",
            "Ada Adams says that a plant of Adams burnt, according to Daily Post.",
            id="not elsewhere",
        ),
        pytest.param(
            "by: post, text: a plant of Daily Post was sold",
            "According to Daily Post, a plant of Daily Post was sold.",
            id="about something of a publication",
        ),
        pytest.param(
            "by: post, text: Daily Postmen have sold a plant",
            "According to Daily Post, Daily Postmen have sold a plant.",
            id="about a name that begins like the publication's",
        ),
    ],
)
def test_names(fields: str, sentence: str) -> None:
    assert said(fields) == sentence


def test_a_question_is_not_turned_into_a_claim() -> None:
    fields = "by: ada, verb: ask, said: unknown, text: whether Works may close its plant"
    assert said(fields) == "Ada Adams asked whether Works may close its plant, according to Daily Post."


def test_a_denial_quotes_what_it_denies() -> None:
    assert said("by: ben, denies: b", "{id: b, text: Ben Bell took money, by: ada}") == (
        "Ben Bell denies that he took money, according to Daily Post."
    )


def test_a_denial_may_say_what_was_instead() -> None:
    assert said("by: ben, denies: b, text: Ben Bell was abroad", "{id: b, text: Ben Bell took money, by: ada}") == (
        "Ben Bell denies that he took money, according to Daily Post."
        " Bell says that he was abroad, according to Daily Post."
    )


@pytest.mark.parametrize(
    ("fields", "others", "sentences"),
    [
        pytest.param(
            "refuted_by: b",
            "{id: b, text: Works is open, source: finding, certainty: established}",
            "According to Daily Post, Works closed its plant. This has been refuted. Works is open.",
            id="refuted",
        ),
        pytest.param(
            "superseded: {by: b, on: 2023-05, because: corrected}",
            "{id: b, text: Works sold its plant, source: wire-1}",
            "According to Daily Post, Works closed its plant. This account was later corrected, in May 2023."
            " According to the Wire, Works sold its plant.",
            id="superseded",
        ),
        pytest.param(
            "retracted: {on: 2023-05-02, reason: The paper withdrew its report.}",
            "",
            "According to Daily Post, Works closed its plant."
            " We retracted this on 2 May 2023: The paper withdrew its report.",
            id="retracted",
        ),
        pytest.param(
            "accuses: {who: works, reply: [b], outcome: [c]}",
            "{id: b, denies: a, by: works, source: wire-1}\n"
            "{id: c, text: Works was cleared, source: finding, certainty: found, by: board}",
            "According to Daily Post, Works closed its plant."
            " Works denies that it closed its plant, according to the Wire."
            " The Safety Board found on 1 May 2023 that Works was cleared.",
            id="accused, with reply and outcome",
        ),
        pytest.param(
            "superseded: {by: b, on: 2023-05-08, because: changed}",
            "{id: b, text: Works kept its plant, source: wire-1, by: works, said: 2023-05-08}",
            "According to Daily Post, Works closed its plant. This later changed."
            " Works said on 8 May 2023 that it kept its plant, according to the Wire.",
            id="superseded, on a day that the next sentence names",
        ),
        pytest.param(
            "accuses: {who: works, reply: [none-found, b]}",
            "{id: b, text: Works keeps its plants, by: works, source: wire-1, said: 2020}",
            "According to Daily Post, Works closed its plant. The sources of this page record no answer from Works."
            " Works said in 2020 that it keeps its plants, according to the Wire.",
            id="accused, who spoke before only",
        ),
        pytest.param(
            "accuses: {who: works, asked: no, reply: [b]}",
            "{id: b, text: the plant is open, by: ada, source: wire-1}",
            "According to Daily Post, Works closed its plant. Works was not asked for an answer, as far as the sources"
            " of this page say. Ada Adams says that the plant is open, according to the Wire.",
            id="accused, for whom somebody else speaks",
        ),
        pytest.param(
            "accuses: {who: works, reply: [b]}",
            "{id: b, text: Works pleaded guilty, source: finding, certainty: established, when: 2023-05-09}",
            "According to Daily Post, Works closed its plant. On 9 May 2023, Works pleaded guilty.",
            id="accused, who pleaded",
        ),
        pytest.param(
            "accuses: {who: works, reply: declined, asked: 2023-04-10}",
            "",
            "According to Daily Post, Works closed its plant. Works declined to answer, asked on 10 April 2023,"
            " according to Daily Post.",
            id="accused, declined",
        ),
    ],
)
def test_what_must_follow(fields: str, others: str, sentences: str) -> None:
    assert said(f"text: {TEXT}, {fields}", others) == sentences


def test_statements_that_point_at_each_other_end() -> None:
    assert said("text: Works shut, refuted_by: b", "{id: b, text: Works opened, refuted_by: a}").count("refuted") == 1


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("undisclosed", "It has not been made public who bought it."),
        ("not-covered", "The sources of this page do not say who bought it."),
        ("unanswered", "Nobody who was asked has answered who bought it."),
        ("not-yet", "It is not known yet who bought it."),
    ],
)
def test_unknowns(why: str, sentence: str) -> None:
    found = graph(f"{{id: a, text: {TEXT}}}", f"unknowns: [{{id: q, text: who bought it, why: {why}}}]")
    made = compile_unknown(found.stories["s"].unknowns[0], "s", found, english())
    assert "".join(segment.text for segment in made.segments) == sentence


@pytest.mark.parametrize(
    ("roles", "name"),
    [
        pytest.param("{role: founder, of: works, statement: s/b}", "Works founder Cy Cole", id="proven"),
        pytest.param("{role: founder, of: works, statement: s/c}", "Cy Cole", id="only reported"),
        pytest.param("{role: founder, of: works, source: finding}", "Works founder Cy Cole", id="in a public record"),
        pytest.param("{role: founder, of: works}", "Cy Cole", id="without evidence"),
        pytest.param("{role: founder, of: works, statement: s/b, to: 2019}", "Cy Cole", id="past its time"),
        pytest.param("{role: founder, of: works, statement: s/b, from: 2024}", "Cy Cole", id="before its time"),
        pytest.param("{role: founder, of: works, statement: s/a}", "Cy Cole", id="not in the statement that proves it"),
    ],
)
def test_introductions_say_what_is_established(roles: str, name: str) -> None:
    found = graph(
        """
        {id: a, text: Cy Cole left, when: 2023, source: finding, certainty: established}
        {id: b, text: Cy Cole founded Works, source: finding, certainty: established}
        {id: c, text: Cy Cole founded Works}
        """,
        more={"entities/cy.yml": f"{{name: Cy Cole, short: Cole, kind: person, roles: [{roles}]}}"},
    )
    assert unit_text(compile_statement(found.statements["s/a"], found, english())) == f"In 2023, {name} left."


def test_two_people_of_one_short_name_keep_their_full_ones() -> None:
    found = graph(
        "{id: a, text: Eve Cole met Cy Cole and Eve Cole left}",
        more={
            "entities/cy.yml": "{name: Cy Cole, short: Cole, kind: person}",
            "entities/eve.yml": "{name: Eve Cole, short: Cole, kind: person}",
        },
    )
    sentence = "According to Daily Post, Eve Cole met Cy Cole and Eve Cole left."
    assert unit_text(compile_statement(found.statements["s/a"], found, english())) == sentence


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            "text: 'the report was late, but does not name Works', source: post-1",
            "According to Daily Post, the report was late, but does not name Works.",
        ),
        (
            "text: 'the report was late, but Works was not named', source: post-1",
            "Daily Post reports that the report was late, but that Works was not named.",
        ),
    ],
)
def test_a_second_verb_is_not_taken_for_what_the_publication_did(fields: str, sentence: str) -> None:
    assert said(fields) == sentence
