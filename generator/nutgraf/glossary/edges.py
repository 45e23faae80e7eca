"""Where words begin and end.

Unicode Standard Annex #29, Text Segmentation, default word boundaries; the `regex` library keeps its tables. On top of
it, three rules of English:

- a possessive belongs to the word before it, and stays outside the match: "the GPU's price";
- a word in lower case behind a hyphen is a part of another word: the "profit" of "non-profit";
- letters of scripts without spaces are words by themselves (the annex says so); a match may begin and end at each.
"""

from __future__ import annotations

from typing import Final

import regex

_BOUNDARY: Final = regex.compile(r"\b", regex.WORD)
_POSSESSIVE: Final = regex.compile(r"['\u2019\u02bc][sS]\b", regex.WORD)
_HYPHENS: Final = frozenset("-\u2010\u2011")


def is_boundary(text: str, place: int) -> bool:
    """Tell whether a word begins or ends before the character at `place`, or at the end of the text."""
    return _BOUNDARY.match(text, place) is not None


def stands_alone(text: str, start: int, end: int, *, joined: bool = False) -> bool:
    """Tell whether no word goes on before or behind a stretch of text.

    Args:
        text: all of it.
        start, end: the stretch, not empty.
        joined: whether it may be the second part of a word with a hyphen, even in lower case.
    """
    return (
        _begins(text, start)
        and (_ends(text, end) or _POSSESSIVE.match(text, end) is not None)
        and (joined or not _is_second_part(text, start))
    )


def _begins(text: str, start: int) -> bool:
    # Almost always there is a space, and an ASCII letter behind it: then the annex says yes.
    return start == 0 or (text[start - 1] == " " and text[start] != " " and text[start].isascii()) or is_boundary(text, start)


def _ends(text: str, end: int) -> bool:
    return end == len(text) or (text[end] == " " and text[end - 1] != " ") or is_boundary(text, end)


def _is_second_part(text: str, start: int) -> bool:
    return start > 1 and text[start - 1] in _HYPHENS and text[start].islower() and text[start - 2].isalnum()
