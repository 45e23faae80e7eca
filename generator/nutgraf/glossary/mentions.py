"""Which statements speak of what."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from nutgraf.glossary.forms import MentionKind
from nutgraf.glossary.markdown_text import read, reference
from nutgraf.glossary.matcher import Matcher, Mention, finder_of
from nutgraf.graph import Graph, Resolved, entities_of
from nutgraf.model import EntityKind
from nutgraf.model.record import EntityId

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from nutgraf.model import Quantity


@dataclass(frozen=True)
class Mentions:
    """Which statements speak of what.

    Attributes:
        found: the mentions in each statement, by its key: in its text, the units of its figures and its manner
            ("in a tweet"), those that it links itself included. Where exactly they stand is the business of whoever
            renders the text.
        graph: whose statements they are.
    """

    graph: Graph
    found: Mapping[str, tuple[Mention, ...]]

    @cached_property
    def by_entity(self) -> Mapping[str, tuple[str, ...]]:
        """Keys of the statements that speak of each entity, in the site's order."""
        return self._inverse(MentionKind.ENTITY)

    @cached_property
    def by_term(self) -> Mapping[str, tuple[str, ...]]:
        """Keys of the statements that use each term, in the site's order."""
        return self._inverse(MentionKind.TERM)

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many statements of each story speak of each entity, by entity and story.

        Summaries among the key points are not counted: a story whose summary alone speaks of it has none.
        """
        found: dict[str, dict[str, int]] = {}
        for entity, keys in self.by_entity.items():
            counts = found[entity] = {}
            for key in keys:
                one = self.graph.statements[key]
                counts[one.story] = counts.get(one.story, 0) + (not one.is_summary)
        return found

    def in_story_terms(self, story: str) -> tuple[str, ...]:
        """Return the ids of the terms that a story uses, in the order of first use."""
        return self._in_story(story, MentionKind.TERM)

    def in_story_entities(self, story: str) -> tuple[str, ...]:
        """Return the ids of the entities that a story speaks of or cites, in the order of first mention."""
        spoken = self._in_story(story, MentionKind.ENTITY)
        asserters = (name for one in self.graph.in_story(story) for by in one.by for name in entities_of(by))
        return tuple(dict.fromkeys((*spoken, *(name for name in asserters if name in self.graph.entities))))

    def _in_story(self, story: str, kind: MentionKind) -> tuple[str, ...]:
        statements = (*self.graph.key_points(story), *self.graph.in_story(story))
        return tuple(
            dict.fromkeys(found.id for one in statements for found in self.found.get(one.key, ()) if found.kind is kind)
        )

    def _inverse(self, kind: MentionKind) -> Mapping[str, tuple[str, ...]]:
        keys: dict[str, dict[str, None]] = {}
        for key, mentions in self.found.items():
            for mention in mentions:
                if mention.kind is kind:
                    keys.setdefault(mention.id, {})[key] = None
            if kind is MentionKind.ENTITY:
                for entity in _linked(self.graph.statements[key]):
                    keys.setdefault(entity, {})[key] = None
        return {target: tuple(found) for target, found in keys.items()}


def _linked(resolved: Resolved) -> Iterator[str]:
    """Yield the entities that a statement is about by its data rather than its words."""
    for origin, _, target in resolved.statement.relation:
        yield from (str(origin), str(target))
    for accusation in resolved.statement.accuses:
        yield from (str(who) for who in accusation.who if isinstance(who, EntityId))


def mentions_of(graph: Graph) -> Mentions:
    """Find out which statements speak of what."""
    return _mentions_of(graph.underlying)


@lru_cache(maxsize=4)
def _mentions_of(graph: Graph) -> Mentions:
    finder = finder_of(graph)
    kept = _KEPT.found if _KEPT.finder is finder else {}
    found: dict[str, tuple[Resolved, tuple[Mention, ...]]] = {}
    for key, one in graph.statements.items():
        before = kept.get(key)
        same = before is not None and before[0] is one
        found[key] = before if same and before else (one, mentions_in(graph, _said(graph, one), one.story))
    _KEPT.finder, _KEPT.found = finder, found
    return Mentions(graph, {key: mentions for key, (_, mentions) in found.items()})


@dataclass(slots=True)
class _MentionCache:
    finder: Matcher | None = None
    found: Mapping[str, tuple[Resolved, tuple[Mention, ...]]] = field(default_factory=dict)


_KEPT: Final = _MentionCache()
"""The last mentions: a change of one story leaves those in all others as they are."""


def mentions_in(graph: Graph, markdown: str, story: str | None = None) -> tuple[Mention, ...]:
    """Return what some inline Markdown speaks of, the links that it writes itself included.

    Args:
        graph: whose names and terms.
        markdown: the text; mentions have their places in what readers see of it.
        story: where it stands, as in `Matcher.find`.
    """
    seen = read(markdown)
    found = finder_of(graph).find(seen.text, story, seen.barred)
    given = [one for start, end, href in seen.links if (one := _given(graph, start, end, href)) is not None]
    return tuple(sorted((*found, *given))) if given else found


def _given(graph: Graph, start: int, end: int, href: str) -> Mention | None:
    target = reference(href)
    if target is None:
        return None
    if target.kind == "term" and target.name in graph.terms:
        return Mention(start, end, MentionKind.TERM, target.name)
    if target.kind == "entity" and target.name in graph.entities:
        return Mention(start, end, MentionKind.ENTITY, target.name)
    return None


_SLOT: Final = re.compile(r"\{([^{}]*)\}")


def _said(graph: Graph, resolved: Resolved) -> str:
    """Return a statement's text with the units of its figures ("{gpus}" reads "about 10,000 GPUs"), and its manner."""
    text = filled(resolved.statement.text, lambda name: graph.quantity(resolved, name))
    return f"{text}\n{resolved.manner}" if resolved.manner else text


def filled(text: str, quantity: Callable[[str], Quantity | None]) -> str:
    """Return a text with the units of its figures in place of their names."""
    return _SLOT.sub(lambda slot: _unit(quantity(slot[1])), text) if "{" in text else text


def _unit(quantity: Quantity | None) -> str:
    return f"0 {quantity.unit}" if quantity and quantity.unit else ""


def people_named(found: Iterable[Mention], graph: Graph) -> tuple[str, ...]:
    """Return the ids of the people among some mentions, each once."""
    return tuple(
        dict.fromkeys(
            one.id
            for one in found
            if one.kind is MentionKind.ENTITY and graph.entities[one.id].kind is EntityKind.PERSON
        )
    )
