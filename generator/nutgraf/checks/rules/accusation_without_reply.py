"""An accusation, and no record of what the accused says to it.

## What it does
Warns of an entry of `accuses` without `reply`, and of one whose replies are not by the accused, or were said before the
accusation. Whoever speaks `for` the accused, or through them, counts as the accused. That they were asked, or were not,
is no record of what they answered; `reply: none-found` and `reply: declined` are: they say that somebody looked. What
others have said may stand beside these: `reply: [none-found, expert-doubts]`.

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
from nutgraf.model import Asked, EntityId, Reply, UnnamedParty
from nutgraf.wording.replies import replies_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
                    f"`{one.id}` accuses {_called(graph, accusation.who)}, but no reply is recorded",
                    _advice(one, accusation, denials.get(one.key)),
                )
            elif not any(isinstance(reply, Reply) for reply in accusation.reply):
                yield from _misplaced(graph, one, index, accusation)


def _misplaced(graph: Graph, one: Resolved, index: int, accusation: Accusation) -> Iterator[Finding]:
    """Yield an accusation of somebody whose reply is not among those that are given."""
    found = replies_to(graph, one, accusation)
    if not found.silent or not (found.own or found.earlier or found.others):
        return  # What does not resolve has been reported.
    silent = _called(graph, found.silent)
    refs = [str(reply) for reply in accusation.reply]
    if found.earlier:
        why = f"`{found.earlier[0].rpartition('/')[2]}` was said before the accusation"
    elif found.others:
        why = f"`{found.others[0].rpartition('/')[2]}` is by somebody else"
    else:
        why = "the reply is by another accused"
    who = next((str(party) for party in found.silent if isinstance(party, EntityId)), "")
    speaker = f" If it is by somebody who speaks for them, write `by: {{who: …, for: {who}}}` there." if who else ""
    yield Finding(
        *at(one, "accuses", index, "reply"),
        f"`{one.id}` accuses {silent}, but no reply by them is recorded: {why}",
        f"Add a statement in which they reply, or `none-found` if you looked and found none: "
        f"`reply: [none-found, {', '.join(refs)}]`.{speaker}",
    )


def _called(graph: Graph, accused: Iterable[EntityId | UnnamedParty]) -> str:
    names = (
        who.unnamed if isinstance(who, UnnamedParty) else graph.entities[who].name if who in graph.entities else who
        for who in accused
    )
    return " and ".join(names)


def _advice(one: Resolved, accusation: Accusation, denial: Resolved | None) -> str:
    if denial is not None:
        ref = denial.id if denial.story == one.story else denial.key
        return f"`{ref}` denies it. Add `reply: [{ref}]`."
    if accusation.asked is Asked.NO:
        return (
            "Add `reply` with a statement of theirs from another source, or `none-found` if you looked and found none."
        )
    return "Add `reply` with their statements, `declined`, or `none-found` if you looked and found none."


RULE = Rule("accusation-without-reply", Severity.WARNING, _find)
