"""An accusation, and no record of whether the accused was asked or answered.

## What it does
Warns of an entry of `accuses` that has neither `asked` nor `reply`. `asked: unknown`, `asked: no` and
`reply: none-found` are records, too: they say that somebody looked.

## Why
Whoever is accused has a right of reply, and readers a right to know of the reply or of its absence.
(BBC Editorial Guidelines, section 6, on the right of reply; Reuters Handbook of Journalism, on giving all sides a chance
to comment; SPJ Code of Ethics.)

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
from nutgraf.model import UnnamedParty

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
            if not accusation.reply and "asked" not in accusation.model_fields_set:
                yield Finding(
                    *at(one, "accuses", index, "who"),
                    f"`{one.id}` accuses {_accused(graph, accusation)}, and there is no record of a reply",
                    _advice(one, denials.get(one.key)),
                )


def _accused(graph: Graph, accusation: Accusation) -> str:
    names = (
        who.unnamed if isinstance(who, UnnamedParty) else graph.entities[who].name if who in graph.entities else who
        for who in accusation.who
    )
    return " and ".join(names)


def _advice(one: Resolved, denial: Resolved | None) -> str:
    if denial is not None:
        ref = denial.id if denial.story == one.story else denial.key
        return f"`{ref}` denies it: write `reply: [{ref}]`."
    return "Add `asked` (a date, `unknown` or `no`) and `reply` (statements, `declined` or `none-found`)."


RULE = Rule("accusation-without-reply", Severity.WARNING, _find)
