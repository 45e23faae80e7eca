"""All that entities and terms are called in running text: names, short names, aliases, plurals, inflections."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from nutgraf.glossary.normalization import Spelling, key
from nutgraf.glossary.occurrence import Name, Word
from nutgraf.glossary.plurals import plurals
from nutgraf.model import Match

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nutgraf.graph import Graph
    from nutgraf.model import Entity, Term


R = TypeVar("R")


class MentionKind(StrEnum):
    """What a mention points to."""

    ENTITY = "entity"
    TERM = "term"


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which something is written.

    Attributes:
        key: what the automaton looks for.
        spelling: what counts as the form.
        kind, id: what it points to.
        rank: 0 for its name or label, 1 for another word for it, 2 for an inflection: the least is meant.
        use: where it can stand.
        unless: keys of phrases in which it means something else.
        scope: stories, and topics in lower case, to which the sense is limited; empty for none.
        lang: the language of a name, if the record says so.
    """

    key: str
    spelling: Spelling
    kind: MentionKind
    id: str
    rank: int
    use: Name | Word
    unless: tuple[str, ...] = ()
    scope: frozenset[str] = frozenset()
    lang: str | None = None


NO_PLURAL = "none"
"""The word in `plural` for what has none."""


def forms_of(graph: Graph) -> Iterator[Form]:
    """Yield the forms that are found wherever they stand; none for what only links point to."""
    for name, entity in graph.entities.items():
        if entity.match is not Match.EXPLICIT:
            yield from _kept(MentionKind.ENTITY, name, entity, _of_entity)
    for name, term in graph.terms.items():
        if term.match is not Match.EXPLICIT:
            yield from _kept(MentionKind.TERM, name, term, _of_term)


def _kept(kind: MentionKind, name: str, record: R, make: Callable[[str, R], Iterator[Form]]) -> tuple[Form, ...]:
    """Return the forms of a record, as they were the last time if it is the same."""
    before = _KEPT.get((kind, name))
    if before is None or before[0] is not record:
        before = _KEPT[kind, name] = record, tuple(make(name, record))
    return before[1]


_KEPT: Final[dict[tuple[MentionKind, str], tuple[object, tuple[Form, ...]]]] = {}
"""The last forms, with what they were made of: most changes of content change few records."""


def _of_entity(name: str, entity: Entity) -> Iterator[Form]:
    called: list[tuple[str, int, tuple[str, ...], str | None]] = [(entity.name, 0, (), None)]
    if entity.short and not is_generic(entity.short):
        called.append((entity.short, 1, (), None))
    called += [(one.text, 1, one.unless, one.lang) for one in entity.aliases if one.match is not Match.EXPLICIT]
    for text, rank, unless, lang in called:
        spelling = Spelling.of(text, exact=True)
        use = Name(spelling.text.casefold(), entity.kind, entity.pronoun, is_full=rank == 0)
        phrases = _phrases((*entity.unless, *unless))
        yield Form(key(text).text, spelling, MentionKind.ENTITY, name, rank, use, phrases, lang=lang)


def is_generic(short: str) -> bool:
    """Tell whether a short name is a common word, such as "office": it is written, but could be anybody's elsewhere."""
    return short == short.lower() != short.upper()


@dataclass(frozen=True, slots=True)
class Written:
    """A form of a term as it was written, or made from what was.

    Attributes:
        text: the form.
        exact, accents: as in `Term`.
        rank: as in `Form`.
        unless: phrases in which it means something else.
        match: where it is found.
        is_expansion: whether an abbreviation stands for it.
    """

    text: str
    exact: bool
    accents: bool
    rank: int
    unless: tuple[str, ...]
    match: Match = Match.AUTO
    is_expansion: bool = False


def written(term: Term) -> Iterator[Written]:
    """Yield the label, aliases, expansion and inflections of a term that are found in running text."""
    accents, unless, match = term.accents, term.unless, term.match
    yield Written(term.label, term.exact, accents, 0, unless, match)
    for one in (*_plural_of(term.label, term.plural), *term.forms):
        yield Written(one, term.exact, accents, 2, unless, match)
    if term.expansion:
        # An expansion explains an abbreviation: it is written like any words.
        for rank, one in ((1, term.expansion), *((2, one) for one in plurals(term.expansion))):
            yield Written(one, exact=False, accents=accents, rank=rank, unless=unless, match=match, is_expansion=True)
    for alias in term.aliases:
        if alias.match is not Match.EXPLICIT:
            phrases, exactly = (*unless, *alias.unless), accents and alias.accents
            found = alias.match if match is Match.AUTO else match
            yield Written(alias.text, alias.exact, exactly, 1, phrases, found)
            for one in _plural_of(alias.text, alias.plural):
                yield Written(one, alias.exact, exactly, 2, phrases, found)


def _plural_of(text: str, given: str | None) -> tuple[str, ...]:
    if given is None:
        return plurals(text)
    return () if given == NO_PLURAL else (given,)


@lru_cache(maxsize=256)
def _phrases(unless: tuple[str, ...]) -> tuple[str, ...]:
    """Return the keys of some phrases, in the plural, too."""
    return tuple(dict.fromkeys(key(one).text for phrase in unless for one in (phrase, *plurals(phrase))))


def _of_term(name: str, term: Term) -> Iterator[Form]:
    scope = frozenset(one.casefold() for one in term.scope)
    for one in written(term):
        yield Form(
            key(one.text).text,
            Spelling.of(one.text, exact=one.exact, accents=one.accents),
            MentionKind.TERM,
            name,
            one.rank,
            _use_of(one),
            _phrases(one.unless),
            scope,
        )


def _use_of(one: Written) -> Word:
    is_lower = not one.exact and one.text == one.text.lower()
    return Word(is_lower, one.is_expansion, len(one.text) == 1, one.match is Match.NUMBER)
