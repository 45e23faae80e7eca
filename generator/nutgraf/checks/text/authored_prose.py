"""Prose that people type and the site prints as it is: titles, questions, unknowns, introductions.

Everything else is compiled from statements and carries its attribution. This does not, so it says in `rests_on` what
it takes for granted, and rules hold it to that.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from nutgraf.checks.text.tokens import Reading, read
from nutgraf.graph import key_of
from nutgraf.loading.content import record_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nutgraf.graph import Graph, Resolved
    from nutgraf.model.record import Loc

ASKING: Final = frozenset(
    {"what", "which", "who", "whom", "whose", "whether", "if", "did", "was", "is", "are", "were", "does", "do", "has"}
    | {"have", "had", "could", "can", "will", "would", "should", "may", "might"}
)
"""Words that a text begins with which asks for what follows, rather than taking it for granted as "why" does."""


@dataclass(frozen=True)
class Typed:
    """A text that is printed as it was typed.

    Attributes:
        path, loc: where it stands.
        what: what it is, in an editor's words: "title", "section title", ...
        reading: the text.
        bases: the statements that it rests on.
        sources: ids of the sources that it cites itself; entities alone may.
        story: the story that it stands in; None in the record of an entity.
        entity: the entity whose record it stands in.
    """

    path: str
    loc: Loc
    what: str
    reading: Reading
    bases: tuple[Resolved, ...] = ()
    sources: tuple[str, ...] = ()
    story: str | None = None
    entity: str | None = None

    @property
    def text(self) -> str:
        """The text as loaded."""
        return self.reading.text

    @cached_property
    def asks(self) -> bool:
        """Tell whether it asks whether something is so, or what did it."""
        tokens = self.reading.tokens
        if not tokens:
            return False
        asking = self.text.endswith("?") and tokens[0].word not in {"why", "how", "when", "where"}
        return tokens[0].word in ASKING or asking


def printed(graph: Graph) -> Iterable[Typed]:
    """Return whatever else pages print as it was typed: notes, roles, short names, relationships, definitions."""
    return _printed(graph)


@lru_cache(maxsize=4)
def _printed(graph: Graph) -> tuple[Typed, ...]:
    return (*_notes_of_stories(graph), *_words_of_statements(graph), *_notes_of_records(graph))


def _notes_of_stories(graph: Graph) -> Iterator[Typed]:
    for name, story in graph.stories.items():
        path = record_path("stories", name)
        for index, revision in enumerate(story.revisions):
            for field in ("was", "note"):
                if text := getattr(revision, field):
                    bases = _bases(graph, name, revision.statements)
                    yield Typed(
                        path, ("revisions", index, field), "revision", read(text, graph, name), bases, story=name
                    )
        for index, unknown in enumerate(story.unknowns):
            if unknown.would_settle:
                reading, bases = read(unknown.would_settle, graph, name), _bases(graph, name, unknown.rests_on)
                yield Typed(path, ("unknowns", index, "would_settle"), "`would_settle`", reading, bases, story=name)


def _words_of_statements(graph: Graph) -> Iterator[Typed]:
    for one in graph.statements.values():
        path, loc = one.place.path, one.place.loc
        if one.statement.when_text:
            reading = read(one.statement.when_text, graph, one.story)
            yield Typed(path, (*loc, "when_text"), "`when_text`", reading, (one,), story=one.story)
        for index, (subject, phrase, _) in enumerate(one.statement.relation):
            reading = read(phrase, graph, one.story)
            place = (*loc, "relation", index, 1)
            yield Typed(path, place, "relationship", reading, (one,), story=one.story, entity=str(subject))
        for by in one.by:
            for field in ("anonymous", "terms"):
                if isinstance(text := getattr(by, field, None), str) and text:
                    yield Typed(path, (*loc, "by"), "`by`", read(text, graph, one.story), (one,), story=one.story)


def _notes_of_records(graph: Graph) -> Iterator[Typed]:
    for name, entity in graph.entities.items():
        path = record_path("entities", name)
        if entity.short:
            # Its words count, not that they are a name.
            yield Typed(path, ("short",), "`short`", Reading(entity.short, entity.short), entity=name)
        for index, alias in enumerate(entity.aliases):
            yield Typed(path, ("aliases", index), "alias", Reading(alias.text, alias.text), entity=name)
        for index, role in enumerate(entity.roles):
            bases = _bases(graph, "", role.statement)
            yield Typed(path, ("roles", index, "role"), "role", read(role.role, graph), bases, entity=name)
    for name, source in graph.sources.items():
        if source.note:
            bases = tuple(graph.statements[key] for key in graph.by_source.get(name, ()))
            yield Typed(record_path("sources", name), ("note",), "note", read(source.note, graph), bases)
    for name, term in graph.terms.items():
        for field in ("short", "long"):
            if text := getattr(term, field):
                yield Typed(record_path("glossary", name), (field,), "definition", read(text, graph))


def typed(graph: Graph) -> Iterable[Typed]:
    """Return all typed prose of the site, in the order of its files."""
    return _typed(graph)


@lru_cache(maxsize=4)
def _typed(graph: Graph) -> tuple[Typed, ...]:
    return (*_of_stories(graph), *_of_entities(graph))


def _of_stories(graph: Graph) -> Iterator[Typed]:
    for name, story in graph.stories.items():
        path = record_path("stories", name)

        def one(  # noqa: PLR0913, PLR0917 - it is called in this loop alone
            loc: Loc, what: str, text: str | None, rests_on: Iterable[str], story: str = name, path: str = path
        ) -> Iterator[Typed]:
            if text:
                yield Typed(path, loc, what, read(text, graph, story), _bases(graph, story, rests_on), story=story)

        yield from one(("title",), "title", story.title, story.rests_on)
        yield from one(("question",), "question", story.question, story.rests_on)
        for index, section in enumerate(story.sections):
            yield from one(("sections", index, "title"), "section title", section.title, section.rests_on)
        for index, dispute in enumerate(story.disputes):
            yield from one(("disputes", index, "question"), "question", dispute.question, dispute.rests_on)
        for index, unknown in enumerate(story.unknowns):
            yield from one(("unknowns", index, "text"), "unknown", unknown.text, unknown.rests_on)


def _of_entities(graph: Graph) -> Iterator[Typed]:
    for name, entity in graph.entities.items():
        for field in ("about", "intro"):
            text = getattr(entity, field)
            if text and text != "none":
                yield Typed(
                    record_path("entities", name),
                    (field,),
                    f"`{field}`",
                    read(text, graph),
                    _bases(graph, "", entity.rests_on),
                    tuple(str(source) for source in entity.source),
                    entity=name,
                )


def _bases(graph: Graph, story: str, rests_on: Iterable[str]) -> tuple[Resolved, ...]:
    keys = (key_of(story, ref) for ref in rests_on)
    return tuple(graph.statements[key] for key in keys if key in graph.statements)
