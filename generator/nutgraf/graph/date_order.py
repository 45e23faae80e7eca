"""The order of events whose dates are vague.

Two things are sure: a date may surely come before another, and `before` of a statement says that its event did. The
order holds to both, and beyond them sorts by the moment at which a date begins.
"""

from __future__ import annotations

import heapq
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
    contradictions = list(_circles(by_key))
    contradictions += [
        (event.key, other)
        for event in events
        for other in _later(by_key, event)
        if event.when and (date := by_key[other].when) and date.surely_before(event.when)
    ]
    wrong = set(contradictions)
    sound = tuple(
        Order(
            one.key, one.when, tuple(other for other in one.before if other in by_key and (one.key, other) not in wrong)
        )
        for one in events
    )
    keys = tuple(event.key for event in _placed(sound) if event.when is not None)
    return Ordered(keys, tuple(dict.fromkeys(contradictions)))


def _placed(events: tuple[Order, ...]) -> Iterator[Order]:
    """Yield events, each as early as its date says and no earlier than what is sure to come before it."""
    place = {event.key: number for number, event in enumerate(events)}
    missing = dict.fromkeys(place, 0)
    for event in events:
        for other in event.before:
            missing[other] += 1
    ready = [_entry(event, place) for event in events if not missing[event.key]]
    heapq.heapify(ready)
    held_back = {event.key: event for event in events if missing[event.key]}
    parked: dict[str, list[Order]] = {}
    while ready or held_back:
        # Nothing is ready only if what is sure goes in a circle; then the first in line goes first.
        event = events[heapq.heappop(ready)[-1]] if ready else held_back[min(held_back, key=place.__getitem__)]
        blocking = next((one for one in held_back.values() if _surely_before(one, event)), None) if ready else None
        if blocking is not None:
            # What is held back by a `before` comes later than its own date says, and holds back what comes after it.
            parked.setdefault(blocking.key, []).append(event)
            held_back[event.key] = event
            continue
        held_back.pop(event.key, None)
        yield event
        for other in event.before:
            missing[other] -= 1
            if not missing[other] and other in held_back:
                heapq.heappush(ready, _entry(held_back.pop(other), place))
        for one in parked.pop(event.key, []):
            if held_back.pop(one.key, None):
                heapq.heappush(ready, _entry(one, place))


def _entry(event: Order, place: Mapping[str, int]) -> tuple[bool, SortKey | tuple[()], int]:
    """Return what sorts events that are ready: the undated at once, equal dates as they came."""
    return event.when is not None, event.when.sort_key if event.when else (), place[event.key]


def _surely_before(one: Order, other: Order) -> bool:
    return one.when is not None and other.when is not None and one.when.surely_before(other.when)


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


def _circles(by_key: Mapping[str, Order]) -> Iterator[tuple[str, str]]:
    """Yield the pairs that close a circle of `before`: the second leads back to the first."""
    over: dict[str, bool] = {}
    for start in by_key.values():
        if start.key in over:
            continue
        over[start.key] = False
        path = [(start, iter(start.before))]
        while path:
            event, rest = path[-1]
            other = next(rest, None)
            if other is None:
                over[event.key] = True
                path.pop()
            elif other in by_key and other not in over:
                over[other] = False
                path.append((by_key[other], iter(by_key[other].before)))
            elif over.get(other) is False:
                yield event.key, other
