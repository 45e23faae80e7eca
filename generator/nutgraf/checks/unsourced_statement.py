"""A statement that cites no source.

## What it does
Reports a statement for which neither itself, its section nor its story names a source.

## Why
Readers are to see where each fact comes from. Without a source there is nobody to attribute it to.

## Wrong
    - id: purchase
      text: Elon Musk bought {gpus}

## Right
    - id: purchase
      text: Elon Musk bought {gpus}
      source: business-insider-2023
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule, at
from nutgraf.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for one in graph.statements.values():
        # One that names an unknown source has been reported for that.
        if not one.uses and not one.statement.source and not one.statement.rests_on:
            yield Finding(
                *at(one, "id"),
                f"The statement `{one.id}` has no source",
                "Add `source` to it or to its section, or `based_on` to the story.",
            )


RULE = Rule("unsourced-statement", Severity.ERROR, _find)
