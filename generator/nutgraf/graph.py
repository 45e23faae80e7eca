"""Resolved content: every id looked up, every default filled in, every link known from both ends.

`resolve` is a function from content to graph. What does not resolve is a diagnostic, and is left out of the graph, so
that all later steps can follow every link without looking twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from nutgraf.diagnostics import Diagnostic, Related, did_you_mean
from nutgraf.loading.content import FOLDERS, Content, Loaded, Positions, record_path
from nutgraf.model import (
    Anonymous,
    Certainty,
    DisputeStatus,
    EntityId,
    NotStated,
    Own,
    Quantity,
    Reference,
    SourceId,
    SourceKind,
    Speaker,
    Statement,
    StatementRef,
    StoryId,
    StoryStatus,
    Summary,
    TermId,
    Unnamed,
)
from nutgraf.model.record import references
from nutgraf.model.statement import slots
from nutgraf.timeline import Order, in_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nutgraf.model import Asserter, Dispute, Entity, FuzzyDate, Manner, Record, Source, SourceUse, Story, Term, Verb
    from nutgraf.model.record import Loc

_PARTIES: Final = frozenset({SourceKind.POST, SourceKind.RELEASE})
"""Publications in which a party speaks for itself: what they say is claimed, not reported."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing was written."""

    path: str
    loc: Loc


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent origin of a statement.

    Attributes:
        sources: the cited sources that share it; one, as a rule.
        repeated_by: further cited sources that repeat one of these.
        root: the source that all of it goes back to; None, "origin not stated", where that may be one of several.
    """

    sources: tuple[str, ...]
    repeated_by: tuple[str, ...] = ()
    root: str | None = None


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
    """

    content: Content
    statements: Mapping[str, Resolved]
    timeline: tuple[str, ...] = ()
    positions: Positions = field(default_factory=Positions)

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

    def in_story(self, story: str) -> tuple[Resolved, ...]:
        """Return the statements of a story in reading order, without the summaries of its key points."""
        return tuple(one for one in self._by_story.get(story, ()) if not one.is_summary)

    def key_points(self, story: str) -> tuple[Resolved, ...]:
        """Return the key points of a story in order."""
        return tuple(
            self.statements[key]
            for point in self.stories[story].key_points
            if (key := key_of(story, point.id if isinstance(point, Summary) else point)) in self.statements
        )

    def quantity(self, resolved: Resolved, name: str) -> Quantity:
        """Return the quantity that a statement means by `name`; its own come before the story's."""
        own = resolved.statement.quantities.get(name)
        return own if own is not None else self.stories[resolved.story].quantities[name]

    @cached_property
    def _by_story(self) -> Mapping[str, tuple[Resolved, ...]]:
        found: dict[str, list[Resolved]] = {}
        for one in self.statements.values():
            found.setdefault(one.story, []).append(one)
        return {story: tuple(ones) for story, ones in found.items()}

    @cached_property
    def by_source(self) -> Mapping[str, tuple[str, ...]]:
        """Keys of the statements that rest on each source, in the site's order."""
        return _inverse((one.key, source) for one in self.statements.values() for source in one.source_ids)

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
    """Tell whether an asserter speaks as the publisher of a source that is cited or repeated, not as a party."""
    return isinstance(by, EntityId) and str(by) in _publishers(graph.sources, resolved.uses)


def _publishers(sources: Mapping[str, Source], uses: Iterable[SourceUse]) -> frozenset[str]:
    """Return the publishers of `uses`, and of what these repeat, that speak on their own sourcing."""
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
        if sources[name].kind not in _PARTIES and isinstance(sources[name].publisher, EntityId)
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


# ---- resolving ----


@dataclass(frozen=True, slots=True)
class Resolution:
    """A graph and what did not resolve on the way to it."""

    graph: Graph
    diagnostics: tuple[Diagnostic, ...] = ()


def resolve(loaded: Loaded, *, drafts: bool = False) -> Resolution:
    """Resolve all ids, defaults and links.

    Args:
        loaded: what the files hold.
        drafts: whether stories with the status `draft` take part; a published site leaves them out.
    """
    return _Resolver(loaded, drafts=drafts).resolve()


_FOLDER_OF: Final[Mapping[type[Reference], str]] = {
    EntityId: "entities",
    SourceId: "sources",
    TermId: "glossary",
    StoryId: "stories",
}


