"""What a document establishes: a party's own word, a public record, and documents that establish nothing."""

from __future__ import annotations

import pytest

from nutgraf.checks.runner import check
from nutgraf.graph import resolve
from nutgraf.model import Certainty
from nutgraf.wording.framing import frame_of
from tests.making import loaded, story

MORE = {
    "entities/north-line.yml": "name: North Line",
    "entities/otter-line.yml": "name: Otter Line",
    "entities/court.yml": "{name: Harbour District Court, article: the}",
    "entities/netz.yml": "{name: Netzaufsicht, official: yes}",
    "entities/vale.yml": "{name: Uma Vale, kind: person, roles: [{role: head, of: north-line, source: r}]}",
    "sources/r.yml": "{title: Notes, publisher: north-line, kind: release, published: 2024-05-09}",
    "sources/f.yml": "{title: Notes, publisher: north-line, kind: filing, published: 2024-05-09}",
    "sources/p.yml": "{title: Notes, publisher: north-line, author: Uma Vale, kind: post, published: 2024-05-09}",
    "sources/paper.yml": "{title: Notes, publisher: post, author: Uma Vale, kind: paper, published: 2024-05-09}",
    "sources/other-paper.yml": "{title: Bolts, publisher: wire, author: Al Ott, kind: paper, published: 2024-05-10}",
    "sources/preprint.yml": "{title: Notes, platform: wire, author: Uma Vale, kind: paper, published: 2024-05-09}",
    "sources/o.yml": "{title: Notes, publisher: otter-line, kind: release, published: 2024-05-09}",
    "sources/judgment.yml": "{title: Judgment, publisher: court, kind: filing, published: 2024-05-09}",
    "sources/netz-notice.yml": "{title: Notice, publisher: netz, kind: filing, published: 2024-05-09}",
    "sources/empty.yml": "{publisher: court, kind: filing, published: 2024-05-09}",
    "sources/nobody.yml": "{title: Note, publisher: unknown, kind: filing, published: 2024-05-09}",
    "sources/gone.yml": "{title: Note, publisher: court, kind: filing, published: 2024-05-09, status: {is: retracted}}",
    "sources/moved.yml": "{title: Note, publisher: court, kind: filing, published: 2024-05-09, status: {is: removed}}",
}

ESTABLISHED = [
    # A party did it by publishing it, or on the record.
    ("North Line announced a night tram", "r"),
    ("North Line has announced a night tram", "f"),
    ("North Line's board approved a dividend", "r"),
    ("the board of North Line has unanimously approved a dividend", "f"),
    ("a night tram was announced", "r"),
    ("North Line filed its accounts for 2023", "f"),
    ("North Line and Otter Line signed a contract", "r"),
    ("Uma Vale became chief of North Line", "r"),
    ("Uma Vale published a post about trams", "p"),
    ("Uma Vale resigned as chief of North Line", "r"),
    ("North Line said that the tram was safe", "r"),
    ("North Line withdrew its offer for Otter Line", "r"),
    ("North Line closed its office in the west", "r"),
    ("North Line of Otterton opened a line", "r"),
    ("the Harbour District Court refused North Line an injunction", "judgment"),
    ("the Safety Board closed a bridge", "finding"),
    # A public record about somebody else.
    ("North Line paid a fine", "judgment"),
    ("North Line tested a tram for a night", "netz-notice"),
    ("a bridge fell into the Otter", "finding"),
    ("a bridge fell into the Otter", "moved"),
    ("Uma Vale published a paper about bolts", "paper"),
    ("Uma Vale presented her method of measuring rain", "paper"),
    ("Uma Vale posted a paper about bolts", "preprint"),
    ("a bolt of the bridge is soft", "[paper, other-paper]"),
    # Two publishers, one of them independent.
    ("North Line tested a tram for a night", "[r, post-2]"),
    ("North Line tested a tram for a night", "[post-2, wire-2]"),
]

