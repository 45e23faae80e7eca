"""The order of events whose dates are vague.

Two things are sure: a date may surely come before another, and `before` of a statement says that its event did. The
order holds to both, and beyond them sorts by the moment at which a date begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutgraf.model.dates import FuzzyDate, SortKey


@dataclass(frozen=True, slots=True)
class Order:
    """One event: its key, its date if any source says, and the keys of events that came later."""

    key: str
    when: FuzzyDate | None
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ordered:
    """Events in order.

    Attributes:
        keys: the keys of the events with a date, the earliest first.
        contradictions: pairs of which the first is said to be before the second, though dates or other pairs say no.
    """

    keys: tuple[str, ...]
    contradictions: tuple[tuple[str, str], ...] = ()


def in_order(events: tuple[Order, ...]) -> Ordered:
    """Sort events by what is known of their dates.

    An event without a date takes part through its `before` only: it passes the bounds of others on, and is not listed.
    """
    by_key = {event.key: event for event in events}
    contradictions: list[tuple[str, str]] = []
    rank: dict[str, int] = {}
    for event in _first_to_last(by_key, contradictions):
        rank[event.key] = len(rank)
    contradictions += [
        (event.key, other)
        for event in events
        for other in _later(by_key, event)
        if event.when and (date := by_key[other].when) and date.surely_before(event.when)
    ]
    wrong = set(contradictions)
    # An event is sorted no earlier than any that came before it.
    begins: dict[str, SortKey] = {}
    for key in sorted(rank, key=rank.__getitem__):
        event = by_key[key]
        if event.when is not None:
            begins[key] = max(begins[key], event.when.sort_key) if key in begins else event.when.sort_key
        for other in event.before:
            if key in begins and other in by_key and (key, other) not in wrong:
                begins[other] = max(begins.get(other, begins[key]), begins[key])
    dated = [event.key for event in events if event.when is not None]
    return Ordered(tuple(sorted(dated, key=lambda key: (begins[key], rank[key]))), tuple(dict.fromkeys(contradictions)))


def _later(by_key: Mapping[str, Order], event: Order) -> Iterator[str]:
    """Yield all events that `before` puts behind `event`, directly or through others."""
    seen = {event.key}
    waiting = [*event.before]
    while waiting:
        key = waiting.pop()
        if key in seen or key not in by_key:
            continue
        seen.add(key)
        yield key
        waiting += by_key[key].before


def _first_to_last(by_key: Mapping[str, Order], circles: list[tuple[str, str]]) -> Iterator[Order]:
    """Yield events so that each comes before those its `before` names; pairs that close a circle go to `circles`."""
    state: dict[str, bool] = {}
    behind: list[Order] = []
    # From the last to the first, so that those without a say keep the order in which they came.
    for start in reversed(tuple(by_key.values())):
        if start.key in state:
            continue
        state[start.key] = False
        path = [(start, reversed(start.before))]
        while path:
            event, rest = path[-1]
            other = next(rest, None)
            if other is None:
                state[event.key] = True
                behind.append(event)
                path.pop()
            elif other in by_key and state.get(other) is None:
                state[other] = False
                path.append((by_key[other], reversed(by_key[other].before)))
            elif state.get(other) is False:
                circles.append((event.key, other))
    yield from reversed(behind)
