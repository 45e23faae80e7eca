"""Keys know where they come from, and spellings differ where a reader sees a difference."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.glossary.normalization import Spelling, key, spell

TRAPS = "aZ \u00e9\u0301\ufb01ß\u00ad\u0130\u0131\uff27  \n-\u2010’'한\u1112\u1161人\u200b\u200d\ufe0f🚀"


@settings(max_examples=1_000)
@given(st.text(TRAPS, max_size=12) | st.text(max_size=8))
def test_each_character_of_a_key_knows_its_place(text: str) -> None:
    made = key(text)
    assert len(made.text) == len(made.starts) == len(made.ends)
    for place in range(len(made.text)):
        start, end = made.span(place, place + 1)
        assert 0 <= start < end <= len(text)
        # What stands there makes that character, and may make more (a ligature, a syllable).
        assert made.text[place] in key(text[start:end]).text
    assert list(made.starts) == sorted(made.starts)


@settings(max_examples=500)
@given(st.text(TRAPS, max_size=12) | st.text(max_size=8))
def test_normal_forms_are_one(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert key(composed).text == key(decomposed).text
    assert spell(composed) == spell(decomposed)


@pytest.mark.parametrize(
    ("form", "found", "fits"),
    [
        ("firehose", "FireHose", True),
        ("GPU", "gpu", False),
        ("GPU", "GPU", True),
        ("Straße", "STRASSE", True),
        ("Straße", "STRASZE", False),
        ("capped-profit", "capped profit", True),
        ("data centre", "Data-Centre", True),
        ("for-profit", "for profit", False),
        ("for profit", "for-profit", True),
        ("iPhone", "IPhone", True),
        ("iPhone", "IPHONE", True),
        ("iPhone", "iphone", False),
    ],
)
def test_fits(form: str, found: str, fits: bool) -> None:  # noqa: FBT001 - a column of a table
    assert Spelling.of(form, exact=False).fits(found) is fits
