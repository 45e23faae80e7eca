"""What published stories use: the rest of the entities, sources and terms is not published.

A story uses what its fields name and what its texts speak of or link, and so does each record that is used in turn: a
source its publisher, a term those in its definition. What rests on a statement of a draft (`about`, a role) is not
shown, so it uses nothing. Pages that are written by hand use the records that they link to.

A record that nothing uses must not change what published texts say: a word that it shares with one that is used means
the latter, whatever the order in which they were found.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final, TypeAlias

from nutgraf.glossary.forms import MentionKind
from nutgraf.glossary.markdown_text import read, reference
from nutgraf.glossary.matcher import finder_of
from nutgraf.glossary.mentions import filled
from nutgraf.model import EntityId, Record, Reference, SourceId, Statement, TermId
from nutgraf.model.record import Allow, references

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from nutgraf.glossary.matcher import Matcher
    from nutgraf.graph import Graph
    from nutgraf.model import Entity, Quantity, Source, Story, Term

Key: TypeAlias = "tuple[str, str]"
"""The folder of a record, and its id."""
Text: TypeAlias = "tuple[str, str | None]"
"""Inline Markdown, and the story in which it stands."""

_FOLDERS: Final[Mapping[type[Reference], str]] = {EntityId: "entities", SourceId: "sources", TermId: "glossary"}
_FOLDER_OF_MENTION: Final = {MentionKind.ENTITY: "entities", MentionKind.TERM: "glossary"}
_FOLDER_OF_LINK: Final = {"entity": "entities", "source": "sources", "term": "glossary"}
_UNSHOWN: Final = frozenset({"id", "allow", "excerpt", "topics", "url", "archived", "lang", "formerly", "removed"})
"""Fields of a story whose text no page shows, or shows as no prose."""


def published(graph: Graph) -> Graph:
    """Return a graph without the entities, sources and terms that none of its stories uses.

    Args:
        graph: without the stories that are not published.
    """
    used, content = uses(graph, graph.stories), graph.content
    if len(used) == len(content.entities) + len(content.sources) + len(content.terms):
        return graph
    kept = replace(
        content,
        entities={name: one for name, one in content.entities.items() if ("entities", name) in used},
        sources={name: one for name, one in content.sources.items() if ("sources", name) in used},
        terms={name: one for name, one in content.terms.items() if ("glossary", name) in used},
    )
    return replace(graph, content=kept)


def uses(graph: Graph, stories: Iterable[str]) -> frozenset[Key]:
    """Return the entities, sources and terms that some stories and pages written by hand use.

    Args:
        graph: has these stories, or holds them back.
        stories: their ids. No other one counts.
    """
    return _uses(graph.underlying, frozenset(stories))


@lru_cache(maxsize=8)
def _uses(graph: Graph, stories: frozenset[str]) -> frozenset[Key]:
    return _Search(graph, stories).run()


class _Search:
    """The state of one search. It lives as long as one call of `uses`."""

    def __init__(self, graph: Graph, stories: frozenset[str]) -> None:
        self.graph = graph
        self.stories = stories
        self.finder = finder_of(graph)
        self.found: set[Key] = set()
        self.unclear: list[Text] = []
        """Texts with a word that several records claim of which none is known to be used."""
        self._records = {folder: graph.records(folder) for folder in ("entities", "sources", "glossary")}

    def run(self) -> frozenset[Key]:
        texts: list[Text] = []
        for name, story in chain(self.graph.stories.items(), self.graph.held.items()):
            if name in self.stories:
                self._add_story(name, story, texts)
        self._add(self.graph.named, texts)
        while texts or self.unclear:
            if texts:
                self._search(texts)
            # Only once all that is clear is known: it may claim a word that is unclear so far.
            elif not self._guess(texts, guess=False) and not self._guess(texts, guess=True):
                break
        return frozenset(self.found)

    def _add_story(self, name: str, story: Story, texts: list[Text]) -> None:
        """Take what a story uses; where no word is contested, that is the same whatever else is used."""
        known = _KEPT.get(name)
        if known is not None and known[0] is story and known[1] is self.finder:
            self._add(known[2], texts)
            return
        named, own = [*_named_in(story)], [(text, name) for text in _texts_in(story, story.quantities)]
        if self.finder.is_contested:
            self._add(named, texts)
            texts += own
            return
        named += chain.from_iterable(self._spoken(text, guess=False) for text in own)
        _KEPT[name] = story, self.finder, tuple(dict.fromkeys(named))
        self._add(named, texts)

    def _search(self, texts: list[Text]) -> None:
        waiting, texts[:] = texts[:], []
        for text in waiting:
            self._add(self._spoken(text, guess=False), texts)

    def _guess(self, texts: list[Text], *, guess: bool) -> bool:
        """Look at unclear texts again, and tell whether that found anything."""
        waiting, self.unclear = self.unclear, []
        known = len(self.found)
        for place, text in enumerate(waiting):
            self._add(self._spoken(text, guess=guess), texts)
            if guess and len(self.found) > known:
                self.unclear += waiting[place + 1 :]
                break
        return len(self.found) > known

    def _add(self, keys: Iterable[Key], texts: list[Text]) -> None:
        """Take records as used, with all that their fields name, and remember the texts that they show."""
        waiting = [*keys]
        while waiting:
            folder, name = one = waiting.pop()
            record = self._records[folder].get(name)
            if record is None or one in self.found:
                continue
            self.found.add(one)
            shown = _SHOWN[folder](record, self._stands)
            waiting += chain.from_iterable(map(_named_in, shown.records))
            waiting += shown.keys
            texts += ((text, None) for text in shown.texts if text)

    def _stands(self, ref: str) -> bool:
        return ref.partition("/")[0] in self.stories

    def _spoken(self, text: Text, *, guess: bool) -> Iterator[Key]:
        """Yield the records that a text speaks of or links."""
        markdown, story = text
        seen = read(markdown)
        for _, _, href in seen.links:
            target = reference(href)
            if target is not None and target.kind in _FOLDER_OF_LINK:
                yield _FOLDER_OF_LINK[target.kind], target.name
        if not self.finder.is_contested:
            mentions = self.finder.find(seen.text, story, seen.barred)
        else:
            mentions, is_unclear = self.finder.sought(seen.text, story, seen.barred, self._is_known, guess=guess)
            if is_unclear:
                self.unclear.append(text)
        for one in mentions:
            yield _FOLDER_OF_MENTION[one.kind], one.id

    def _is_known(self, kind: MentionKind, name: str) -> bool:
        return (_FOLDER_OF_MENTION[kind], name) in self.found


_KEPT: Final[dict[str, tuple[Story, Matcher, tuple[Key, ...]]]] = {}
"""What each story used the last time: a change of one leaves all others as they are."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What pages show of a record.

    Attributes:
        records: parts of it whose fields name others.
        keys: others that it names.
        texts: inline Markdown in it in which names and terms are links.
    """

    records: tuple[Record, ...] = ()
    keys: tuple[Key, ...] = ()
    texts: tuple[str | None, ...] = ()


Stands: TypeAlias = "Callable[[str], bool]"
"""Tells whether a statement is in one of the stories."""


def _of_entity(entity: Entity, stands: Stands) -> _Shown:
    roles = tuple(one for one in entity.roles if one.source or not one.statement or any(map(stands, one.statement)))
    if not all(map(stands, entity.rests_on)):
        return _Shown(roles)
    return _Shown(roles, tuple(("sources", str(one)) for one in entity.source), (entity.about,))


def _of_source(source: Source, _stands: Stands) -> _Shown:
    return _Shown((source,), texts=(source.note,))


def _of_term(term: Term, _stands: Stands) -> _Shown:
    return _Shown((term,), texts=(term.short, term.long, term.comparison))


_SHOWN: Final[Mapping[str, Callable[..., _Shown]]] = {
    "entities": _of_entity,
    "sources": _of_source,
    "glossary": _of_term,
}


def _named_in(record: Record) -> Iterator[Key]:
    for _, ref in references(record):
        folder = _FOLDERS.get(type(ref))
        if folder is not None:
            yield folder, str(ref)


def _texts_in(value: object, quantities: Mapping[str, Quantity]) -> Iterator[str]:
    """Yield the texts that pages show of a story, with the units of figures in place of their names."""
    if type(value) is str:  # not an id, and not a word of a closed list
        yield filled(value, quantities.get)
        return
    if isinstance(value, Statement) and value.quantities:
        quantities = {**quantities, **value.quantities}
    for part in _parts_of(value):
        if part:
            yield from _texts_in(part, quantities)


def _parts_of(value: object) -> Iterable[object]:
    if isinstance(value, Record):
        return () if isinstance(value, Allow) else (one for name, one in value.__dict__.items() if name not in _UNSHOWN)
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, tuple) else ()
