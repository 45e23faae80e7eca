"""Finds names and glossary terms in running text.

One automaton (Aho and Corasick, Efficient string matching, CACM 18(6), 1975) finds the keys of all forms in one pass
over the text, whatever their number. What it finds counts only in the right spelling and case, between the edges of
words, where it can be that name or word (`occurrence`), where no phrase of `unless` stands, and where no longer match
covers it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import is_
from typing import TYPE_CHECKING, Final, TypeAlias

import ahocorasick_rs

from nutgraf.glossary.forms import MentionKind, forms_of
from nutgraf.glossary.normalization import key
from nutgraf.glossary.occurrence import Name, addresses
from nutgraf.glossary.word_boundaries import stands_alone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from nutgraf.glossary.forms import Form
    from nutgraf.glossary.normalization import Key
    from nutgraf.graph import Graph


Fitting: TypeAlias = "Sequence[tuple[tuple[int, int], Form]]"
"""The forms that a stretch of text may be, each with how well it suits the place: least is best."""


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A name or term in a text.

    Attributes:
        start, end: where it stands, in characters of the text, `end` exclusive. A possessive 's is not a part of it.
        kind: whether it is a name or a term.
        id: the entity's or the term's id.
        is_name: whether it is the entity's full name.
        lang: the language of the name, if the record says so.
    """

    start: int
    end: int
    kind: MentionKind
    id: str
    is_name: bool = False
    lang: str | None = field(default=None, compare=False)