PARTYS_WORD = [
    ("North Line tested a tram as carefully as any company could", "r"),
    ("a breakdown cost Ada Adams nothing", "f"),
    ("North Line has no key to a mast", "p"),
    ("North Line is the cheapest company in Otterton", "r"),
    ("North Line launched the safest tram in Otterton", "r"),
    ("North Line responsibly closed a line", "r"),
    ("North Line published a report, and trams are safe", "r"),
    ("Otter Line hid a fault", "r"),
    ("a fault at Otter Line delayed a tram", "f"),
    ("Uma Vale ran North Line well", "r"),
    ("the Safety Board dredged a harbour", "finding"),
    ("North Line tested a tram for a night", "[r, f]"),
    ("North Line tested a tram for a night", "[r, o]"),
]

FINDINGS = [
    ("Uma Vale's method measures rain", "paper"),
    ("a bolt of the bridge is soft", "paper"),
    ("a bolt of the bridge is soft", "preprint"),
    ("Uma Vale published a paper about bolts, and bolts are soft", "paper"),
    ("Uma Vale discovered a soft bolt", "preprint"),
]

NOTHING = [
    ("Otter Line closed", "empty"),
    ("Otter Line closed", "nobody"),
    ("Otter Line closed", "gone"),
    ("Otter Line closed", "[empty, nobody]"),
    ("Otter Line closed", "post-2"),
    ("Otter Line closed", "[post-2, nobody]"),
]


def headlines(text: str, source: str) -> list[str]:
    more = {
        **MORE,
        "sources/post-2.yml": "{title: Note, publisher: post, published: 2024-05-10}",
        "sources/wire-2.yml": "{title: Note, publisher: wire, published: 2024-05-10}",
    }
    statement = f'{{id: a, text: "{text}", source: {source}, certainty: established}}'
    resolution = resolve(loaded({**more, **story(statement)}))
    assert not resolution.diagnostics
    return [one.headline for one in check(resolution.graph) if one.rule == "unsupported-certainty"]


@pytest.mark.parametrize(("text", "source"), ESTABLISHED)
def test_acts_and_public_records_are_established(text: str, source: str) -> None:
    assert headlines(text, source) == []


@pytest.mark.parametrize(("text", "source"), PARTYS_WORD)
def test_a_partys_own_word_is_not(text: str, source: str) -> None:
    (headline,) = headlines(text, source)
    assert "own document" in headline


@pytest.mark.parametrize(("text", "source"), FINDINGS)
def test_what_a_paper_says_that_its_authors_found_is_not(text: str, source: str) -> None:
    (headline,) = headlines(text, source)
    assert "only by the paper" in headline


@pytest.mark.parametrize(("text", "source"), NOTHING)
def test_what_is_empty_or_taken_back_establishes_nothing(text: str, source: str) -> None:
    assert len(headlines(text, source)) == 1


@pytest.mark.parametrize(
    ("source", "certainty"),
    [
        ("r", Certainty.CLAIMED),
        ("f", Certainty.CLAIMED),
        ("p", Certainty.CLAIMED),
        ("judgment", Certainty.REPORTED),
        ("netz-notice", Certainty.REPORTED),
        ("post-1", Certainty.REPORTED),
    ],
)
def test_the_usual_certainty_of_a_document(source: str, certainty: Certainty) -> None:
    resolution = resolve(loaded({**MORE, **story(f"{{id: a, text: a tram stopped, source: {source}}}")}))
    assert resolution.graph.statements["s/a"].certainty is certainty


def test_an_authority_that_accuses_claims() -> None:
    statement = (
        "{id: a, text: North Line broke the law, source: judgment, by: court, certainty: claimed, accuses: nobody}"
    )
    resolution = resolve(loaded({**MORE, **story(statement)}))
    found = [one.rule for one in check(resolution.graph)]
    assert "mismatched-certainty" not in found
    assert frame_of(resolution.graph, resolution.graph.statements["s/a"]) == "claimed"
