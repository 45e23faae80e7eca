"""Who says it, where and when: sentences as a strict copy editor reads them."""

from __future__ import annotations

import pytest

from nutgraf.markdown import unit_text
from nutgraf.wording import compile as compile_statement
from nutgraf.wording.framing import is_same_name, said_of
from nutgraf.wording.replies import replies_to
from tests.making import english, graph

MORE = {
    "entities/cy.yml": "{name: Cy Porter, short: Porter, kind: person, pronoun: he}",
    "entities/line.yml": "name: North Line",
    "entities/university.yml": "{name: Sampleport University, short: University, article: the, kind: organisation}",
    "entities/office.yml": "name: Survey Office of Sampleport University",
    "entities/archive.yml": "name: DockArchive",
    "entities/journal.yml": "{name: Journal of Ropes, article: the}",
    "entities/twins.yml": "{name: Bell Sisters, article: the, plural: yes}",
    "sources/release.yml": "{publisher: line, kind: release, published: 2021-03-02}",
    "sources/release-2.yml": "{publisher: line, kind: release, published: 2022-03-02}",
    "sources/undated.yml": "{publisher: line, kind: release, published: unknown}",
    "sources/paper.yml": "{publisher: archive, kind: paper, published: 2024-05-01}",
    "sources/post.yml": "{publisher: archive, kind: post, published: 2024-05-07}",
    "sources/letter.yml": "{publisher: post, kind: post, author: Cy Porter, published: 2024-05-07}",
    "sources/article.yml": "{publisher: journal, kind: paper, author: [Cy Porter, Ada Adams], published: 2024-05}",
    "sources/thesis.yml": "{publisher: university, kind: paper, published: 2024-05-02}",
    "sources/account.yml": "{platform: archive, publisher: cy, kind: post, published: 2024-05-08}",
    "sources/stranger.yml": "{platform: archive, author: Dee Doe, kind: post, published: 2024-05-08}",
    "sources/video.yml": "{platform: archive, publisher: wire, published: 2024-05-08}",
    "sources/court.yml": "{publisher: board, kind: filing, published: 2024-05-03}",
}
SHUT = "text: the bridge is shut"
RUSTY = "text: 'the bridge was open, and its cables were rusty'"


def said(fields: str, others: str = "") -> str:
    """Return the standalone sentences of a statement `a` with some fields."""
    found = graph(f"{{id: a, {fields}}}\n{others}", more=MORE)
    return unit_text(compile_statement(found.statements["s/a"], found, english()))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        # A second clause, in every frame.
        (
            "by: cy, said: 2024-05-19",
            (
                "According to Daily Post, Cy Porter said on 19 May 2024 that the bridge was open and that its cables"
                " were rusty."
            ),
        ),
        ("source: post-1", "Daily Post reports that the bridge was open and that its cables were rusty."),
        (
            "source: post-1, when: 2018",
            "Daily Post reports that in 2018 the bridge was open and that its cables were rusty.",
        ),
        (
            "source: [post-1, wire-1]",
            "Daily Post and the Wire both report that the bridge was open and that its cables were rusty.",
        ),
        (
            "source: [wire-unread, copy]",
            "The Wire, as cited by Daily Post, reported that the bridge was open and that its cables were rusty.",
        ),
        (
            "by: {anonymous: officials}",
            "Officials told Daily Post that the bridge was open and that its cables were rusty.",
        ),
        (
            "by: {anonymous: officials}, source: [wire-unread, copy]",
            "Officials told the Wire, as cited by Daily Post, that the bridge was open and that its cables were rusty.",
        ),
        (
            "by: unnamed",
            "Daily Post reports, without naming its source, that the bridge was open and that its cables were rusty.",
        ),
        (
            "by: unnamed, source: [wire-unread, copy]",
            (
                "The Wire, as cited by Daily Post, reported, without naming its source, that the bridge was open and"
                " that its cables were rusty."
            ),
        ),
        (
            "by: {who: a speaker, for: line}",
            (
                "According to Daily Post, a speaker for North Line says that the bridge was open and that its cables"
                " were rusty."
            ),
        ),
        (
            "by: board, certainty: found",
            "According to Daily Post, the Safety Board found that the bridge was open and that its cables were rusty.",
        ),
        (
            "by: cy, certainty: inferred, verb: argue",
            "According to Daily Post, Cy Porter argues that the bridge was open and that its cables were rusty.",
        ),
        (
            "certainty: speculated",
            "Daily Post raises the possibility that the bridge was open and that its cables were rusty.",
        ),
        (
            "by: cy, certainty: speculated",
            "According to Daily Post, Cy Porter speculates that the bridge was open and that its cables were rusty.",
        ),
        (
            "by: unnamed, certainty: speculated",
            "Daily Post mentions speculation that the bridge was open and that its cables were rusty.",
        ),
        ("source: court, certainty: established", "The bridge was open, and its cables were rusty."),
    ],
)
def test_a_second_clause_keeps_its_asserter(fields: str, sentence: str) -> None:
    assert said(f"{RUSTY}, {fields}") == sentence


