"""A second language needs a file and no Python; what a newsroom changes is laid over what is there."""

from __future__ import annotations

from functools import lru_cache

import pytest

from nutgraf.markdown import unit_text
from nutgraf.model import FuzzyDate, Quantity
from nutgraf.wording import Wording, compose, read_language
from nutgraf.wording import compile as compile_statement
from tests.making import ROOT, graph

ENGLISH = ("wording/en.yml", (ROOT / "templates/wording/en.yml").read_bytes())


FLAT = (
    "templates/wording/en.yml:1:{}: malformed-pattern: A frame below `established` names `{{by}}`, `{{carrier}}` or"
    " `{{publication}}`, outside of `[ ]`"
)


@lru_cache(maxsize=1)
def german() -> Wording:
    read = read_language([ENGLISH, ("wording/de.yml", (ROOT / "tests/wording/de.yml").read_bytes())])
    assert read.language is not None, read.diagnostics
    return Wording(read.language)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ("source: finding, certainty: established", "Das Werk steht still."),
        ("when: 2023-04", "Laut Daily Post (im April 2023): das Werk steht still."),
        ("source: [post-1, wire-1]", "Laut Daily Post und the Wire: das Werk steht still."),
        ("source: [wire-unread, copy]", "Laut the Wire, zitiert von Daily Post: das Werk steht still."),
        (
            "by: {anonymous: Personen aus dem Werk, count: 2}",
            "Laut zwei Personen aus dem Werk gegenüber Daily Post: das Werk steht still.",
        ),
        ("by: unnamed", "Laut Daily Post, ohne Angabe der Quelle: das Werk steht still."),
        ("by: ada", "Nach Angaben von Ada Adams, so Daily Post: das Werk steht still."),
        ("certainty: inferred", "Nach Einschätzung von Daily Post: das Werk steht still."),
        ("certainty: speculated, by: unnamed", "Laut Daily Post gibt es Spekulationen: das Werk steht still."),
        (
            "certainty: found, by: board, said: 2023-05-01, source: finding",
            "The Safety Board stellte am 1. Mai 2023 fest: das Werk steht still.",
        ),
    ],
)
def test_german(fields: str, sentence: str) -> None:
    found = graph(f"{{id: a, text: das Werk steht still, {fields}}}")
    assert unit_text(compile_statement(found.statements["s/a"], found, german())) == sentence


def test_german_running_text() -> None:
    found = graph(
        "{id: a, text: das Werk steht still}\n{id: b, text: Ada Adams ist fort}\n{id: c, text: Ada Adams klagt}"
    )
    assert [unit_text(unit) for unit in compose(found.in_story("s"), found, german())] == [
        "Laut Daily Post: das Werk steht still.",
        "Daily Post berichtet auch: Ada Adams ist fort.",
        "Laut Daily Post außerdem: Adams klagt.",
    ]


def test_german_values() -> None:
    amount = Quantity.model_validate({"amount": "1500000000", "approximate": "yes", "unit": "EUR", "kind": "pledge"})
    months = Quantity.model_validate({"at_least": "6", "unit": "Monat", "kind": "duration"})
    assert (german().quantity(amount), german().quantity(months)) == (
        "etwa 1,5 Milliarden €",
        "mindestens sechs Monate",
    )
    assert german().date_phrase(FuzzyDate.parse("2023-04-11")) == "am 11. April 2023"


def laid_over(text: str) -> list[str]:
    read = read_language([ENGLISH, ("templates/wording/en.yml", text.encode())])
    return [f"{one.span}: {one.rule}: {one.headline}" for one in read.diagnostics]


def test_a_newsroom_changes_single_entries() -> None:
    own = b"verbs: {say: [states, state, stated]}\nquantities: {approximate: 'roughly {amount}'}"
    read = read_language([ENGLISH, ("templates/wording/en.yml", own)])
    assert read.language is not None
    found = graph(
        "{id: a, text: 'Works sold {n}', by: ada}", "quantities: {n: {amount: 12, approximate: yes, unit: lorry}}"
    )
    assert unit_text(compile_statement(found.statements["s/a"], found, Wording(read.language))) == (
        "Ada Adams states that Works sold roughly 12 lorries, according to Daily Post."
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            'frames: {reported: ["{text}"]}',
            FLAT.format(21),
        ),
        (
            'frames: {reported: ["[{by}: ]{text}"]}',
            FLAT.format(21),
        ),
        (
            'running: {reported: {again: ["also {text}"]}}',
            FLAT.format(30),
        ),
        (
            'frames: {reported: ["{by} says"]}',
            "templates/wording/en.yml:1:21: malformed-pattern: A frame needs the slot `{text}`, outside of `[ ]`",
        ),
        (
            'frames: {reported: ["{by} says {txt}"]}',
            "templates/wording/en.yml:1:21: malformed-pattern: A frame has no slot `{txt}`",
        ),
        (
            'frames: {reported: ["{by says {text}"]}',
            "templates/wording/en.yml:1:21: malformed-pattern: `{` at character 1 of `{by says {text}` begins no slot",
        ),
        ("frame: {}", "templates/wording/en.yml:1:1: unknown-field: Unknown field `frame` in a language"),
        ("babel: xx-Nowhere", "templates/wording/en.yml:1:8: missing-field: `xx-Nowhere` is no locale of Unicode CLDR"),
        (
            "running: {reportet: {}}",
            "templates/wording/en.yml:1:10: malformed-pattern: There is no frame `reportet`",
        ),
    ],
)
def test_a_frame_cannot_lose_the_attribution(text: str, complaint: str) -> None:
    assert laid_over(text) == [complaint]
