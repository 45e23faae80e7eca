"""What rules see of a text: names, quotations and figures told apart, and words found in all their forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.checks.text.tokens import BLANK, Phrases, TextPart, clauses, forms, mask, plain, read
from tests.making import graph

GRAPH = graph("{id: rain, text: it rains, after_previous: it pours}")


def shown(text: str) -> str:
    return mask(text, GRAPH).replace(BLANK, "_")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ada Adams left Works", "_________ left _____"),
        ("Adams's boat", "_____'s boat"),
        ('she said "he lied"', "she said _________"),
        ("she said “he lied” twice", "she said _________ twice"),
        ("she said ‘he didn’t lie’", "she said _______________"),
        ("she said 'he lied'", "she said _________"),
        ("the workers' union and the drivers' union", "the workers' union and the drivers' union"),
        ("the '90s", "the '90s"),
        ("Works sold {boats}", "_____ sold _______"),
        ("the [list](term:list) of Works", "the [list]___________ of _____"),
        ("[the firm](entity:works) left", "[________]______________ left"),
        ("**Ada** Adams left", "**___________ left"),
        ("it ran `lied` and https://lied.example", "it ran ______ and ____________________"),
        ("she wrote *Lies of the Sea*", "she wrote _________________"),
        ("she *really* left", "she *really* left"),
    ],
)
def test_masking(text: str, masked: str) -> None:
    assert shown(text) == masked


@given(st.text(alphabet="ab AW'’\"“”*_[](){}\\.`é\n", max_size=60))
def test_masking_keeps_the_length_and_the_words(text: str) -> None:
    reading = read(text, GRAPH)
    assert len(reading.masked) == len(text)
    assert all(one in {BLANK, other} for one, other in zip(reading.masked, text, strict=True))
    assert all(token.text == text[token.start : token.end] for token in reading.tokens)
    shown_text, places = plain(text)
    assert shown_text == "".join(text[place] for place in places)


def test_tokens() -> None:
    tokens = read('Adams\'s {boats}, as she said, "sank" well-built', GRAPH).tokens
    assert [(token.text, token.part) for token in tokens] == [
        ("Adams", TextPart.NAME),
        ("'s", TextPart.MARK),
        ("{boats}", TextPart.SLOT),
        (",", TextPart.MARK),
        ("as", TextPart.WORD),
        ("she", TextPart.WORD),
        ("said", TextPart.WORD),
        (",", TextPart.MARK),
        ('"sank"', TextPart.VERBATIM),
        ("well-built", TextPart.WORD),
    ]
    assert tokens[0].entity == "ada"


def test_clauses_are_those_that_sentences_are_made_of() -> None:
    assert [(clause.field, clause.reading.text) for clause in clauses(GRAPH)] == [
        ("text", "it rains"),
        ("after_previous", "it pours"),
    ]


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("forge", "forging"),
        ("bully", "bullied"),
        ("bully", "bullying"),
        ("rob", "robbed"),
        ("harass", "harasses"),
        ("steal", "stole"),
        ("lie", "lying"),
        ("play", "played"),
    ],
)
def test_forms(word: str, form: str) -> None:
    assert form in forms(word)


def test_phrases() -> None:
    tokens = read("Works covered up a leak in the cover up shop, then covers it", GRAPH).tokens
    phrases = Phrases(["cover up", "cover", "leak"], unless=["cover up shop"])
    assert [(hit.phrase, hit.start, hit.end) for hit in phrases.find(tokens)] == [
        ("cover up", 6, 16),
        ("leak", 19, 23),
        ("cover", 51, 57),
    ]


def test_phrases_do_not_reach_across_names_and_marks() -> None:
    assert not [*Phrases(["cover up"]).find(read("cover Works up, cover, up", GRAPH).tokens)]
