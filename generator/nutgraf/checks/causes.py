"""Finds where a text says that one thing came of another."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from nutgraf.checks.text import Hit, Part, Phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutgraf.checks.policy import WordList
    from nutgraf.checks.text import Reading, Token

_BE: Final = frozenset({"is", "are", "was", "were", "be", "been"})
_ADVERBS: Final = frozenset({"not", "also", "still", "now", "never", "only", "partly", "mainly", "mostly", "largely"})
_OBJECTS: Final = frozenset(
    {"the", "a", "an", "its", "his", "her", "their", "this", "these", "those", "it", "him", "them", "some", "many", "all"}
)


def causes(reading: Reading, words: WordList) -> Iterator[Hit]:
    """Yield the words of a text by which it states a cause, outside quotations and names.

    Args:
        reading: the text.
        words: the list `causes`.
    """
    tokens = reading.tokens
    found = [hit for hit in _phrases(words).find(tokens) if _is_cause(tokens, hit, words)]
    found += _forcing(tokens, frozenset(words.groups["forcing"]))
    yield from sorted(found, key=lambda one: one.start)


def may_state_cause(reading: Reading, words: WordList) -> bool:
    """Tell whether a text may state a cause, in whatever words."""
    loosely = frozenset(words.groups["loosely"])
    return any(token.word in loosely for token in reading.tokens) or any(causes(reading, words))


def is_told(tokens: Sequence[Token], hit: Hit, words: WordList) -> bool:
    """Tell whether the clause itself says who states the cause: "the court ruled that ..."."""
    saying = frozenset(words.groups["saying"])
    before = tokens[: hit.first]
    return any(
        token.word in saying and any(one.word == "that" for one in before[index + 1 : index + 4])
        for index, token in enumerate(before)
    )


@lru_cache(maxsize=4)
def _phrases(words: WordList) -> Phrases:
    return Phrases(words.words, inflected=False, unless=words.unless)


def _is_cause(tokens: Sequence[Token], hit: Hit, words: WordList) -> bool:
    before = tokens[hit.first - 1] if hit.first else None
    behind = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
    if hit.phrase in {"led to", "leads to", "leading to"}:
        way = frozenset(words.groups["way"])
        return not any(token.word in way for token in tokens[max(0, hit.first - 4) : hit.first])
    if hit.phrase == "due to":
        return _is_due(tokens, hit, before, behind, words)
    if hit.phrase in {"prompted", "sparked", "triggered", "provoked"}:
        # "An alarm is triggered" states no cause, "was triggered by" does.
        passive = before is not None and before.word in _BE
        return not passive or (behind is not None and behind.word == "by")
    return True


def _is_due(
    tokens: Sequence[Token], hit: Hit, before: Token | None, behind: Token | None, words: WordList
) -> bool:
    """Tell "due to the fire" from "due to open" and from "money due to OpenAI"."""
    if before is None or behind is None:
        return behind is not None
    if before.part is Part.SLOT or before.word in words.groups["owed"]:
        return False
    verb = next((token for token in reversed(tokens[: hit.first]) if token.word not in _ADVERBS), None)
    if verb is not None and verb.word in _BE:
        return behind.word in _OBJECTS or behind.word.endswith("ing")
    return True


def _forcing(tokens: Sequence[Token], forcing: frozenset[str]) -> Iterator[Hit]:
    """Yield "forced" where somebody is forced to do something; not "forced labour"."""
    for index, token in enumerate(tokens):
        if token.word not in forcing or index + 2 >= len(tokens):
            continue
        behind, further = tokens[index + 1], tokens[index + 2 : index + 7]
        passive = index > 0 and tokens[index - 1].word in _BE and behind.word == "to"
        someone = behind.part is Part.NAME or behind.is_capital or behind.word in _OBJECTS
        if passive or (someone and any(one.word in {"to", "into", "out"} for one in further)):
            yield Hit(index, index, token.start, token.end, token.word)
