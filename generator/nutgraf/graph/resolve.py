"""From content to graph: ids looked up, defaults filled in.

What does not resolve is a diagnostic, and is left out of the graph, so that all later steps can follow every link
without looking twice.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from nutgraf.diagnostics import Diagnostic, RelatedPlace, Replacement, did_you_mean
from nutgraf.graph.date_order import Order, in_order
from nutgraf.graph.graph import Graph, Place, Resolved, entities_of, is_own_word, key_of, publications
from nutgraf.graph.origins import Lineage, Origin
from nutgraf.graph.redirects import redirects, reused, things_of
from nutgraf.loading.content import FOLDERS, record_path
from nutgraf.model import (
    Anonymous,
    Certainty,
    DisputeStatus,
    EntityId,
    Reference,
    SourceId,
    Statement,
    StatementRef,
    Story,
    StoryId,
    StoryStatus,
    Summary,
    TermId,
    Unnamed,
)
from nutgraf.model.record import references
from nutgraf.model.statement import slots

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nutgraf.graph.redirects import Redirects
    from nutgraf.loading.content import Loaded
    from nutgraf.model import Asserter, Dispute, Entity, Record, SourceUse, Term
    from nutgraf.model.record import Loc


R = TypeVar("R", "Entity", "Term")


@dataclass(frozen=True, slots=True)
class Resolution:
    """A graph and what did not resolve on the way to it."""

    graph: Graph
    diagnostics: tuple[Diagnostic, ...] = ()
    state: _Resolver | None = field(default=None, repr=False, compare=False)
    """For the next resolution."""


def resolve(
    loaded: Loaded,
    *,
    drafts: bool = False,
    now: datetime.datetime | None = None,
    named: frozenset[tuple[str, str]] = frozenset(),
    former: Resolution | None = None,
) -> Resolution:
    """Resolve all ids, defaults and links.

    Args:
        loaded: what the files hold.
        drafts: whether drafts and stories under embargo take part; a published site leaves them out.
        now: the time of the build, aware of its zone; None holds back every story with `publish_after`.
        named: the records that pages written by hand link to, as in `Graph`.
        former: the last resolution of the same content but for some files, if there was one. Where these are stories
            that stand by themselves, entities or terms, and the same things have an id in them, the other stories are
            taken over.
    """
    resolver = _Resolver(loaded, drafts=drafts, now=now, named=named)
    changed = _changed(former, resolver) if former is not None else None
    if former is None or former.state is None or changed is None:
        return resolver.resolve()
    again = resolver.resolve_again(former.state, changed)
    known: Redirects | None = vars(former.graph).get("redirects")
    if known is not None and not known.anchors:
        # What had an id once is the same, and with none of it in stories its order is, too.
        vars(again.graph)["redirects"] = known
    return again


def _changed(former: Resolution, resolver: _Resolver) -> Mapping[str, frozenset[str]] | None:
    """Return the records that changed, by folder; None where more has to be resolved than those."""
    state, loaded = former.state, resolver.loaded
    if state is None or former.diagnostics or (state.held, state.opening) != (resolver.held, resolver.opening):
        return None
    if loaded.damaged or state.loaded.damaged:
        return None
    old, new = state.loaded.content, loaded.content
    if not _same(old.sources, new.sources) or [*old.stories] != [*new.stories]:
        return None
    # Of entities and terms, statements need to know no more than that there are such, and which are public bodies.
    if any(
        old.entities[name].is_official != one.is_official for name, one in new.entities.items() if name in old.entities
    ):
        return None
    entities, terms = _edited(old.entities, new.entities), _edited(old.terms, new.terms)
    if entities is None or terms is None:
        return None
    stories = frozenset(name for name, story in new.stories.items() if story is not old.stories[name])
    alone = not any(
        name in _crossing(state.loaded)
        or name in _crossing(loaded)
        or _outline(old.stories[name]) != _outline(new.stories[name])
        for name in stories
    )
    return {"stories": stories, "entities": entities, "glossary": terms} if alone else None


def _edited(old: Mapping[str, R], new: Mapping[str, R]) -> frozenset[str] | None:
    """Return the records that changed; None where it is others that there are, or that there were once."""
    if old.keys() != new.keys():
        return None
    found = frozenset(name for name, record in new.items() if record is not old[name])
    return found if all(_seen_by_statements(old[name]) == _seen_by_statements(new[name]) for name in found) else None


def _seen_by_statements(record: Entity | Term) -> tuple[object, ...]:
    return (record.formerly, getattr(record, "is_official", None))


def _same(old: Mapping[str, Record], new: Mapping[str, Record]) -> bool:
    return old.keys() == new.keys() and all(new[name] is record for name, record in old.items())


def _outline(story: Story) -> tuple[object, ...]:
    """Return all that has an id in a story, and had another before."""
    named = {(str(thing.id), thing.formerly) for thing in things_of(story)}
    return (story.status, story.publish_after, story.formerly, named)


def _crossing(loaded: Loaded) -> frozenset[str]:
    """Return the stories that name a statement of another, and those that are named so."""
    found: set[str] = set()
    for path, named in loaded.references.items():
        folder, _, file = path.partition("/")
        if folder == "stories":
            for _, ref in named:
                story, across, _ = str(ref).partition("/") if isinstance(ref, StatementRef) else ("", "", "")
                if across:
                    found |= {story, file.rpartition(".")[0]}
    return frozenset(found)


_NOW: Final = datetime.datetime.min.replace(tzinfo=datetime.UTC)
_NEVER: Final = datetime.datetime.max.replace(tzinfo=datetime.UTC)


def _opening(story: Story, now: datetime.datetime | None) -> datetime.datetime | None:
    """Return up to when a story is held back, `_NEVER` for a draft; None if it is published now."""
    if story.status is StoryStatus.DRAFT:
        return _NEVER
    if story.publish_after is None or (now is not None and not story.is_embargoed(now)):
        return None
    return story.publish_after.moment


_FOLDER_OF: Final[Mapping[type[Reference], str]] = {
    EntityId: "entities",
    SourceId: "sources",
    TermId: "glossary",
    StoryId: "stories",
}


class _Resolver:
    """The state of one resolution: what is known so far. It lives as long as one call of `resolve`."""

    def __init__(
        self, loaded: Loaded, *, drafts: bool, now: datetime.datetime | None, named: frozenset[tuple[str, str]]
    ) -> None:
        content = loaded.content
        self.loaded = loaded
        self.named = named
        self.opening = {
            name: opening for name, story in content.stories.items() if (opening := _opening(story, now)) is not None
        }
        self.held = frozenset() if drafts else frozenset(self.opening)
        stories = {name: story for name, story in content.stories.items() if name not in self.held}
        self.content = replace(content, stories=stories)
        self.known: Mapping[str, Mapping[str, Record]] = {folder: content.records(folder) for folder in FOLDERS}
        self.places: dict[str, Place] = {}
        self.written: dict[str, tuple[str, int | None, Statement]] = {}
        self.done: dict[str, Resolved] = {}
        self.under_way: list[str] = []
        self.disputes: dict[str, list[Dispute]] = {}
        self.diagnostics: list[Diagnostic] = []
        self.lineage = Lineage(content.sources)

    @cached_property
    def redirects(self) -> Redirects:
        return redirects(self.content)

    def resolve(self) -> Resolution:
        for name in self.content.stories:
            self._collect(name)
        for folder in FOLDERS:
            records = self.content.stories if folder == "stories" else self.known[folder]
            for name, record in records.items():
                self._check_references(folder, name, record)
        self._check_derivations()
        self.diagnostics += reused(self.content, self.loaded.positions)
        return self._resolved()

    def resolve_again(self, former: _Resolver, changed: Mapping[str, frozenset[str]]) -> Resolution:
        """Resolve some stories, and take over the others.

        Args:
            former: where the others are.
            changed: the names of what changed, by folder; all else is as it was.
        """
        kept: dict[str, list[str]] = {}
        for key, (story, _, _) in former.written.items():
            kept.setdefault(story, []).append(key)
        for name in self.content.stories:
            if name in changed["stories"]:
                self._collect(name)
                continue
            for key in kept.get(name, ()):
                self.written[key], self.places[key] = former.written[key], former.places[key]
                if key in former.done:
                    self.done[key] = former.done[key]
        for folder, names in changed.items():
            records = self.content.stories if folder == "stories" else self.known[folder]
            for name in (one for one in records if one in names):
                self._check_references(folder, name, records[name])
        return self._resolved()

    def _resolved(self) -> Resolution:
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
        held = {name: story for name, story in self.loaded.content.stories.items() if name in self.held}
        loaded = self.loaded
        graph = Graph(self.content, statements, order.keys, loaded.positions, loaded.damaged, held, self.named)
        return Resolution(graph, tuple(self.diagnostics), self)

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
        for index, dispute in enumerate(story.disputes):
            self._claim(anchors, str(dispute.id), Place(path, ("disputes", index)))
        for index, unknown in enumerate(story.unknowns):
            self._claim(anchors, str(unknown.id), Place(path, ("unknowns", index)))

    def _add(self, story: str, section: int | None, statement: Statement, place: Place) -> None:
        key = key_of(story, statement.id)
        self.written[key] = (story, section, statement)
        self.places[key] = place
        own, shared = statement.quantities, self.content.stories[story].quantities
        for attribute in ("text", "after_previous"):
            text = getattr(statement, attribute)
            for slot in slots(text) if text else ():
                if slot in own or slot in shared or f"{place.path}#{{{slot}}}" in self.loaded.damaged:
                    continue
                start = text.index(f"{{{slot}}}")
                self._say(
                    "unknown-quantity",
                    f"The text uses `{{{slot}}}`, which is no quantity of the story",
                    Place(place.path, (*place.loc, attribute)),
                    did_you_mean(slot, [*own, *shared]) or "Add it under `quantities`.",
                    part=(start, start + len(slot) + 2),
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
                related=(RelatedPlace(first, "first used here"),),
            )
        )
        return False

    # -- what points where --

    def _check_references(self, folder: str, name: str, record: Record) -> None:
        path = self._path(folder, name)
        for loc, ref in self.loaded.references.get(path) or references(record):
            if not self._exists(ref, folder, name):
                self._say_unknown(ref, folder, name, Place(path, loc))
            elif isinstance(ref, StatementRef) and self._leads_to_draft(ref, name):
                self._say_draft(ref, folder, name, Place(path, loc))
            elif isinstance(ref, StatementRef) and self._is_own(record, loc, ref, name):
                self._say("self-reference", f"`{ref}` points to itself", Place(path, loc), "Name another one.")

    def _leads_to_draft(self, ref: str, name: str) -> bool:
        """Tell whether a story refers to one that is published later, or never, though a preview shows both."""
        target = key_of(name, ref).partition("/")[0]
        return target in self.opening and self.opening[target] > self.opening.get(name, _NOW)

    def _say_draft(self, ref: str, folder: str, name: str, place: Place) -> None:
        # An entity may be made ready for a draft: what rests on a draft alone is not shown.
        if folder != "stories":
            return
        target = self.known["stories"][key_of(name, ref).partition("/")[0]]
        assert isinstance(target, Story)  # noqa: S101
        if target.status is StoryStatus.DRAFT or target.publish_after is None:
            headline = f"`{ref}` is in an unpublished draft"
            self._say("refers-to-draft", headline, place, "Publish the draft, or remove the reference.")
        else:
            headline = f"`{ref}` is in a story that is held back until {target.publish_after}"
            advice = f"Add `publish_after: {target.publish_after}` to this story too, or remove the reference."
            self._say("refers-to-draft", headline, place, advice)

    @staticmethod
    def _is_own(record: Record, loc: Loc, ref: str, story: str) -> bool:
        """Tell whether a statement points to itself; a circle of `rests_on` or `before` is found elsewhere."""
        if not isinstance(record, Story) or loc[0] != "sections" or "statements" not in loc:
            return False
        statement = record.sections[int(loc[1])].statements[int(loc[3])]
        return loc[4] not in {"rests_on", "before"} and key_of(story, ref) == key_of(story, statement.id)

    def _exists(self, ref: Reference, folder: str, name: str) -> bool:
        if isinstance(ref, StatementRef):
            if "/" not in ref and folder != "stories":
                return False
            return key_of(name, ref) in self.written
        return str(ref) in self.known[_FOLDER_OF[type(ref)]] and not (isinstance(ref, StoryId) and ref in self.held)

    def _say_unknown(self, ref: Reference, folder: str, name: str, place: Place) -> None:
        if isinstance(ref, StatementRef):
            if "/" not in ref and folder != "stories":
                advice = "Outside a story, write `story-id/statement-id`."
                self._say("unknown-statement", f"`{ref}` does not say in which story", place, advice)
                return
            story, _, wanted = key_of(name, ref).partition("/")
            path = self._path("stories", story)
            if self._is_missing("stories", story) or f"{path}#{wanted}" in self.loaded.damaged:
                return
            if story in self.held:
                self._say_draft(ref, folder, name, place)
                return
            local = [key.partition("/")[2] for key in self.written if key.startswith(f"{story}/")]
            known = local if "/" not in ref else [*self.written]
        else:
            target = _FOLDER_OF[type(ref)]
            if self._is_missing(target, str(ref)):
                return
            known = [*self.known[target]]
        now = self._renamed(ref, name)
        if now is not None:
            advice = f"It is called `{now}` now: write that."
            self._say(f"unknown-{ref.what}", f"There is no {ref.what} `{ref}`", place, advice)
            told = self.diagnostics[-1]
            self.diagnostics[-1] = replace(told, fix=(Replacement(told.span, now),))
            return
        advice = did_you_mean(ref, known)
        if isinstance(ref, StatementRef):
            story = key_of(name, ref).partition("/")[0]
            if story not in self.known["stories"]:
                advice = f"There is no story `{story}`. {did_you_mean(story, self.known['stories'])}".rstrip()
        elif not advice:
            advice = f"Add the file `{record_path(_FOLDER_OF[type(ref)], ref)}`."
        self._say(f"unknown-{ref.what}", f"There is no {ref.what} `{ref}`", place, advice)

    def _renamed(self, ref: Reference, name: str) -> str | None:
        """Return what is called otherwise now, as it is to be written where `ref` stands."""
        if not isinstance(ref, StatementRef):
            return self.redirects.records[_FOLDER_OF[type(ref)]].get(str(ref))
        story, _, wanted = key_of(name, ref).partition("/")
        story = self.redirects.records["stories"].get(story, story)
        now = self.redirects.anchors.get(f"{story}/{wanted}", f"{story}/{wanted}")
        if now not in self.written:
            return None
        return now if "/" in ref or not now.startswith(f"{name}/") else now.partition("/")[2]

    def _check_derivations(self) -> None:
        for name in self.content.sources:
            if name in self.lineage.ancestors(name):
                place = Place(self._path("sources", name), ("derives_from",))
                self._say("circular-derivation", f"The source `{name}` derives from itself", place)

    # -- statements --

    def _resolve(self, key: str) -> Resolved | None:
        if key in self.done or key not in self.written:
            return self.done.get(key)
        if key in self.under_way:
            place = self.places[key]
            circle = " → ".join(
                f"`{one.partition('/')[2]}`" for one in [*self.under_way[self.under_way.index(key) :], key]
            )
            self._say(
                "circular-reference",
                f"Statements rest on each other: {circle}",
                Place(place.path, (*place.loc, "rests_on")),
            )
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
        origins = self.lineage.origins(uses)
        given = statement.by or (self._asserters_of(bases) if bases else (section.by if section else ()) or story.by)
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

    @staticmethod
    def _asserters_of(bases: tuple[Resolved, ...]) -> tuple[Asserter, ...]:
        """Return who asserts a summary: all who assert what it rests on, unless that needs no asserter."""
        asserters = (by for base in bases if base.certainty is not Certainty.ESTABLISHED for by in base.by)
        return tuple(dict.fromkeys(asserters))

    def _publisher_of_origin(self, origins: tuple[Origin, ...]) -> tuple[Asserter, ...]:
        publishers = (self.content.sources[source].publisher for origin in origins for source in origin.sources)
        return tuple(
            dict.fromkeys(one for one in publishers if isinstance(one, EntityId) and one in self.content.entities)
        )

    def _usual_certainty(self, uses: tuple[SourceUse, ...], by: tuple[Asserter, ...]) -> Certainty:
        known = publications(self.content, uses)
        cited = [self.content.sources[use.id] for use in uses]
        if by and not known and cited and all(is_own_word(one, self.content.entities) for one in cited):
            return Certainty.CLAIMED  # In a post or a release no publication vouches for anybody.
        on_sourcing = all(isinstance(one, Anonymous | Unnamed) or str(one) in known for one in by)
        return Certainty.REPORTED if on_sourcing else Certainty.CLAIMED

    # -- saying so --

    def _path(self, folder: str, name: str) -> str:
        return self.loaded.positions.path(folder, name)

    def _is_damaged(self, path: str) -> bool:
        return path in self.loaded.damaged

    def _is_missing(self, folder: str, name: str) -> bool:
        """Tell whether a record could not be read, whatever its file ends in: that alone is to be told."""
        return self._is_damaged(record_path(folder, name)) or self._is_damaged(f"{folder}/{name}.yaml")

    def _say(
        self, rule: str, headline: str, place: Place, advice: str = "", part: tuple[int, int] | None = None
    ) -> None:
        span = self.loaded.positions.span(place.path, place.loc, part=part)
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
