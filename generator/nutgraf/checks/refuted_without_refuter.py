"""A statement that refutes another is itself refuted or retracted.

## What it does
Reports a statement in `refuted_by` that cannot refute anything: one that was retracted, that speculates, or that is the
refuted statement itself.

## Why
A refuted statement is never printed without its refuter, so the refuter has to hold.

## Wrong
    - id: all-rescued
      text: all pupils had been rescued
      refuted_by: all-rescued

## Right
    - id: all-rescued
      text: all pupils had been rescued
      refuted_by: toll

## When to allow it
Never: name a statement that stands.
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
        for key in one.refuted_by:
            refuter = graph.statements[key]
            if key == one.key or refuter.is_retracted or refuter.certainty is Certainty.SPECULATED:
                yield Finding(
                    *at(one, "refuted_by"),
                    f"`{refuter.id}` cannot refute `{one.id}`",
                    "Name a statement that stands, and says more than that something is possible.",
                )


RULE = Rule("refuted-without-refuter", Severity.ERROR, _find)
