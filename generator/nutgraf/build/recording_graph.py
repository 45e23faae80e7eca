"""Records what a page looks up while it is rendered.

A page is rendered from a graph that records each lookup (`recording`), so that no list of dependencies is kept by hand.
A note is a pair, of an index and a key: `("entities", "x")`. `ALL` stands for every value of the index, `KEYS` for its
keys in their order. A value that is memoized for several pages keeps its notes, and adds them to those of each page
that uses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Generic, TypeAlias, TypeVar, cast

from nutgraf.glossary.mentions import Mentions
from nutgraf.graph import Graph
from nutgraf.loading.content import Content, Positions

if TYPE_CHECKING:
    from collections.abc import Callable, ItemsView, Iterator, KeysView, ValuesView

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


class LookupRecorder:
    """The notes of the page that is being rendered.

    Attributes:
        notes: so far.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self.notes: set[Note] = set()

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


def recording(context: ViewContext, trace: LookupRecorder) -> ViewContext:
    """Return a context that notes what is looked up in it."""
    graph = RecordingGraph(context.graph, trace)
    mentions = Mentions(graph, RecordingMapping("found", context.mentions.found, trace))
    for name in ("by_entity", "by_term", "counts"):
        mentions.__dict__[name] = RecordingMapping(name, getattr(context.mentions, name), trace)
    return replace(context, graph=graph, mentions=mentions)
