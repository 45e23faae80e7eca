"""Two statements that are told differently, by one and the same source.

## What it does
Warns of `conflicts_with` between two statements that cite the same sources.

## Why
`conflicts_with` tells readers that another source gives another account or figure. What one source tells in two ways is
its own contradiction, a correction or a misreading: readers should learn which.
(Reuters Handbook of Journalism, on conflicting accounts and on corrections.)

## Wrong
    - {id: gpus, text: Elon Musk bought many GPUs, source: business-insider-2023, conflicts_with: no-gpus}
    - {id: no-gpus, text: Elon Musk bought few GPUs, source: business-insider-2023}

## Right
    - {id: gpus, text: Elon Musk bought many GPUs, source: business-insider-2023, conflicts_with: no-gpus}
    - {id: no-gpus, text: Elon Musk bought few GPUs, source: semafor-2023}

## When to allow it
When a source does give two accounts, and says so.
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
        for key in one.conflicts_with:
            other = graph.statements[key]
            if not one.uses or set(one.source_ids) != set(other.source_ids):
                continue
            cited = " and ".join(f"`{name}`" for name in one.source_ids)
            yield Finding(
                *at(one, "conflicts_with"),
                f"`{one.id}` conflicts with `{other.id}`, but both cite {cited}",
                "Cite the other source in one of them; or, if one gave way to the other, use `superseded` instead.",
                related=((*at(other, "id"), "the other account"),),
            )


RULE = Rule("same-source-conflict", Severity.WARNING, _find)
