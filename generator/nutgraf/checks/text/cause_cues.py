"""Finds where a text says that one thing came of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.checks.text.patterns import Patterns
from nutgraf.checks.text.tokens import PhraseMatch, Phrases, TextPart, wordset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutgraf.checks.policy import WordList
    from nutgraf.checks.text.tokens import Reading, Token

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
_NOUNS: Final = (
    "ing",
    "ty",
    "al",
    "ic",
    "ous",
    "ful",
    "less",
    "ed",
    "ion",
    "ment",
    "ness",
    "ance",
    "ence",
    "ure",
    "ts",
    "ns",
    "rs",
    "ks",
    "aulty",
)
"""How a noun or its adjective ends, rather than a verb: "due to faulty wiring", not "due to open"."""
_HELPERS: Final = wordset("has have had will would could can may might also now then still soon never not do does did")
_NO_SUBJECT: Final = wordset("to who which that the a an its his her their of in on at by for from with and or")
_NO_OBJECT: Final = wordset(
    "to at in on of by from for with along through over near past between beside around after before"
)
_PAST_ALIKE: Final = wordset("cut hit put shut cost hurt set spread burst beat cast")
_CLAUSES: Final = wordset("that who which when while after before because if as so but where until since than")
_PREPOSITIONS: Final = wordset(
    "of in on at from for with by over to about between near off against under on among into across along around"
)
_PRONOUNS: Final = wordset("he she it they we i you this that these those who what there nobody everyone somebody")
_AGENTS: Final = (
    "er",
    "ers",
    "or",
    "ors",
    "ist",
    "ists",
    "man",
    "men",
    "woman",
    "women",
    "ian",
    "ians",
    "eer",
    "eers",
    "ee",
    "ees",
    "child",
    "children",
    "people",
    "police",
    "staff",
    "crew",
    "team",
)
_PURPOSES: Final = wordset("keep stop prevent deter discourage bring make encourage help persuade enable")
_FAR: Final = 4
_REACH: Final = 5


class Causes:
    """Knows the words by which English states a cause."""

    def __init__(self, words: WordList) -> None:
        """Take the list `causes`."""
        self._phrases = Phrases(words.words, inflected=False, unless=words.unless)
        self._patterns = Patterns(words.groups["pattern"])
        self._natural = Patterns(words.groups["natural"])
        self._effects = Phrases(words.groups["effect"])
        self._harmless = Phrases(words.unless, inflected=False)
        self._groups = {name: frozenset(group) for name, group in words.groups.items()}

    def find(self, reading: Reading, *, typed: bool = False) -> list[PhraseMatch]:
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
        if not typed and not found:
            found += self._effected(tokens)
        return sorted(found, key=lambda one: one.start)

    def may_be_in(self, reading: Reading) -> bool:
        """Tell whether a text may state a cause, in whatever words."""
        return any(token.word in self._groups["loosely"] for token in reading.tokens) or bool(self.find(reading))

    def is_in(self, reading: Reading) -> bool:
        """Tell whether a text states a cause, in these or in other words."""
        return any(token.word in self._groups["closely"] for token in reading.tokens) or bool(self.find(reading))

    def is_told(self, tokens: Sequence[Token], hit: PhraseMatch) -> bool:
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

    def is_asked(self, tokens: Sequence[Token], hit: PhraseMatch) -> bool:
        """Tell whether a question asks for the cause: "the fall of the tower: what caused it?"."""
        return any(token.word in _ASKING for token in tokens[: hit.first])

    def _patterned(self, tokens: Sequence[Token], *, typed: bool) -> Iterator[PhraseMatch]:
        """Yield phrases with gaps; some only if nobody acts on purpose: "hail knocked a sign off its hooks"."""
        excused = [*self._harmless.find(tokens)]
        for patterns, is_natural in ((self._patterns, False), *(() if typed else ((self._natural, True),))):
            for first, last in patterns.find(tokens):
                if any(one.first <= last and first <= one.last for one in excused):
                    continue
                if first and tokens[first - 1].word == "to" and tokens[first].word in _PURPOSES:
                    continue
                if tokens[first].is_proper or (is_natural and not self._happens(tokens, first)):
                    continue
                yield PhraseMatch(first, last, tokens[first].start, tokens[last].end, tokens[first].word)

    def _effected(self, tokens: Sequence[Token]) -> Iterator[PhraseMatch]:
        """Yield what a thing did to another: "a drought emptied the wells", not "a farmer emptied a trough"."""
        for hit in self._effects.find(tokens):
            verb = hit.first
            before = verb - 1
            while before > 0 and (tokens[before].word in _HELPERS or tokens[before].word.endswith("ly")):
                before -= 1
            word, behind = tokens[verb].word, tokens[hit.last + 1 : hit.last + 4]
            is_going_on = tokens[verb].word.endswith("ing")
            if is_going_on and before > 0 and tokens[before].word in _BE:
                before -= 1
            if before < 0 or tokens[before].word in _BE | _NO_SUBJECT or tokens[before].part is not TextPart.WORD:
                continue
            if (
                tokens[verb].is_capital
                or (is_going_on and tokens[before + 1].word not in _BE)
                or not behind
                or behind[0].part is TextPart.MARK
            ):
                continue
            helped = before < verb - 1
            plural = tokens[before].word.endswith("s") and not tokens[before].word.endswith("ss")
            if word == hit.phrase.split()[0] and word not in _PAST_ALIKE and not (helped or plural):
                continue
            if self._groups["not-effect"].intersection(one.word for one in behind) or behind[0].word in _NO_OBJECT:
                continue
            if self._is_thing(tokens[: before + 1]):
                yield PhraseMatch(verb, hit.last, tokens[verb].start, tokens[hit.last].end, hit.phrase)
                return

    def _is_thing(self, subject: Sequence[Token]) -> bool:
        """Tell whether a noun phrase at the beginning means something that does nothing on purpose."""
        if any(token.part is TextPart.MARK or token.word in _CLAUSES for token in subject):
            return False
        head = next(
            (index for index, token in enumerate(subject) if token.word in _PREPOSITIONS and index), len(subject)
        )
        phrase = subject[:head]
        if not phrase or any(token.part is not TextPart.WORD or token.is_proper for token in phrase):
            return False
        if phrase[0].is_capital and phrase[0].word not in {"the", "a", "an"}:
            return False
        noun = phrase[-1].word
        if noun in self._groups["machine"] or noun in self._groups["actor"] or noun in _PRONOUNS:
            return False
        # "Farmers", but not "winters".
        return not noun.endswith(_AGENTS) or noun in self._groups["thing"]

    def _happens(self, tokens: Sequence[Token], verb: int) -> bool:
        """Tell whether something happens that nobody does: its subject is a thing, and it is no passive."""
        before = tokens[:verb]
        if not before or before[-1].word in _BE or tokens[verb].word.endswith("ing"):
            return False
        if any(token.part is not TextPart.WORD or token.is_proper for token in before):
            return False
        return self._groups["actor"].isdisjoint(token.word for token in before)

    def _making(self, tokens: Sequence[Token]) -> Iterator[PhraseMatch]:
        """Yield "made" where somebody was made to do or be something: "made Bell leave", not "made Bell chairman"."""
        for index, token in enumerate(tokens[:-2]):
            if token.word not in {"made", "makes", "make", "making"}:
                continue
            someone, further = tokens[index + 1], tokens[index + 2]
            is_someone = (
                someone.part is TextPart.NAME or someone.is_capital or someone.word in {"him", "her", "them", "it"}
            )
            if is_someone and further.part is TextPart.WORD and further.word not in self._groups["office"]:
                yield PhraseMatch(index, index, token.start, token.end, token.word)

    def _is_cause(self, tokens: Sequence[Token], hit: PhraseMatch) -> bool:
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
            return (before is None or before.word not in _OBJECTS) and not any(
                token.word in self._groups["count"] for token in tokens[max(0, hit.first - _FAR) : hit.first]
            )
        return True

    def _is_due(self, before: Sequence[Token], behind: Token | None) -> bool:
        """Tell "due to the fire" from "due to open" and from "money due to OpenAI"."""
        if not before or behind is None:
            return behind is not None
        if before[-1].part is TextPart.SLOT or any(token.word in self._groups["owed"] for token in before[-_FAR:]):
            return False
        verb = next((token for token in reversed(before) if token.word not in _ADVERBS), None)
        if verb is not None and verb.word in _BE:
            return behind.word in _OBJECTS or behind.word.endswith(_NOUNS) or behind.is_capital
        return True

    def _forcing(self, tokens: Sequence[Token]) -> Iterator[PhraseMatch]:
        """Yield "forced" where somebody is forced to do something; not "forced labour"."""
        for index, token in enumerate(tokens[:-2]):
            if token.word not in self._groups["forcing"]:
                continue
            behind, further = tokens[index + 1], tokens[index + 2 : index + 2 + _REACH]
            passive = index > 0 and tokens[index - 1].word in _BE and behind.word == "to"
            if any(one.word in {"way", "entry", "open"} for one in (behind, *further)):
                continue  # "forced his way into"
            someone = behind.part is TextPart.NAME or behind.is_capital or behind.word in _OBJECTS
            if passive or (someone and any(one.word in {"to", "into", "out"} for one in further)):
                yield PhraseMatch(index, index, token.start, token.end, token.word)
