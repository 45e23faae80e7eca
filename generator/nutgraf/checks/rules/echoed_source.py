"""One origin that reads like several.

## What it does
Warns of a statement whose sentence names two or more publications, where all of them go back to one origin: one repeats
the other, or both repeat a third. Sources that are only cited, and not named in the sentence, are no fault: the mark of
the statement says that they repeat each other.

## Why
"The Post and the Wire both report" tells readers of two newsrooms that found the same. Ten papers that print one
agency's dispatch are one report.
(Reuters Handbook of Journalism, on not citing sources in the plural when there is one; BBC Editorial Guidelines,
section 3, on corroboration.)

## Wrong
    - id: purchase
      text: Elon Musk bought a data centre
      source: [business-insider-2023, ai-catalog-2023]      # the second repeats the first
      by: [business-insider, ai-catalog]

## Right
    - id: purchase
      text: Elon Musk bought a data centre
      source: [business-insider-2023, ai-catalog-2023]
      by: business-insider

## When to allow it
When a publication repeats another and confirmed it, too: better say so with `{id: ..., from: own}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule, given
from nutgraf.diagnostics import Severity
from nutgraf.model import Anonymous, Certainty, EntityId, Unnamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph, Origin, Resolved


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for one in graph.statements.values():
        if one.certainty is Certainty.ESTABLISHED or one.is_summary:
            continue
        for origin in one.origins:
            named = _named(graph, one, origin)
            if len(named) > 1:
                yield _finding(graph, one, origin, named)


def _named(graph: Graph, one: Resolved, origin: Origin) -> tuple[str, ...]:
    """Return the publishers of one origin that the statement's sentence names, each once."""
    asserters = {str(by) for by in one.by if isinstance(by, EntityId)}
    behind = _publishers(graph, (*origin.sources, *origin.repeated_by))
    asserting = tuple(name for name in behind if name in asserters)
    if asserting:
        return asserting
    if not all(isinstance(by, Anonymous | Unnamed) for by in one.by):
        return ()  # Somebody is named as the one who says so: whoever carried it does not read as a second.
    # Nobody is: the sentence says whom they told it.
    read = [name for name in origin.sources if graph.sources[name].read]
    read = read or [name for name in origin.repeated_by if graph.sources[name].read]
    return _publishers(graph, read or origin.sources)


def _publishers(graph: Graph, sources: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    publishers = (graph.sources[name].publisher for name in sources)
    return tuple(dict.fromkeys(str(one) for one in publishers if isinstance(one, EntityId)))


def _finding(graph: Graph, one: Resolved, origin: Origin, named: tuple[str, ...]) -> Finding:
    names = " and ".join(graph.entities[name].name if name in graph.entities else name for name in named)
    count = {2: "two"}.get(len(named), str(len(named)))
    return Finding(
        *given(one, "by" if one.statement.by else "source"),
        f"{names} read as {count} reports of `{one.id}`, and have it from one origin",
        _advice(graph, one, origin, named),
    )


def _advice(graph: Graph, one: Resolved, origin: Origin, named: tuple[str, ...]) -> str:
    root = origin.root
    if root is None:
        return "Name one of them in `by`, or the source that they repeat."
    if not any(isinstance(by, EntityId) for by in one.by):
        return f"They have it from `{root}`: cite that beside them, or leave all but one out."
    publisher = graph.sources[root].publisher
    if root in (*origin.sources, *origin.repeated_by):
        first = publisher if isinstance(publisher, EntityId) else named[0]
        return f"Write `by: {first}`: the others repeat `{root}`."
    by = f" and write `by: {publisher}`" if isinstance(publisher, EntityId) else ""
    return f"They repeat `{root}`: cite that beside them{by}."


RULE = Rule("echoed-source", Severity.WARNING, _find)
