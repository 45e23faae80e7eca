"""Records what a page depends on while it is rendered.

A page is rendered from a graph that notes each lookup (`recording`), so that no list of dependencies is kept by hand. A
note is a pair, of an index and a key: `("entities", "x")`. `ALL` stands for every value of the index, `KEYS` for its
keys in their order. A value that is derived from one statement and memoized for other pages keeps its notes, and adds
them to those of each page that uses it.

`Fingerprints` says of each note whether the lookup would give the same answer now.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, TypeVar, cast

from nutgraf.build.cache import digest
from nutgraf.glossary.forms import forms_of
from nutgraf.glossary.mentions import Mentions
from nutgraf.graph import Graph
from nutgraf.loading.content import Content, Positions

if TYPE_CHECKING:
    from collections.abc import Callable, ItemsView, Iterator, KeysView, ValuesView

    from nutgraf.build.incremental.record_digests import Records
    from nutgraf.diagnostics import Span
    from nutgraf.graph import Resolved
    from nutgraf.model import Story
    from nutgraf.model.record import Loc
    from nutgraf.views import ViewContext

T = TypeVar("T")
K = TypeVar("K")

Note: TypeAlias = "tuple[str, str]"
"""What was looked into, and what was looked up."""
ALL: Final = "*"
KEYS: Final = "#"
# No id is `*` or `#`.


@dataclass(frozen=True, slots=True)
class MemoizedValue:
    """A value that was worked out for pages; see `nutgraf.views.memoize`.

    Attributes:
        value: what came out.
        drawn: what it was made of.
    """

    value: Any
    drawn: frozenset[Note]

    @property
    def digest(self) -> bytes:
        """The digest of the value: a page that asks for it draws on that alone."""
        return digest(repr(self.value).encode())


class LookupRecorder:
    """The notes of the page that is being made.

    Attributes:
        notes: so far.
        memoized_values: all that was worked out for pages, by the note of who asks for it.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self.notes: set[Note] = set()
        self.memoized_values: dict[Note, MemoizedValue] = {}

    def page(self) -> set[Note]:
        """Begin with another page, and return the set that its notes come into."""
        self.notes = set()
        return self.notes


class RecordingMapping(Mapping[str, T], Generic[T]):
    """A mapping that notes what is looked up. It is no `dict`, so that nothing passes it by."""

    __slots__ = ("_behind", "_trace", "_what")

    def __init__(self, what: str, behind: Mapping[str, T], trace: LookupRecorder) -> None:
        """Take the mapping, and what notes call it."""
        self._what = what
        self._behind = behind
        self._trace = trace

    def __getitem__(self, key: str) -> T:
        self._trace.notes.add((self._what, key))
        return self._behind[key]

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ANN401 - as `Mapping` has it
        """Return what is there, if it is."""
        self._trace.notes.add((self._what, key))
        return self._behind.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._trace.notes.add((self._what, str(key)))
        return key in self._behind

    def __iter__(self) -> Iterator[str]:
        self._trace.notes.add((self._what, KEYS))
        return iter(self._behind)

    def __len__(self) -> int:
        self._trace.notes.add((self._what, KEYS))
        return len(self._behind)

    def keys(self) -> KeysView[str]:
        """Return the keys."""
        self._trace.notes.add((self._what, KEYS))
        return self._behind.keys()

    def values(self) -> ValuesView[T]:
        """Return all that is there."""
        self._trace.notes.add((self._what, ALL))
        return self._behind.values()

    def items(self) -> ItemsView[str, T]:
        """Return all that is there, by its key."""
        self._trace.notes.add((self._what, ALL))
        return self._behind.items()


class _StoryWithoutStatements:
    """A story that notes when somebody asks for its sections: else it stands for what is told around its statements."""

    __slots__ = ("_name", "_story", "_trace")

    def __init__(self, name: str, story: Story, trace: LookupRecorder) -> None:
        self._name = name
        self._story = story
        self._trace = trace

    def __getattr__(self, field: str) -> Any:  # noqa: ANN401 - whatever the field holds
        if field == "sections":
            self._trace.notes.add(("sections", self._name))
        return getattr(self._story, field)


class _RecordingPositions(Positions):
    """Positions that note of which file they are asked."""

    __slots__ = ("_behind", "_trace")
    _behind: Positions
    _trace: LookupRecorder

    def __init__(self, behind: Positions, trace: LookupRecorder) -> None:
        object.__setattr__(self, "_behind", behind)
        object.__setattr__(self, "_trace", trace)
        super().__init__(RecordingMapping("files", behind.roots, trace))

    def span(self, path: str, loc: Loc = (), *, key: bool = False, part: tuple[int, int] | None = None) -> Span:
        self._trace.notes.add(("files", path))
        return self._behind.span(path, loc, key=key, part=part)


