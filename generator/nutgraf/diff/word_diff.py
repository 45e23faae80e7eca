"""Which words of a sentence differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator


class Turn(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class DiffPiece:
    """A stretch of a sentence."""

    turn: Turn
    text: str


# A figure is one word with its separators, a name with its apostrophe: "10,000" and "Twitter's" change as a whole.
_TOKEN: Final = re.compile(r"\s+|\w+(?:[.,'’\-]\w+)*|[^\w\s]")
_MOST: Final = 3000
"""Words beyond which a text is compared as a whole: the comparison takes quadratic time."""


def compare_words(before: str, after: str) -> tuple[DiffPiece, ...]:
    """Return two sentences as one row of pieces; what is gone stands before what took its place."""
    return tuple(_joined(_pieces(_TOKEN.findall(before), _TOKEN.findall(after))))


def _pieces(old: list[str], new: list[str]) -> Iterator[DiffPiece]:
    if len(old) + len(new) > _MOST:
        yield from (DiffPiece(Turn.GONE, "".join(old)), DiffPiece(Turn.NEW, "".join(new)))
        return
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield DiffPiece(Turn.SAME, "".join(old[a:b]))
        else:
            yield DiffPiece(Turn.GONE, "".join(old[a:b]))
            yield DiffPiece(Turn.NEW, "".join(new[c:d]))


def _joined(pieces: Iterator[DiffPiece]) -> Iterator[DiffPiece]:
    """Yield pieces with the lone spaces between two changes taken into both: words read better than their joints."""
    gone, new, space = "", "", ""
    for piece in pieces:
        if piece.turn is Turn.SAME:
            if piece.text.isspace() and (gone or new):
                space = piece.text
                continue
            yield from _changed(gone, new)
            yield DiffPiece(Turn.SAME, space + piece.text)
            gone = new = space = ""
        elif piece.text:
            if space:
                gone, new, space = gone + space, new + space, ""
            gone += piece.text if piece.turn is Turn.GONE else ""
            new += piece.text if piece.turn is Turn.NEW else ""
    yield from _changed(gone, new)
    if space:
        yield DiffPiece(Turn.SAME, space)


def _changed(gone: str, new: str) -> Iterator[DiffPiece]:
    if gone:
        yield DiffPiece(Turn.GONE, gone)
    if new:
        yield DiffPiece(Turn.NEW, new)
