"""A statement is said to be found, and nobody who examined the evidence is named.

## What it does
Reports `certainty: found` on a statement that only news publications assert.

## Why
A court, an inquiry or a laboratory finds; a newspaper reports that it did. Without the finder the sentence would read
as if the newspaper had examined the evidence.

## Wrong
    - id: cargo
      text: the ship carried too much cargo
      source: daily-post-2023
      certainty: found

## Right
    - id: cargo
      text: the ship carried too much cargo
      source: daily-post-2023
      by: safety-board
      certainty: found

## When to allow it
When a publication ran tests of its own and describes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule, at
from nutgraf.diagnostics import Severity
from nutgraf.graph import is_publication
from nutgraf.model import Certainty, EntityId, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph, Resolved

_NEWS = frozenset({SourceKind.REPORT, SourceKind.INTERVIEW})


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for one in graph.statements.values():
        if one.certainty is Certainty.FOUND and one.statement.certainty and _only_news(graph, one):
            yield Finding(
                *at(one, "certainty"),
                f"`{one.id}` is found by nobody who examined the evidence",
                "Name in `by` who found it: a court, an inquiry, a laboratory; or use `reported`.",
            )


def _only_news(graph: Graph, one: Resolved) -> bool:
    return all(isinstance(by, EntityId) and is_publication(graph, one, by) and _is_press(graph, by) for by in one.by)


def _is_press(graph: Graph, entity: str) -> bool:
    """Tell whether all that somebody published is news: who also published a filing or a paper examines evidence."""
    return {graph.sources[name].kind for name in graph.published_by.get(entity, ())} <= _NEWS


RULE = Rule("finding-without-finder", Severity.ERROR, _find)
