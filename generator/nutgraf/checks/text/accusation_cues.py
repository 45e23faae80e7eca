"""Who is accused of what in a clause, as far as its words tell.

Word lists alone cry wolf: "money was stolen" accuses nobody, "a law against bribery" neither, and "the wreck lies off
Jindo" is no lie. So a word of wrongdoing counts where the grammar around it has somebody who did it: an active verb
with a subject that could be asked for a reply, a noun that somebody "committed" or is "accused of", a thing that is
"by" somebody. It is a shallow grammar of English and would rather miss an accusation than invent one.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from nutgraf.checks.text.tokens import Phrases, TextPart, forms, wordset
from nutgraf.model import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nutgraf.checks.policy import WordList
    from nutgraf.checks.text.tokens import PhraseMatch, Reading, Token
    from nutgraf.graph import Graph


@dataclass(frozen=True, slots=True)
class Charge:
    """An accusation in a clause.

    Attributes:
        start, end: the words of accusation.
        entity: whom it accuses, None if that is nobody with an id.
        party: whom it accuses, in the words of the clause.
    """

    start: int
    end: int
    entity: str | None
    party: str


_BE: Final = forms("be")
_HAVE: Final = forms("have")
_MODALS: Final = wordset("will would may might did does do")
_PRONOUNS: Final = wordset("he she they it who which we")
_DETERMINERS: Final = wordset("the a an its his her their this these two three four")
_RELATIVES: Final = wordset("who which that")
_INDEFINITE: Final = wordset("a an another one some several many two three four five")
_COMPLEMENTISERS: Final = wordset("that whether because when while if how why although")
_NEGATIONS: Final = wordset("not never no nobody neither nor without none against cannot")
_PREPOSITIONS: Final = wordset(
    "about after against among around as at before between by during for from in inside into near of off on over "
    "since through to under until with within without"
)
_LINKS: Final = wordset("of for with on over alleging")
_INSIDE: Final = wordset("at in inside within")
_ACTORS: Final = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.OTHER})
_NEAR, _FAR = 3, 8


class Grammar:
    """The words of accusation, made ready for searching."""

    def __init__(self, words: WordList) -> None:
        """Take the words of the list `accusations`."""
        groups = words.groups
        self.verbs: Mapping[str, str] = {form: verb for verb in groups["verb"] for form in forms(verb)}
        self.intransitive = frozenset(groups["intransitive"])
        self.harmless = frozenset(groups["harmless"])
        self.conditional = Phrases(groups["conditional"])
        self.spoils = frozenset(groups["spoils"])
        self.strangers = frozenset(groups["stranger"])
        self.people = frozenset(groups["people"])
        self.topics = frozenset(groups["topic"])
        self.phrases = Phrases(words.words, unless=words.unless)
        self.nouns = Phrases(groups["noun"], inflected=False, unless=words.unless)
        self.traits = Phrases(groups["trait"], inflected=False)
        self.persons = Phrases(groups["person"], inflected=False, unless=words.unless)
        self.adjectives = Phrases(groups["adjective"], inflected=False)
        self.adverbs = frozenset(groups["adverb"])
        self.commit = Phrases(groups["commit"])
        self.accuse = Phrases(groups["accuse"])
        self.breaking = Phrases(groups["break"])
        self.laws = frozenset(groups["law"])
        self.settled = Phrases(groups["settled"])
        kinds = (self.phrases, self.nouns, self.traits, self.persons, self.adjectives, self.breaking, self.conditional)
        self.beginnings = self.adverbs.union(self.verbs, *(phrases.beginnings for phrases in kinds))
        """A clause without any of these words accuses nobody."""


class VerbForm(StrEnum):
    """The form of a verb."""

    BASE = "base"
    """As in a dictionary, or with -s."""
    PAST = "past"
    """Its past form or participle: English mostly has one for both."""
    ING = "ing"


def _shape(word: str, verb: str) -> VerbForm:
    if word.endswith("ing"):
        return VerbForm.ING
    return VerbForm.BASE if word in {verb, f"{verb}s", f"{verb}es", f"{verb[:-1]}ies"} else VerbForm.PAST


def charges(reading: Reading, graph: Graph, grammar: Grammar) -> Iterator[Charge]:
    """Yield the accusations of a clause, each once, in the order in which kinds of words are looked for.

    Args:
        reading: the clause.
        graph: whose entities it names.
        grammar: the words of accusation.
    """
    if grammar.beginnings.isdisjoint(reading.words):
        return
    desk = _AccusationFinder(reading.tokens, graph, grammar)
    if not desk.is_settled():
        yield from desk.charges()


@dataclass(frozen=True, slots=True)
class _AccusationFinder:
    """One clause on the desk."""

    tokens: Sequence[Token]
    graph: Graph
    grammar: Grammar

    def is_settled(self) -> bool:
        """Tell whether the clause tells of a verdict, a denial or a confession rather than of an accusation."""
        if any(True for _ in self.grammar.settled.find(self.tokens)):
            return True
        words = [token.word for token in self.tokens]
        return any(word == "found" and "guilty" in words[place : place + _FAR] for place, word in enumerate(words))

    def charges(self) -> Iterator[Charge]:
        """Yield the accusations, but for words that belong to a name: "the Fraud Act"."""
        proper = {token.start for token in self.tokens if token.is_proper}
        yield from (charge for charge in self._all() if charge.start not in proper)

    def _all(self) -> Iterator[Charge]:
        grammar, tokens = self.grammar, self.tokens
        for index, token in enumerate(tokens):
            verb = grammar.verbs.get(token.word)
            if verb is not None:
                yield from self._verb(index, verb)
            if token.word in grammar.adverbs:
                yield from self._adverb(index)
        for hit in grammar.phrases.find(tokens):
            yield from self._by_subject(hit.first, hit)
        for phrases, objects in ((grammar.breaking, grammar.laws), (grammar.conditional, grammar.spoils)):
            for hit in phrases.find(tokens):
                yield from self._with_object(hit, objects)
        for phrases, found in (
            (grammar.nouns, self._noun),
            (grammar.traits, self._trait),
            (grammar.persons, self._person),
            (grammar.adjectives, self._adjective),
        ):
            for hit in phrases.find(tokens):
                yield from found(hit)

    # -- verbs --

    def _verb(self, index: int, verb: str) -> Iterator[Charge]:
        token = self.tokens[index]
        if verb == "lie" and not self._is_untruth(index):
            return
        if any(self._word(place) in self.grammar.harmless for place in range(index + 1, index + 1 + _NEAR)):
            return
        before = self._before(index)
        if before < 0:
            return
        shape = _shape(token.word, verb)
        hit = _Span(index, index, token.start, token.end)
        if shape is VerbForm.PAST and self.tokens[before].word in _BE:
            yield from self._by_agent(index, hit)
        elif self._is_active(index, before, shape, verb):
            yield from self._by_subject(before if shape is VerbForm.ING else index, hit)

    def _is_untruth(self, index: int) -> bool:
        """Tell whether a form of "lie" is about truth: a wreck lies off a coast, too."""
        word = self.tokens[index].word
        follows = self._word(index + 1)
        if word == "lied":
            return True
        return follows in {"to", "about"} or (follows == "under" and self._word(index + 2) == "oath")

    def _before(self, index: int) -> int:
        """Return the index of the last token before a verb that is no adverb, -1 if there is none."""
        before = index - 1
        while before >= 0 and (
            self._word(before) in {"also", "then", "later", "again", "often"} or self._word(before).endswith("ly")
        ):
            before -= 1
        return before

    def _is_active(self, index: int, before: int, shape: VerbForm, verb: str) -> bool:
        previous = self.tokens[before]
        if shape is VerbForm.ING:
            return previous.word in _BE or (previous.word in {"of", "for", "by"} and self._is_accused(before))
        if shape is VerbForm.BASE:
            return previous.word in {*_MODALS, "to", *_PRONOUNS} or previous.part is TextPart.NAME
        if previous.word in _HAVE or verb in self.grammar.intransitive:
            return previous.word not in _DETERMINERS
        if previous.word in {*_PRONOUNS, "and"} or previous.part is TextPart.NAME:
            return True
        # "documents forged in 2019" is no accusation of the documents, "a forged letter" none of the letter.
        follows = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        objects = follows is not None and follows.part is not TextPart.MARK and follows.word not in _PREPOSITIONS
        further = self._word(before - 1)
        if (previous.word.endswith("s") and before and further not in _DETERMINERS) or further in {*_MODALS, "to"}:
            return False  # "the museum shows forged paintings", "to spot forged cheques": that may be the verb
        return objects and previous.part is TextPart.WORD and previous.word not in _DETERMINERS | _PREPOSITIONS | _BE

    def _adverb(self, index: int) -> Iterator[Charge]:
        token = self.tokens[index]
        hit = _Span(index, index, token.start, token.end)
        segment = self._scope(index)
        if any(self._word(place) in _BE for place in range(segment, index)):
            yield from self._by_agent(index, hit)
            return
        follows = self._word(index + 1)
        previous = self.tokens[index - 1] if index else None
        if previous is None or previous.word in _DETERMINERS | _PREPOSITIONS:
            return
        if (
            not follows.endswith("ed")
            or previous.part is TextPart.NAME
            or previous.word in {*_HAVE, *_PRONOUNS, "and"}
            or (self._party(segment, index) and not self._has_verb(segment, index))
        ):
            yield from self._by_subject(index, hit)

    def _has_verb(self, start: int, end: int) -> bool:
        return any(self._word(place).endswith("ed") for place in range(start, end))

    def _with_object(self, hit: PhraseMatch, objects: frozenset[str]) -> Iterator[Charge]:
        """Yield a charge where a verb has one of some objects: "broke the law", "covered up the leak"."""
        found = None
        for place in range(hit.last + 1, min(hit.last + 2 + _NEAR, len(self.tokens))):
            if self.tokens[place].part is TextPart.MARK or self._word(place) in _PREPOSITIONS:
                break
            if self._word(place) in objects:
                found = place
        before = self._before(hit.first)
        if before >= 0 and self._word(before) in _BE:
            # "the law was broken by": its object stands in front.
            if any(self._word(place) in objects for place in range(self._scope(hit.first), before)):
                yield from self._by_agent(hit.last, hit)
        elif found is not None and before >= 0 and self._word(before) not in _DETERMINERS:
            yield from self._by_subject(hit.first, _Span(hit.first, found, hit.start, self.tokens[found].end))

    # -- nouns --

    def _noun(self, hit: PhraseMatch) -> Iterator[Charge]:
        if self._word(hit.last + 1) in self.grammar.topics:
            return
        frame = next((one for one in self.grammar.commit.find(self.tokens) if self._leads(one, hit)), None)
        if frame is not None:
            yield from self._by_subject(frame.first, hit)
            return
        if self._is_accused(hit.first):
            accused = self._accused(hit.first)
            if accused is not None:
                yield self._charge(hit, accused)
            return
        place = hit.last + 1
        if self._word(place) == "by" or self._word(place) in _INSIDE:
            party = self._party_at(place + 1)
            inside = self._word(place) in _INSIDE
            if party is not None and (not inside or self._is_organisation(party)) and not self._is_negated(hit.first):
                yield self._charge(hit, party)

    def _leads(self, frame: PhraseMatch, hit: PhraseMatch) -> bool:
        """Tell whether a noun is the object of a frame: "committed homicide", "took part in a large fraud"."""
        between = range(frame.last + 1, hit.first)
        return 0 <= len(between) <= _NEAR and all(
            self.tokens[place].part is TextPart.WORD and self._word(place) not in _PREPOSITIONS - {"of"}
            for place in between
        )

    def _is_accused(self, index: int) -> bool:
        """Tell whether somebody is accused "of" or "for" what begins at `index`, or behind it."""
        for frame in self.grammar.accuse.find(self.tokens):
            between = range(frame.last + 1, index + 1)
            words = [self._word(place) for place in between]
            linked = [place for place in between if self._word(place) in _LINKS]
            if linked and len(words) <= _FAR + _NEAR and index - linked[-1] <= _NEAR:
                return not self._is_negated(frame.first) and "as" not in words
        return False

    def _accused(self, index: int) -> _Accused | None:
        """Return whom the last accusing verb before `index` accuses: its object, or its subject in the passive."""
        frames = [one for one in self.grammar.accuse.find(self.tokens) if one.last < index]
        if not frames:
            return None
        frame = frames[-1]
        before = self._before(frame.first)
        if before >= 0 and self._word(before) in _BE:
            return self._party(self._scope(frame.first), frame.first)
        follows = self._word(frame.last + 1)
        if follows in {"him", "her", "them"}:
            return _Accused(None, follows)
        if follows in _LINKS:  # "faces charges of fraud"
            return self._party(self._scope(frame.first), frame.first)
        return self._party(frame.last + 1, index)

    def _trait(self, hit: PhraseMatch) -> Iterator[Charge]:
        if self._is_negated(hit.first) or self._is_compound(hit.last):
            return
        if self._word(hit.last + 1) == "of":
            party = self._party_at(hit.last + 2)
            if party is not None:
                yield self._charge(hit, party)
                return
        before = hit.first - 1
        while before > 0 and hit.first - before <= _NEAR and self._is_modifier(before) and not self._owns(before):
            before -= 1
        if self._word(before) == "through" or (self._word(before) == "of" and self._word(before - 1) == "out"):
            yield from self._by_subject(before, hit)
        elif before > 0 and self._owns(before):
            party = self._owner(before)
            if party is not None:
                yield self._charge(hit, party)

    def _owns(self, index: int) -> bool:
        """Tell whether a token is a possessive: the "'s" behind a name, or a word with its own."""
        return self.tokens[index].text in {"'s", "’s"} or self._word(index).endswith(("'s", "s'"))

    def _owner(self, index: int) -> _Accused | None:
        if self.tokens[index - 1].entity:
            return self._party_at(index - 1)
        starts = (
            place for place in range(index - 1, max(index - 1 - _NEAR, -1), -1) if self._word(place) in _DETERMINERS
        )
        party = self._party_at(next(starts, len(self.tokens)), index + 1)
        return _Accused(None, party.words.rstrip("'’s")) if party is not None else None

    def _is_compound(self, index: int) -> bool:
        """Tell whether a noun may go on behind its last word: "Varga's corruption inquiry"."""
        word = self._word(index + 1)
        ends = (
            _PREPOSITIONS | _BE | _HAVE | _MODALS | _COMPLEMENTISERS | {"", "and", "or", "who", "which", "cost", "led"}
        )
        return word not in ends and not word.endswith("ed")

    def _person(self, hit: PhraseMatch) -> Iterator[Charge]:
        if self._is_compound(hit.last) and not self._named(hit.last + 1):
            return
        before = hit.first - 1
        while before >= 0 and hit.first - before <= _NEAR and self._is_modifier(before):
            before -= 1
        if before >= 0 and self._word(before) in _BE and not self._is_negated(hit.first):
            yield from self._by_subject(before, hit)
        elif before > 0 and (self.tokens[before].part is TextPart.NAME or self._word(before) == "as"):
            named = before if self.tokens[before].part is TextPart.NAME else before - 1
            called = self._word(named - 1) in forms("call") | forms("brand") | forms("label") | forms("denounce")
            party = self._party_at(named)
            if called and party is not None:
                yield self._charge(hit, party)
        elif self._word(hit.first - 1) == "the" and self._named(hit.last + 1):
            party = self._party_at(hit.last + 1)
            if party is not None:
                yield self._charge(hit, party)

    def _named(self, index: int) -> bool:
        return index < len(self.tokens) and self.tokens[index].part is TextPart.NAME

    def _is_modifier(self, index: int) -> bool:
        token = self.tokens[index]
        return token.part is TextPart.WORD and token.word not in _BE | _PREPOSITIONS | _PRONOUNS

    def _adjective(self, hit: PhraseMatch) -> Iterator[Charge]:
        before = self._before(hit.first)
        if before >= 0 and self._word(before) in _BE | {"acted", "behaved"}:
            yield from self._by_subject(before, hit)

    # -- who --

    def _by_subject(self, index: int, hit: PhraseMatch | _Span) -> Iterator[Charge]:
        """Yield a charge against the subject of what stands at `index`, if there is one that could reply."""
        if self._is_negated(hit.first):
            return
        start = self._scope(index)
        party = self._party(self._antecedent(start, index), index)
        if party is not None:
            yield self._charge(hit, party)

    def _antecedent(self, start: int, index: int) -> int:
        """Return where the subject may begin: in "expelled a student who cheated", only at "a student"."""
        relative = next((place for place in range(index - 1, start, -1) if self._word(place) in _RELATIVES), None)
        if relative is None:
            return start
        nouns = range(relative - 1, max(start, relative - 1 - _NEAR - 1), -1)
        return next((place for place in nouns if self._word(place) in _INDEFINITE), start)

    def _by_agent(self, index: int, hit: PhraseMatch | _Span) -> Iterator[Charge]:
        """Yield a charge against whoever did it in the passive: "was bribed by ..."."""
        for place in range(index + 1, min(index + 1 + _FAR, len(self.tokens))):
            if self._word(place) == "by":
                party = self._party_at(place + 1)
                if party is not None and not self._is_negated(hit.first):
                    yield self._charge(hit, party)
                return

    def _scope(self, index: int) -> int:
        """Return where the clause begins whose verb stands at `index`."""
        start = index
        while start > 0 and self._word(start - 1) not in _COMPLEMENTISERS and self.tokens[start - 1].text != ";":
            start -= 1
        return start

    def _party(self, start: int, end: int) -> _Accused | None:
        """Return the first in a stretch of tokens that could be accused: an entity, or somebody in words."""
        for place in range(start, end):
            token = self.tokens[place]
            if token.word in self.grammar.strangers:
                return None
            if token.word == "police" or (token.word in self.grammar.people and self._belongs(place)):
                return _Accused(None, f"the {token.text}" if token.word == "police" else token.text)
            # Behind a preposition stands somebody else: "a gauge at the works misled the crew".
            if place > start and self._word(place - 1) in _PREPOSITIONS:
                continue
            party = self._party_at(place, end)
            if party is not None:
                return party
        return None

    def _belongs(self, index: int) -> bool:
        """Tell whether people without an article are of somebody: "managers at Works"."""
        return self._word(index + 1) in {"at", "of", "from", "for", "in"} and self._named(index + 2)

    def _party_at(self, index: int, end: int | None = None) -> _Accused | None:
        """Return the entity, or the people with an article or the like, whose mention begins at `index`."""
        if index >= len(self.tokens):
            return None
        token = self.tokens[index]
        if token.entity is not None:
            kind = self.graph.entities[token.entity].kind
            return _Accused(token.entity, token.text) if kind in _ACTORS else None
        if token.word not in _DETERMINERS:
            return _Accused(None, "the police") if token.word == "police" else None
        words = [token]
        for follower in self.tokens[index + 1 : end]:
            if follower.part is TextPart.NAME and len(words) == 1:
                return self._party_at(index + 1)
            if follower.part is not TextPart.WORD or self._ends_phrase(follower) or len(words) > _NEAR + 1:
                break
            words.append(follower)
        folded = [one.word.removesuffix("'s").removesuffix("'") for one in words]
        if not any(self._is_human(word) for word in folded) or any(word in self.grammar.strangers for word in folded):
            return None
        last = max(place for place, word in enumerate(folded) if self._is_human(word))
        return _Accused(None, " ".join(one.text for one in words[: last + 1]))

    def _is_human(self, word: str) -> bool:
        return word in self.grammar.people or word.endswith(("man", "men", "woman", "women", "ist", "ists"))

    def _ends_phrase(self, token: Token) -> bool:
        word = token.word
        stops = _PREPOSITIONS | _BE | _HAVE | _MODALS | _PRONOUNS | _COMPLEMENTISERS | {"and", "or", "said", "told"}
        return word in stops or word.endswith("ly") or word in self.grammar.verbs

    def _is_organisation(self, party: _Accused) -> bool:
        return party.entity is not None and self.graph.entities[party.entity].kind is EntityKind.ORGANISATION

    def _is_negated(self, index: int) -> bool:
        """Tell whether the clause says that it is not so."""
        if self._word(index + 1) in {"no", "none", "nobody", "nothing"}:
            return True
        start = index
        while start > 0 and self.tokens[start - 1].text not in {",", ";"} and self._word(start - 1) != "but":
            start -= 1
        words = [self._word(place) for place in range(start, index)]
        denied = any(word in _NEGATIONS or word.endswith("n't") for word in words)
        return denied and not any(one == "not" and two == "only" for one, two in pairwise(words))

    def _charge(self, hit: PhraseMatch | _Span, party: _Accused) -> Charge:
        return Charge(hit.start, hit.end, party.entity, party.words)

    def _word(self, index: int) -> str:
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""


@dataclass(frozen=True, slots=True)
class _Span:
    """Some tokens in a row, by index, and where they stand in the text."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Accused:
    """Somebody who could be accused: an entity, or words for somebody."""

    entity: str | None
    words: str