def test_a_denial_keeps_both_clauses() -> None:
    others = "{id: b, text: 'Cy Porter cut a cable, and the bridge fell', by: ada}"
    assert said("by: cy, denies: b", others) == (
        "According to Daily Post, Cy Porter denies that he cut a cable and that the bridge fell."
    )


def test_a_question_is_not_cut_by_its_carrier() -> None:
    assert said("text: 'whether the bridge is safe, and who tests it', by: cy, verb: ask") == (
        "According to Daily Post, Cy Porter asks whether the bridge is safe, and who tests it."
    )


def test_a_summary_of_several_covers_both_clauses() -> None:
    found = graph(
        "{id: b, text: the bridge was open}\n{id: c, text: its cables were rusty, by: ada}",
        "key_points: [{id: a, text: 'the bridge was open, and its cables were rusty', rests_on: [b, c]}]",
    )
    assert unit_text(compile_statement(found.statements["s/a"], found, english())) == (
        "Between them, Daily Post and Ada Adams say that the bridge was open and that its cables were rusty."
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        # Where no "that" fits, nothing stands behind the clause.
        (
            "by: cy, text: 'the bridge was shut, so a lorry had to swim'",
            "According to Daily Post, Cy Porter says that the bridge was shut, so a lorry had to swim.",
        ),
        (
            "by: cy, text: 'the bridge was shut, because it was old'",
            "According to Daily Post, Cy Porter says that the bridge was shut, because it was old.",
        ),
        # Look-alikes.
        (
            "by: cy, text: 'Works sold copper, tin, and zinc'",
            "Cy Porter says that Works sold copper, tin, and zinc, according to Daily Post.",
        ),
        (
            "by: cy, text: 'Ben Bell, the mayor, resigned'",
            "Cy Porter says that Ben Bell, the mayor, resigned, according to Daily Post.",
        ),
        (
            "by: cy, text: Ben Bell resigned and left Works",
            "Cy Porter says that Ben Bell resigned and left Works, according to Daily Post.",
        ),
    ],
)
def test_other_clauses(fields: str, sentence: str) -> None:
    assert said(fields) == sentence


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ("", "The Wire reported, without naming its source, that the bridge is shut, as cited by Daily Post."),
        (
            "certainty: claimed",
            "The Wire passed on a claim, without naming who made it, that the bridge is shut, as cited by Daily Post.",
        ),
        (
            "certainty: inferred",
            (
                "The Wire passed on a conclusion, without naming whose it was, that the bridge is shut, as cited by"
                " Daily Post."
            ),
        ),
        (
            "certainty: found",
            (
                "The Wire reported a finding, without naming whose it was, that the bridge is shut, as cited by Daily"
                " Post."
            ),
        ),
        ("certainty: speculated", "The Wire mentioned speculation that the bridge is shut, as cited by Daily Post."),
    ],
)
@pytest.mark.parametrize("source", ["[wire-unread, copy]", "copy"])
def test_nobody_named_at_second_hand(fields: str, sentence: str, source: str) -> None:
    assert said(f"{SHUT}, by: unnamed, source: {source}, {fields}".rstrip(", ")) == sentence


