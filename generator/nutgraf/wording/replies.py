"""Which of the statements that stand as replies to an accusation are the accused's own words, said after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.graph import entities_of, is_own_word, key_of
from nutgraf.model import Anonymous, Certainty, EntityId, FuzzyDate, Speaker, StatementRef, UnnamedParty
from nutgraf.wording.framing import is_about, said_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Accusation, Asserter

Accused = EntityId | UnnamedParty


@dataclass(frozen=True, slots=True)
class Replies:
    """What is on record in reply to an accusation.

    Attributes:
        own: keys of what the accused, or somebody who speaks for them, said to it.
        earlier: keys of what they said before it.
        others: keys of what others said.
        silent: the accused of whom no reply is on record.
    """

    own: tuple[str, ...]
    earlier: tuple[str, ...]
    others: tuple[str, ...]
    silent: tuple[Accused, ...]


def replies_to(graph: Graph, resolved: Resolved, accusation: Accusation) -> Replies:
    """Return what is on record in reply to an accusation.

    Args:
        graph: all statements.
        resolved: the statement that accuses.
        accusation: one of its accusations.
    """
    keys = [key_of(resolved.story, ref) for ref in accusation.reply if isinstance(ref, StatementRef)]
    given = {key: graph.statements[key] for key in keys if key in graph.statements}
    by_accused = [key for key, reply in given.items() if any(speaks_for(graph, reply, who) for who in accusation.who)]
    own = [key for key in by_accused if not is_older(graph, given[key], resolved, accusation)]
    return Replies(
        own=tuple(own),
        earlier=tuple(key for key in by_accused if key not in own),
        others=tuple(key for key in given if key not in by_accused),
        silent=tuple(who for who in accusation.who if not any(speaks_for(graph, given[key], who) for key in own)),
    )


def accusers_of(resolved: Resolved) -> frozenset[str]:
    """Return the ids of those who make an accusation."""
    return frozenset(name for by in resolved.by for name in entities_of(by))


def speaks_for(graph: Graph, reply: Resolved, accused: Accused) -> bool:
    """Tell whether a statement is the word of an accused: their own, or that of somebody who speaks for them.

    Who holds an office in an organisation speaks for it, and so does whoever speaks in a document of its own. An act of
    theirs that is established speaks as well: "Bell pleaded guilty".
    """
    if reply.certainty is Certainty.ESTABLISHED and isinstance(accused, EntityId) and is_about(graph, reply, accused):
        return True
    said = said_of(graph, reply)
    on = said if isinstance(said, FuzzyDate) else None
    return any(_is_voice(by, accused) or _holds_office(graph, by, accused, on) for by in reply.by) or any(
        graph.sources[name].publisher == accused and is_own_word(graph.sources[name], graph.entities)
        for name in reply.source_ids
    )


def _holds_office(graph: Graph, by: Asserter, accused: Accused, on: FuzzyDate | None) -> bool:
    entity = graph.entities.get(str(by)) if isinstance(by, EntityId) else None
    return entity is not None and any(
        role.of == accused and not (role.to is not None and on is not None and role.to.surely_before(on))
        for role in entity.roles
    )


def _is_voice(by: Asserter, accused: Accused) -> bool:
    if isinstance(accused, UnnamedParty):
        words = by.anonymous if isinstance(by, Anonymous) else by.who if isinstance(by, Speaker) else ""
        return _bare(str(words)) == _bare(accused.unnamed)
    if isinstance(by, Speaker):
        return accused in {by.who, by.for_, by.via}
    return by == accused


def _bare(words: str) -> str:
    return " ".join(word for word in words.casefold().split() if word not in {"a", "an", "the"})


def is_older(graph: Graph, reply: Resolved, resolved: Resolved, accusation: Accusation) -> bool:
    """Tell whether a reply was surely said before the accusation, and before anybody was asked about it."""
    if reply.denies == resolved.key:
        return False
    said = said_of(graph, reply)
    known = [said] if isinstance(said, FuzzyDate) else [] if reply.said is not None else _published(graph, reply)
    accused = said_of(graph, resolved)
    moments = [accused] if isinstance(accused, FuzzyDate) else []
    # An article that accuses prints the reply that it asked for before it came out.
    if not moments and not {*reply.source_ids} & {*resolved.source_ids} and resolved.said is None:
        moments = _published(graph, resolved)
    if isinstance(accusation.asked, FuzzyDate) and moments:
        moments.append(accusation.asked)
    return bool(known and moments) and all(one.surely_before(moment) for one in known for moment in moments)


def _published(graph: Graph, resolved: Resolved) -> list[FuzzyDate]:
    dates: Iterable[object] = (graph.sources[name].published for name in resolved.source_ids)
    return [date for date in dates if isinstance(date, FuzzyDate)]