_INDEXES: Final = ("by_source", "citing", "by_asserter", "by_relation", "dependents", "published_by", "_by_time")
"""What `Graph` derives: ids or keys by an id."""


class RecordingGraph(Graph):
    """A graph that notes what is asked of it, and answers as the one behind it does."""

    def __init__(self, whole: Graph, trace: LookupRecorder) -> None:
        """Stand for a graph."""
        content = whole.content
        heads = {
            name: cast("Story", _StoryWithoutStatements(name, story, trace)) for name, story in content.stories.items()
        }
        self.__dict__.update(
            content=Content(
                RecordingMapping("stories", heads, trace),
                RecordingMapping("entities", content.entities, trace),
                RecordingMapping("sources", content.sources, trace),
                RecordingMapping("terms", content.terms, trace),
                RecordingMapping("archives", content.archives, trace),
            ),
            statements=RecordingMapping("statements", whole.statements, trace),
            positions=_RecordingPositions(whole.positions, trace),
            damaged=whole.damaged,
            held=whole.held,
            named=whole.named,
            _whole=whole,
            _trace=trace,
            _drawn={},
            **{name: RecordingMapping(name, getattr(whole, name), trace) for name in _INDEXES},
        )

    @property
    def underlying(self) -> Graph:
        """The graph behind it."""
        return cast("Graph", self.__dict__["_whole"])

    @property
    def timeline(self) -> tuple[str, ...]:  # a field there, a property here
        """Keys of the dated statements of all stories, in order of time."""
        self._trace.notes.add(("timeline", ALL))
        return self.underlying.timeline

    @property
    def redirects(self) -> Any:  # noqa: ANN401 - that of the graph
        """Former ids, and what they stand for now."""
        self._trace.notes.add(("redirects", ALL))
        return self.underlying.redirects

    @property
    def _trace(self) -> LookupRecorder:
        return cast("LookupRecorder", self.__dict__["_trace"])

    def in_story(self, story: str) -> tuple[Resolved, ...]:
        """Return the statements of a story in reading order, without the summaries of its key points."""
        self._trace.notes.add(("in_story", story))
        found = self.underlying.in_story(story)
        self._trace.notes.update([("statements", one.key) for one in found])
        return found

    def record_index(self, what: str, derived: Mapping[str, T]) -> Mapping[str, T]:
        """Return what was derived from the whole graph, to be looked up in under notes."""
        return RecordingMapping(what, derived, self._trace)

    def memoize(self, store: dict[K, T], key: K, make: Callable[[], T]) -> T:
        """Return what is kept in a store; whoever uses it draws on what it was made of."""
        trace = self._trace
        drawn: dict[tuple[int, K], frozenset[Note]] = self.__dict__["_drawn"]
        place = id(store), key
        if place not in drawn:
            store.pop(key, None)
            outer, trace.notes = trace.notes, set()
            try:
                store[key] = make()
                drawn[place] = frozenset(trace.notes)
            finally:
                trace.notes = outer
        trace.notes |= drawn[place]
        return store[key]

    def memoize_value(self, store: dict[K, T], place: K, make: Callable[[], T]) -> T:
        """Return what is kept in a store; whoever uses it draws on the value, which draws on what it was made of."""
        trace, note = self._trace, cast("Note", place)
        if note not in trace.memoized_values:
            outer, trace.notes = trace.notes, set()
            try:
                store[place] = make()
                trace.memoized_values[note] = MemoizedValue(store[place], frozenset(trace.notes))
            finally:
                trace.notes = outer
        trace.notes.add(note)
        return cast("T", trace.memoized_values[note].value)


def recording(context: ViewContext, trace: LookupRecorder) -> ViewContext:
    """Return a context that notes what is looked up in it."""
    graph = RecordingGraph(context.graph, trace)
    mentions = Mentions(graph, RecordingMapping("found", context.mentions.found, trace))
    for name in ("by_entity", "by_term", "counts"):
        mentions.__dict__[name] = RecordingMapping(name, getattr(context.mentions, name), trace)
    return replace(context, graph=graph, mentions=mentions)


