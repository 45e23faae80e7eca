"""Words that may want an entry in the glossary."""

from __future__ import annotations

import sys

import pytest

from nutgraf.glossary.suggest import NoWordListError, Reason, frequencies, suggest
from tests.making import graph

SAID = {
    "bought": 90.0,
    "the": 9e4,
    "of": 9e4,
    "and": 9e4,
    "a": 9e4,
    "it": 9e4,
    "ship": 70.0,
    "said": 900.0,
    "boat": 80.0,
}
SAID |= {
    "two": 900.0,
    "story": 90.0,
    "part": 90.0,
    "center": 40.0,
    "plan": 90.0,
    "well": 900.0,
    "known": 90.0,
    "harbor": 9.0,
    "subsidiary": 0.9,
    "lien": 0.4,
}


def said(word: str) -> float:
    return SAID.get(word, 0.0)


def suggested(*texts: str, **more: str) -> list[tuple[str, int, Reason]]:
    statements = "\n".join(f"{{id: s{number}, text: '{text}'}}" for number, text in enumerate(texts))
    files = {path.replace("__", "/") + ".yml": text for path, text in more.items()}
    found = suggest(graph(statements, "", files), said)
    return [(one.word, one.count, one.reason) for one in found]


def test_abbreviations_names_and_rare_words() -> None:
    assert suggested("Works bought two GPUs", "Works bought a subsidiary", "Works bought the Cold Harbour") == [
        ("GPU", 1, Reason.ABBREVIATION),
        ("Cold Harbour", 1, Reason.NAME),
        ("subsidiary", 1, Reason.RARE),
    ]


def test_plain_words_are_left_alone_in_all_spellings_and_inflections() -> None:
    assert not suggested(
        "Works bought the boats and planned a harbour", "Works bought a centre", "the well-known ships"
    )


def test_what_has_an_entry_is_left_alone() -> None:
    found = suggested(
        "Works bought a firehose and Ada Adams",
        "Works bought the firehoses",
        "Works bought a [valve](term:valve)",
        "Works bought a valve",
        "Works bought a `tap`",
        glossary__firehose="{label: firehose, short: The boat.}",
        glossary__valve="{label: valve, short: The ship., match: explicit}",
    )
    assert not found


def test_inflections_count_together_and_frequent_ones_come_first() -> None:
    assert suggested("the lien and the liens", "Works bought liens", "Works bought a subsidiary", "the subsidiary") == [
        ("lien", 3, Reason.RARE),
        ("subsidiary", 2, Reason.RARE),
    ]


def test_months_and_common_abbreviations_are_known() -> None:
    assert not suggested("Works bought it and a TV of the UK", "the ship of March")


def test_examples_say_where() -> None:
    (found,) = suggest(graph("{id: s, text: Works bought a lien}"), said)
    assert [(one.place, one.text) for one in found.examples] == [("s/s", "Works bought a lien")]


def test_the_bundled_list_knows_english() -> None:
    often = frequencies()
    assert often("the") > 1_000 > often("purchase") > often("subsidiary") > often("firehose") == 0


def test_without_the_list_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    frequencies.cache_clear()
    monkeypatch.setitem(sys.modules, "spellchecker", None)
    with pytest.raises(NoWordListError, match="pip install"):
        suggest(graph("{id: s, text: Works bought a lien}"))
    frequencies.cache_clear()
