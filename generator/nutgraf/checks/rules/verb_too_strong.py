"""A verb of saying that claims more than the certainty.

## What it does
Reports `verb: find`, `rule` or `measure` on a statement whose certainty is below `found`.

## Why
These verbs tell readers that evidence was examined. A claim does not become a finding by its verb.

## Wrong
    - id: leak
      text: the valve had been open
      by: operator
      verb: find

## Right
    - id: leak
      text: the valve had been open
      by: safety-board
      verb: find
      certainty: found

## When to allow it
Never: a verb must not claim what the certainty does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule, at
from nutgraf.diagnostics import Severity
from nutgraf.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for one in graph.statements.values():
        if one.verb is not None and one.verb.strongest and one.certainty.rank < Certainty.FOUND.rank:
            yield Finding(
                *at(one, "verb"),
                f"The verb `{one.verb}` is stronger than `{one.certainty}`",
                "Use `say` or `estimate`, or `certainty: found` if the evidence was examined.",
            )


RULE = Rule("verb-too-strong", Severity.ERROR, _find)
