"""Whether a clause speaks ill of somebody who is named, as far as its words tell.

Beyond crimes, a grammar can't tell blame from bad luck: it finds what an editor should look at. A word that speaks ill
counts against the person or body that did it: the subject of the clause, the owner of a fault ("Bell's carelessness"),
whoever stands behind "by", or where blame rests. It doesn't count where the subject fights it ("investigates neglect"),
suffers it ("was misled"), or where the clause denies it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.checks.accusing import Charge
from nutgraf.checks.patterns import Patterns
from nutgraf.checks.text import Part, Phrases, forms, wordset
from nutgraf.model import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutgraf.checks.policy import WordList
    from nutgraf.checks.text import Reading, Token
    from nutgraf.graph import Graph

_BE: Final = forms("be") | {"get", "gets", "got"}
_NEGATIONS: Final = wordset("not never no nobody neither nor without none cannot")
_PREPOSITIONS: Final = wordset("""
    about after against among around as at before behind beside between beyond by during for from in inside into near
    of off on over since through to toward towards under until with within without
""")
_TITLES: Final = wordset(
    "mayor captain dr mr mrs ms sir professor president minister judge coach chief inspector officer"
)
_MONTHS: Final = wordset("""
    january february march april may june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday
""")
_SHOWING: Final = wordset("""
    showed shows show shown made makes make through committed commits bears bear bore carries carried shares had has
    guilty displayed displays
