"""Words begin and end where the Unicode standard says; an independent library is the oracle."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st
from uniseg.wordbreak import word_boundaries  # type: ignore[import-untyped]

from nutgraf.glossary.word_boundaries import is_boundary, stands_alone

SIGNS = (
    "a0_ .,:'\"/-\u2019\u00e9\u0301\u00ad\u200b\u200c\u200d\u200f\u202f\r\n"
    "\u4eba\u306e\u30c6\ud55c\u05e9\u093f\u0e44\U0001f680\U0001f1e9\u24dc"
)
"""At least one of each value of Word_Break, with the pictures of WB3c."""


def test_boundaries_are_those_of_uax_29() -> None:
    for length in (1, 2, 3):
        for signs in itertools.product(SIGNS, repeat=length):
            text = "".join(signs)
            ours = [place for place in range(length + 1) if is_boundary(text, place)]
            assert ours == [*word_boundaries(text)], text.encode("unicode_escape")


@settings(max_examples=1_000)
@given(st.text(SIGNS, min_size=4, max_size=12))
def test_boundaries_in_longer_texts_are_those_of_uax_29(text: str) -> None:
    assert [place for place in range(len(text) + 1) if is_boundary(text, place)] == [*word_boundaries(text)]


@settings(max_examples=500)
@given(st.text(SIGNS, max_size=6), st.text("ab\u00e9\u4eba", min_size=1, max_size=3), st.text(SIGNS, max_size=6))
def test_between_spaces_everything_stands_alone(before: str, inner: str, after: str) -> None:
    text = f"{before} {inner} {after}"
    assert stands_alone(text, len(before) + 1, len(before) + 1 + len(inner))
