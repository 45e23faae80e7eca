"""A graph that is gone through step by step, so that whoever has something more urgent to do is never kept waiting.

A preview checks all rules once nobody waits for a page. Somebody may at any moment, and a rule that goes through a
thousand stories would keep them waiting; rules need not know of it.
"""

from __future__ import annotations

from collections.abc import ItemsView, ValuesView
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

from nutgraf.graph.subset import SubsetGraph
from nutgraf.loading.content import Positions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from nutgraf.graph.graph import Graph

V = TypeVar("V")

_STRIDE: Final = 8
"""How many entries are met between two steps: with a rule that looks closely at each, a millisecond or two."""


class _ThrottledMapping(dict[str, V]):
    """A mapping that lets others go first while it is gone through."""

    def __init__(self, whole: Mapping[str, V], between: Callable[[], None]) -> None:
        super().__init__(whole)
        self._between = between

    def __iter__(self) -> Iterator[str]:
        return _in_steps(super().__iter__(), self._between)

    # Those of a dictionary would not ask for `__iter__`.

    def values(self) -> Any:  # noqa: ANN401
        return ValuesView(self)

    def items(self) -> Any:  # noqa: ANN401
        return ItemsView(self)


@dataclass(frozen=True, eq=False)
class _ThrottledGraph(SubsetGraph):
    between: Callable[[], None] = lambda: None

    def in_batches(self, things: Iterable[V]) -> Iterable[V]:
        return _in_steps(things, self.between)


def _in_steps(things: Iterable[V], between: Callable[[], None]) -> Iterator[V]:
    for place, one in enumerate(things):
        if not place % _STRIDE:
            between()
        yield one


def throttled(graph: Graph, between: Callable[[], None]) -> Graph:
    """Return a graph that is the same, but calls `between` every few records or statements that one goes through.

    Args:
        graph: the whole.
        between: may take its time, and may raise to end it all.
    """
    content = graph.content
    kept = {
        name: _ThrottledMapping(getattr(content, name), between) for name in ("stories", "entities", "sources", "terms")
    }
    return _ThrottledGraph(
        replace(content, **kept),
        _ThrottledMapping(graph.statements, between),
        graph.timeline,
        Positions(_ThrottledMapping(graph.positions.roots, between)),
        graph.damaged,
        graph.held,
        graph.named,
        graph,
        between,
    )
