"""Second-hand shown as direct.

## What it does
Reports a statement that cites only sources with `read: no`: nothing that we read carries it. Reports one that is
`established`, too, when we know all that it goes back to through others only, since its sentence names nobody who
carried it.

## Why
Whoever cites what he has not read vouches for a stranger's reading of it. Readers are to be told through whom we know:
"the New York Times reported, as cited by Business Insider".
(Reuters Handbook of Journalism, on picking up what others report; BBC Editorial Guidelines, section 3, on first-hand
sources.)

## Wrong
    - id: access
      text: OpenAI lost its access to Twitter's data
      source: nyt-2022                                      # read: no

## Right
    - id: access
      text: OpenAI lost its access to Twitter's data
      source: [nyt-2022, {id: business-insider-2023, from: nyt-2022}]
      by: new-york-times

## When to allow it
Never: read the source and say `read: yes`, or cite what you read about it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule, given
from nutgraf.diagnostics import Severity
from nutgraf.loading.content import record_path
from nutgraf.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph, Resolved


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for one in graph.statements.values():
        if not one.uses or (one.rests_on and not one.statement.source):
            continue  # It has no source, or those of the statements that it rests on, which are looked at themselves.
        if not any(graph.sources[name].read for name in one.source_ids):
            yield _finding(
                graph,
                one,
                f"`{one.id}` cites only what we have not read: {_listed(one.source_ids)}",
                _carrier(graph, one),
            )
        elif one.certainty is Certainty.ESTABLISHED and not _is_first_hand(graph, one):
            unread = tuple(name for name in one.source_ids if not graph.sources[name].read)
            yield _finding(
                graph,
                one,
                f"`{one.id}` is established by what we know second-hand: {_listed(unread)}",
                f"Read {_listed(unread)} and say `read: yes`; or use a lower certainty, and the carrier will be named.",
            )


def _is_first_hand(graph: Graph, one: Resolved) -> bool:
    return any(graph.sources[name].read for origin in one.origins for name in origin.sources)


def _finding(graph: Graph, one: Resolved, headline: str, advice: str) -> Finding:
    unread = (name for name in one.source_ids if not graph.sources[name].read)
    related = tuple((record_path("sources", name), ("read",), "was not read") for name in unread)
    return Finding(*given(one, "source"), headline, advice, related=related)


def _carrier(graph: Graph, one: Resolved) -> str:
    """Return advice that names the source through which we know of what was not read, if one is on record."""
    for name in one.source_ids:
        for other, source in graph.sources.items():
            if source.read and name in source.derives_from:
                return (
                    f"Cite the source that you have it from as well: `source: [{', '.join(one.source_ids)}, {other}]`."
                )
    return "Cite the source that you have it from as well, or read it and say `read: yes`."


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


RULE = Rule("unread-source", Severity.ERROR, _find)
