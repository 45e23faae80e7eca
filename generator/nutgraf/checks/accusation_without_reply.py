"""An accusation, and no record of what the accused says to it.

## What it does
Warns of an entry of `accuses` without `reply`. That they were asked, or were not, is no record of what they answered;
`reply: none-found` and `reply: declined` are: they say that somebody looked.

## Why
Whoever is accused has a right of reply, and readers a right to know of the reply or of its absence.
(BBC Editorial Guidelines, section 6, on the right of reply; Reuters Handbook of Journalism, on giving all sides a
chance to comment; SPJ Code of Ethics.)

## Wrong
    - id: fraud
      text: OpenAI defrauded its investors
      by: elon-musk
      source: business-insider-2023
      accuses: {who: openai}

## Right
    - id: fraud
      text: OpenAI defrauded its investors
      by: elon-musk
      source: business-insider-2023
      accuses: {who: openai, asked: 2023-04-11, reply: declined}

## When to allow it
When the accused cannot reply: they have died, say, or are no longer in existence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule, at
from nutgraf.diagnostics import Severity
from nutgraf.model import Asked, UnnamedParty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph, Resolved
    from nutgraf.model import Accusation


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    denials = {one.denies: one for one in graph.statements.values() if one.denies and not one.is_retracted}
    for one in graph.statements.values():
        if one.is_retracted:
            continue
        for index, accusation in enumerate(one.statement.accuses):
            if not accusation.reply:
                yield Finding(
                    *at(one, "accuses", index, "who"),
                    f"`{one.id}` accuses {_accused(graph, accusation)}, and there is no record of a reply",
                    _advice(one, accusation, denials.get(one.key)),
                )


def _accused(graph: Graph, accusation: Accusation) -> str:
    names = (
        who.unnamed if isinstance(who, UnnamedParty) else graph.entities[who].name if who in graph.entities else who
        for who in accusation.who
    )
    return " and ".join(names)


def _advice(one: Resolved, accusation: Accusation, denial: Resolved | None) -> str:
    if denial is not None:
        ref = denial.id if denial.story == one.story else denial.key
        return f"`{ref}` denies it: write `reply: [{ref}]`."
    if accusation.asked is Asked.NO:
        return "Add `reply`: a statement of theirs from elsewhere, or `none-found` if you looked and there is none."
    return "Add `reply`: the statements in which they answer, `declined`, or `none-found` if you looked."


RULE = Rule("accusation-without-reply", Severity.WARNING, _find)