def test_who_repeats_several_reports_is_all_that_is_known() -> None:
    more = {**MORE, "sources/both.yml": "{publisher: post, published: 2024-05-01, derives_from: [wire-unread, video]}"}
    found = graph(f"{{id: a, {SHUT}, by: unnamed, source: both}}", more=more)
    assert unit_text(compile_statement(found.statements["s/a"], found, english())) == (
        "Daily Post reports, without naming its source, that the bridge is shut."
    )


def test_people_were_told_by_the_first_report() -> None:
    assert said(f"{SHUT}, by: {{anonymous: officials}}, source: copy") == (
        "Officials told the Wire that the bridge is shut, as cited by Daily Post."
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            "by: {who: cy, via: line}, source: release",
            "Cy Porter, through North Line, said on 2 March 2021 that the bridge is shut.",
        ),
        (
            "by: {who: cy, for: line}, said: 2024-05-19",
            "Cy Porter, for North Line, said on 19 May 2024 that the bridge is shut, according to Daily Post.",
        ),
        (
            "by: {who: cy, at: university}, source: thesis, certainty: found",
            "Cy Porter, at the Sampleport University, found on 2 May 2024 that the bridge is shut.",
        ),
        (
            "by: {who: cy, for: line, via: ben}",
            "Cy Porter, for North Line, through Ben Bell, says that the bridge is shut, according to Daily Post.",
        ),
        (
            "by: [{who: cy, via: ben}, ada]",
            "Cy Porter, through Ben Bell, and Ada Adams both say that the bridge is shut, according to Daily Post.",
        ),
        (
            "by: {who: a spokesman, for: line}, source: release",
            "A spokesman for North Line said on 2 March 2021 that the bridge is shut.",
        ),
        ("by: office, source: thesis", "Survey Office of Sampleport University says that the bridge is shut."),
        (
            "by: {who: the survey office of the University}, source: thesis, said: unknown",
            "The survey office of the University said that the bridge is shut.",
        ),
    ],
)
def test_through_for_and_at(fields: str, sentence: str) -> None:
    if "office" in fields and "said" not in fields:
        fields += ", manner: in writing"
        sentence = sentence.replace(" says that", " says in writing that")
    assert said(f"{SHUT}, {fields}") == sentence


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            "by: cy, source: paper, manner: in a paper",
            "Cy Porter said in a paper of 1 May 2024, on DockArchive, that the bridge is shut.",
        ),
        ("by: cy, source: post", "Cy Porter said in a post of 7 May 2024, on DockArchive, that the bridge is shut."),
        ("by: cy, source: account", "Cy Porter said in a post of 8 May 2024, on DockArchive, that the bridge is shut."),
        (
            "by: {anonymous: an account on DockArchive, count: 1}, source: post",
            "An account on DockArchive wrote on 7 May 2024 that the bridge is shut.",
        ),
        (
            "by: {anonymous: a former keeper, count: 1}, source: post",
            "A former keeper wrote in a post of 7 May 2024, on DockArchive, that the bridge is shut.",
        ),
        (
            "by: {who: Dee Doe}, source: stranger",
            "Dee Doe said in a post of 8 May 2024, on DockArchive, that the bridge is shut.",
        ),
        (
            "by: cy, source: letter",
            "Cy Porter said in a post of 7 May 2024, published by Daily Post, that the bridge is shut.",
        ),
        ("by: ada, source: letter", "Ada Adams says that the bridge is shut, according to Daily Post."),
        (
            "by: cy, source: article, certainty: found",
            "Cy Porter found in a paper of May 2024, published by the Journal of Ropes, that the bridge is shut.",
        ),
        ("by: line, source: article", "North Line says that the bridge is shut, according to the Journal of Ropes."),
        ("by: cy, source: video", "Cy Porter says that the bridge is shut, according to the Wire."),
        (
            "by: line, manner: in a filing, said: 2024-05-03",
            "North Line said in a filing of 3 May 2024 that the bridge is shut, according to Daily Post.",
        ),
        (
            "by: line, manner: in a tweet, said: ..2018",
            "North Line said in a tweet in or before 2018 that the bridge is shut, according to Daily Post.",
        ),
        (
            "by: line, manner: in court, said: 2024-05-03",
            "North Line said in court on 3 May 2024 that the bridge is shut, according to Daily Post.",
        ),
    ],
)
def test_a_platform_is_no_witness(fields: str, sentence: str) -> None:
    assert said(f"{SHUT}, {fields}") == sentence


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ("source: release", "North Line said on 2 March 2021 that the bridge is shut."),
        ("source: undated", "North Line says that the bridge is shut."),
        ("source: [release, release-2]", "North Line says that the bridge is shut."),
        ("source: release, said: unknown", "North Line said that the bridge is shut."),
        ("source: release, said: 2020", "North Line said in 2020 that the bridge is shut."),
        ("source: release, when: 2021-03-02", "North Line said that on 2 March 2021 the bridge is shut."),
        ("by: line", "North Line says that the bridge is shut, according to Daily Post."),
        ("source: court, by: board, certainty: found", "The Safety Board found on 3 May 2024 that the bridge is shut."),
        ("certainty: inferred", "Daily Post suggests that the bridge is shut."),
    ],
)
def test_what_they_publish_themselves_was_said_then(fields: str, sentence: str) -> None:
    assert said(f"{SHUT}, {fields}") == sentence


