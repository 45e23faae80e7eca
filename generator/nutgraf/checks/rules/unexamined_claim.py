"""A claim that speaks ill of somebody, and nobody has said whether it accuses them.

## What it does
Asks about a statement below `found` whose words speak ill of a person or body that it names ("let the brakes wear out",
"knew of cracks and said nothing", "the blame rests with Bell"), and that has no `accuses`. `unmarked-accusation` covers
crimes and dishonesty, which are accusations without a doubt.

## Why
Whoever is accused of incompetence, neglect or a broken promise has a right of reply as well, and only an editor can
tell blame from bad luck. (BBC Editorial Guidelines, section 6; Reuters Handbook of Journalism.)

## Wrong
    - id: training
      text: OpenAI ignored warnings about its training data
      by: elon-musk
      source: business-insider-2023

## Right
    - id: training
      text: OpenAI ignored warnings about its training data
      by: elon-musk
      source: business-insider-2023
      accuses: {who: openai, asked: 2023-04-11, reply: declined}
    - id: start
      text: OpenAI made a late start in robotics
      by: elon-musk
      source: business-insider-2023
      accuses: nobody

## When to allow it
Don't: `accuses: nobody` says that an editor looked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.rules.unmarked_accusation import accused, is_known
from nutgraf.checks.text.accusation_cues import Grammar, charges
from nutgraf.checks.text.blame_cues import Lexicon, ill
from nutgraf.checks.text.tokens import clauses
from nutgraf.diagnostics import Severity
from nutgraf.graph import entities_of
from nutgraf.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.checks.text.accusation_cues import Charge
    from nutgraf.checks.text.tokens import Clause
    from nutgraf.graph import Graph

_SETTLED = frozenset({Certainty.FOUND, Certainty.ESTABLISHED})


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    lexicon, grammar = Lexicon(policy.words("ill")), Grammar(policy.words("accusations"))
    answers = {key for one in graph.statements.values() for key in (*one.replies, *one.outcomes)}
    asked: set[str] = set()
    # Summaries last: what they rest on is asked about there.
    for clause in sorted(clauses(graph), key=lambda one: one.resolved.is_summary):
        one = clause.resolved
        if (
            asked.intersection((one.key, *one.rests_on))
            or one.key in answers
            or one.certainty in _SETTLED
            or is_known(graph, one)
        ):
            continue
        speaking = {name for by in one.by for name in entities_of(by)}
        found = (charge for charge in ill(clause.reading, graph, lexicon) if charge.entity not in speaking)
        first = min(found, key=lambda charge: charge.start, default=None)
        # What is an accusation without a doubt is an error of another rule.
        if first is not None and not any(True for _ in charges(clause.reading, graph, grammar)):
            asked.add(one.key)
            yield _finding(clause, first)


def _finding(clause: Clause, charge: Charge) -> Finding:
    text = clause.reading.text[charge.start : charge.end]
    path, loc = clause.place
    who = accused(clause, charge)
    advice = (
        f"Add `accuses: {{who: {who}}}` with what is known of their reply, or `accuses: nobody` if it accuses nobody."
    )
    if clause.resolved.is_summary:
        advice = f"Add `accuses: {{who: {who}}}` or `accuses: nobody` to the statement that it sums up."
    return Finding(
        path,
        loc,
        f"“{text}” in `{clause.resolved.id}` may accuse {charge.party}",
        advice,
        start=charge.start,
        end=charge.end,
    )


RULE = Rule("unexamined-claim", Severity.WARNING, _find)
