"""Finds names and glossary terms in running text, and so knows which statements speak of what.

One automaton (Aho-Corasick) finds all forms in one pass, whatever their number; what it finds counts only between word
boundaries, in the right case, and where no longer match covers it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

import ahocorasick_rs

from nutgraf.english import plural
from nutgraf.graph import Graph, Resolved, entities_of
from nutgraf.model import EntityKind, Match
from nutgraf.model.record import EntityId

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class MentionKind(StrEnum):
    """What a mention points to."""

    ENTITY = "entity"
    TERM = "term"


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A name or term in a text.

    Attributes:
        start, end: where it stands, in characters of the text, `end` exclusive.
        kind: whether it is a name or a term.
        id: the entity's or the term's id.
        is_name: whether it is the entity's full name.
    """

    start: int
    end: int
    kind: MentionKind
    id: str
    is_name: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """One way in which something is written."""

    text: str
    kind: MentionKind
    id: str
    exact: bool
    rank: int  # 0: its name or label, 1: its short name, an alias or an inflection
    unless: tuple[str, ...] = ()
    scope: frozenset[str] = frozenset()


_SAME: Final = {
    ord("\u2010"): "-",
    ord("\u2011"): "-",
    ord("\u2019"): "'",
    ord("\u00a0"): " ",
    ord("\u202f"): " ",
    ord("\n"): " ",
    ord("\t"): " ",
}


def _fold(text: str) -> str:
    """Return `text` in lower case and with plain hyphens, apostrophes and spaces, character for character."""
    lower = text.lower()
    if len(lower) != len(text):  # İ and a few others grow: positions would move
        lower = "".join(low if len(low := one.lower()) == 1 else one for one in text)
    return lower.translate(_SAME)


class Finder:
    """Finds the names and terms of one graph."""

    def __init__(self, graph: Graph) -> None:
        """Take all names and terms of a graph."""
        self._forms: dict[str, list[_Form]] = {}
        self._topics = {
            name: frozenset({name, *(topic.casefold() for topic in story.topics)})
            for name, story in graph.stories.items()
        }
        for form in (*_entity_forms(graph), *_term_forms(graph)):
            self._forms.setdefault(_fold(form.text), []).append(form)
        self._patterns = list(self._forms)
        self._automaton = ahocorasick_rs.AhoCorasick(self._patterns) if self._patterns else None

    def find(self, text: str, story: str | None = None) -> tuple[Mention, ...]:
        """Return the mentions in a plain text, from left to right and without overlaps; the longest match wins.

        Args:
            text: without markup.
            story: where it stands; chooses between the senses of a word by their `scope`.
        """
        if self._automaton is None:
            return ()
        folded = _fold(text)
        found: list[tuple[int, int, str]] = [
            (start, end, self._patterns[index])
            for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True)
            if _stands_alone(text, start, end)
        ]
        found.sort(key=lambda match: (match[0], -match[1]))
        mentions: list[Mention] = []
        for start, end, pattern in found:
            if mentions and start < mentions[-1].end:
                continue
            form = self._choose(pattern, text, folded, start, end, story)
            if form is not None:
                mentions.append(
                    Mention(start, end, form.kind, form.id, form.kind is MentionKind.ENTITY and form.rank == 0)
                )
        return tuple(mentions)

    def _choose(  # noqa: PLR0913, PLR0917 - all of it is the one match
        self, pattern: str, text: str, folded: str, start: int, end: int, story: str | None
    ) -> _Form | None:
        here = self._topics.get(story, frozenset()) if story else frozenset()
        fitting = [
            form
            for form in self._forms[pattern]
            if _case_fits(form, text[start:end])
            and (not form.scope or form.scope & here)
            and not any(_covered(folded, _fold(phrase), start, end) for phrase in form.unless)
        ]
        # A sense that is made for this place comes before one that is good anywhere; a full name before a short one.
        fitting.sort(key=lambda form: (not form.scope, form.rank))
        if not fitting:
            return None
        best = [form for form in fitting if (not form.scope, form.rank) == (not fitting[0].scope, fitting[0].rank)]
        # Two that claim the same word equally: nobody can tell which is meant, and a wrong link is worse than none.
        return best[0] if len({(form.kind, form.id) for form in best}) == 1 else None