def test_a_summary_was_said_when_what_it_sums_up_was() -> None:
    found = graph(
        "{id: b, text: the bridge is shut, source: release, said: 2018}",
        "key_points: [{id: a, text: the bridge is shut, rests_on: b}]",
        more=MORE,
    )
    assert str(said_of(found, found.statements["s/a"])) == "2018"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ("text: North Line has no key, by: line", "North Line says that it has no key, according to Daily Post."),
        (
            "text: North Line's key fits the gate, by: line",
            "North Line says that its key fits the gate, according to Daily Post.",
        ),
        (
            "text: the Safety Board has no key, by: board",
            "The Safety Board says that it has no key, according to Daily Post.",
        ),
        (
            "text: the Bell Sisters have no key, by: twins",
            "The Bell Sisters say that they have no key, according to Daily Post.",
        ),
        (
            "text: 'Works told North Line of North Line''s key', by: line",
            "North Line says that Works told North Line of North Line's key, according to Daily Post.",
        ),
        (
            "text: North Line has no key, by: [line, works]",
            "North Line and Works both say that North Line has no key, according to Daily Post.",
        ),
    ],
)
def test_an_organisation_is_it(fields: str, sentence: str) -> None:
    assert said(fields) == sentence


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            "by: {anonymous: two keepers}, when_text: in the week in which Otterton voted",
            (
                "Two keepers told Daily Post that North Line opened a mast in the week in which Otterton voted"
                " (November 2023)."
            ),
        ),
        (
            "by: line, when_text: after the storm",
            "North Line says that it opened a mast after the storm (November 2023), according to Daily Post.",
        ),
        (
            "by: line, when_text: in early 2023",
            "North Line says that in early 2023 it opened a mast, according to Daily Post.",
        ),
        (
            "when_text: in the week in which Otterton voted",
            "In the week in which Otterton voted (November 2023), according to Daily Post, North Line opened a mast.",
        ),
    ],
)
def test_a_long_date_is_not_between_that_and_its_clause(fields: str, sentence: str) -> None:
    assert said(f"text: North Line opened a mast, when: 2023-11, {fields}") == sentence


def test_a_long_date_never_seems_to_be_that_of_another_verb() -> None:
    fields = (
        "text: North Line said that a mast fell, by: cy, when: 2023, when_text: in the week in which Otterton voted"
    )
    assert said(fields) == (
        "Cy Porter says that, in the week in which Otterton voted (2023), North Line said that a mast fell, according"
        " to Daily Post."
    )


