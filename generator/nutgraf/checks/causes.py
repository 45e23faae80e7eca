"""Finds where a text says that one thing came of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.checks.patterns import Patterns
from nutgraf.checks.text import Hit, Part, Phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutgraf.checks.policy import WordList
    from nutgraf.checks.text import Reading, Token

_BE: Final = frozenset({"is", "are", "was", "were", "be", "been"})
_ADVERBS: Final = frozenset({"not", "also", "still", "now", "never", "only", "partly", "mainly", "mostly", "largely"})
_OBJECTS: Final = frozenset(
    {
        "the",
        "a",
        "an",
        "its",
        "his",
        "her",
        "their",
        "this",
        "these",
        "those",
        "it",
        "him",
        "them",
        "some",
        "many",
        "all",
    }
)
_TOLD: Final = frozenset({"that", "it", "he", "she", "they", "whether"})
_CONCLUDING: Final = frozenset(
    {
        "found",
        "finds",
        "ruled",
        "rules",
        "concluded",
        "concludes",
        "determined",
        "according",
        "said",
        "says",
        "stated",
        "states",
    }
    | {"wrote", "argued", "argues", "testified", "blamed", "blames"}
)
_ASKING: Final = frozenset({"what", "which", "who", "whether", "if", "did", "much", "many", "far"})
_FAR: Final = 4
_REACH: Final = 5


class Causes:
    """Knows the words by which English states a cause."""

    def __init__(self, words: WordList) -> None:
        """Take the list `causes`."""
        self._phrases = Phrases(words.words, inflected=False, unless=words.unless)
        self._patterns = Patterns(words.groups["pattern"])
        self._natural = Patterns(words.groups["natural"])
        self._harmless = Phrases(words.unless, inflected=False)
        self._groups = {name: frozenset(group) for name, group in words.groups.items()}

    def find(self, reading: Reading, *, typed: bool = False) -> list[Hit]:
        """Return the words of a text by which it states a cause, outside quotations and names, from left to right.

        Args:
            reading: the text.
            typed: whether it is a heading or the like, in which a participle may look like a verb.
        """
        tokens = reading.tokens
        # A capital inside a sentence is that of a name: a charity called Because Harbours Matter.
        hits = (hit for hit in self._phrases.find(tokens) if not tokens[hit.first].is_proper)
        found = [hit for hit in hits if self._is_cause(tokens, hit)]
        found += (*self._forcing(tokens), *self._making(tokens), *self._patterned(tokens, typed=typed))
        return sorted(found, key=lambda one: one.start)

    def may_be_in(self, reading: Reading) -> bool:
        """Tell whether a text may state a cause, in whatever words."""
        return any(token.word in self._groups["loosely"] for token in reading.tokens) or bool(self.find(reading))

    def is_in(self, reading: Reading) -> bool:
        """Tell whether a text states a cause, in these or in other words."""
        return any(token.word in self._groups["closely"] for token in reading.tokens) or bool(self.find(reading))

    def is_told(self, tokens: Sequence[Token], hit: Hit) -> bool:
        """Tell whether the clause itself says who states the cause: "the court ruled that ..."."""
        before = tokens[: hit.first]
        return any(
            token.word in _CONCLUDING
            or (
                token.word in self._groups["saying"]
                and any(one.word in _TOLD for one in before[index + 1 : index + _FAR])
            )
            for index, token in enumerate(before)
        )

    def is_asked(self, tokens: Sequence[Token], hit: Hit) -> bool:
        """Tell whether a question asks for the cause: "the fall of the tower: what caused it?"."""
        return any(token.word in _ASKING for token in tokens[: hit.first])

    def _patterned(self, tokens: Sequence[Token], *, typed: bool) -> Iterator[Hit]:
        """Yield phrases with gaps; some only if nobody acts on purpose: "hail knocked a sign off its hooks"."""
        excused = [*self._harmless.find(tokens)]
        for patterns, is_natural in ((self._patterns, False), *(() if typed else ((self._natural, True),))):
            for first, last in patterns.find(tokens):
                if any(one.first <= last and first <= one.last for one in excused):
                    continue
                if tokens[first].is_proper or (is_natural and not self._happens(tokens, first)):
                    continue
                yield Hit(first, last, tokens[first].start, tokens[last].end, tokens[first].word)

    def _happens(self, tokens: Sequence[Token], verb: int) -> bool:
        """Tell whether something happens that nobody does: its subject is a thing, and it is no passive."""
        before = tokens[:verb]
        if not before or before[-1].word in _BE | _OBJECTS or tokens[verb].word.endswith("ing"):
            return False
        if any(token.part is not Part.WORD or token.is_proper for token in before):
            return False
        return self._groups["actor"].isdisjoint(token.word for token in before)

    def _making(self, tokens: Sequence[Token]) -> Iterator[Hit]:
        """Yield "made" where somebody was made to do or be something: "made Bell leave", not "made Bell chairman"."""
        for index, token in enumerate(tokens[:-2]):
            if token.word not in {"made", "makes", "make", "making"}:
                continue
            someone, further = tokens[index + 1], tokens[index + 2]
            is_someone = someone.part is Part.NAME or someone.is_capital or someone.word in {"him", "her", "them", "it"}
            if is_someone and further.part is Part.WORD and further.word not in self._groups["office"]:
                yield Hit(index, index, token.start, token.end, token.word)

    def _is_cause(self, tokens: Sequence[Token], hit: Hit) -> bool:
        before = tokens[hit.first - 1] if hit.first else None
        behind = tokens[hit.last + 1] if hit.last + 1 < len(tokens) else None
        if hit.phrase in {"led to", "leads to", "leading to"}:
            leading = tokens[max(0, hit.first - _FAR) : hit.first]
            return not any(token.word in self._groups["way"] for token in leading)
        if hit.phrase == "due to":
            return self._is_due(tokens[: hit.first], behind)
        if hit.phrase in {"prompted", "sparked", "triggered", "provoked", "caused"}:
            # "An alarm was triggered", "how it was caused" state no cause, "was triggered by" does.
            passive = before is not None and before.word in _BE
            return not passive or any(token.word == "by" for token in tokens[hit.last + 1 : hit.last + _FAR])
        if hit.phrase == "causing" and before is not None and before.word in {"of", "with", "for"}:
            return False  # "convicted of causing": what the charge is called
        if hit.phrase in {"resulted in", "results in"}:
            # "Its results in spring" are no cause, and neither is a count that resulted in a draw.
            leading = tokens[max(0, hit.first - _FAR) : hit.first]
            counted = any(token.word in self._groups["count"] for token in leading)
            return not counted and (before is None or before.word not in _OBJECTS)
        return True

    def _is_due(self, before: Sequence[Token], behind: Token | None) -> bool:
        """Tell "due to the fire" from "due to open" and from "money due to OpenAI"."""
        if not before or behind is None:
            return behind is not None
        if before[-1].part is Part.SLOT or any(token.word in self._groups["owed"] for token in before[-_FAR:]):
            return False
        verb = next((token for token in reversed(before) if token.word not in _ADVERBS), None)
        if verb is not None and verb.word in _BE:
            return behind.word not in self._groups["scheduled"]
        return True

    def _forcing(self, tokens: Sequence[Token]) -> Iterator[Hit]:
        """Yield "forced" where somebody is forced to do something; not "forced labour"."""
        for index, token in enumerate(tokens[:-2]):
            if token.word not in self._groups["forcing"]:
                continue
            behind, further = tokens[index + 1], tokens[index + 2 : index + 2 + _REACH]
            passive = index > 0 and tokens[index - 1].word in _BE and behind.word == "to"
            if any(one.word in {"way", "entry", "open"} for one in (behind, *further)):
                continue  # "forced his way into"
            someone = behind.part is Part.NAME or behind.is_capital or behind.word in _OBJECTS
            if passive or (someone and any(one.word in {"to", "into", "out"} for one in further)):
                yield Hit(index, index, token.start, token.end, token.word)
