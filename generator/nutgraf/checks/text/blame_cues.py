"""Whether a clause speaks ill of somebody who is named, as far as its words tell.

Beyond crimes, no grammar can tell blame from bad luck: this one finds what an editor should look at. Words that speak
ill count against whoever did it: the subject of their clause, who stands behind "by", the owner of a fault ("Bell's
carelessness"), where blame rests, who was dismissed or accused. An ordinary deed counts where its circumstances make it
doubtful: a duty not done, a permission not asked, something unsafe sold, a contract for a brother. Nothing counts where
the subject fights it ("investigates neglect"), suffers it ("was misled"), or where the clause denies it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nutgraf.checks.text.accusation_cues import Charge
from nutgraf.checks.text.patterns import Patterns
from nutgraf.checks.text.tokens import Phrases, TextPart, forms, wordset
from nutgraf.model import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nutgraf.checks.policy import WordList
    from nutgraf.checks.text.tokens import Reading, Token
    from nutgraf.graph import Graph

_BE: Final = forms("be") | {"get", "gets", "got"}
_AUXILIARIES: Final = _BE | wordset(
    "has have had do does did will would can could may might must should not never also"
)
_NEGATIONS: Final = wordset("not never no nobody neither nor without none cannot")
_ARTICLES: Final = wordset("the a an its his her their another one some several many two three")
_PREPOSITIONS: Final = wordset("""
    about against among around as at behind beside between beyond by during for from in inside into near of off on over
    through to toward towards under until with within without
""")
_PRONOUNS: Final = wordset("he she it they who which that")
_RELATIVES: Final = wordset("who which that whose whom where")
_BELONGING: Final = wordset("of at from for in by")
_WARDS: Final = wordset("""
    residents resident patients patient pupils pupil children child passengers passenger customers customer tenants
    tenant detainees inmates prisoners students players fans members visitors animals horses users investors
