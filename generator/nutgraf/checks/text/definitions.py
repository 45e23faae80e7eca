"""Definitions as rules see them: what a term's entry says in which words."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from nutgraf.checks.text.tokens import read
from nutgraf.glossary import Mention, MentionKind, mentions_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutgraf.graph import Graph
    from nutgraf.model import Term


def home(graph: Graph, term: Term) -> str | None:
    """Return a story in which a term has its sense, if its sense is limited: there its definition is read."""
    if not term.scope:
        return None
    places = _places(graph.underlying)
    found = (places[name] for one in term.scope if (name := one.casefold()) in places)
    return next((name for _, name in sorted(found)), None)


@lru_cache(maxsize=4)
def _places(graph: Graph) -> Mapping[str, tuple[int, str]]:
    """Return for each story and topic the first story that is meant by it, and which one that is."""
    found: dict[str, tuple[int, str]] = {}
    for place, (name, story) in enumerate(graph.stories.items()):
        for scope in (name, *(topic.casefold() for topic in story.topics)):
            found.setdefault(scope, (place, name))
    return found


def definitions(term: Term) -> Iterator[tuple[str, str]]:
    """Yield the texts that explain a term, each with its field."""
    for field, text in (("short", term.short), ("long", term.long), ("comparison", term.comparison)):
        if text:
            yield field, text


def terms_in(graph: Graph, text: str, story: str | None) -> tuple[Mention, ...]:
    """Return the terms that a definition uses, with their places in it as typed.

    Where a term is only found once emphasis is taken away, or by a link, its place is all of the text.
    """
    plain = [one for one in read(text, graph, story).mentions if one.kind is MentionKind.TERM]
    known = {one.id for one in plain}
    rest = (one for one in mentions_in(graph, text, story) if one.kind is MentionKind.TERM and one.id not in known)
    return (*plain, *(Mention(0, 0, one.kind, one.id) for one in rest))