""")
_LEFT: Final = wordset("by of at from")
_LINKING: Final = wordset("by of at from with on to in for and")
_ONTO: Final = wordset("with on to")
_NEAR: Final = 3
_FAR: Final = 8
_ACTORS: Final = frozenset({EntityKind.PERSON, EntityKind.ORGANISATION, EntityKind.VESSEL, EntityKind.OTHER})


@dataclass(frozen=True, slots=True)
class _Party:
    """Somebody who is named: the tokens of the name, and the entity if it has a record."""

    first: int
    last: int
    entity: str | None
    words: str


@dataclass(frozen=True, slots=True)
class _Hit:
    """Words that speak ill.

    Attributes:
        first, last: the index of the first and the last token.
        is_deed: whether they are a verb, which the passive turns round.
        is_fault: whether they are a noun, which has an owner.
        is_fixed: whether they are a phrase that may have a "not" in it.
    """

    first: int
    last: int
    is_deed: bool = False
    is_fault: bool = False
    is_fixed: bool = False


class Lexicon:
    """The words of the list `ill`, made ready for searching."""

    def __init__(self, words: WordList) -> None:
        """Take the list."""
        groups = words.groups
        self.deeds = Phrases((*groups["deed"], *words.words))
        self.forms = Phrases(groups["form"], inflected=False)
        self.states = Phrases(groups["state"], inflected=False)
        self.faults = Phrases(groups["fault"], inflected=False)
        self.patterns = Patterns(groups["pattern"])
        self.harmless = Patterns(groups["unless_pattern"])
        self.charges = frozenset(groups["charges"])
        self.weight = frozenset(groups["weight"])
        self.against = frozenset(form for entry in groups["against"] for form in forms(entry))

    def hits(self, tokens: Sequence[Token]) -> Iterator[_Hit]:
        """Yield what speaks ill, longest phrases first."""
        excused = [*self.harmless.find(tokens)]
        found = [
            *(_Hit(first, last, is_fixed=True) for first, last in self.patterns.find(tokens)),
            *(_Hit(one.first, one.last) for one in self.states.find(tokens)),
            *(_Hit(one.first, one.last, is_fault=True) for one in self.faults.find(tokens)),
            *(_Hit(one.first, one.last, is_deed=True) for one in self.deeds.find(tokens)),
            *(_Hit(one.first, one.last, is_deed=True) for one in self.forms.find(tokens)),
        ]
        for hit in found:
            if not any(first <= hit.last and hit.first <= last for first, last in excused):
                yield hit


def ill(reading: Reading, graph: Graph, lexicon: Lexicon) -> Iterator[Charge]:
    """Yield what speaks ill of somebody who is named, each with whom it is about.

    Args:
        reading: the clause.
        graph: whose entities it names.
        lexicon: the words.
    """
    tokens = reading.tokens
    parties = tuple(_parties(tokens, graph))
    if not parties:
        return
    for hit in lexicon.hits(tokens):
        if tokens[hit.first].is_proper and not hit.is_fixed:
            continue
        party = _blamed(tokens, hit, parties, lexicon)
        if party is not None:
            yield Charge(tokens[hit.first].start, tokens[hit.last].end, party.entity, party.words)


def _blamed(tokens: Sequence[Token], hit: _Hit, parties: Sequence[_Party], lexicon: Lexicon) -> _Party | None:
    """Return whom a hit speaks ill of; None if that is nobody who is named."""
    if not hit.is_fixed and _is_negated(tokens, hit.first):
        return None
    return (
        _owner(tokens, hit, parties)
        or _behind(tokens, hit, parties, lexicon)
        or _subject(tokens, hit, parties, lexicon)
        or _keeper(tokens, hit, parties, lexicon)
    )


def _keeper(tokens: Sequence[Token], hit: _Hit, parties: Sequence[_Party], lexicon: Lexicon) -> _Party | None:
    """Return in whose care those are to whom something was done: "residents of Works were left unattended"."""
    for party in parties:
        link = party.first - 1 - (tokens[party.first - 1].word in {"the", "a"})
        if link == 1 and tokens[link].word in {"of", "at", "in"} and tokens[0].word in lexicon.charges:
            return party if hit.first > party.last else None
    return None


def _owner(tokens: Sequence[Token], hit: _Hit, parties: Sequence[_Party]) -> _Party | None:
    """Return whose fault it is: "Bell's carelessness", "Bell's alleged failure"."""
    if not (hit.is_fault or hit.is_fixed):
        return None
    for party in parties:
        between = range(party.last + 1, hit.first)
        if 0 < len(between) <= _NEAR and _is_possessive(tokens[party.last + 1]):
            return party
        if 0 <= len(between) <= _NEAR and party.words.endswith(("'s", "’s")):
            return party
    return None


def _behind(tokens: Sequence[Token], hit: _Hit, parties: Sequence[_Party], lexicon: Lexicon) -> _Party | None:
    """Return who stands behind a hit as its doer: "misled by Bell", "failures at Works", "the blame lies with Bell"."""
    heavy = tokens[hit.last].word in lexicon.weight
    for party in reversed(parties) if heavy else parties:
        place = party.first - 1
        # "by trainer Liam Foyle", "by managers of Works".
        while place > hit.last + 1 and party.first - place <= _NEAR and tokens[place].word not in _LINKING:
            place -= 1
        if tokens[place].word in {"of", "at"} and place - hit.last > 1:
            before = next((at for at in (place - 2, place - 3) if at > hit.last and tokens[at].word == "by"), place)
            place = before
        if place <= hit.last:
            continue
        link, far = tokens[place].word, place - hit.last
        if heavy and link in _ONTO and far <= _FAR + _NEAR:
            return party
        if link == "by" and far <= _FAR and (hit.is_deed or hit.is_fault or hit.is_fixed):
            return party
        if hit.is_fault and link in _LEFT and far == 1:
            return party
    return None


def _subject(tokens: Sequence[Token], hit: _Hit, parties: Sequence[_Party], lexicon: Lexicon) -> _Party | None:
    """Return the named subject of the clause that a hit is said about."""
    party = next((one for one in parties if one.last < hit.first and not _is_object(tokens, one)), None)
    if party is None:
        return None
    between = tokens[party.last + 1 : hit.first]
    words = [one.word for one in between]
    if any(word in lexicon.against for word in words):
        return None
    before = next((word for word in reversed(words) if not word.endswith("ly")), "")
    if hit.is_deed and before in _BE and not tokens[hit.first].word.endswith("ing"):
        return None
    if hit.is_deed and before in {"the", "a", "an", "its", "his", "her", "their", "of"}:
        return None
    if hit.is_fault and before not in _BE | {"a", "an", "the", "of", "in", "for", "to"} and not _admits(words):
        return (
            party
            if any(word in {"showed", "shows", "show", "made", "makes", "through", "committed"} for word in words)
            else None
        )
    return party


def _admits(words: Sequence[str]) -> bool:
    return bool({"bears", "bear", "bore", "carries", "carried", "shares", "had", "has", "guilty"} & set(words))


def _is_possessive(token: Token) -> bool:
    return token.text in {"'s", "’s", "'", "’"}


def _is_object(tokens: Sequence[Token], party: _Party) -> bool:
    """Tell whether a name stands behind a preposition, or owns what follows, so that it is no subject."""
    place = party.first - 1
    while place >= 0 and tokens[place].word in {"the", "a", "an"} | _TITLES:
        place -= 1
    if place >= 0 and tokens[place].word in _PREPOSITIONS:
        # "the captain of the Heron", "the board of Works": somebody of theirs acts.
        employed = tokens[place].word in {"by", "for", "with"} and tokens[place - 1].word in {"employed", "working"}
        return not ((tokens[place].word in {"of", "at"} or employed) and place <= _NEAR)
    return False


def _is_negated(tokens: Sequence[Token], index: int) -> bool:
    for place in range(max(0, index - _NEAR), index):
        word = tokens[place].word
        follows = tokens[place + 1].word
        if (word in _NEGATIONS or word.endswith("n't")) and not (word == "not" and follows == "only"):
            return True
    return False


def _parties(tokens: Sequence[Token], graph: Graph) -> Iterator[_Party]:
    """Yield who is named in a clause: people and bodies with a record, and other names with capitals."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.entity is not None:
            entity = graph.entities.get(token.entity)
            if entity is not None and entity.kind in _ACTORS:
                yield _Party(index, index, token.entity, token.text)
            index += 1
            continue
        last = index
        while last < len(tokens) and _is_name(tokens[last]):
            last += 1
        if last - index > (1 if index == 0 else 0):
            yield _Party(index, last - 1, None, " ".join(one.text for one in tokens[index:last]))
        index = max(last, index + 1)


def _is_name(token: Token) -> bool:
    return (
        token.part is Part.WORD
        and token.is_capital
        and token.word not in _MONTHS
        and not token.word.endswith("'s")
        and token.entity is None
    )
