"""A graph seen through a few of its files: going through it meets these alone, looking something up finds all.

A preview checks what was just saved before it shows it. Rules go through the graph and look up what they find named, so
that they need not know of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from nutgraf.graph.graph import Graph
from nutgraf.loading.content import FOLDERS, Positions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

V = TypeVar("V")


class SubsetMapping(Mapping[str, V]):
    """A mapping with all entries, of which going through it meets some."""

    def __init__(self, whole: Mapping[str, V], met: tuple[str, ...]) -> None:
        """Take all entries, and the keys of those that are met."""
        self._whole = whole
        self._met = met

    def __getitem__(self, key: str) -> V:
        return self._whole[key]

    def __contains__(self, key: object) -> bool:
        return key in self._whole

    def __iter__(self) -> Iterator[str]:
        return iter(self._met)

    def __len__(self) -> int:
        return len(self._met)


@dataclass(frozen=True, eq=False)
class SubsetGraph(Graph):
    """A graph that stands for another, of which it has all that is derived by going through everything."""

    all: Graph | None = None

    @property
    def underlying(self) -> Graph:
        """That other one."""
        assert self.all is not None  # noqa: S101
        return self.all

    def __getattribute__(self, name: str) -> Any:  # noqa: ANN401
        # What was derived by going through everything is that of the whole.
        return (
            getattr(object.__getattribute__(self, "underlying"), name)
            if name in _DERIVED
            else super().__getattribute__(name)
        )


_DERIVED = frozenset(
    {
        "_by_story",
        "_by_time",
        "redirects",
        "by_source",
        "by_asserter",
        "by_relation",
        "dependents",
        "published_by",
        "timeline",
    }
)


def subset(graph: Graph, paths: Collection[str]) -> Graph:
    """Return a graph seen through some of its files.

    Args:
        graph: the whole.
        paths: of the files, relative to the content folder.
    """
    content = graph.content
    folders = dict(zip(FOLDERS, (content.stories, content.entities, content.sources, content.terms), strict=True))
    met = {
        folder: tuple(name for name in records if graph.positions.path(folder, name) in paths)
        for folder, records in folders.items()
    }
    seen: list[Any] = [SubsetMapping(records, met[folder]) for folder, records in folders.items()]
    keys = tuple(one.key for name in met["stories"] for one in graph._by_story.get(name, ()))  # noqa: SLF001
    return SubsetGraph(
        replace(content, stories=seen[0], entities=seen[1], sources=seen[2], terms=seen[3]),
        SubsetMapping(graph.statements, keys),
        graph.timeline,
        Positions(SubsetMapping(graph.positions.roots, tuple(path for path in paths if path in graph.positions.roots))),
        graph.damaged,
        graph.held,
        graph.named,
        graph,
    )
