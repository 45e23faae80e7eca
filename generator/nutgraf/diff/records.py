"""What changed about records that many statements share: entities, sources, terms, figures of a story, the wording.

Such an edit is one change, however many sentences it reaches: it says which.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, TypeVar

from nutgraf.diagnostics import Span
from nutgraf.diff.change import Change, ChangeKind, Impact
from nutgraf.diff.fields import before_and_after, changed, values_of
from nutgraf.diff.figures import Where, aspects, figure, hardened, is_replaced, users
from nutgraf.diff.former_names import outdated
from nutgraf.diff.identity import called_alike, is_other_document
from nutgraf.diff.snapshot_pair import SAME
from nutgraf.diff.statement_pair import Pair
from nutgraf.diff.statements import new_evidence
from nutgraf.glossary import MentionKind
from nutgraf.graph import TAKEN_BACK
from nutgraf.graph.origins import Lineage
from nutgraf.model import Entity, EntityId, FuzzyDate, Record
from nutgraf.wording.names import short_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nutgraf.diff.snapshot import Snapshot
    from nutgraf.diff.snapshot_pair import IdMapping, SnapshotPair
    from nutgraf.graph import Graph
    from nutgraf.model import Quantity, Role, Source, SourceStatus, Story, Term
    from nutgraf.wording.language import Language

T = TypeVar("T", bound=Record)


@dataclass(frozen=True, slots=True)
class RecordEdit:
    """An edit to a shared record.

    Attributes:
        change: the change that it is, whose reach is not known yet.
        candidates: keys of the statements whose sentences it may have touched.
        shown_with: keys of the statements that readers see it with, whether their sentences are touched or not.
        indirect: whether it is no edit by itself, but what another one brought about: without a sentence that reads
            otherwise it is nothing.
    """

    change: Change
    candidates: frozenset[str]
    shown_with: tuple[str, ...]
    indirect: bool = False


def edits(sides: SnapshotPair) -> Iterator[RecordEdit]:
    """Yield the edits to shared records."""
    yield from _frames(sides)
    yield from _entities(sides)
    yield from _sources(sides)
    yield from _terms(sides)
    yield from _quantities(sides)
    yield from _names_elsewhere(sides)
    yield from _introductions(sides)
    yield from _settings(sides)


# ---- what an edit elsewhere brings about ----


def _names_elsewhere(sides: SnapshotPair) -> Iterator[RecordEdit]:
    """Yield that names are found in other places, because another name has come, gone or changed."""
    old, new = _forms(sides.old, sides.names), _forms(sides.new, SAME)
    differing = [owner for owner in {**old, **new} if old.get(owner) != new.get(owner)]
    if not differing:
        return
    keys = {str(form[0]) for owner in differing for side in (old, new) for form in side.get(owner, ())}
    place = Span("entities")
    headline = "Names are used in different places because one was added, removed or changed"
    change = Change(ChangeKind.ENTITY_CHANGED, "entities", headline, place, place)
    yield RecordEdit(change, frozenset(_read_otherwise(sides, keys)), (), indirect=True)


def _introductions(sides: SnapshotPair) -> Iterator[RecordEdit]:
    """Yield the entities that are introduced or shortened otherwise, because of what was edited elsewhere."""
    for before, after in sides.names.records["entities"].items():
        if _standing(sides.old, before, sides.names) == _standing(sides.new, after, SAME):
            continue
        candidates = frozenset({*_speaking_of(sides.new, after, SAME), *_speaking_of(sides.old, before, sides.names)})
        name = sides.new.graph.entities[after].name
        headline = f"{name} is introduced or named differently because of a change elsewhere"
        place = _Location(sides, "entities", before, after)
        edit = place.edit(ChangeKind.ENTITY_CHANGED, headline, "roles", ("", ""), candidates, ())
        yield replace(edit, indirect=True)


def _settings(sides: SnapshotPair) -> Iterator[RecordEdit]:
    """Yield the stories in which people are introduced otherwise, because they are told as of another day."""
    new = sides.new.graph
    for before, after in sides.names.records["stories"].items():
        if _setting(sides.old.graph.stories[before]) == _setting(new.stories[after]):
            continue
        keys = frozenset(one.key for one in (*new.in_story(after), *new.key_points(after)))
        headline = f"Story `{after}`: introductions of people changed with its date or topics"
        place = _Location(sides, "stories", before, after)
        yield replace(place.edit(ChangeKind.STORY_CHANGED, headline, "as_of", ("", ""), keys, ()), indirect=True)


def _setting(story: Story) -> tuple[object, object]:
    return story.as_of, story.topics


def _forms(side: Snapshot, names: IdMapping) -> Mapping[tuple[MentionKind, str], list[tuple[object, ...]]]:
    """Return what each entity and term is found by, by its id on the new side."""
    folders = {MentionKind.ENTITY: "entities", MentionKind.TERM: "glossary"}
    return {
        (kind, names.record(folders[kind], name)): [
            (one.key, one.spelling, one.rank, one.use, one.unless, one.scope, one.lang) for one in forms
        ]
        for (kind, name), forms in side.forms.items()
    }


def _read_otherwise(sides: SnapshotPair, forms: set[str]) -> Iterator[str]:
    """Yield the keys of statements that hold one of some forms, and are found to speak of others than before."""
    old, new = sides.old, sides.new
    for key in dict.fromkeys((*new.containing(forms), *map(sides.names.key, old.containing(forms)))):
        before = sides.names.before.get(key, "")
        if key not in new.graph.statements or before not in old.graph.statements:
            continue
        if old.mentions(before) != new.mentions(key):
            yield key


def _standing(side: Snapshot, name: str, names: IdMapping) -> object:
    """Return what a sentence may say of an entity beyond its own record: its unambiguous short name, proven roles."""
    entity = side.graph.entities[name]
    statements = [str(ref) for role in entity.roles for ref in role.statement] + [str(ref) for ref in entity.rests_on]
    sources = [str(ref) for role in entity.roles for ref in role.source]
    graph = side.graph
    return (
        short_name(graph, name),
        [
            (names.key(key), graph.statements[key].certainty, graph.statements[key].is_retracted)
            for key in statements
            if key in graph.statements
        ],
        [
            (names.record("sources", one), graph.sources[one].is_primary, graph.sources[one].read)
            for one in sources
            if one in graph.sources
        ],
    )


def _speaking_of(side: Snapshot, name: str, names: IdMapping) -> Iterator[str]:
    """Yield the keys of the statements that name an entity, in whatever part, as the new side calls them."""
    graph = side.graph
    found = [*side.speaking_of(MentionKind.ENTITY, name), *graph.by_relation.get(name, ())]
    found += graph.by_asserter.get(name, ())
    for source in graph.published_by.get(name, ()):
        found += _resting_on(graph, source)
    # A denial says what it denies.
    found += [key for denied in tuple(found) for key in graph.dependents.get(denied, ())]
    yield from (names.key(key) for key in dict.fromkeys(found))


def _resting_on(graph: Graph, source: str) -> Iterator[str]:
    """Yield the keys of the statements that cite a source, or one that derives from it."""
    lineage = Lineage(graph.sources)
    for name in graph.sources:
        if name == source or source in lineage.ancestors(name):
            yield from graph.by_source.get(name, ())


# ---- the wording ----


def _frames(sides: SnapshotPair) -> Iterator[RecordEdit]:
    if framing(sides.old) == framing(sides.new):
        return
    place = Span("../templates/wording")
    change = Change(
        ChangeKind.FRAMES_CHANGED, "wording", "The wording file changes how sentences are phrased", place, place
    )
    yield RecordEdit(change, frozenset(sides.new.graph.statements), ())


def framing(side: Snapshot) -> Language:
    """Return a language without the words that only a reviewer is warned of."""
    language = side.wording.language
    bare = language.clauses.model_copy(update={"turning": frozenset(), "numbers": frozenset()})
    return language.model_copy(update={"clauses": bare})


# ---- entities ----

_ENTITY_FIELDS: Final = {
    "name": "name",
    "short": "short name",
    "article": "article",
    "plural": "plural",
    "pronoun": "pronoun",
    "intro": "introduction",
    "kind": "kind",
    "aliases": "aliases",
    "match": "matching",
    "unless": "exceptions",
    "about": "description",
    "rests_on": "supporting statements",
    "source": "sources of the description",
    "url": "URL",
}
_NAMING: Final = frozenset(
    {"name", "short", "article", "plural", "pronoun", "intro", "kind", "aliases", "match", "unless", "rests_on"}
)
"""The fields that change sentences."""


def _entities(sides: SnapshotPair) -> Iterator[RecordEdit]:
    for before, after, old, new in _both(sides, "entities", sides.old.graph.entities, sides.new.graph.entities):
        spoken = dict.fromkeys(_speaking_of(sides.new, after, SAME))
        shown = tuple(key for key in sides.new.graph.statements if key in spoken)
        candidates = frozenset({*spoken, *_speaking_of(sides.old, before, sides.names)})
        place = _Location(sides, "entities", before, after)
        if fields := _differing(sides, _ENTITY_FIELDS, old, new):
            values = values_of((sides.old, sides.new), fields, _ENTITY_FIELDS, (old, new))
            headline = f"{new.name}: {changed(values)}"
            told = before_and_after(values)
            framing = candidates if _NAMING & {*fields} else frozenset[str]()
            kind = ChangeKind.NAME_CHANGED if "name" in fields else ChangeKind.ENTITY_CHANGED
            if "name" in fields and not called_alike(old, new) and _speaks(sides.new.graph, after):
                # Under the same id it is somebody else who says all that.
                kind = ChangeKind.ATTRIBUTION_REMOVED
                headline = f"Statements and sources of {old.name} are now attributed to {new.name}"
            yield place.edit(kind, headline, next(iter(fields)), told, framing, shown)
            yield from _support(place, old, new, new.name, shown)
            if kind is not ChangeKind.ATTRIBUTION_REMOVED:
                yield from _outdated(sides, before, after)
        yield from _roles(place, old, new, candidates, shown)


def _outdated(sides: SnapshotPair, before: str, after: str) -> Iterator[RecordEdit]:
    for change in outdated(sides, before, after):
        shown = (change.subject,) if change.subject in sides.new.graph.statements else ()
        yield RecordEdit(change, frozenset(shown), shown)


def _speaks(graph: Graph, name: str) -> bool:
    """Tell whether any statement is attributed to an entity: as its asserter, or as the publisher of what it cites."""
    published = graph.published_by.get(name, ())
    return bool(graph.by_asserter.get(name)) or any(True for one in published for _ in _resting_on(graph, one))


def _support(
    place: _Location, old: Entity | Term, new: Entity | Term, name: str, shown: tuple[str, ...]
) -> Iterator[RecordEdit]:
    """Yield that a description or a definition rests on less than before."""
    names = place.sides.names
    sources = {str(one): names.record("sources", str(one)) for one in old.source}
    statements = {str(one): names.key(str(one)) for one in getattr(old, "rests_on", ())}
    lost = {
        "source": [was for was, now in sources.items() if now not in map(str, new.source)],
        "rests_on": [was for was, now in statements.items() if now not in map(str, getattr(new, "rests_on", ()))],
    }
    for attribute, gone in lost.items():
        if gone and not _is_silent(new):
            headline = f"The description of {name} no longer relies on {', '.join(f'`{one}`' for one in gone)}"
            yield place.edit(ChangeKind.SUPPORT_REMOVED, headline, attribute, ("", ""), frozenset(), shown)


def _is_silent(record: Entity | Term) -> bool:
    """Tell whether a record describes nothing, so that there is nothing to support."""
    return isinstance(record, Entity) and not record.about


def _roles(
    place: _Location, old: Entity, new: Entity, candidates: frozenset[str], shown: tuple[str, ...]
) -> Iterator[RecordEdit]:
    sides = place.sides
    if sides.same(old.roles, new.roles):
        return
    before = {(one.role, sides.was(one.of)): one for one in old.roles}
    after = {(one.role, sides.now(one.of)): one for one in new.roles}
    moved = [
        (before[role], now)
        for role, now in after.items()
        if role in before and (before[role].from_, before[role].to) != (now.from_, now.to)
    ]
    for was, now in moved:
        kind = ChangeKind.DATE_CHANGED if was.from_ or was.to else ChangeKind.DATE_ADDED
        told = (_role_words(was), _role_words(now))
        headline = f"{new.name}: the dates of the role `{now.role}` changed"
        yield place.edit(kind, headline, "roles", told, candidates, shown)
    if not moved or before.keys() != after.keys():
        told = ("; ".join(map(_role_words, old.roles)), "; ".join(map(_role_words, new.roles)))
        yield place.edit(ChangeKind.ENTITY_CHANGED, f"{new.name}: roles changed", "roles", told, candidates, shown)


def _role_words(role: Role) -> str:
    of = f" of {role.of}" if role.of else ""
    dates = f" ({role.from_ or '…'} to {role.to or '…'})" if role.from_ or role.to else ""
    return f"{role.role}{of}{dates}"


# ---- sources ----

_SOURCE_FIELDS: Final = {
    "title": "title",
    "author": "author",
    "platform": "platform",
    "kind": "kind",
    "url": "URL",
    "archived": "archived copy",
    "derives_from": "derivation",
    "read": "read status",
    "lang": "language",
    "note": "note",
}
_FRAMING: Final = frozenset({"kind", "derives_from", "read"})
"""The fields that change sentences."""


def _sources(sides: SnapshotPair) -> Iterator[RecordEdit]:
    for before, after, old, new in _both(sides, "sources", sides.old.graph.sources, sides.new.graph.sources):
        cited = {*_resting_on(sides.new.graph, after)}
        shown = tuple(key for key in sides.new.graph.statements if key in cited)
        candidates = frozenset({*cited, *map(sides.names.key, _resting_on(sides.old.graph, before))})
        place = _Location(sides, "sources", before, after)
        yield from _publisher(place, old, new, candidates, shown)
        yield from _published(place, old, new, shown)
        yield from _flag(place, old, new, shown)
        yield from _lineage(place, old, new)
        if fields := _differing(sides, _SOURCE_FIELDS, old, new):
            other = bool(shown) and is_other_document(old, new)
            kind = ChangeKind.SOURCE_REMOVED if other else ChangeKind.SOURCE_CHANGED
            values = values_of((sides.old, sides.new), fields, _SOURCE_FIELDS, (old, new))
            headline = f"Source `{after}`: {changed(values)}"
            if other:
                headline = f"Source `{after}` now describes a different document: {changed(values)}"
            told = before_and_after(values)
            framing = candidates if _FRAMING & {*fields} else frozenset[str]()
            yield place.edit(kind, headline, next(iter(fields)), told, framing, shown)


def _lineage(place: _Location, old: Source, new: Source) -> Iterator[RecordEdit]:
    """Yield that a source is said to repeat less than before, where more independent origins are counted for it."""
    sides = place.sides
    known = {sides.names.record("sources", str(one)) for one in old.derives_from}
    gone = sorted(known - {str(one) for one in new.derives_from})
    if not gone:
        return
    graphs = sides.old.graph.statements, sides.new.graph.statements
    raised = [
        key
        for key in dict.fromkeys(_resting_on(sides.new.graph, place.after))
        if (was := graphs[0].get(sides.names.before.get(key, ""))) is not None
        and len(graphs[1][key].origins) > len(was.origins)
    ]
    if raised:
        names = ", ".join(f"`{one}`" for one in gone)
        headline = f"Source `{place.after}` no longer derives from {names} and now counts as independent"
        yield place.edit(ChangeKind.ORIGINS_RAISED, headline, "derives_from", ("", ""), frozenset(), tuple(raised))


def _publisher(
    place: _Location, old: Source, new: Source, candidates: frozenset[str], shown: tuple[str, ...]
) -> Iterator[RecordEdit]:
    sides = place.sides
    if sides.same(old.publisher, new.publisher):
        return
    told = (_entity_name(sides.old, old.publisher), _entity_name(sides.new, new.publisher))
    named = isinstance(old.publisher, EntityId)
    # All that rests on it was attributed to its publisher.
    kind = ChangeKind.ATTRIBUTION_REMOVED if named and shown else ChangeKind.SOURCE_CHANGED
    headline = f"Source `{place.after}`: publisher changed from {told[0] or 'none'} to {told[1] or 'none'}"
    yield place.edit(kind, headline, "publisher", told, candidates, shown)


def _entity_name(side: Snapshot, name: object) -> str:
    return side.graph.entities[name].name if isinstance(name, EntityId) and name in side.graph.entities else ""


def _published(place: _Location, old: Source, new: Source, shown: tuple[str, ...]) -> Iterator[RecordEdit]:
    if old.published == new.published:
        return
    kind = ChangeKind.DATE_CHANGED if isinstance(old.published, FuzzyDate) else ChangeKind.DATE_ADDED
    told = (str(old.published or "none"), str(new.published or "none"))
    headline = f"Source `{place.after}`: publication date changed from {told[0]} to {told[1]}"
    yield place.edit(kind, headline, "published", told, frozenset(), shown)


def _flag(place: _Location, old: Source, new: Source, shown: tuple[str, ...]) -> Iterator[RecordEdit]:
    if place.sides.same(old.status, new.status):
        return
    if old.status is not None and new.status is None:
        headline = f"Source `{place.after}` is no longer marked as {old.status.is_}"
        kind = ChangeKind.RETRACTION_UNDONE if shown and old.status.is_ in TAKEN_BACK else ChangeKind.FLAG_REMOVED
        yield place.edit(kind, headline, "status", (str(old.status.is_), ""), frozenset(), shown)
    elif new.status is not None and old.status is not None and old.status.is_ is new.status.is_:
        headline = f"Source `{place.after}`: what is said of it being {new.status.is_} changed"
        told = (_status_words(old.status), _status_words(new.status))
        yield place.edit(ChangeKind.SOURCE_CHANGED, headline, "status", told, frozenset(), shown)
    elif new.status is not None:
        told = (str(old.status.is_) if old.status else "", str(new.status.is_))
        headline = f"Source `{place.after}` is marked as {new.status.is_}"
        weaker = old.status is not None and old.status.is_ in TAKEN_BACK and new.status.is_ not in TAKEN_BACK
        kind = (
            (ChangeKind.RETRACTION_UNDONE if shown else ChangeKind.FLAG_REMOVED)
            if weaker
            else ChangeKind.SOURCE_FLAGGED
        )
        headline += f"; it was marked as {old.status.is_}" if weaker and old.status else ""
        bare = [key for key in shown if _stands_on_flawed(place.sides.new.graph, key)]
        if bare:
            headline += f"; {_few(bare)} {'has' if len(bare) == 1 else 'have'} no other source"
        edit = place.edit(kind, headline, "status", told, frozenset(), shown)
        accuses = any(place.sides.new.graph.statements[key].is_accusation for key in bare)
        yield replace(edit, change=replace(edit.change, accuses=accuses))


def _status_words(status: SourceStatus) -> str:
    said = f", as `{status.source}` says" if status.source else ""
    return f"{status.is_} ({status.date}{said})"


def _few(keys: Sequence[str]) -> str:
    """Return some keys in words, the first of them by name."""
    names = [f"`{key}`" for key in keys[:_MOST_NAMED]]
    if len(keys) > _MOST_NAMED:
        names.append(f"{len(keys) - _MOST_NAMED:,} more")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


_MOST_NAMED: Final = 3


def _stands_on_flawed(graph: Graph, key: str) -> bool:
    """Tell whether each source that a statement cites was taken back."""
    cited = [graph.sources[name] for name in graph.statements[key].source_ids if name in graph.sources]
    return all(one.status is not None and one.status.is_ in TAKEN_BACK for one in cited)


# ---- terms ----

_TERM_FIELDS: Final = {
    "label": "label",
    "short": "short definition",
    "long": "long definition",
    "expansion": "expansion",
    "pronunciation": "pronunciation",
    "comparison": "comparison",
    "aliases": "aliases",
    "plural": "plural",
    "source": "sources",
    "as_of": "as-of date",
    "see": "see also",
    "scope": "scope",
    "match": "matching",
    "exact": "case sensitivity",
    "unless": "exceptions",
}


def _terms(sides: SnapshotPair) -> Iterator[RecordEdit]:
    for before, after, old, new in _both(sides, "glossary", sides.old.graph.terms, sides.new.graph.terms):
        fields = _differing(sides, _TERM_FIELDS, old, new)
        if not fields:
            continue
        shown = tuple(sides.new.speaking_of(MentionKind.TERM, after))
        values = values_of((sides.old, sides.new), fields, _TERM_FIELDS, (old, new))
        told = before_and_after(values)
        headline = f"Term `{new.label}`: {changed(values)}"
        place = _Location(sides, "glossary", before, after)
        yield place.edit(ChangeKind.TERM_CHANGED, headline, next(iter(fields)), told, frozenset(), shown)
        yield from _support(place, old, new, f"the word `{new.label}`", shown)


# ---- figures of a story ----


def _quantities(sides: SnapshotPair) -> Iterator[RecordEdit]:
    for before, after in sides.names.records["stories"].items():
        old, new = sides.old.graph.stories[before], sides.new.graph.stories[after]
        for name, quantity in old.quantities.items():
            now = new.quantities.get(name)
            if now is not None and not sides.same(quantity, now, before, after):
                yield _quantity(sides, (before, after), name, (quantity, now))


def _quantity(
    sides: SnapshotPair, stories: tuple[str, str], name: str, values: tuple[Quantity, Quantity]
) -> RecordEdit:
    where = Where(stories[1], name)
    found = figure(sides, name, values[0], values[1], where)
    using = [one.key for one in users(sides.new, where)]
    path, old_path = sides.new.path("stories", stories[1]), sides.old.path("stories", stories[0])
    headline = f"The figure `{name}` changed from {found.before} to {found.after}"
    if found.before == found.after:
        headline = f"The figure `{name}` ({found.after}) has changed: {aspects(sides, values)}"
    kind = ChangeKind.FIGURE_CHANGED
    if not _evidence_came(sides, using):
        if hardened(*values):
            kind = ChangeKind.PROMISE_HARDENED
        elif using and is_replaced(*values):
            kind = ChangeKind.FIGURE_REPLACED
    change = Change(
        kind,
        f"stories/{stories[1]}#{{{name}}}",
        headline,
        span=sides.new.span(path, ("quantities", name, _first_value(values[1]))),
        old_span=sides.old.span(old_path, ("quantities", name, _first_value(values[0]))),
        before=found.before,
        after=found.after,
        figure=found,
        accuses=any(sides.new.graph.statements[key].is_accusation for key in using),
    )
    denials = [key for one in using for key in sides.new.graph.dependents.get(one, ())]
    return RecordEdit(change, frozenset((*using, *denials)), tuple(using))


def _evidence_came(sides: SnapshotPair, keys: Sequence[str]) -> bool:
    """Tell whether each of some statements, that there are, cites new evidence."""
    graphs = sides.old.graph.statements, sides.new.graph.statements
    pairs = [
        Pair(sides, graphs[0][was], graphs[1][key])
        for key in keys
        if (was := sides.names.before.get(key, "")) in graphs[0]
    ]
    return bool(pairs) and all(map(new_evidence, pairs))


def _first_value(quantity: Quantity) -> str:
    given = (name for name in ("amount", "at_least", "at_most", "min") if getattr(quantity, name) is not None)
    return next(given, "amount")


# ---- what they share ----


@dataclass(frozen=True, slots=True)
class _Location:
    """A record on both sides."""

    sides: SnapshotPair
    folder: str
    before: str
    after: str

    def edit(  # noqa: PLR0913, PLR0917 - all that an edit is made of
        self,
        kind: ChangeKind,
        headline: str,
        attribute: str,
        told: tuple[str, str],
        candidates: frozenset[str],
        shown: tuple[str, ...],
    ) -> RecordEdit:
        """Return an edit of the record."""
        new, old = self.sides.new, self.sides.old
        change = Change(
            kind,
            f"{self.folder}/{self.after}",
            headline,
            span=new.span(new.path(self.folder, self.after), (attribute,)),
            old_span=old.span(old.path(self.folder, self.before), (attribute,)),
            before=told[0],
            after=told[1],
        )
        return RecordEdit(change, candidates, shown)


def _both(
    sides: SnapshotPair, folder: str, old: Mapping[str, T], new: Mapping[str, T]
) -> Iterator[tuple[str, str, T, T]]:
    """Yield the records that differ: their ids and themselves, before and after."""
    for before, after in sides.names.records[folder].items():
        one, other = old[before], new[after]
        # Those that were merged into another one are gone; what became of that one is told of itself.
        merged = before != after and before in old and after in old
        if one != other and not merged and not _unread(sides, folder, before, after):
            yield before, after, one, other


def _unread(sides: SnapshotPair, folder: str, before: str, after: str) -> bool:
    return sides.old.lacks(sides.old.path(folder, before)) or sides.new.lacks(sides.new.path(folder, after))


_NOT_SHOWN: Final = frozenset({"allow", "formerly"})
_ON_THEIR_OWN: Final = frozenset({"roles", "publisher", "published", "status"})


def _differing(sides: SnapshotPair, words: Mapping[str, str], old: Record, new: Record) -> list[str]:
    """Return the names of the fields that differ, those that have words in their order first."""
    fields = dict.fromkeys((*words, *type(new).model_fields))
    return [
        name
        for name in fields
        if name not in _NOT_SHOWN | _ON_THEIR_OWN and not sides.same(getattr(old, name), getattr(new, name))
    ]


def finished(sides: SnapshotPair, edit: RecordEdit, reworded: Sequence[str]) -> Change:
    """Return the change of an edit, with its reach and the first sentence that it touched."""
    statements = tuple(dict.fromkeys((*edit.shown_with, *reworded)))
    change = replace(edit.change, reach=Impact(statements, tuple(reworded)))
    if not reworded:
        return change
    first = reworded[0]
    return replace(
        change, before=sides.old.own_text(sides.names.before.get(first, first)), after=sides.new.own_text(first)
    )
