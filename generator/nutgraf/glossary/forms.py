"""All that entities and terms are called in running text: names, short names, aliases, plurals, inflections."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeVar

from nutgraf.english import plurals
from nutgraf.glossary.spelling import Spelling, key
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
        unless: keys of phrases in which it means something else.
        scope: stories, and topics in lower case, to which the sense is limited; empty for none.
    """

    key: str
    spelling: Spelling
    kind: MentionKind
    id: str
    rank: int
    unless: tuple[str, ...] = ()
    scope: frozenset[str] = frozenset()


NO_PLURAL = "none"
"""The word in `plural` for what has none."""


def forms_of(graph: Graph) -> Iterator[Form]:
    """Yield the forms that are found wherever they stand; none for what only links point to."""
    for name, entity in graph.entities.items():
        if entity.match is Match.AUTO:
            yield from _kept(MentionKind.ENTITY, name, entity, _of_entity)
    for name, term in graph.terms.items():
        if term.match is Match.AUTO:
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
    called = [(entity.name, 0)]
    called += [(entity.short, 1)] if entity.short else []
    called += [(alias.text, 1) for alias in entity.aliases if alias.match is Match.AUTO]
    for text, rank in called:
        yield Form(key(text).text, Spelling.of(text, exact=True), MentionKind.ENTITY, name, rank)


@dataclass(frozen=True, slots=True)
class Written:
    """A form of a term as it was written, or made from what was.

    Attributes:
        text: the form.
        exact, accents: as in `Term`.
        rank: as in `Form`.
        unless: phrases in which it means something else.
    """

    text: str
    exact: bool
    accents: bool
    rank: int
    unless: tuple[str, ...]


def written(term: Term) -> Iterator[Written]:
    """Yield the label, aliases, expansion and inflections of a term that are found wherever they stand."""
    accents, unless = term.accents, term.unless
    yield Written(term.label, term.exact, accents, 0, unless)
    for one in (*_plural_of(term.label, term.plural), *term.forms):
        yield Written(one, term.exact, accents, 2, unless)
    if term.expansion:
        # An expansion explains an abbreviation: it is written like any words.
        yield Written(term.expansion, exact=False, accents=accents, rank=1, unless=unless)
        for one in plurals(term.expansion):
            yield Written(one, exact=False, accents=accents, rank=2, unless=unless)
    for alias in term.aliases:
        if alias.match is Match.AUTO:
            phrases, exactly = (*unless, *alias.unless), accents and alias.accents
            yield Written(alias.text, alias.exact, exactly, 1, phrases)
            for one in _plural_of(alias.text, alias.plural):
                yield Written(one, alias.exact, exactly, 2, phrases)


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
            _phrases(one.unless),
            scope,
        )
