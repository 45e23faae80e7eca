"""A key point that has nothing to stand on.

## What it does
Reports a key point that was retracted, a summary of which all or one that it rests on was retracted, a summary that
rests on nothing, and a statement that is listed twice. A key point that does not exist is reported as
`unknown-statement`.

## Why
Key points are the answer in brief, and what most readers read. What was taken back must not stand there.

## Wrong
    - id: purchase
      text: Elon Musk bought a data centre
      source: business-insider-2023
      retracted: {on: 2023-04-14, reason: The source withdrew it.}
    key_points: [purchase]

## Right
    - id: purchase
      text: Elon Musk bought a data centre
      source: business-insider-2023
    key_points: [purchase]

## When to allow it
When the retraction is the news, and the summary says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.diagnostics import Severity
from nutgraf.graph import key_of
from nutgraf.loading.content import record_path
from nutgraf.model import Summary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph, Resolved


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for name, story in graph.stories.items():
        path = record_path("stories", name)
        seen: set[str] = set()
        for index, point in enumerate(story.key_points):
            one = graph.statements.get(key_of(name, point.id if isinstance(point, Summary) else point))
            if one is None:
                continue  # It has been reported.
            if one.key in seen:
                yield Finding(path, ("key_points", index), f"`{one.id}` is a key point twice", "Remove one of the two.")
            seen.add(one.key)
            yield from _in(graph, path, index, one)


def _in(graph: Graph, path: str, index: int, one: Resolved) -> Iterator[Finding]:
    if not one.is_summary:
        if one.is_retracted:
            advice = "Take it out of `key_points`; the statement stays visible in its section."
            yield Finding(path, ("key_points", index), f"The key point `{one.id}` was retracted", advice)
        return
    if not one.statement.rests_on:
        advice = "Name in `rests_on` the statements that it sums up."
        yield Finding(path, ("key_points", index, "id"), f"The key point `{one.id}` rests on nothing", advice)
    for place, key in enumerate(one.rests_on):
        if graph.statements[key].is_retracted:
            headline = f"The key point `{one.id}` rests on `{graph.statements[key].id}`, which was retracted"
            yield Finding(path, ("key_points", index, "rests_on", place), headline, "Reword it without that statement.")


RULE = Rule("dangling-key-point", Severity.ERROR, _find)
