"""An accusation that nobody puts a name to, from a single origin.

## What it does
Reports a statement that accuses somebody and whose asserters are all anonymous or unnamed, where its sources have one
origin, unless `terms` say why they are not named and why it is repeated all the same.

## Why
Nobody should be accused from behind a curtain on the word of one newsroom. Where it has to be repeated, readers are to
know why the accuser is not named.
(BBC Editorial Guidelines, section 3, on a single unnamed source that makes a serious allegation; Reuters Handbook of
Journalism, on contentious statements behind anonymity.)

## Wrong
    - id: fraud
      text: OpenAI defrauded its investors
      source: business-insider-2023
      by: {anonymous: a former manager, count: 1}
      accuses: {who: openai, asked: 2023-04-11, reply: declined}

## Right
    - id: fraud
      text: OpenAI defrauded its investors
      source: business-insider-2023
      by:
        anonymous: a former manager
        count: 1
        terms: she fears for her pension, and the prosecutors act on what she says
      accuses: {who: openai, asked: 2023-04-11, reply: declined}

## When to allow it
When the source names nobody and the accusation is itself the news. Say so in the reason.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule, given
from nutgraf.diagnostics import Severity
from nutgraf.model import Anonymous, Certainty, Unnamed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Asserter


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for one in graph.statements.values():
        if not one.is_accusation or one.is_retracted or one.certainty is Certainty.ESTABLISHED:
            continue
        if len(one.origins) == 1 and one.by and all(_is_hidden(by) for by in one.by):
            yield Finding(
                *given(one, "by"),
                f"`{one.id}` accuses somebody, and whoever says so is not named and stands alone",
                _advice(one),
            )


def _is_hidden(by: Asserter) -> bool:
    """Tell whether an asserter has no name, and readers are not told why."""
    return by is Unnamed.UNNAMED or (isinstance(by, Anonymous) and by.terms is None)


def _advice(one: Resolved) -> str:
    if any(isinstance(by, Anonymous) for by in one.by):
        return "Add `terms`: why they are not named, and why it is repeated. Or cite a second origin."
    return "Name who says so, or a second origin; or write `by: {anonymous: ..., terms: ...}` with why it is repeated."


RULE = Rule("anonymous-accusation", Severity.ERROR, _find)
