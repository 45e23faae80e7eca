"""A certainty that does not fit who asserts the statement.

## What it does
Reports `certainty: claimed` on a statement that only publications assert on their own sourcing, and
`certainty: reported` on one that a party asserts.

## Why
The two say different things to readers: that somebody with a part in the matter says so, or that a publication found
it out. The sentence is made from who asserts it, so it would not bear the mark beside it out.

## Wrong
    - id: closed
      text: the plant was closed
      source: daily-post-2023
      certainty: claimed

## Right
    - id: closed
      text: the plant was closed
      source: daily-post-2023
      by: works
      certainty: claimed

## When to allow it
When a publication is itself a party to the matter and speaks in its own news report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule, at
from nutgraf.diagnostics import Severity
from nutgraf.graph import is_publication
from nutgraf.model import Anonymous, Certainty, Unnamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for one in graph.statements.values():
        if one.statement.certainty is None or one.statement.denies or not one.by or one.rests_on:
            continue
        published = [is_publication(graph, one, by) for by in one.by]
        if one.certainty is Certainty.CLAIMED and all(published):
            yield Finding(
                *at(one, "certainty"),
                f"`{one.id}` is claimed, but only publications assert it",
                "Name in `by` who claims it, or use `reported`.",
            )
        parties = [by for by, is_press in zip(one.by, published, strict=True) if not is_press]
        if one.certainty is Certainty.REPORTED and any(not isinstance(by, Anonymous | Unnamed) for by in parties):
            yield Finding(
                *at(one, "certainty"),
                f"`{one.id}` is reported, but a party to the matter asserts it",
                "Use `claimed`, or leave `by` out if the publication vouches for it.",
            )


RULE = Rule("mismatched-certainty", Severity.WARNING, _find)