PROVEN = "{name: Bo Mason, kind: person, roles: [{role: engineer, of: works, source: finding}]}"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ("by: bo, text: Works is poor", "Works engineer Bo Mason says that Works is poor, according to Daily Post."),
        (
            "by: [ada, bo, ben], text: Works is poor",
            "Ada Adams, Bo Mason and Ben Bell say that Works is poor, according to Daily Post.",
        ),
        ("text: Bo Mason met Ada Adams", "According to Daily Post, Works engineer Bo Mason met Ada Adams."),
        ("text: Ada Adams and Bo Mason left", "According to Daily Post, Ada Adams and Bo Mason left."),
        (
            "text: 'Bo Mason, Ada Adams and Ben Bell left'",
            "According to Daily Post, Bo Mason, Ada Adams and Ben Bell left.",
        ),
    ],
)
def test_no_introduction_in_a_list(fields: str, sentence: str) -> None:
    found = graph(f"{{id: a, {fields}}}", more={"entities/bo.yml": PROVEN})
    assert unit_text(compile_statement(found.statements["s/a"], found, english())) == sentence


@pytest.mark.parametrize(
    ("roles", "name"),
    [
        ("{role: chairman, of: works, source: finding}", "Works chairman Bo Mason"),
        ("{role: chairman, of: works, source: post-1}", "Bo Mason"),
        ("{role: chairman, of: works, source: finding, to: 2019}", "Bo Mason"),
        ("{role: clerk, of: works, source: finding}", "Bo Mason"),
    ],
)
def test_a_typed_introduction_is_printed_if_its_role_is_proven(roles: str, name: str) -> None:
    entity = f"{{name: Bo Mason, kind: person, intro: Works chairman, roles: [{roles}]}}"
    found = graph("{id: a, text: Bo Mason left, when: 2023}", more={"entities/bo.yml": entity})
    assert unit_text(compile_statement(found.statements["s/a"], found, english())).endswith(f", {name} left.")


ACCUSED = "text: Ben Bell let the bridge rust, by: line, said: 2024-05-30"


@pytest.mark.parametrize(
    ("accusation", "reply", "kind"),
    [
        pytest.param("who: ben", "by: ben, said: 2024-06-01", "own", id="the accused"),
        pytest.param("who: ben", "by: {who: a lawyer, for: ben}, said: 2024-06-01", "own", id="for the accused"),
        pytest.param("who: ben", "by: {who: ben, via: works}, said: 2024-06-01", "own", id="through somebody"),
        pytest.param("who: ben", "by: [ben, ada], said: 2024-06-01", "own", id="with others"),
        pytest.param("who: ben", "by: ben, said: 2024-05", "own", id="perhaps after it"),
        pytest.param("who: ben", "by: ben, said: unknown", "own", id="at a time that is not known"),
        pytest.param("who: ben", "by: ben, said: 2024-05-20", "earlier", id="before it"),
        pytest.param("who: ben", "by: ben, source: post-1", "earlier", id="in an older article"),
        pytest.param("who: ben", "by: ada, said: 2024-06-01", "others", id="somebody else"),
        pytest.param("who: ben", "by: {who: a speaker, for: works}, said: 2024-06-01", "others", id="for another"),
        pytest.param("who: works", "by: {who: ada, at: works}, said: 2024-06-01", "others", id="who only works there"),
        pytest.param("who: ben", "by: unnamed", "others", id="nobody who is named"),
        pytest.param("who: {unnamed: the captain}", "by: {who: a captain}, said: unknown", "own", id="unnamed"),
        pytest.param("who: {unnamed: the captain}", "by: ben, said: unknown", "others", id="unnamed, and who knows"),
        pytest.param("who: ben, asked: 2024-05-15", "by: ben, said: 2024-05-16", "own", id="after being asked"),
        pytest.param("who: ben, asked: 2024-05-15", "by: ben, said: 2024-05-10", "earlier", id="before being asked"),
        pytest.param("who: ben, asked: 2024-06-15", "by: ben, said: 2024-06-01", "own", id="to it, before being asked"),
    ],
)
def test_only_the_accused_reply(accusation: str, reply: str, kind: str) -> None:
    found = graph(
        f"{{id: a, {ACCUSED}, accuses: {{{accusation}, reply: b}}}}\n{{id: b, text: Ben Bell slept, {reply}}}",
        more=MORE,
    )
    accusing = found.statements["s/a"]
    replies = replies_to(found, accusing, accusing.statement.accuses[0])
    assert {"own": replies.own, "earlier": replies.earlier, "others": replies.others}[kind] == ("s/b",)
    assert bool(replies.silent) is (kind != "own")