@lru_cache(maxsize=4)
def finder_of(graph: Graph) -> Finder:
    """Return the finder of a graph, the same for each call."""
    return Finder(graph)


def _entity_forms(graph: Graph) -> Iterator[_Form]:
    for name, entity in graph.entities.items():
        if entity.match is Match.EXPLICIT:
            continue
        yield _Form(entity.name, MentionKind.ENTITY, name, exact=True, rank=0)
        if entity.short:
            yield _Form(entity.short, MentionKind.ENTITY, name, exact=True, rank=1)
        for alias in entity.aliases:
            if alias.match is Match.AUTO:
                yield _Form(alias.text, MentionKind.ENTITY, name, exact=True, rank=1)


def _term_forms(graph: Graph) -> Iterator[_Form]:
    for name, term in graph.terms.items():
        scope = frozenset(one.casefold() for one in term.scope)
        given = [(term.label, term.exact, 0, term.unless, term.match)]
        given += [(alias.text, alias.exact, 1, (*term.unless, *alias.unless), alias.match) for alias in term.aliases]
        if term.expansion:
            given.append((term.expansion, False, 1, term.unless, term.match))
        if term.plural:
            given.append((term.plural, term.exact, 1, term.unless, term.match))
        for text, exact, rank, unless, match in given:
            if match is Match.EXPLICIT or term.match is Match.EXPLICIT:
                continue
            forms = {text, plural(text)} if not (text == term.label and term.plural) else {text}
            for form in sorted(forms):
                yield _Form(form, MentionKind.TERM, name, exact, rank if form == text else 1, unless, scope)


def _case_fits(form: _Form, found: str) -> bool:
    plain = found.translate(_SAME)
    wanted = form.text.translate(_SAME)
    if plain == wanted:
        return True
    if form.exact:
        return False
    # At the start of a sentence; anywhere, for a word that has no capitals of its own.
    return plain[1:] == wanted[1:] or wanted.islower()


def _covered(folded: str, phrase: str, start: int, end: int) -> bool:
    """Tell whether `phrase` stands in the text so that it covers the match."""
    first = folded.find(phrase, max(0, end - len(phrase)))
    while 0 <= first <= start:
        if first + len(phrase) >= end:
            return True
        first = folded.find(phrase, first + 1)
    return False


_JOINERS: Final = re.compile(r"[\w\u200c\u200d]")


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether no word goes on before or behind a match."""
    before = text[start - 1] if start else " "
    behind = text[end] if end < len(text) else " "
    if unicodedata.combining(behind) or (_is_wordy(behind) and _is_wordy(text[end - 1])):
        return False
    return not (_is_wordy(before) and _is_wordy(text[start]))


def _is_wordy(character: str) -> bool:
    # Chinese, Japanese and Thai do not separate words: a neighbour there says nothing.
    return bool(_JOINERS.match(character)) and not _is_unspaced(character)


def _is_unspaced(character: str) -> bool:
    name = unicodedata.name(character, "")
    return name.startswith(("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"))


@dataclass(frozen=True)
class Mentions:
    """Which statements speak of what.

    Attributes:
        found: the mentions in the text of each statement, by its key.
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


_MARKUP: Final = re.compile(r"\]\([^)]*\)|\{[^}]*\}|[*`\[\]\\]")


@lru_cache(maxsize=4)
def mentions_of(graph: Graph) -> Mentions:
    """Find out which statements speak of what."""
    finder = finder_of(graph)
    return Mentions(graph, {key: finder.find(_bare(one), one.story) for key, one in graph.statements.items()})


def _bare(resolved: Resolved) -> str:
    # Emphasis must not hide a name. Exact positions are the business of whoever renders the text.
    return _MARKUP.sub("", resolved.statement.text)


def people_named(found: Iterable[Mention], graph: Graph) -> tuple[str, ...]:
    """Return the ids of the people among some mentions, each once."""
    return tuple(
        dict.fromkeys(
            one.id
            for one in found
            if one.kind is MentionKind.ENTITY and graph.entities[one.id].kind is EntityKind.PERSON
        )
    )