class Fingerprints:
    """What each note would be answered with, as a digest: the same digest, the same answer."""

    def __init__(
        self,
        context: ViewContext,
        records: Records,
        referrers: Mapping[str, tuple[str, ...]],
        memoized_values: Mapping[Note, MemoizedValue],
    ) -> None:
        """Take the content.

        Args:
            context: the content, not traced.
            records: knows what the records say.
            referrers: as `nutgraf.views.glossary_json` derives them.
            memoized_values: what was worked out for pages, as far as it is good.
        """
        graph = context.graph
        self._graph = graph
        self._mentions = context.mentions
        self._records = records
        self._memoized_values = memoized_values
        self._known: dict[Note, bytes] = {}
        self._parts: dict[int, bytes] = {}
        self._derived: Mapping[str, Mapping[str, object]] = {
            **{name: getattr(graph, name) for name in _INDEXES},
            "by_entity": context.mentions.by_entity,
            "by_term": context.mentions.by_term,
            "counts": context.mentions.counts,
            "found": context.mentions.found,
            "referrers": referrers,
        }
        self._folders: Mapping[str, tuple[str, Mapping[str, object]]] = {
            "stories": ("stories", graph.stories),
            "entities": ("entities", graph.entities),
            "sources": ("sources", graph.sources),
            "terms": ("glossary", graph.terms),
        }

    def of(self, note: Note) -> bytes:
        """Return the digest of what a note is answered with.

        Raises:
            KeyError: nobody here knows what was looked into.
        """
        known = self._known.get(note)
        if known is None:
            memory = self._memoized_values.get(note)
            known = self._known[note] = self._make(*note) if memory is None else memory.digest
        return known

    def _make(self, what: str, name: str) -> bytes:
        if what in self._folders:
            return self._of_records(what, name)
        if what == "statements":
            return self._of_statements(name)
        if what == "sections":
            prints = self._records.prints(self._path("stories", name))
            return prints.whole if prints is not None else b"!"
        if what == "files":
            return self._records.file(name)
        return digest(repr(self._answer(what, name)).encode())

    def _answer(self, what: str, name: str) -> object:
        if what == "in_story":
            return [one.key for one in self._graph.in_story(name)]
        if what == "timeline":
            return self._graph.timeline
        if what == "redirects":
            return self._graph.redirects.records, self._graph.redirects.anchors
        found = self._derived[what]
        if name == ALL:
            return list(found.items())
        return list(found) if name == KEYS else found.get(name)

    def _of_records(self, what: str, name: str) -> bytes:
        folder, records = self._folders[what]
        if name == KEYS:
            return digest(json.dumps(list(records)).encode())
        if name == ALL:
            told = hashlib.blake2b(digest_size=32)
            for one in records:
                told.update(one.encode() + b"\0" + self.of((what, one)))
            return told.digest()
        if name not in records:
            return b""
        prints = self._records.prints(self._path(folder, name))
        return prints.head if prints is not None else b"!"

    def _path(self, folder: str, name: str) -> str:
        return self._graph.positions.path(folder, name)

    def _of_statements(self, name: str) -> bytes:
        if name in {KEYS, ALL}:
            told = hashlib.blake2b(digest_size=32)
            for one in self._graph.statements:
                told.update(one.encode() + b"\0" + (self.of(("statements", one)) if name == ALL else b""))
            return told.digest()
        found = self._graph.statements.get(name)
        return self._of_statement(found) if found is not None else b""

    def _of_statement(self, one: Resolved) -> bytes:
        prints = self._records.prints(one.place.path)
        if prints is None:
            return b"!"
        loc = one.place.loc
        own = prints.head if one.section is None else prints.statements[int(loc[1])][int(loc[3])]
        told = hashlib.blake2b(own, digest_size=32)
        # Where it stands is told by its file: see `_RecordingPositions`.
        plain = (
            (one.section, one.certainty, one.verb, one.manner, one.rests_on, one.refuted_by, one.conflicts_with),
            (one.denies, one.replies, one.outcomes, one.superseded_by),
            [(origin.sources, origin.repeated_by, origin.root) for origin in one.origins],
        )
        told.update(repr(plain).encode())
        for part in (*one.uses, None, *one.by, None, one.said, *one.disputes):
            told.update(self._part(part))
        return told.digest()

    def _part(self, part: object) -> bytes:
        # What comes from a section or a story is one value for all that it stands for.
        known = self._parts.get(id(part))
        if known is None:
            known = self._parts[id(part)] = f"{type(part).__name__} {part!r}\0".encode()
        return known


def global_fingerprint(context: ViewContext) -> bytes:
    """Return the digest of what each page draws on without asking: all names and words that are found in texts."""
    graph = context.graph
    told = hashlib.blake2b(digest_size=32)
    for form in forms_of(graph):
        # A set has no order of its own.
        told.update(repr((replace(form, scope=frozenset()), sorted(form.scope))).encode())
    told.update(repr([(name, one.name, one.short) for name, one in graph.entities.items()]).encode())
    told.update(repr([(name, one.topics) for name, one in graph.stories.items()]).encode())
    told.update(repr(context.settings).encode())
    return told.digest()
