"""Definitions that explain each other.

## What it does
Reports terms whose short definitions use each other in a circle: "firehose: a stream", "stream: what comes from the
firehose". Each circle is reported once.

## Why
The popover of one word sends the reader to the other and back, and neither says what they are. (ISO 704, Terminology
work, on circular definitions.)

## Wrong
    # glossary/donation.yml
    label: donation
    short: A pledge that was kept.
    # glossary/pledge.yml
    label: pledge
    short: A promise of a donation.

## Right
    # glossary/donation.yml
    label: donation
    short: Money that somebody hands over as a gift.
    # glossary/pledge.yml
    label: pledge
    short: A promise of a donation.

## When to allow it
When the circle is wide, and each definition is clear without the terms in it.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.definitions import home, terms_in
from nutgraf.diagnostics import Severity
from nutgraf.loading.content import record_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutgraf.checks.policy import Policy
    from nutgraf.glossary import Mention
    from nutgraf.graph import Graph


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    uses = {name: _used(graph, name) for name in graph.terms}
    told: set[frozenset[str]] = set()
    for name in graph.terms:
        circle = _circle(uses, name)
        if not circle or frozenset(circle) in told:
            continue
        told.add(frozenset(circle))
        place = uses[name][circle[1]]
        way = " → ".join(f"`{one}`" for one in (*circle, name))
        related = tuple((record_path("glossary", one), ("short",), f"`{one}` is explained here") for one in circle[1:])
        yield Finding(
            record_path("glossary", name),
            ("short",),
            f"Definitions explain each other: {way}",
            "Explain one of them in words that need no entry.",
            start=place.start,
            end=place.end,
            related=related,
        )


def _used(graph: Graph, name: str) -> Mapping[str, Mention]:
    """Return the other terms in the short definition of one, each with where it stands first."""
    term = graph.terms[name]
    found: dict[str, Mention] = {}
    for one in terms_in(graph, term.short, home(graph, term)):
        if one.id != name:
            found.setdefault(one.id, one)
    return found


def _circle(uses: Mapping[str, Mapping[str, Mention]], start: str) -> tuple[str, ...]:
    """Return the shortest way from a term back to itself, the term in front; nothing if there is none."""
    before: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for other in uses[here]:
            if other == start:
                way = [here]
                while way[-1] != start:
                    way.append(before[way[-1]])
                return tuple(reversed(way))
            if other not in before:
                before[other] = here
                waiting.append(other)
    return ()


RULE = Rule("circular-definition", Severity.WARNING, _find)
