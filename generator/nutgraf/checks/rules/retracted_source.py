"""A statement cites only sources that were retracted.

## What it does
Reports a statement that is `reported` or `found` if all sources it cites were retracted or withdrawn. A statement that
is retracted, replaced or refuted itself is left alone, and so is one that only tells what somebody claimed: a retracted
paper still proves that its authors said so. (`unsupported-certainty` looks at what is `established`.)

## Why
Whoever published it no longer vouches for it, so the sentence attributes to a publication what that publication took
back.
(COPE Retraction Guidelines, on citing retracted work.)

## Wrong
    - id: cells
      text: a laboratory grew eleven lines of cells
      source: paper-2005                # status: {is: retracted}

## Right
    - id: cells
      text: a laboratory grew eleven lines of cells
      source: paper-2005
      retracted: {on: 2006-01-12, reason: The journal retracted the paper}

## When to allow it
When the source was retracted for another reason than this statement, and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule, given
from nutgraf.diagnostics import Severity
from nutgraf.graph import TAKEN_BACK
from nutgraf.loading.content import record_path
from nutgraf.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph, Resolved

_VOUCHED: Final[frozenset[Certainty]] = frozenset({Certainty.REPORTED, Certainty.FOUND})


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for one in graph.statements.values():
        if one.certainty not in _VOUCHED or not one.uses or (one.rests_on and not one.statement.source):
            continue  # It has no source, or those of the statements that it rests on, which are looked at themselves.
        if one.is_retracted or one.is_refuted or one.superseded_by is not None:
            continue
        if all(_is_taken_back(graph, name) for name in one.source_ids):
            names = ", ".join(f"`{name}`" for name in one.source_ids)
            yield Finding(
                *given(one, "source"),
                f"`{one.id}` cites only retracted sources: {names}",
                _advice(one),
                related=tuple(
                    (record_path("sources", name), ("status",), "was retracted here") for name in one.source_ids
                ),
            )


def _is_taken_back(graph: Graph, name: str) -> bool:
    status = graph.sources[name].status
    return status is not None and status.is_ in TAKEN_BACK


def _advice(one: Resolved) -> str:
    if one.certainty is Certainty.FOUND:
        return "Cite a source that still holds, or add `retracted: {on: ..., reason: ...}`."
    return (
        "Cite a source that still holds, add `retracted: {on: ..., reason: ...}`, or name in `by` who claimed it, with "
        "`certainty: claimed`."
    )


RULE = Rule("retracted-source", Severity.WARNING, _find)