def test_of_several_accused_those_who_said_nothing_are_told() -> None:
    found = graph(
        f"{{id: a, {ACCUSED}, accuses: {{who: [ben, ada], reply: b}}}}\n{{id: b, text: Ben Bell slept, by: ben}}",
        more=MORE,
    )
    accusing = found.statements["s/a"]
    assert [str(one) for one in replies_to(found, accusing, accusing.statement.accuses[0]).silent] == ["ben", "ada"]


def test_an_article_prints_the_reply_it_asked_for_before_it_came_out() -> None:
    found = graph(
        "{id: a, text: Ben Bell lied, accuses: {who: ben, reply: b}}\n"
        "{id: b, text: Ben Bell slept, by: ben, said: 2023-04-09}"
    )
    accusing = found.statements["s/a"]
    assert replies_to(found, accusing, accusing.statement.accuses[0]).own == ("s/b",)


def test_a_reply_that_accuses_in_turn_is_not_answered_by_its_target_at_once() -> None:
    assert said(
        f"{ACCUSED}, accuses: {{who: ben, reply: b}}",
        "{id: b, text: North Line hid a crack, by: ben, said: 2024-06-01, accuses: {who: line, reply: c}}\n"
        "{id: c, text: North Line hid nothing, by: line, said: 2024-06-02}",
    ) == (
        "North Line said on 30 May 2024 that Ben Bell let the bridge rust, according to Daily Post."
        " Bell said on 1 June 2024 that North Line hid a crack, according to Daily Post."
    )


def test_steps_of_a_chain_keep_their_dates_and_reasons() -> None:
    assert said(
        "text: Works has a bell, superseded: {by: b, on: 2024-05-20, because: corrected}",
        "{id: b, text: Works has a horn, superseded: {by: c, on: 2024-06-10, because: changed}}\n"
        "{id: c, text: Works has a siren, superseded: {by: d, because: withdrawn}}\n"
        "{id: d, text: Works has a gong}",
    ) == (
        "According to Daily Post, Works has a bell. This account was later corrected, on 20 May 2024."
        " According to Daily Post, Works has a horn. This later changed, on 10 June 2024."
        " According to Daily Post, Works has a siren. This account was later withdrawn."
        " According to Daily Post, Works has a gong."
    )


def test_a_chain_that_goes_round_ends() -> None:
    assert said("text: Works shut, superseded: {by: b}", "{id: b, text: Works opened, superseded: {by: a}}") == (
        "According to Daily Post, Works shut. This later changed. According to Daily Post, Works opened."
    )


# What the trial stories showed

SURVEYOR = {
    "entities/dee.yml": (
        "{name: Dee Doe, kind: person, pronoun: she, roles: [{role: surveyor, of: university, source: register}]}"
    ),
    "sources/register.yml": "{title: Register, publisher: board, kind: filing, published: 2024-05-03}",
}