class Matcher:
    """Finds the names and terms of one graph."""

    def __init__(self, graph: Graph) -> None:
        """Take all names and terms of a graph."""
        self._forms: dict[str, list[Form]] = {}
        self._places = _places(graph)
        for form in forms_of(graph):
            if form.key:  # A name of nothing but invisible signs would be found everywhere.
                self._forms.setdefault(form.key, []).append(form)
        self._keys = list(self._forms)
        # Without any, a word means the same everywhere, and a text is looked through once for all stories.
        self._is_scoped = any(form.scope for forms in self._forms.values() for form in forms)
        self._found: dict[tuple[str, str | None, tuple[tuple[int, int], ...]], tuple[Mention, ...]] = {}
        self._automaton = ahocorasick_rs.AhoCorasick(self._keys) if self._keys else None

    def find(self, text: str, story: str | None = None, barred: Sequence[tuple[int, int]] = ()) -> tuple[Mention, ...]:
        """Return the mentions in a plain text, from left to right and without overlaps; the longest match wins.

        Args:
            text: without markup.
            story: where it stands; chooses between the senses of a word by their `scope`.
            barred: stretches of the text that no mention may touch, such as code, although they are parts of words.
        """
        if self._automaton is None:
            return ()
        # The same sentence stands on the pages of all that it speaks of.
        asked = (text, story if self._is_scoped else None, tuple(barred))
        found = self._found.get(asked)
        if found is None:
            if len(self._found) >= _MOST:
                self._found.clear()
            found = self._found[asked] = self._look(text, story, barred)
        return found

    def _look(self, text: str, story: str | None, barred: Sequence[tuple[int, int]]) -> tuple[Mention, ...]:
        return tuple(self._chosen(text, story, barred, _only))

    def _chosen(
        self, text: str, story: str | None, barred: Sequence[tuple[int, int]], choose: Callable[[Fitting], Form | None]
    ) -> Iterator[Mention]:
        """Yield what `choose` takes for each stretch of a text; what it passes over with `LookupError` is no word."""
        if self._automaton is None:
            return
        folded = key(text)
        found = self._automaton.find_matches_as_indexes(folded.text, overlapping=True)
        if not found:
            return
        barred = (*barred, *inner) if (inner := addresses(text)) else barred
        known = _Beside(self, text, folded, found)
        done = 0
        for index, first, last in sorted(found, key=lambda match: (match[1], -match[2])):
            start, end = folded.span(first, last)
            if start < done or (barred and any(start < stop and begin < end for begin, stop in barred)):
                continue
            fitting = [*self._fitting(self._keys[index], text, folded, (start, end), story, known)]
            if not fitting:
                continue
            try:
                form = choose(fitting)
            except LookupError:
                continue
            # Also where two claim it: a part of what nobody can tell the meaning of is no word, either.
            done = end
            if form is not None:
                is_name = form.kind is MentionKind.ENTITY and form.rank == 0
                yield Mention(start, end, form.kind, form.id, is_name, form.lang)

    @cached_property
    def is_contested(self) -> bool:
        """Tell whether two entities or terms share a word."""
        return any(len(_owners(forms)) > 1 for forms in self._forms.values())

    def sought(
        self,
        text: str,
        story: str | None,
        barred: Sequence[tuple[int, int]],
        is_known: Callable[[MentionKind, str], bool],
        *,
        guess: bool,
    ) -> tuple[tuple[Mention, ...], bool]:
        """Return the mentions in a text if all that is not known may turn out not to exist.

        What is known wins a word that others claim equally, whichever of them has it as its name. A word that only
        unknown ones claim is passed over where there are several, and so is what is a part of it: who claims both might
        win by the shorter one. Where guessing does not help either, the parts count.

        Args:
            text: as in `find`.
            story: as in `find`.
            barred: as in `find`.
            is_known: tells whether something is sure to exist.
            guess: whether of several unknown ones the best is taken: as `find` does, or whoever has it as its name.

        Returns:
            The mentions, and whether a word was passed over.
        """
        passed = False

        def choose(fitting: Fitting) -> Form | None:
            nonlocal passed
            # A sense whose scope is the story's is meant in any case.
            nearest = min(nearness for (nearness, _), _ in fitting)
            near = [one for one in fitting if one[0][0] == nearest]
            sure = [(rank, form) for rank, form in near if is_known(form.kind, form.id)]
            if sure:
                return _only(sure)
            is_clear = len(_owners([form for _, form in near])) == 1
            form = _only(near) if guess or is_clear else None
            form = form or (_best(near) if guess else None)
            if form is None:
                passed = True
                if guess:
                    raise LookupError
            return form

        return tuple(self._chosen(text, story, barred, choose)), passed

    def contested(
        self, text: str, story: str | None = None, barred: Sequence[tuple[int, int]] = ()
    ) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield the names in a text that several entities have, so that `find` passes over them.

        Args:
            text: as in `find`.
            story: as in `find`.
            barred: as in `find`.

        Yields:
            Where each begins and ends, and the ids of those entities.
        """
        told: list[tuple[str, ...]] = []

        def choose(fitting: Fitting) -> Form:
            form = _only(fitting)
            rivals = () if form else _owners([one for _, one in fitting])
            told.append(tuple(name for kind, name in rivals if kind is MentionKind.ENTITY))
            return form or fitting[0][1]

        if self.is_contested:
            found = tuple(self._chosen(text, story, barred, choose))
            for one, entities in zip(found, told, strict=True):
                if len(entities) > 1:
                    yield one.start, one.end, entities

    def claims(self, text: str) -> tuple[tuple[MentionKind, str], ...]:
        """Return the entities and terms that a whole text may be, in whatever scope."""
        return _owners(self._spelled(text))

    def rivals(self, text: str, story: str | None = None) -> tuple[tuple[MentionKind, str], ...]:
        """Return those that a whole text may equally be in a story; a label and an alias count as equal.

        The label of one wins over the alias of the other, which so is never found: that is a mistake, too. Only words
        win over inflections of others without anybody being wrong.
        """
        known = [(near, form) for form in self._spelled(text) if (near := self._nearness(form, story)) is not None]
        forms = [form for near, form in known if near == min(one for one, _ in known)]
        return _owners([one for one in forms if one.rank < _INFLECTION] or forms)

    def _spelled(self, text: str) -> list[Form]:
        return [one for one in self._forms.get(key(text).text, ()) if one.spelling.fits(text)]

    def _fitting(  # noqa: PLR0913, PLR0917 - it is called in one place
        self, pattern: str, text: str, folded: Key, span: tuple[int, int], story: str | None, known: _Beside
    ) -> Iterator[tuple[tuple[int, int], Form]]:
        """Yield the forms that a stretch of text may be, each with how well it suits the place: least is best."""
        start, end = span
        found = text[start:end]
        edges: dict[bool, bool] = {}
        for form in self._forms[pattern]:
            nearness = self._nearness(form, story)
            if nearness is None or not form.spelling.fits(found):
                continue
            joined = form.kind is MentionKind.ENTITY
            if joined not in edges:
                edges[joined] = stands_alone(text, start, end, joined=joined)
            if not edges[joined] or not form.use.fits(text, start, end, known):
                continue
            if not form.unless or not any(_covered(text, folded, phrase, span) for phrase in form.unless):
                yield (nearness, form.rank), form

    def names_at(self, index: int, text: str, start: int, end: int) -> list[Form]:
        """Return the names with the key of number `index` that a stretch of a text is spelled like."""
        forms = [one for one in self._forms[self._keys[index]] if one.kind is MentionKind.ENTITY]
        fitting = [one for one in forms if one.spelling.fits(text[start:end])]
        return fitting if fitting and stands_alone(text, start, end, joined=True) else []

    def _nearness(self, form: Form, story: str | None) -> int | None:
        """Return how closely the sense of a form is meant for a story; None if it is meant for others."""
        if not form.scope:
            return 2
        if story is None:
            return None
        if story in form.scope:
            return 0
        return 1 if form.scope & self._places.get(story, frozenset()) else None


class _Beside:
    """The names that stand in one text, for those that stand beside them."""

    def __init__(self, finder: Matcher, text: str, folded: Key, found: Sequence[tuple[int, int, int]]) -> None:
        self._finder = finder
        self._text = text
        self._folded = folded
        self._found = found

    @property
    def _spans(self) -> Iterator[tuple[int, int, int]]:
        return ((index, *self._folded.span(first, last)) for index, first, last in self._found)

    def ending(self, place: int) -> Name | None:
        """Return the longest name that ends at a place, unless several claim it."""
        return self._longest([one for one in self._spans if one[2] == place])

    def beginning(self, place: int) -> Name | None:
        """Return the longest name that begins at a place, unless several claim it."""
        return self._longest([one for one in self._spans if one[1] == place])

    def _longest(self, spans: list[tuple[int, int, int]]) -> Name | None:
        for index, start, end in sorted(spans, key=lambda one: one[1] - one[2]):
            forms = self._finder.names_at(index, self._text, start, end)
            if forms:
                names = [one.use for one in forms if isinstance(one.use, Name)]
                return names[0] if len(_owners(forms)) == 1 else None
        return None


_MOST: Final = 100_000
"""How many texts are remembered: some 50 MB."""
_INFLECTION: Final = 2
"""The rank of inflections."""


def _owners(forms: Sequence[Form]) -> tuple[tuple[MentionKind, str], ...]:
    return tuple(dict.fromkeys((one.kind, one.id) for one in forms))


def _best(fitting: Fitting) -> Form | None:
    """Return the form of the one that has a word as its name or label; None if several or none do."""
    named = [form for (_, rank), form in fitting if rank == 0]
    return named[0] if len(_owners(named)) == 1 else None


def _only(fitting: Fitting) -> Form | None:
    """Return the form that suits best: the nearest sense, then a label before an alias.

    None if two things claim the word equally: nobody can tell which is meant, and a wrong link is worse than none. A
    short name of one entity is as good as the full name of another.
    """
    if len(fitting) == 1:
        return fitting[0][1]
    least = min(rank for rank, _ in fitting)
    best = [form for rank, form in fitting if rank == least]
    if best[0].kind is MentionKind.ENTITY:
        best += [form for rank, form in fitting if rank[0] == least[0] and form.kind is MentionKind.ENTITY]
    return best[0] if len({(form.kind, form.id) for form in best}) == 1 else None


def _covered(text: str, folded: Key, phrase: str, span: tuple[int, int]) -> bool:
    """Tell whether `phrase`, a key, stands in the text so that it covers a stretch."""
    first = folded.text.find(phrase) if phrase else -1
    while first >= 0:
        start, end = folded.span(first, first + len(phrase))
        if start > span[0]:
            return False
        if end >= span[1] and stands_alone(text, start, end, joined=True):
            return True
        first = folded.text.find(phrase, first + 1)
    return False


def finder_of(graph: Graph) -> Matcher:
    """Return the finder of a graph, the same for each call."""
    return _finder_of(graph.underlying)


@lru_cache(maxsize=4)
def _finder_of(graph: Graph) -> Matcher:
    named, places = (*graph.entities.values(), *graph.terms.values()), _places(graph)
    for kept in _KEPT:
        if kept.places == places and len(kept.named) == len(named) and all(map(is_, kept.named, named)):
            return kept.finder
    forms = tuple(forms_of(graph))
    finder = next((one.finder for one in _KEPT if one.places == places and one.forms == forms), None) or Matcher(graph)
    _KEPT[:] = [_MatcherCache(named, forms, places, finder), *_KEPT[:1]]
    return finder


def _places(graph: Graph) -> Mapping[str, frozenset[str]]:
    """Return the topics of each story, in lower case."""
    stories = (*graph.stories.items(), *graph.held.items())
    return {name: frozenset(topic.casefold() for topic in story.topics) for name, story in stories}


@dataclass(frozen=True, slots=True)
class _MatcherCache:
    named: tuple[object, ...]
    forms: tuple[Form, ...]
    places: Mapping[str, frozenset[str]]
    finder: Matcher


_KEPT: Final[list[_MatcherCache]] = []
"""The last finders: most changes of content change no name and no word, and what was found in a text stays found."""