""")
_MONTHS: Final = wordset("""
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday
""")
_OPENERS: Final = (
    _ARTICLES | _PREPOSITIONS | _PRONOUNS | _RELATIVES | wordset("we you there these those all no not both")
)
_GUILTY: Final = wordset(
    "showed shows show shown made makes through committed commits bears bore carries shares guilty displayed"
)
_OWN: Final = wordset("his her its their own a")
_ABOUT: Final = wordset("about on against into for from")
_ONTO: Final = wordset("with on to at")
_ABETTING: Final = frozenset(
    form for verb in ("help", "assist", "teach", "tell", "advise", "urge") for form in forms(verb)
)
_BIDDING: Final = wordset("orders order behest instructions instruction request watch command")
_SELDOM: Final = wordset("not never rarely seldom hardly scarcely")
_LACKING: Final = wordset("no without neither")
_PEOPLE_ENDINGS: Final = ("man", "men", "woman", "women", "ist", "ists", "er", "ers", "or", "ors", "master", "keeper")
_NEAR: Final = 3
_FAR: Final = 8
_ENOUGH: Final = 2
_ACTORS: Final = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.VESSEL, EntityKind.OTHER})


@dataclass(frozen=True, slots=True)
class _NamedParty:
    """Somebody who is named: the tokens of the name, and the entity if it has a record."""

    first: int
    last: int
    entity: str | None
    words: str


@dataclass(frozen=True, slots=True)
class _WordRange:
    """Words that speak ill, by the index of their first and last token."""

    first: int
    last: int


class Lexicon:
    """The words of the list `ill`, made ready for searching."""

    def __init__(self, words: WordList) -> None:
        """Take the list."""
        groups = words.groups
        self.deeds = Phrases((*groups["deed"], *words.words))
        self.forms = Phrases(groups["form"], inflected=False)
        self.with_object = tuple(
            (Phrases(groups[verbs]), frozenset(groups[objects]))
            for verbs, objects in (("deed-to-people", "people"), ("deed-to-records", "records"))
        )
        self.states = Phrases(groups["state"], inflected=False)
        self.manners = Phrases(groups["manner"], inflected=False)
        self.faults = Phrases(groups["fault"], inflected=False)
        self.fates = Phrases(groups["fate"])
        self.punishing = _all_forms(groups["punishing"])
        self.reproaching = _all_forms(groups["reproaching"])
        self.patterns = Patterns(groups["pattern"])
        self.shadows = Patterns(groups["shadow"])
        self.harmless = Patterns(groups["unless_pattern"])
        self.weight = frozenset(groups["weight"])
        self.people = frozenset(groups["people"])
        self.duties = _all_forms(groups["duty"])
        self.duty_things = frozenset(groups["duty-thing"])
        self.bad = frozenset(groups["bad"])
        self.enabling = _all_forms(groups["enabling"])
        self.favours, self.kin = _all_forms(groups["favour"]), frozenset(groups["kin"])
        self.hints = frozenset(groups["hint"])
        self.delicate = _all_forms(groups["delicate"])
        self.good = Phrases(groups["good"])
        self.fiction = frozenset(groups["fiction"])
        self.boundaries = frozenset(groups["boundary"])


def _all_forms(verbs: Iterable[str]) -> frozenset[str]:
    return frozenset(form for verb in verbs for form in forms(verb))


def ill(reading: Reading, graph: Graph, lexicon: Lexicon) -> Iterator[Charge]:
    """Yield what speaks ill of somebody who is named, each with whom it is about.

    Args:
        reading: the clause.
        graph: whose entities it names.
        lexicon: the words.
    """
    tokens = reading.tokens
    parties = tuple(_parties(tokens, graph))
    if not parties or lexicon.fiction & reading.words:
        return
    for hit, party in _BlameFinder(tokens, parties, lexicon).blamed():
        yield Charge(tokens[hit.first].start, tokens[hit.last].end, party.entity, party.words)


@dataclass(frozen=True)
class _BlameFinder:
    """One clause on the desk."""

    tokens: Sequence[Token]
    parties: Sequence[_NamedParty]
    lexicon: Lexicon

    def blamed(self) -> Iterator[tuple[_WordRange, _NamedParty]]:
        """Yield words that speak ill, and of whom."""
        for hit, party in self._all():
            excused = any(first <= hit.last and hit.first <= last for first, last in self._harmless)
            if party is not None and not excused:
                yield hit, party

    def _all(self) -> Iterator[tuple[_WordRange, _NamedParty | None]]:
        yield from self._deeds()
        yield from self._enabled()
        yield from self._phrases()
        yield from self._states()
        yield from self._faults()
        yield from self._fates()
        yield from self._duties()
        yield from self._hints()

    @cached_property
    def _harmless(self) -> tuple[tuple[int, int], ...]:
        return tuple(self.lexicon.harmless.find(self.tokens))

    @cached_property
    def _good(self) -> frozenset[int]:
        """The indices at which a verb of doing good begins."""
        return frozenset(
            hit.first
            for hit in self.lexicon.good.find(self.tokens)
            if not self.tokens[hit.first].is_proper
            and self._word(hit.first - 1) not in _ARTICLES | {"of", "for", "with"}
        )

    # -- kinds of words --

    def _deeds(self) -> Iterator[tuple[_WordRange, _NamedParty | None]]:
        for phrases in (self.lexicon.deeds, self.lexicon.forms):
            for one in phrases.find(self.tokens):
                yield self._deed(_WordRange(one.first, one.last))
        for phrases, objects in self.lexicon.with_object:
            for one in phrases.find(self.tokens):
                if self._has_object(one.first, one.last, objects):
                    yield self._deed(_WordRange(one.first, one.last))

    def _enabled(self) -> Iterator[tuple[_WordRange, _NamedParty | None]]:
        """Yield the deeds of somebody whom a named party let do them, hired or shielded: "kept a coach who groped"."""
        chief = self._chief()
        if chief is None or self._word(self._main_verb(chief)) not in self.lexicon.enabling:
            return
        for phrases in (self.lexicon.deeds, self.lexicon.forms):
            for one in phrases.find(self.tokens):
                behind = self._start(one.first) - 1
                if behind > chief.last and self._word(behind) in _RELATIVES and not self._is_negated(one.first):
                    yield _WordRange(one.first, one.last), chief

    def _deed(self, hit: _WordRange) -> tuple[_WordRange, _NamedParty | None]:
        before = self._before(hit.first)
        if self.tokens[hit.first].is_proper or self._is_negated(hit.first):
            return hit, None
        agent = self._agent(hit.last)
        if agent is not None:
            return hit, agent
        word = self._word(before)
        is_passive = word in _BE and not self._word(hit.first).endswith("ing")
        if is_passive or word in _ARTICLES or (word in _PREPOSITIONS - {"to"} and not self._is_ing(hit.first)):
            return hit, None
        if before >= 0 and self.tokens[before].text in {"'s", "’s"}:
            return hit, None
        return hit, self._doer(hit.first)

    def _has_object(self, first: int, last: int, objects: frozenset[str]) -> bool:
        """Tell whether one of some objects follows a verb, or stands before it in the passive."""
        if self._word(self._before(first)) in _BE:
            return any(self._word(place) in objects for place in range(self._start(first), first))
        for place in range(last + 1, min(last + 2 + _NEAR, len(self.tokens))):
            token = self.tokens[place]
            if token.part is TextPart.MARK or token.word in self.lexicon.boundaries | _PREPOSITIONS:
                return False
            if token.word in objects or (objects is self.lexicon.people and self._is_person_named(place)):
                return True
        return False

    def _is_person_named(self, place: int) -> bool:
        # Clubs beat each other: what has a record as a person, or several capitals in a row that are nobody's record.
        token = self.tokens[place]
        return token.part is TextPart.NAME and any(
            one.first == place and one.entity == token.entity for one in self.people
        )

    @property
    def people(self) -> Sequence[_NamedParty]:
        """The parties that are people."""
        return [one for one in self.parties if one.words.istitle() and " " in one.words]

    def _phrases(self) -> Iterator[tuple[_WordRange, _NamedParty | None]]:
        for patterns in (self.lexicon.patterns, self.lexicon.shadows):
            for first, last in patterns.find(self.tokens):
                hit = _WordRange(first, last)
                if self.tokens[first].is_proper:
                    continue
                agent = self._agent(last)
                is_passive = self._word(self._before(first)) in _BE and self._is_verb_form(first)
                if patterns is self.lexicon.shadows:
                    if not self._is_fought(first):
                        yield (
                            hit,
                            agent or self._doer(first) or self._chief() or self._keeper(first) or self._behind(hit),
                        )
                elif agent is None and is_passive:
                    yield hit, self._keeper(first)
                else:
                    yield hit, agent or self._doer(first)

    def _is_verb_form(self, index: int) -> bool:
        return self._word(index).endswith(("ed", "en", "t", "ck", "ung", "ut", "old"))

    def _states(self) -> Iterator[tuple[_WordRange, _NamedParty | None]]:
        for one in self.lexicon.states.find(self.tokens):
            hit = _WordRange(one.first, one.last)
            before = self._before(one.first)
            linked = self._word(before) in _BE | wordset(
                "seems seemed looked acted behaved proved became grown turned called too so as"
            )
            if linked and not self._is_negated(one.first):
                yield hit, self._called(before) or self._doer(one.first)
        for one in self.lexicon.manners.find(self.tokens):
            hit = _WordRange(one.first, one.last)
            if self._is_negated(one.first):
                continue
            is_passive = any(self._word(place) in _BE for place in range(max(0, one.first - 2), one.first))
            yield hit, self._agent(one.last) or (None if is_passive else self._doer(one.first))

    def _called(self, before: int) -> _NamedParty | None:
        """Return who is called something: "called Bell a liar"."""
        return next(
            (one for one in self.parties if one.last == before and self._word(one.first - 1) in forms("call")), None
        )

    def _faults(self) -> Iterator[tuple[_WordRange, _NamedParty | None]]:
        for one in self.lexicon.faults.find(self.tokens):
            hit = _WordRange(one.first, one.last)
            if self.tokens[one.first].is_proper or self._is_negated(one.first):
                continue
            yield hit, self._owner(one.first) or self._behind(hit) or self._guilty(hit)

    def _owner(self, index: int) -> _NamedParty | None:
        """Return whose fault it is: "Bell's carelessness", "Bell's alleged failure"."""
        for party in self.parties:
            between = range(party.last + 1, index)
            is_own = party.words.endswith(("'s", "’s")) or (between and self._is_possessive(party.last + 1))
            if is_own and 0 <= len(between) <= _NEAR + 1:
                return party
        return None

    def _behind(self, hit: _WordRange) -> _NamedParty | None:
        """Return who stands behind a fault: "failures at Works", "the blame lies with Bell"."""
        heavy = self._word(hit.last) in self.lexicon.weight
        for party in reversed(self.parties) if heavy else self.parties:
            link, far = self._link(party), party.first - hit.last
            if far > 0 and (
                (heavy and link in _ONTO and far <= _FAR + _NEAR) or (link in _BELONGING and far <= _NEAR + 1)
            ):
                return party
        return None

    def _guilty(self, hit: _WordRange) -> _NamedParty | None:
        """Return the subject of "made a mistake", "showed contempt", "is guilty of neglect"."""
        party = self._doer(hit.first)
        if party is None:
            return None
        between = {self._word(place) for place in range(party.last + 1, hit.first)}
        return party if between & _GUILTY else None

    def _fates(self) -> Iterator[tuple[_WordRange, _NamedParty | None]]:
        for one in self.lexicon.fates.find(self.tokens):
            hit = _WordRange(one.first, one.last)
            before = self._word(self._before(one.first))
            if (
                before in _BE or before in {"been", "face", "faces"} or self._word(one.first) in {"under", "in"}
            ) and not self._is_negated(one.first):
                yield hit, self._subject(one.first)
        for index, token in enumerate(self.tokens):
            is_reproach = token.word in self.lexicon.reproaching
            if (
                not (is_reproach or token.word in self.lexicon.punishing)
                or self._word(self._before(index)) in _BE | _ARTICLES
            ):
                continue
            party = next(
                (one for one in self.parties if 0 < one.first - index <= _NEAR and not self._has_link(index, one)), None
            )
            reasons = {self._word(place) for place in range(index + 1, min(index + _FAR + _NEAR, len(self.tokens)))}
            if party is not None and (is_reproach or reasons & {"for", "over", "after", "because"}):
                yield _WordRange(index, index), party

    def _has_link(self, index: int, party: _NamedParty) -> bool:
        return any(self._word(place) in _PREPOSITIONS for place in range(index + 1, party.first))

    def _duties(self) -> Iterator[tuple[_WordRange, _NamedParty | None]]:
        """Yield a duty that was not done ("did not report"), and what there should have been ("sent no doctor")."""
        for index, token in enumerate(self.tokens):
            if token.word in _LACKING:
                last = next(
                    (
                        place
                        for place in range(index + 1, index + 2 + _NEAR)
                        if self._word(place) in self.lexicon.duty_things
                    ),
                    None,
                )
                if last is not None and not any(self._word(place) in _PREPOSITIONS for place in range(index + 1, last)):
                    yield _WordRange(index, last), self._doer(index)
            elif token.word in _SELDOM or token.word.endswith("n't"):
                verb = index + 1
                while self._word(verb) in {"been", "even", "properly", "fully", "ever", "yet"}:
                    verb += 1
                if self._word(verb) in self.lexicon.duties and self._word(index + 1) != "been":
                    yield _WordRange(index, verb), self._doer(index)

    def _hints(self) -> Iterator[tuple[_WordRange, _NamedParty | None]]:
        """Yield what someone did where two circumstances or more make it doubtful."""
        subject = self._chief()
        if subject is None:
            return
        verb = self._main_verb(subject)
        if self._word(verb - 1) in _BE:
            return
        behind = [place for place in range(verb + 1, len(self.tokens)) if not self._is_topic(place, verb)]
        bad = next((place for place in behind if self._word(place) in self.lexicon.bad and self._counts(place)), None)
        hints = [place for place in behind if self._word(place) in self.lexicon.hints]
        if bad is not None:
            yield _WordRange(bad, bad), subject
        elif hints and self._word(verb) in self.lexicon.delicate and len(hints) + 1 >= _ENOUGH:
            yield _WordRange(hints[0], hints[0]), subject
        elif self._word(verb) in self.lexicon.favours:
            for place in behind:
                if self._word(place) in self.lexicon.kin and self._word(place - 1) in _OWN:
                    yield _WordRange(place - 1, place), subject

    def _is_topic(self, index: int, verb: int) -> bool:
        """Tell whether a word only says what something is about: "a speech about drunk driving"."""
        return any(self._word(place) in _ABOUT for place in range(max(verb + 1, index - _NEAR), index))

    def _counts(self, index: int) -> bool:
        """Tell whether a bad word isn't denied, and isn't what others did or suffered."""
        if self._is_negated(index) or self.tokens[index].is_capital or self._is_fought(index):
            return False
        start = self._start(index)
        others = start > 0 and self._word(start - 1) in _RELATIVES
        return not (
            others and any(self._word(place) == "by" for place in range(index, min(index + _NEAR, len(self.tokens))))
        )

    # -- who --

    def _agent(self, last: int) -> _NamedParty | None:
        """Return who stands behind "by" after the token at `last`: "misled by managers of Works"."""
        for place in range(last + 1, min(last + 1 + _FAR, len(self.tokens))):
            if self._word(place) in self.lexicon.boundaries:
                return None
            if self._word(place) == "by" or (self._word(place) == "of" and self._word(place - 1) in _BIDDING):
                return self._named_in(place + 1, min(place + 2 + _FAR, len(self.tokens)))
        return None

    def _chief(self) -> _NamedParty | None:
        """Return the named subject of the whole, unless it does something good."""
        party = self._named_in(0, len(self.tokens))
        return None if party is None or self._main_verb(party) in self._good else party

    def _keeper(self, index: int) -> _NamedParty | None:
        """Return in whose care somebody was to whom something was done: "residents of Works were put to bed"."""
        start = self._start(index)
        party = self._named_in(start, index)
        if party is None or party.first == start:
            return None
        return party if any(self._word(place) in _WARDS for place in range(start, party.first)) else None

    def _doer(self, index: int) -> _NamedParty | None:
        """Return the named subject of what begins at `index`, unless it does something good about it."""
        party = self._subject(index)
        if party is None:
            return None
        verb = self._main_verb(party)
        if verb in self._good and verb < index and self._start(index) <= verb and not self._is_abetted(verb, index):
            return None
        return party

    def _is_abetted(self, verb: int, index: int) -> bool:
        """Tell whether somebody is helped or told to do it: "helped a dictator to hide his fortune"."""
        return self._word(verb) in _ABETTING and self._word(index - 1) == "to"

    def _subject(self, index: int) -> _NamedParty | None:  # noqa: PLR0911 - one return a case
        """Return the named subject of the clause in which the token at `index` stands."""
        start = self._start(index)
        if start > 0 and self._word(start - 1) in _RELATIVES:
            # "Bell, who hid it", "a clerk who hid it"; "a letter that Bell hid" has a subject of its own.
            own = self._named_in(start, index)
            if own is not None:
                return own
            named = start - 3 if self._text(start - 2) == "," else start - 2
            if self._begins_with_others(start, index):
                return None
            return next((one for one in self.parties if one.last == named), None)
        first = self._word(start)
        if start > 0:
            if first in _PRONOUNS or first.endswith("ing") or start >= index:
                return self._subject(start - 1)
            own = self._named_in(start, index)
            if own is not None or self._begins_with_others(start, index):
                return own
            return self._subject(start - 1)
        if first == "it" and self._word(1) in _BE:  # "it was Bell who"
            return next(iter(self.parties), None)
        return self._named_in(start, index)

    def _is_fought(self, index: int) -> bool:
        """Tell whether a verb of doing good stands before `index` in the same clause: "a filter that blocks abuse"."""
        return any(place in self._good for place in range(self._start(index), index))

    def _begins_with_others(self, start: int, index: int) -> bool:
        return start < index and self._word(start) not in _AUXILIARIES and not self._word(start).endswith(("ed", "ing"))

    def _named_in(self, start: int, end: int) -> _NamedParty | None:
        """Return whom a noun phrase at `start` names: "Bell", "coach Bell", "managers of Works", "Works' managers"."""
        party = next((one for one in self.parties if start <= one.first < end), None)
        if party is None:
            return None
        between = [self._word(place) for place in range(start, party.first)]
        links = [word for word in between if word in _PREPOSITIONS]
        if not links:
            is_plain = len(between) <= _NEAR + 1 and not any(
                word in self.lexicon.boundaries or word in _AUXILIARIES for word in between
            )
            if not is_plain or any(self._text(place) == "," for place in range(start, party.first)):
                return None
            if party.words.endswith(("'s", "’s")) or self._is_possessive(party.last + 1):
                return party if self._is_human_in(party.last + 1, min(party.last + 1 + _NEAR + 1, end)) else None
            return party
        if (
            len(links) == 1
            and links[0] in _BELONGING
            and self._is_human_in(start, party.first)
            and len(between) <= _FAR
        ):
            return party
        return None

    def _is_human_in(self, start: int, end: int) -> bool:
        words = [self._word(place) for place in range(start, end)]
        return any(
            word in self.lexicon.people
            or word in {"staff", "board", "crew", "management", "police"}
            or word.rstrip("s").endswith(_PEOPLE_ENDINGS)
            for word in words
        )

    def _main_verb(self, party: _NamedParty) -> int:
        """Return the index of the verb behind a subject."""
        index = party.last + 1
        if self._text(index) == ",":
            closing = next((place for place in range(index + 1, len(self.tokens)) if self._text(place) == ","), None)
            index = closing + 1 if closing is not None else index
        while self._word(index) in _AUXILIARIES or (self._word(index).endswith("ly") and index < len(self.tokens)):
            index += 1
        return index

    def _start(self, index: int) -> int:
        """Return where the clause of the token at `index` begins: behind a conjunction, a pronoun or a dash."""
        start = index
        while (
            start > 0
            and self._word(start - 1) not in self.lexicon.boundaries
            and self._text(start - 1) not in {";", "–", "—", ":"}
        ):
            start -= 1
        return start

    # -- words --

    def _link(self, party: _NamedParty) -> str:
        place = party.first - 1
        while place > 0 and self._word(place) in _ARTICLES | {
            "mayor",
            "coach",
            "dr",
            "former",
            "captain",
            "judge",
            "minister",
        }:
            place -= 1
        return self._word(place)

    def _before(self, index: int) -> int:
        """Return the index of the last token before `index` that is no adverb; -1 if there is none."""
        before = index - 1
        while before >= 0 and (
            self._word(before) in {"also", "then", "later", "again", "often", "once", "twice"}
            or self._word(before).endswith("ly")
        ):
            before -= 1
        return before

    def _is_ing(self, index: int) -> bool:
        return self._word(index).endswith("ing")

    def _is_negated(self, index: int) -> bool:
        for place in range(max(0, index - _NEAR), index):
            word, follows = self._word(place), self._word(place + 1)
            if (word in _NEGATIONS or word.endswith("n't")) and not (word == "not" and follows == "only"):
                return True
        return False

    def _is_possessive(self, index: int) -> bool:
        return self._text(index) in {"'s", "’s", "'", "’"}

    def _text(self, index: int) -> str:
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def _word(self, index: int) -> str:
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""


def _parties(tokens: Sequence[Token], graph: Graph) -> Iterator[_NamedParty]:
    """Yield who is named in a clause: people and bodies with a record, and other names with capitals."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.entity is not None:
            entity = graph.entities.get(token.entity)
            if entity is not None and entity.kind in _ACTORS:
                yield _NamedParty(index, index, token.entity, token.text)
            index += 1
            continue
        last = index
        while last < len(tokens) and _is_name(tokens[last]):
            last += 1
            if tokens[last - 1].word.endswith("'s") and not (last < len(tokens) and _is_name(tokens[last])):
                break
        if last > index and not (last == 1 and tokens[0].word in _OPENERS) and not _is_placed(tokens, index):
            yield _NamedParty(index, last - 1, None, " ".join(one.text for one in tokens[index:last]))
        index = max(last, index + 1)


def _is_placed(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a name behind "in", "off", "near" is a place's."""
    return index > 0 and tokens[index - 1].word in {"in", "near", "off", "into", "outside", "across", "around"}


def _is_name(token: Token) -> bool:
    return token.part is TextPart.WORD and token.is_capital and token.word not in _MONTHS and token.entity is None
