"""A statement below `established` that cannot be attributed to anybody.

## What it does
Reports a statement whose certainty is below `established`, that names nobody in `by`, and that has no source, or none
with a known publisher, to fall back on. `by: unnamed` leans on the publisher, too: "the Post reports, without naming
its source, that ...".

## Why
Only what is established may stand without attribution. Of all else readers are to know who says it, so that they can
judge how far to believe it; where that cannot be told, it is not ready to be published.
(Reuters Handbook of Journalism, on when to source; BBC Editorial Guidelines, section 3, on attributing what cannot be
corroborated.)

## Wrong
    - id: purchase
      text: Elon Musk bought a data centre
      source: leaflet                   # publisher: unknown

## Right
    - id: purchase
      text: Elon Musk bought a data centre
      source: leaflet
      by: openai                        # whom the leaflet quotes

## When to allow it
Never: name an asserter, or the publisher in the source's file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule, at, given
from nutgraf.diagnostics import Severity
from nutgraf.loading.content import record_path
from nutgraf.model import Certainty, EntityId, Unnamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph, Resolved


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for one in graph.statements.values():
        if one.certainty is Certainty.ESTABLISHED or any(by is not Unnamed.UNNAMED for by in one.by):
            continue
        if one.statement.rests_on and not one.statement.source:
            continue  # What it rests on has been looked at.
        if (one.statement.by and not one.by) or (one.statement.source and not one.uses):
            continue  # It names somebody or something unknown, which has been reported.
        if not any(isinstance(graph.sources[name].publisher, EntityId) for name in one.source_ids):
            yield _finding(one)


def _finding(one: Resolved) -> Finding:
    if not one.uses:
        return Finding(
            *at(one, "id"),
            f"`{one.id}` has no source, and nobody says it",
            "Add `source` to it or to its section, or `based_on` to the story.",
        )
    sources = " and ".join(f"`{name}`" for name in one.source_ids)
    return Finding(
        *given(one, "source"),
        f"`{one.id}` can be attributed to nobody: it has no asserter, and the publisher of {sources} is not known",
        "Say who says it, with `by`, or name the publisher; only what is `established` stands without attribution.",
        related=tuple(
            (record_path("sources", name), ("publisher",), "has no known publisher") for name in one.source_ids
        ),
    )


RULE = Rule("missing-attribution", Severity.ERROR, _find)
