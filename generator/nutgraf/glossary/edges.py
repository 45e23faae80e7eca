"""Where words begin and end.

Unicode Standard Annex #29, Text Segmentation, default word boundaries; the `regex` library keeps its tables. By the
annex, characters of scripts without spaces are words by themselves. On top of it:

- a possessive belongs to the word before it, and stays outside the match: "the GPU's price";
- a word in lower case behind a hyphen is a part of another word: the "profit" of "non-profit";
- signs of direction at the edge of a word, which are not seen, do not belong to it.
"""

from __future__ import annotations

import unicodedata
from typing import Final

import regex

_BOUNDARY: Final = regex.compile(r"\b", regex.WORD)
_POSSESSIVE: Final = regex.compile(r"['\u2019\u02bc][sS]\b", regex.WORD)
_HYPHENS: Final = frozenset("-\u2010\u2011")
_JOINERS: Final = frozenset("\u200c\u200d")


def is_boundary(text: str, place: int) -> bool:
    """Tell whether a word begins or ends before the character at `place`, or at the end of the text."""
    return _BOUNDARY.match(text, place) is not None


def stands_alone(text: str, start: int, end: int, *, joined: bool = False) -> bool:
    """Tell whether no word goes on before or behind a stretch of text.

    Args:
        text: all of it.
        start: where the stretch begins.
        end: where it ends, behind `start`.
        joined: whether it may be the second part of a word with a hyphen, even in lower case.
    """
    return _begins(text, start) and _ends(text, end) and (joined or not _is_second_part(text, start))


def _begins(text: str, start: int) -> bool:
    # Almost always there is a space, and an ASCII letter behind it: then the annex says yes.
    if start == 0 or (text[start - 1] == " " and text[start] != " " and text[start].isascii()):
        return True
    # WB4 makes a sign of direction a part of what it follows; at the start of a text it follows nothing.
    return is_boundary(text, start) or all(_is_sign(one) for one in text[:start])


def _ends(text: str, end: int) -> bool:
    while end < len(text) and _is_sign(text[end]):
        end += 1
    if end == len(text) or text[end] == " " or is_boundary(text, end):
        return True
    return _POSSESSIVE.match(text, end) is not None


def _is_sign(character: str) -> bool:
    return not character.isascii() and character not in _JOINERS and unicodedata.category(character) == "Cf"


def _is_second_part(text: str, start: int) -> bool:
    return start > 1 and text[start - 1] in _HYPHENS and text[start].islower() and text[start - 2].isalnum()
