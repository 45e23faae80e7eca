"""Words begin and end where the Unicode standard says; an independent library is the oracle."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.glossary.edges import is_boundary, stands_alone

SIGNS = "abZ09 _.,;:'’\"-–/@…é\u0301\u00ad\u200b\u200c\u200d\u2060\u200f\u2067\n\r\u00a0人のテガー한ไשת'ذ\u064bक\u093f🚀👩🏽🇩🇪\ufe0fſß١"
"""One or more of each class of the annex (Word_Break)."""


@settings(max_examples=1_000, deadline=None, derandomize=True, database=None)
@given(st.text(SIGNS, max_size=12) | st.text(max_size=8))
def test_boundaries_are_those_of_uax_29(text: str) -> None:
    oracle = pytest.importorskip("uniseg.wordbreak")
    # Before the first letter the two differ about signs that are not seen; no match depends on that.
    shown = f"x {text}"
    assert [place for place in range(2, len(shown) + 1) if is_boundary(shown, place)] == [
        place for place in oracle.word_boundaries(shown) if place > 1
    ]


@settings(max_examples=500, deadline=None, derandomize=True, database=None)
@given(st.text(SIGNS, max_size=6), st.text("abé人", min_size=1, max_size=3), st.text(SIGNS, max_size=6))
def test_a_stretch_that_stands_alone_has_boundaries_or_a_possessive(before: str, inner: str, after: str) -> None:
    text = before + inner + after
    start, end = len(before), len(before) + len(inner)
    if stands_alone(text, start, end):
        signs = "\u00ad\u200b\u2060\u200f\u2067"
        assert is_boundary(text, start) or not before.strip(signs)
        rest = after.lstrip(signs)
        assert not rest or is_boundary(text, len(text) - len(rest)) or rest[:2].lower() in {"'s", "’s"}
    if before.endswith(" ") and after[:1] in {"", " ", ",", "."} and not before[-2:].isspace():
        assert stands_alone(text, start, end) or after[1:2].isalnum()
