"""A refuted statement stands somewhere without anything that refutes it.

## What it does
Reports a statement in `refuted_by` that cannot refute anything: one that is below `found`, that was retracted,
corrected or withdrawn, that is itself refuted by the statement it is to refute, or that is that statement. It reports a
summary, too, that rests on a refuted statement and leaves the refuter out.

## Why
A refuted statement is never printed without its refuter, so the refuter has to hold, and has to be there. "This has
been refuted" is in the voice of the site: a report or a claim to the contrary contradicts, and refutes nothing.

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

from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule, at
from nutgraf.diagnostics import Severity
from nutgraf.model import Because, Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph, Resolved


_PROVING: Final = frozenset({Certainty.FOUND, Certainty.ESTABLISHED})


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for one in graph.statements.values():
        for key in one.refuted_by:
            refuter = graph.statements[key]
            headline = f"`{refuter.id}` cannot refute `{one.id}`"
            if not _stands_against(refuter, one):
                yield Finding(*at(one, "refuted_by"), headline, "Name a statement that stands.")
            elif refuter.certainty not in _PROVING:
                advice = (
                    f"It is only `{refuter.certainty}`, and what refutes is `found` or `established`. Write "
                    f"`conflicts_with: {refuter.id}` instead."
                )
                yield Finding(*at(one, "refuted_by"), headline, advice)
        for key in one.rests_on:
            base = graph.statements[key]
            if base.refuted_by and not set(base.refuted_by) & {*one.rests_on, *one.refuted_by}:
                refuter = graph.statements[base.refuted_by[0]]
                yield Finding(
                    *at(one, "rests_on"),
                    f"`{one.id}` rests on `{base.id}`, which is refuted, and leaves out what refutes it",
                    f"Add `{refuter.id}` to `rests_on` and say so in the text, or leave `{base.id}` out.",
                )


def _stands_against(refuter: Resolved, refuted: Resolved) -> bool:
    superseded = refuter.statement.superseded
    fell = superseded is not None and superseded.because is not Because.CHANGED
    against_each_other = refuted.key in refuter.refuted_by
    return not (fell or against_each_other or refuter.key == refuted.key or refuter.is_retracted)


RULE = Rule("refuted-without-refuter", Severity.ERROR, _find)
