"""What resolved content looks like: every link known from both ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from nutgraf.graph.redirects import Redirects, redirects
from nutgraf.loading.content import Positions
from nutgraf.model import (
    Certainty,
    DisputeStatus,
    Entity,
    EntityId,
    SourceId,
    SourceKind,
    Speaker,
    Summary,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from nutgraf.graph.origins import Origin
    from nutgraf.loading.content import Content
    from nutgraf.model import (
        Asserter,
        Dispute,
        FuzzyDate,
        Manner,
        NotStated,
        Quantity,
        Record,
        Source,
        SourceUse,
        Statement,
        Story,
        Term,
        Verb,
    )
    from nutgraf.model.record import Loc

T = TypeVar("T")
K = TypeVar("K")

_PARTIES: Final = frozenset({SourceKind.POST, SourceKind.RELEASE})
"""Publications in which a party speaks for itself: what they say is claimed, not reported."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing was written."""

    path: str
    loc: Loc


@dataclass(frozen=True, slots=True)
class Resolved:
    """A statement with all its defaults filled in and all its links resolved.

    Attributes:
        key: `story/statement`, unique in the site.
        story: the story's id.
        section: its section's index, None for a summary among the key points.
        statement: as written. A summary is one, too.
        uses: the sources it cites, never empty in content without errors.
        by: who asserts it: entities, speakers, anonymous people, or `Unnamed.UNNAMED`. Empty where nobody needs to or
            where the publisher is unknown.
        certainty: never absent.
        verb, manner, said: with the defaults of section and story.
        origins: the independent origins of `uses`.
        rests_on, refuted_by, conflicts_with: keys of statements.
        denies: key of the statement that it denies.
        replies, outcomes: keys of the statements that answer or end its accusations.
        superseded_by: key of the statement that took its place.
        disputes: ids of the disputes in which it is a position, the open ones first.
        place: where it was written.
    """

    key: str
    story: str
    section: int | None
    statement: Statement
    uses: tuple[SourceUse, ...]
    by: tuple[Asserter, ...]
    certainty: Certainty
    verb: Verb | None
    manner: Manner | None
    said: FuzzyDate | NotStated | None
    origins: tuple[Origin, ...]
    place: Place
    rests_on: tuple[str, ...] = ()
    refuted_by: tuple[str, ...] = ()
    conflicts_with: tuple[str, ...] = ()
    denies: str | None = None
    replies: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    superseded_by: str | None = None
    disputes: tuple[Dispute, ...] = ()

    @property
    def id(self) -> str:
        """Its id within the story."""
        return self.statement.id

    @property
    def is_summary(self) -> bool:
        """Tell whether it stands among the key points and sums up others."""
        return self.section is None

    @property
    def is_disputed(self) -> bool:
        """Tell whether an open dispute has it as a position."""
        return any(dispute.status is DisputeStatus.OPEN for dispute in self.disputes)

    @property
    def is_refuted(self) -> bool:
        """Tell whether another statement refutes it."""
        return bool(self.refuted_by)

    @property
    def is_accusation(self) -> bool:
        """Tell whether it accuses somebody."""
        return bool(self.statement.accuses)

    @property
    def is_retracted(self) -> bool:
        """Tell whether we took it back."""
        return self.statement.retracted is not None

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The ids of the sources it cites."""
        return tuple(str(use.id) for use in self.uses)


@dataclass(frozen=True, eq=False)
class Graph:
    """All content, resolved. It equals itself alone, so that what is derived from it can be kept by it.

    Attributes:
        content: the records; drafts are left out unless asked for.
        statements: every statement and summary by its key, story by story in reading order.
        timeline: keys of the dated statements of all stories, in order of time.
        positions: where things were written.
        damaged: what is missing because of a mistake that was reported, as in `Loaded`.
        held: the stories that are left out: drafts, and those under embargo.
        named: the records that pages written by hand link to, each by its folder and id.
    """

    content: Content
    statements: Mapping[str, Resolved]
    timeline: tuple[str, ...] = ()
    positions: Positions = field(default_factory=Positions)
    damaged: frozenset[str] = frozenset()
    held: Mapping[str, Story] = field(default_factory=dict)
    named: frozenset[tuple[str, str]] = frozenset()

    @property
    def underlying(self) -> Graph:
        """Itself; for a graph that stands for another, that one: see `focus`, and `RecordingGraph` in `building`.

        What is derived from all of a graph is derived from this one.
        """
        return self

    def record_index(self, what: str, derived: Mapping[str, T]) -> Mapping[str, T]:  # noqa: ARG002
        """Return what was derived from the whole graph, for a page to look things up in.

        Args:
            what: its name, one for each derivation.
            derived: by the ids of what the graph holds.
        """
        return derived

    def memoize(self, store: dict[K, T], key: K, make: Callable[[], T]) -> T:
        """Return what is kept in a store, made from this graph when it is asked for first."""
        if key not in store:
            store[key] = make()
        return store[key]

    @property
    def stories(self) -> Mapping[str, Story]:
        """Stories by id."""
        return self.content.stories

    @property
    def entities(self) -> Mapping[str, Entity]:
        """Entities by id."""
        return self.content.entities

    @property
    def sources(self) -> Mapping[str, Source]:
        """Sources by id."""
        return self.content.sources

    @property
    def terms(self) -> Mapping[str, Term]:
        """Terms by id."""
        return self.content.terms

    def entity(self, name: str) -> Entity:
        """Return an entity by its id; one that has no file, which is a reported mistake, goes by its id."""
        return self.entities.get(name) or _nameless(name)

    def is_damaged(self, path: str) -> bool:
        """Tell whether a file, or a part of it, is missing because of a mistake that was reported."""
        return any(one == path or one.startswith(f"{path}#") for one in self.damaged)

    def has_all(self, refs: Iterable[str]) -> bool:
        """Tell whether all statements are here that a record outside of stories rests on: none is in a draft."""
        return all(ref in self.statements for ref in refs)

    def records(self, folder: str) -> Mapping[str, Record]:
        """Return the records of a folder by id."""
        found: Mapping[str, Record] = getattr(self, "terms" if folder == "glossary" else folder)
        return found

    def in_story(self, story: str) -> tuple[Resolved, ...]:
        """Return the statements of a story in reading order, without the summaries of its key points."""
        return tuple(one for one in self._by_story.get(story, ()) if not one.is_summary)

    def in_time(self, story: str) -> tuple[str, ...]:
        """Return the keys of the dated statements of a story in order of time."""
        return self._by_time.get(story, ())

    def key_points(self, story: str) -> tuple[Resolved, ...]:
        """Return the key points of a story in order."""
        return tuple(
            self.statements[key]
            for point in self.stories[story].key_points
            if (key := key_of(story, point.id if isinstance(point, Summary) else point)) in self.statements
        )

    def quantity(self, resolved: Resolved, name: str) -> Quantity | None:
        """Return the quantity that a statement means by `name`, its own before the story's; None if there is none."""
        own = resolved.statement.quantities.get(name)
        return own if own is not None else self.stories[resolved.story].quantities.get(name)

    @cached_property
    def _by_story(self) -> Mapping[str, tuple[Resolved, ...]]:
        found: dict[str, list[Resolved]] = {}
        for one in self.statements.values():
            found.setdefault(one.story, []).append(one)
        return {story: tuple(ones) for story, ones in found.items()}

    @cached_property
    def _by_time(self) -> Mapping[str, tuple[str, ...]]:
        return _inverse((key, self.statements[key].story) for key in self.timeline)

    @cached_property
    def redirects(self) -> Redirects:
        """Former ids, and what they stand for now."""
        return redirects(self.content)

    @cached_property
    def by_source(self) -> Mapping[str, tuple[str, ...]]:
        """Keys of the statements that rest on each source, in the site's order."""
        return _inverse((one.key, source) for one in self.statements.values() for source in one.source_ids)

    @cached_property
    def citing(self) -> Mapping[str, int]:
        """How many statements rest on each source, without the summaries among key points."""
        return {name: sum(not self.statements[key].is_summary for key in keys) for name, keys in self.by_source.items()}

    @cached_property
    def by_asserter(self) -> Mapping[str, tuple[str, ...]]:
        """Keys of the statements that each entity asserts."""
        return _inverse(
            (one.key, entity) for one in self.statements.values() for by in one.by for entity in entities_of(by)
        )

    @cached_property
    def by_relation(self) -> Mapping[str, tuple[str, ...]]:
        """Keys of the statements that link each entity to another, or accuse it."""
        return _inverse(
            (one.key, entity)
            for one in self.statements.values()
            for part in (*one.statement.relation, *one.statement.accuses)
            for entity in _entities_in(part)
        )

    @cached_property
    def dependents(self) -> Mapping[str, tuple[str, ...]]:
        """Keys of the statements that point to each statement, in whatever way."""
        return _inverse((one.key, other) for one in self.statements.values() for other in _pointed_at(one))

    @cached_property
    def published_by(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the sources that each entity published."""
        return _inverse(
            (name, str(source.publisher))
            for name, source in self.sources.items()
            if isinstance(source.publisher, EntityId)
        )


@cache
def _nameless(name: str) -> Entity:
    return Entity(name=name)


def entities_of(by: Asserter) -> tuple[str, ...]:
    """Return the ids of the entities that an asserter names."""
    if isinstance(by, EntityId):
        return (str(by),)
    if isinstance(by, Speaker):
        return tuple(str(part) for part in (by.who, by.via, by.for_, by.at) if isinstance(part, EntityId))
    return ()


def key_of(story: str, ref: str) -> str:
    """Return the key of the statement that `ref` means when it is written in `story`."""
    return ref if "/" in ref else f"{story}/{ref}"


def is_publication(graph: Graph, resolved: Resolved, by: Asserter) -> bool:
    """Tell whether an asserter speaks as the publisher of a source that is cited or repeated, not as a party.

    An authority that accuses in a document of its own is a party where the editor says `claimed`.
    """
    if not isinstance(by, EntityId) or str(by) not in publications(graph.content, resolved.uses):
        return False
    cited = (graph.sources[name] for name in resolved.source_ids)
    own = any(source.is_primary and source.publisher == by for source in cited)
    return not (own and resolved.certainty is Certainty.CLAIMED)


def is_own_word(source: Source, entities: Mapping[str, Entity]) -> bool:
    """Tell whether a source is a party speaking for itself, whatever it speaks about.

    A post and a release always are. So is a filing, unless a court, a register or another public body issued it.
    """
    if source.kind is not SourceKind.FILING:
        return source.kind in _PARTIES
    publisher = entities.get(str(source.publisher)) if isinstance(source.publisher, EntityId) else None
    return publisher is not None and not publisher.is_official


def publications(content: Content, uses: Iterable[SourceUse]) -> frozenset[str]:
    """Return the publishers of `uses`, and of what these repeat, that speak on their own sourcing."""
    sources = content.sources
    names = [str(use.id) for use in uses if use.id in sources]
    names += [str(name) for use in uses for name in use.from_ if isinstance(name, SourceId) and name in sources]
    seen: set[str] = set()
    while names:
        name = names.pop()
        if name not in seen:
            seen.add(name)
            names += [str(parent) for parent in sources[name].derives_from if parent in sources]
    return frozenset(
        str(sources[name].publisher)
        for name in seen
        if isinstance(sources[name].publisher, EntityId) and not is_own_word(sources[name], content.entities)
    )


def _inverse(pairs: Iterable[tuple[str, str]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for key, target in pairs:
        found.setdefault(target, {})[key] = None
    return {target: tuple(keys) for target, keys in found.items()}


def _entities_in(part: object) -> Iterator[str]:
    if isinstance(part, tuple):
        yield from (str(item) for item in part if isinstance(item, EntityId))
    elif hasattr(part, "who"):
        yield from (str(item) for item in part.who if isinstance(item, EntityId))


def _pointed_at(one: Resolved) -> Iterator[str]:
    yield from (*one.rests_on, *one.refuted_by, *one.conflicts_with, *one.replies, *one.outcomes)
    yield from (key for key in (one.denies, one.superseded_by) if key)
