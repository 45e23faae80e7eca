"""A statement is said to be established, and its sources do not carry that.

## What it does
Reports `certainty: established` where the statement cites neither a public record nor a primary document, nor sources
of two independent origins, and where an open dispute has the statement as a position.

## Why
An established statement is the only kind that is printed without attribution. It needs evidence that speaks for itself.

## Wrong
    - id: purchase
      text: Elon Musk bought {gpus}
      source: business-insider-2023     # one report
      certainty: established

## Right
    - id: lp
      text: OpenAI announced OpenAI LP
      source: openai-lp-2019            # kind: release, OpenAI's own
      certainty: established

## When to allow it
When a fact is common knowledge that no source bothers to prove: better leave it out, or cite one that does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule, at
from nutgraf.diagnostics import Severity
from nutgraf.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph, Resolved

_TWO = 2


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for one in graph.statements.values():
        if one.certainty is not Certainty.ESTABLISHED or not one.uses:
            continue
        if one.is_disputed:
            yield Finding(
                *at(one, "certainty"),
                f"`{one.id}` is disputed and cannot be established",
                "Say who claims or reports it, or settle the dispute.",
            )
        elif not _is_carried(graph, one):
            yield Finding(
                *at(one, "certainty"),
                f"`{one.id}` cites nothing that could establish it",
                "Cite a public record or a primary document, or two independent origins; or use a lower certainty.",
            )


def _is_carried(graph: Graph, one: Resolved) -> bool:
    primary = any(graph.sources[name].is_primary for name in one.source_ids)
    return primary or len(one.origins) >= _TWO


RULE = Rule("unsupported-certainty", Severity.ERROR, _find)
