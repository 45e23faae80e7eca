"""Where words begin and end.

By Unicode Standard Annex #29, Text Segmentation, section 4.1, default word boundaries; only those at the ends of a
match are asked for. The `regex` library keeps the property Word_Break. (Its own word boundary comes close, but sees
none between the quotation mark and the word of "'AI'".) By the annex, characters of scripts without spaces are words
by themselves. On top of it:

- a possessive belongs to the word before it, and stays outside the match: "the GPU's price";
- a word in lower case behind a hyphen is a part of another word: the "profit" of "non-profit";
- signs of direction at the edge of a word, which are not seen, do not belong to it;
- white space ends a word, the narrow space before a French "!" too, which the annex takes for a part of a number.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum, auto
from typing import Final

import regex


class _Break(IntEnum):
    """The values of the property Word_Break, two of them as one where all rules treat them so."""

    OTHER = auto()
    LETTER = auto()
    HEBREW = auto()
    NUMBER = auto()
    KATAKANA = auto()
    EXTENDER = auto()  # ExtendNumLet: "_"
    SINGLE_QUOTE = auto()
    DOUBLE_QUOTE = auto()
    MID_BOTH = auto()  # MidNumLet: "."
    MID_LETTER = auto()
    MID_NUMBER = auto()
    NEW_LINE = auto()
    SPACE = auto()
    FLAG = auto()  # Regional_Indicator
    IGNORED = auto()  # Extend, Format
    JOINER = auto()


_CLASSES: Final = (
    (_Break.LETTER, "ALetter"),
    (_Break.HEBREW, "Hebrew_Letter"),
    (_Break.NUMBER, "Numeric"),
    (_Break.KATAKANA, "Katakana"),
    (_Break.EXTENDER, "ExtendNumLet"),
    (_Break.SINGLE_QUOTE, "Single_Quote"),
    (_Break.DOUBLE_QUOTE, "Double_Quote"),
    (_Break.MID_BOTH, "MidNumLet"),
    (_Break.MID_LETTER, "MidLetter"),
    (_Break.MID_NUMBER, "MidNum"),
    (_Break.NEW_LINE, "CR|LF|Newline"),
    (_Break.SPACE, "WSegSpace"),
    (_Break.FLAG, "Regional_Indicator"),
    (_Break.IGNORED, "Extend|Format"),
    (_Break.JOINER, "ZWJ"),
)
_PATTERN: Final = regex.compile(
    "|".join("(" + "|".join(rf"\p{{Word_Break={name}}}" for name in names.split("|")) + ")" for _, names in _CLASSES)
)
_PICTURE: Final = regex.compile(r"\p{Extended_Pictographic}")


class _PropertyTable(dict[str, _Break]):
    """The property of each character that was met."""

    def __missing__(self, character: str) -> _Break:
        found = _PATTERN.match(character)
        value = _CLASSES[found.lastindex - 1][0] if found and found.lastindex else _Break.OTHER
        self[character] = value
        return value


_BREAKS: Final = _PropertyTable()
_LETTERS: Final = frozenset({_Break.LETTER, _Break.HEBREW})
_WORDY: Final = _LETTERS | {_Break.NUMBER}
_IN_LETTERS: Final = frozenset({_Break.MID_LETTER, _Break.MID_BOTH, _Break.SINGLE_QUOTE})
_IN_NUMBERS: Final = frozenset({_Break.MID_NUMBER, _Break.MID_BOTH, _Break.SINGLE_QUOTE})
_EXTENDED: Final = _WORDY | {_Break.KATAKANA, _Break.EXTENDER}
_UNSEEN: Final = frozenset({_Break.IGNORED, _Break.JOINER})


def is_boundary(text: str, place: int) -> bool:
    """Tell whether a word begins or ends before the character at `place`, or at the end of the text."""
    if place <= 0 or place >= len(text):
        return True
    left, right = _BREAKS[text[place - 1]], _BREAKS[text[place]]
    if left is _Break.NEW_LINE or right is _Break.NEW_LINE:
        return text[place - 1 : place + 1] != "\r\n"  # WB3, WB3a, WB3b
    if left is _Break.JOINER and _PICTURE.match(text[place]):
        return False  # WB3c
    if left is right is _Break.SPACE or right in _UNSEEN:
        return False  # WB3d, WB4
    at = _before(text, place)
    if at < 0:
        return True
    return not _joined(text, at, place, _BREAKS[text[at]], right)


def _joined(text: str, at: int, place: int, left: _Break, right: _Break) -> bool:
    """Tell whether a rule from WB5 on keeps two characters together."""
    if left in _WORDY and right in _WORDY:
        return True  # WB5, WB8, WB9, WB10
    if left in _EXTENDED and right in _EXTENDED:
        return _Break.EXTENDER in {left, right} or left is right  # WB13, WB13a, WB13b
    if left is right is _Break.FLAG:
        return _flags_before(text, place) % 2 == 1  # WB15, WB16
    if left is _Break.HEBREW and right is _Break.SINGLE_QUOTE:
        return True  # WB7a
    if left in _WORDY:
        return _goes_through(left, right, _break_at(text, _behind(text, place)))  # WB6, WB7b, WB12
    return right in _WORDY and _goes_through(_break_at(text, _before(text, at)), left, right)  # WB7, WB7c, WB11


def _goes_through(left: _Break | None, middle: _Break, right: _Break | None) -> bool:
    """Tell whether a word goes on through a mark in its middle: "can't", "3.14"."""
    if left in _LETTERS and right in _LETTERS and middle in _IN_LETTERS:
        return True
    if left is right is _Break.HEBREW and middle is _Break.DOUBLE_QUOTE:
        return True
    return left is right is _Break.NUMBER and middle in _IN_NUMBERS


def _before(text: str, place: int) -> int:
    """Return where the last character before `place` is that counts; -1 if there is none (WB4)."""
    at = place - 1
    while at >= 0 and _BREAKS[text[at]] in _UNSEEN:
        at -= 1
    return at if at >= 0 and _BREAKS[text[at]] is not _Break.NEW_LINE else -1


def _behind(text: str, place: int) -> int:
    at = place + 1
    while at < len(text) and _BREAKS[text[at]] in _UNSEEN:
        at += 1
    return at if at < len(text) else -1


def _break_at(text: str, at: int) -> _Break | None:
    return _BREAKS[text[at]] if at >= 0 else None


def _flags_before(text: str, place: int) -> int:
    count, at = 0, _before(text, place)
    while at >= 0 and _BREAKS[text[at]] is _Break.FLAG:
        count, at = count + 1, _before(text, at)
    return count


# -- matches --

_HYPHENS: Final = frozenset("-\u2010\u2011")
_APOSTROPHES: Final = frozenset("'\u2019\u02bc")


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
    if start == 0:
        return True
    if text[start - 1].isspace():
        return _BREAKS[text[start]] not in _UNSEEN
    return is_boundary(text, start)


def _ends(text: str, end: int) -> bool:
    while end < len(text) and _is_sign(text[end]):
        end += 1
    if end == len(text) or text[end].isspace() or is_boundary(text, end):
        return True
    return text[end] in _APOSTROPHES and text[end + 1 : end + 2] in {"s", "S"} and is_boundary(text, end + 2)


def _is_sign(character: str) -> bool:
    return not character.isascii() and _BREAKS[character] is _Break.IGNORED and unicodedata.category(character) == "Cf"


def _is_second_part(text: str, start: int) -> bool:
    return start > 1 and text[start - 1] in _HYPHENS and text[start].islower() and text[start - 2].isalnum()
