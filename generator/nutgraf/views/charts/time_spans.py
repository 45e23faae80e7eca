"""How far the mark of an event reaches in a picture of time: as its date allows, and as `before` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from nutgraf.graph import key_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from nutgraf.graph import Graph
    from nutgraf.model import FuzzyDate

TimeSpan: TypeAlias = "tuple[dt.datetime | None, dt.datetime | None]"
"""The first and the last moment, in UTC; None where it is open."""


class Reaches:
    """The reaches of the statements of a graph."""

    def __init__(self, graph: Graph) -> None:
        """Collect which statement is before which."""
        self._dates = {key: one.statement.when for key, one in graph.statements.items()}
        self._later: dict[str, list[str]] = {}
        self._earlier: dict[str, list[str]] = {}
        for key, one in graph.statements.items():
            for other in (key_of(one.story, ref) for ref in one.statement.before):
                self._later.setdefault(key, []).append(other)
                self._earlier.setdefault(other, []).append(key)

    def of(self, key: str) -> TimeSpan | None:
        """Return how far a dated statement reaches; its date alone where the order leaves nothing of it."""
        date = self._dates[key]
        if date is None:
            return None
        first = max((*_known(date.earliest), *self._not_before(key)), default=None)
        last = min((*_known(date.latest), *self._not_after(key)), default=None)
        is_empty = first is not None and last is not None and first > last
        return (date.earliest, date.latest) if is_empty else (first, last)

    def _not_before(self, key: str) -> Iterator[dt.datetime]:
        """Yield the moments before which the statement's event can't be, for what comes before it was then."""
        for date in self._around(self._earlier, key):
            yield from _known(date.latest if date.is_exact_day else date.earliest)

    def _not_after(self, key: str) -> Iterator[dt.datetime]:
        for date in self._around(self._later, key):
            yield from _known(date.earliest if date.is_exact_day else date.latest)

    def _around(self, links: dict[str, list[str]], key: str) -> Iterator[FuzzyDate]:
        """Yield the firm dates of all that comes before, or after, a statement, directly or not."""
        waiting, seen = [*links.get(key, ())], {key}
        while waiting:
            other = waiting.pop()
            if other in seen:
                continue
            seen.add(other)
            waiting += links.get(other, ())
            date = self._dates.get(other)
            if date is not None and not any(one.approximate or one.uncertain for one in (date.start, date.end) if one):
                yield date


def _known(moment: dt.datetime | None) -> Iterator[dt.datetime]:
    if moment is not None:
        yield moment