@pytest.mark.parametrize(
    ("by", "beginning"),
    [
        ("dee", "University surveyor Dee Doe says"),
        ("{who: dee, at: university}", "Dee Doe, at the Sampleport University, says"),
        ("{who: dee, for: university}", "Dee Doe, for the Sampleport University, says"),
        ("{who: dee, for: line}", "University surveyor Dee Doe, for North Line, says"),
    ],
)
def test_whose_surveyor_she_is_is_said_once(by: str, beginning: str) -> None:
    found = graph(f"{{id: a, by: {by}, {SHUT}}}", more={**MORE, **SURVEYOR})
    sentence = unit_text(compile_statement(found.statements["s/a"], found, english()))
    assert sentence == f"{beginning} that the bridge is shut, according to Daily Post."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            "by: [ada, cy], source: article, certainty: found",
            (
                "Ada Adams and Cy Porter found in a paper of May 2024, published by the Journal of Ropes, that the"
                " bridge is shut."
            ),
        ),
        ("by: [ada, cy]", "Ada Adams and Cy Porter both say that the bridge is shut, according to Daily Post."),
        (
            "by: [line, board], source: [release, court]",
            "North Line and the Safety Board both say that the bridge is shut.",
        ),
    ],
)
def test_authors_of_one_paper_say_it_once(fields: str, sentence: str) -> None:
    assert said(f"{fields}, {SHUT}") == sentence


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        ("{at_most: 40, kind: multiple}", "at up to 40 times the limit"),
        ("{at_least: 40, kind: multiple}", "at no less than 40 times the limit"),
        ("{amount: 40, approximate: yes, kind: multiple}", "at about 40 times the limit"),
    ],
)
def test_a_bound_behind_at(quantity: str, words: str) -> None:
    clause = "text: 'the mill emits soot at {n} the limit'"
    assert said(f"{clause}, quantities: {{n: {quantity}}}") == f"According to Daily Post, the mill emits soot {words}."


def test_no_other_words_are_touched_by_a_bound() -> None:
    clause = "text: 'a shop sells what at most two mills make, {n} a week'"
    number = "quantities: {n: {at_most: 40, unit: saw, kind: count}}"
    assert said(f"{clause}, {number}") == (
        "According to Daily Post, a shop sells what at most two mills make, at most 40 saws a week."
    )


@pytest.mark.parametrize(
    ("when_text", "date"),
    [
        ("on July 22", "On 22 July 2023"),
        ("on the 22nd of July", "On 22 July 2023"),
        ("on Saturday, July 22", "On 22 July 2023"),
        ("on Saturday", "On Saturday, 22 July 2023"),
        ("by July 22", "By July 22 (22 July 2023)"),
        ("on July 22 at the latest", "On July 22 at the latest (22 July 2023)"),
    ],
)
def test_a_day_in_the_words_of_a_source_is_not_said_twice(when_text: str, date: str) -> None:
    fields = f"when: 2023-07-22, when_text: '{when_text}', {SHUT}"
    assert said(fields) == f"{date}, according to Daily Post, the bridge is shut."


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            "verb: measure, certainty: found, source: court, by: board",
            "The Safety Board measured that the bridge is shut.",
        ),
        ("verb: estimate, source: release, by: line", "North Line estimates that the bridge is shut."),
        ("verb: announce, source: release, by: line", "North Line announced on 2 March 2021 that the bridge is shut."),
        (
            "verb: estimate, source: thesis, by: {who: a group, at: university}",
            "A group at the Sampleport University estimates that the bridge is shut.",
        ),
    ],
)
def test_who_measures_does_so_before_it_is_published(fields: str, sentence: str) -> None:
    assert said(f"{fields}, {SHUT}") == sentence


@pytest.mark.parametrize(
    ("author", "called"),
    [
        ("P. Puphal", "Pascal Puphal"),
        ("Prashant K. Jain", "Prashant Jain"),
        ("Sinéad M. Griffin", "Sinead Griffin"),
        ("V. P. S. Awana", "V. P. S. Awana and colleagues"),
        ("Jianlin Luo", "Shilin Zhu, Wei Wu and Jianlin Luo"),
        ("the survey office", "The Survey Office"),
    ],
)
def test_an_author_is_known_by_another_spelling(author: str, called: str) -> None:
    assert is_same_name(author, called)


@pytest.mark.parametrize(
    ("author", "called"),
    [
        ("Paul Bell", "Peter Bell"),
        ("Bell", "Ann Bell"),
        ("P. Bell", "Ann Bell"),
        ("Ann Bell", "Ann Cole"),
        ("Ann Bell", "a colleague of Ann Bell"),
        ("", "Ann Bell"),
    ],
)
def test_no_other_author_is(author: str, called: str) -> None:
    assert not is_same_name(author, called)
