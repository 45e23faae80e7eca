"""A statement that cites no source.

## What it does
Reports a statement for which neither itself, its section nor its story names a source. One that names no asserter
either is reported as `missing-attribution`.

## Why
Readers are to see where each fact comes from: that somebody says it is not yet where it can be read.

## Wrong
    - id: purchase
      text: Elon Musk bought {gpus}
      by: elon-musk

## Right
    - id: purchase
      text: Elon Musk bought {gpus}
      by: elon-musk
      source: business-insider-2023

## When to allow it
Never: a statement without a source cannot be checked by anybody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule, at
from nutgraf.diagnostics import Severity
from nutgraf.model import Certainty, Unnamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for one in graph.statements.values():
        # One that names an unknown source has been reported for that, and one that nobody says for this.
        attributed = one.certainty is Certainty.ESTABLISHED or any(by is not Unnamed.UNNAMED for by in one.by)
        if attributed and not one.uses and not one.statement.source and not one.statement.rests_on:
            yield Finding(
                *at(one, "id"),
                f"The statement `{one.id}` has no source",
                "Add `source` to it or to its section, or `based_on` to the story.",
            )


RULE = Rule("unsourced-statement", Severity.ERROR, _find)