class _Resolver:
    """The state of one resolution: what is known so far. It lives as long as one call of `resolve`."""

    def __init__(self, loaded: Loaded, *, drafts: bool) -> None:
        content = loaded.content
        self.loaded = loaded
        self.drafts = frozenset(
            name for name, story in content.stories.items() if story.status is StoryStatus.DRAFT and not drafts
        )
        stories = {name: story for name, story in content.stories.items() if name not in self.drafts}
        self.content = replace(content, stories=stories)
        self.known: Mapping[str, Mapping[str, Record]] = {
            "stories": content.stories,
            "entities": content.entities,
            "sources": content.sources,
            "glossary": content.terms,
        }
        self.places: dict[str, Place] = {}
        self.written: dict[str, tuple[str, int | None, Statement]] = {}
        self.done: dict[str, Resolved] = {}
        self.under_way: list[str] = []
        self.disputes: dict[str, list[Dispute]] = {}
        self.diagnostics: list[Diagnostic] = []
        self.ancestors: dict[str, frozenset[str]] = {}

    def resolve(self) -> Resolution:
        for story in self.content.stories:
            self._collect(story)
        self._check_references()
        self._check_derivations()
        for name, story in self.content.stories.items():
            for dispute in sorted(story.disputes, key=lambda one: one.status is not DisputeStatus.OPEN):
                for position in dispute.positions:
                    self.disputes.setdefault(key_of(name, position), []).append(dispute)
        for key in self.written:
            self._resolve(key)
        # Summaries are resolved on demand and out of turn: back to the order in which they were written.
        statements = {key: self.done[key] for key in self.written if key in self.done}
        order = in_order(_dated(statements))
        self.diagnostics += (self._out_of_order(key, other) for key, other in order.contradictions)
        graph = Graph(self.content, statements, order.keys, self.loaded.positions)
        return Resolution(graph, tuple(self.diagnostics))

    # -- what is there --

    def _collect(self, name: str) -> None:
        story = self.content.stories[name]
        path = self._path("stories", name)
        anchors: dict[str, Place] = {}
        for section_index, section in enumerate(story.sections):
            for index, statement in enumerate(section.statements):
                place = Place(path, ("sections", section_index, "statements", index))
                if self._claim(anchors, str(statement.id), place):
                    self._add(name, section_index, statement, place)
        for index, point in enumerate(story.key_points):
            if isinstance(point, Summary):
                place = Place(path, ("key_points", index))
                if self._claim(anchors, str(point.id), place):
                    statement = Statement.model_construct(
                        None, **{**_BLANK, "id": point.id, "text": point.text, "rests_on": point.rests_on}
                    )
                    self._add(name, None, statement, place)
        for kind, items in (("disputes", story.disputes), ("unknowns", story.unknowns)):
            for index, item in enumerate(items):
                self._claim(anchors, str(item.id), Place(path, (kind, index)))

    def _add(self, story: str, section: int | None, statement: Statement, place: Place) -> None:
        key = key_of(story, statement.id)
        self.written[key] = (story, section, statement)
        self.places[key] = place
        own, shared = statement.quantities, self.content.stories[story].quantities
        for attribute in ("text", "after_previous"):
            text = getattr(statement, attribute)
            for slot in slots(text) if text else ():
                if slot not in own and slot not in shared and not self._is_damaged(place.path):
                    self._say(
                        "unknown-quantity",
                        f"The text uses `{{{slot}}}`, which is no quantity of the story",
                        Place(place.path, (*place.loc, attribute)),
                        did_you_mean(slot, [*own, *shared]) or "Add it under `quantities`.",
                    )

    def _claim(self, anchors: dict[str, Place], name: str, place: Place) -> bool:
        here = Place(place.path, (*place.loc, "id"))
        if name.startswith("section-"):
            self._say(
                "reserved-id",
                f"The id `{name}` begins with `section-`, which is kept for the page's own parts",
                here,
                "Choose another id.",
            )
        if name not in anchors:
            anchors[name] = here
            return True
        first = self.loaded.positions.span(anchors[name].path, anchors[name].loc)
        self.diagnostics.append(
            Diagnostic(
                "duplicate-id",
                f"The id `{name}` is taken already",
                self.loaded.positions.span(here.path, here.loc),
                help="An id is an anchor of the page: choose another one.",
                related=(Related(first, "first used here"),),
            )
        )
        return False

    # -- what points where --

    def _check_references(self) -> None:
        for folder in FOLDERS:
            records = self.content.stories if folder == "stories" else self.known[folder]
            for name, record in records.items():
                path = self._path(folder, name)
                for loc, ref in references(record):
                    if not self._exists(ref, folder, name):
                        self._say_unknown(ref, folder, name, Place(path, loc))

    def _exists(self, ref: Reference, folder: str, name: str) -> bool:
        if isinstance(ref, StatementRef):
            if "/" not in ref and folder != "stories":
                return False
            return key_of(name, ref) in self.written
        return str(ref) in self.known[_FOLDER_OF[type(ref)]] and not (isinstance(ref, StoryId) and ref in self.drafts)

    def _say_unknown(self, ref: Reference, folder: str, name: str, place: Place) -> None:
        if isinstance(ref, StatementRef):
            if "/" not in ref and folder != "stories":
                advice = "Outside a story, write `story-id/statement-id`."
                self._say("unknown-statement", f"`{ref}` does not say in which story", place, advice)
                return
            story, _, wanted = key_of(name, ref).partition("/")
            path = self._path("stories", story)
            if self._is_damaged(path) or f"{path}#{wanted}" in self.loaded.damaged:
                return
            if story in self.drafts:
                headline = f"`{ref}` is a statement of a draft, which is not published"
                self._say("refers-to-draft", headline, place, "Publish the draft, or remove the reference.")
                return
            local = [key.partition("/")[2] for key in self.written if key.startswith(f"{story}/")]
            known = local if "/" not in ref else [*self.written]
        else:
            target = _FOLDER_OF[type(ref)]
            if self._is_damaged(record_path(target, ref)) or self._is_damaged(f"{target}/{ref}.yaml"):
                return
            known = [*self.known[target]]
        advice = did_you_mean(ref, known)
        if not advice and not isinstance(ref, StatementRef):
            advice = f"Add the file `{record_path(_FOLDER_OF[type(ref)], ref)}`."
        self._say(f"unknown-{ref.what}", f"There is no {ref.what} `{ref}`", place, advice)

    def _check_derivations(self) -> None:
        for name in self.content.sources:
            if name in self._ancestors(name):
                place = Place(self._path("sources", name), ("derives_from",))
                self._say("circular-derivation", f"The source `{name}` derives from itself", place)

    def _ancestors(self, name: str) -> frozenset[str]:
        """Return all sources that `name` derives from, directly or not; itself only if in a circle."""
        if name not in self.ancestors:
            found: set[str] = set()
            waiting = [*self._parents(name)]
            while waiting:
                one = waiting.pop()
                if one not in found:
                    found.add(one)
                    waiting += self._parents(one)
            self.ancestors[name] = frozenset(found)
        return self.ancestors[name]

    def _parents(self, name: str) -> tuple[str, ...]:
        source = self.content.sources.get(name)
        return tuple(str(parent) for parent in source.derives_from if parent in self.content.sources) if source else ()

    # -- statements --

    def _resolve(self, key: str) -> Resolved | None:
        if key in self.done or key not in self.written:
            return self.done.get(key)
        if key in self.under_way:
            place = self.places[key]
            circle = " → ".join(f"`{one.partition('/')[2]}`" for one in [*self.under_way[self.under_way.index(key) :], key])
            self._say("circular-reference", f"Statements rest on each other: {circle}", Place(place.path, (*place.loc, "rests_on")))
            return None
        self.under_way.append(key)
        story_name, section_index, statement = self.written[key]
        keys = tuple(key_of(story_name, ref) for ref in statement.rests_on)
        bases = tuple(base for other in keys if (base := self._resolve(other)) is not None)
        self.under_way.pop()
        self.done[key] = self._fill(key, story_name, section_index, statement, bases)
        return self.done[key]

    def _fill(
        self, key: str, story_name: str, section_index: int | None, statement: Statement, bases: tuple[Resolved, ...]
    ) -> Resolved:
        story = self.content.stories[story_name]
        section = story.sections[section_index] if section_index is not None else None
        inherited = tuple(dict.fromkeys(use for base in bases for use in base.uses))
        uses = statement.source or inherited or (section.source if section else ()) or story.based_on
        uses = tuple(use for use in uses if use.id in self.content.sources)
        origins = self._origins(uses)
        given = statement.by or (self._shared_asserters(bases) if bases else (section.by if section else ()) or story.by)
        by = tuple(one for one in given if all(name in self.content.entities for name in entities_of(one)))
        by = by or self._publisher_of_origin(origins)
        asked = statement.certainty or ((section and section.certainty) or story.certainty if not bases else None)
        weakest = min((base.certainty for base in bases), key=lambda one: one.rank, default=None)
        return Resolved(
            key=key,
            story=story_name,
            section=section_index,
            statement=statement,
            uses=uses,
            by=by,
            certainty=asked or weakest or self._usual_certainty(uses, by),
            verb=statement.verb or (section.verb if section else None),
            manner=statement.manner or (section.manner if section else None) or (story.manner if not bases else None),
            said=statement.said or (section.said if section else None) or (story.said if not bases else None),
            origins=origins,
            place=self.places[key],
            rests_on=tuple(base.key for base in bases),
            refuted_by=self._keys(story_name, statement.refuted_by),
            conflicts_with=self._keys(story_name, statement.conflicts_with),
            denies=next(iter(self._keys(story_name, (statement.denies,) if statement.denies else ())), None),
            replies=self._keys(story_name, (ref for one in statement.accuses for ref in one.reply)),
            outcomes=self._keys(story_name, (ref for one in statement.accuses for ref in one.outcome)),
            superseded_by=next(
                iter(self._keys(story_name, (statement.superseded.by,) if statement.superseded else ())), None
            ),
            disputes=tuple(self.disputes.get(key, ())),
        )

    def _keys(self, story: str, refs: Iterable[object]) -> tuple[str, ...]:
        keys = (key_of(story, ref) for ref in refs if isinstance(ref, StatementRef))
        return tuple(dict.fromkeys(key for key in keys if key in self.written))

    def _shared_asserters(self, bases: tuple[Resolved, ...]) -> tuple[Asserter, ...]:
        """Return who asserts a summary: those who assert all it rests on; nobody in particular if they differ."""
        asserters = [base.by for base in bases if base.certainty is not Certainty.ESTABLISHED]
        return asserters[0] if asserters and all(one == asserters[0] for one in asserters) else ()

    def _publisher_of_origin(self, origins: tuple[Origin, ...]) -> tuple[Asserter, ...]:
        publishers = (self.content.sources[source].publisher for origin in origins for source in origin.sources)
        return tuple(dict.fromkeys(one for one in publishers if isinstance(one, EntityId) and one in self.content.entities))

    def _usual_certainty(self, uses: tuple[SourceUse, ...], by: tuple[Asserter, ...]) -> Certainty:
        publications = _publishers(self.content.sources, uses)
        on_sourcing = all(isinstance(one, Anonymous | Unnamed) or str(one) in publications for one in by)
        return Certainty.REPORTED if on_sourcing else Certainty.CLAIMED

    # -- origins --

    def _origins(self, uses: tuple[SourceUse, ...]) -> tuple[Origin, ...]:
        """Group the cited sources by independent origin.

        The rule: drop each source that derives from another cited one, join those that share an ancestor, count the
        groups. What `from` says of one statement's use comes before the source's own `derives_from`.
        """
        leaning = {str(use.id): self._leaning(use) for use in uses}
        roots = [name for name in leaning if not any(other in leaning[name] for other in leaning if other != name)]
        roots = roots or list(leaning)[:1]
        groups: list[list[str]] = []
        for name in roots:
            # One source may join groups that had nothing in common so far.
            joined = [group for group in groups if any(leaning[name] & leaning[other] for other in group)]
            merged = [member for group in joined for member in group] + [name]
            groups = [group for group in groups if group not in joined] + [merged]
        groups.sort(key=lambda group: min(roots.index(name) for name in group))
        return tuple(self._origin(tuple(group), leaning, roots) for group in groups)

    def _origin(self, group: tuple[str, ...], leaning: Mapping[str, frozenset[str]], roots: list[str]) -> Origin:
        leant_on = frozenset[str]().union(*(leaning[name] for name in group))
        first = sorted(name for name in leant_on if not self._ancestors(name) & leant_on)
        return Origin(
            sources=group,
            repeated_by=tuple(name for name in leaning if name not in roots and leaning[name] & set(group)),
            root=first[0] if len(first) == 1 else (group[0] if not first else None),
        )

    def _leaning(self, use: SourceUse) -> frozenset[str]:
        """Return all sources that a cited one has this from; none if it is its own reporting."""
        if not use.from_:
            return self._ancestors(use.id)
        if Own.OWN in use.from_:
            return frozenset()
        given = [str(name) for name in use.from_ if name in self.content.sources]
        return frozenset(given).union(*(self._ancestors(name) for name in given))

    # -- saying so --

    def _path(self, folder: str, name: str) -> str:
        path = record_path(folder, name)
        return path if path in self.loaded.positions.roots else f"{folder}/{name}.yaml"

    def _is_damaged(self, path: str) -> bool:
        return path in self.loaded.damaged

    def _say(self, rule: str, headline: str, place: Place, advice: str = "") -> None:
        span = self.loaded.positions.span(place.path, place.loc)
        self.diagnostics.append(Diagnostic(rule, headline, span, help=advice))

    def _out_of_order(self, key: str, other: str) -> Diagnostic:
        place = self.places[key]
        return Diagnostic(
            "contradictory-order",
            f"`{key.partition('/')[2]}` is to be before `{other.partition('/')[2]}`, but the dates say otherwise",
            self.loaded.positions.span(place.path, (*place.loc, "before")),
            help="Correct `when` of one of them, or remove `before`.",
        )


_BLANK: Final = {
    name: info.get_default(call_default_factory=True)
    for name, info in Statement.model_fields.items()
    if not info.is_required()
}


def _dated(statements: Mapping[str, Resolved]) -> tuple[Order, ...]:
    return tuple(
        Order(
            key,
            one.statement.when,
            tuple(key_of(one.story, ref) for ref in one.statement.before if key_of(one.story, ref) in statements),
        )
        for key, one in statements.items()
        if (one.statement.when is not None or one.statement.before) and not one.is_summary
    )
