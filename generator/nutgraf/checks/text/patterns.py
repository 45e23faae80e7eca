"""Phrases with gaps in them: "let the brakes wear out" is "let * wear out"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from nutgraf.checks.text.tokens import forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nutgraf.checks.text.tokens import Token

_GAP: Final = 8
"""How many words a gap may have."""


class Patterns:
    """Phrases in all inflections, in which "*" stands for up to eight words."""

    def __init__(self, entries: Iterable[str]) -> None:
        """Take the entries."""
        self._entries = _by_beginning(tuple(entries))

    def find(self, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Yield the index of the first and of the last token of each phrase."""
        for index, token in enumerate(tokens):
            for shapes in self._entries.get(token.word, ()):
                last = _match(tokens, index, shapes)
                if last is not None:
                    yield index, last
                    break


@lru_cache(maxsize=64)
def _by_beginning(entries: tuple[str, ...]) -> Mapping[str, Sequence[tuple[frozenset[str], ...]]]:
    """Return the shapes of the words of each entry, by the forms of its first word; a gap has none."""
    found: dict[str, list[tuple[frozenset[str], ...]]] = {}
    for entry in entries:
        first, *shapes = (frozenset[str]() if word == "*" else forms(word) for word in entry.split())
        for form in first:
            found.setdefault(form, []).append((first, *shapes))
    return found


def _match(tokens: Sequence[Token], index: int, shapes: Sequence[frozenset[str]]) -> int | None:
    """Return the index of the last token of a phrase that begins at `index`; None if it doesn't stand there."""
    if not shapes:
        return index - 1
    if not shapes[0]:
        ends = range(index + 1, min(index + 1 + _GAP, len(tokens)))
        return next((last for end in ends if (last := _match(tokens, end, shapes[1:])) is not None), None)
    if index >= len(tokens) or tokens[index].word not in shapes[0]:
        return None
    return _match(tokens, index + 1, shapes[1:])
