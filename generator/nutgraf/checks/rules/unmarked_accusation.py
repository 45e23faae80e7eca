"""An accusation that the record does not know as one.

## What it does
Reports a statement whose words accuse somebody of a crime, dishonesty, negligence or abuse ("defrauded its investors",
"the captain lied", "accused of fraud", "negligence by the crew"), and that has no `accuses`. It passes over quotations,
names ("Serious Fraud Office"), wrongs without anybody who did them ("money was stolen"), denials, verdicts,
confessions, and statements that answer an accusation or are its outcome.

## Why
Only what is marked as an accusation is printed with the reply of the accused, and with what came of it.
(BBC Editorial Guidelines, section 6, on the right of reply; Reuters Handbook of Journalism, legal guidance; The
Associated Press Stylebook, briefing on media law.)

## Wrong
    - id: fraud
      text: OpenAI defrauded its investors
      by: elon-musk
      source: business-insider-2023

## Right
    - id: fraud
      text: OpenAI defrauded its investors
      by: elon-musk
      source: business-insider-2023
      accuses: {who: openai, asked: 2023-04-11, reply: declined}

## When to allow it
Don't: if the word accuses nobody (a magician who deceives, a war of long ago), write `accuses: nobody`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.accusation_cues import Grammar, charges
from nutgraf.checks.text.tokens import clauses
from nutgraf.diagnostics import Severity
from nutgraf.graph import entities_of
from nutgraf.model import Certainty, Verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.checks.text.accusation_cues import Charge
    from nutgraf.checks.text.tokens import Clause
    from nutgraf.graph import Graph, Resolved


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    grammar = Grammar(policy.words("accusations"))
    answers = {key for one in graph.statements.values() for key in (*one.replies, *one.outcomes)}
    reported: set[str] = set()
    # Summaries last: what they rest on is told there.
    for clause in sorted(clauses(graph), key=lambda one: one.resolved.is_summary):
        one = clause.resolved
        if reported.intersection((one.key, *one.rests_on)) or one.key in answers or is_known(graph, one):
            continue
        speaking = {name for by in one.by for name in entities_of(by)}
        found = (charge for charge in charges(clause.reading, graph, grammar) if charge.entity not in speaking)
        first = min(found, key=lambda charge: charge.start, default=None)
        if first is not None:
            reported.add(one.key)
            yield _finding(clause, first)


def is_known(graph: Graph, one: Resolved) -> bool:
    """Tell whether the record knows a statement as an accusation, as the answer to one, or as a court's ruling."""
    settled = one.verb is Verb.RULE or one.certainty is Certainty.FOUND
    if one.is_accusation or one.statement.accuses_nobody or one.denies or settled:
        return True
    return any(is_known(graph, graph.statements[key]) for key in one.rests_on)


def _finding(clause: Clause, charge: Charge) -> Finding:
    text = clause.reading.text[charge.start : charge.end]
    path, loc = clause.place
    return Finding(
        path,
        loc,
        f"“{text}” accuses {charge.party}, and `{clause.resolved.id}` has no `accuses`",
        _advice(clause, charge),
        start=charge.start,
        end=charge.end,
    )


def accused(clause: Clause, charge: Charge) -> str:
    """Return what to write in `who`; dots for an entity that is named by a short form alone.

    "Tindall" may be somebody else, so whom to accuse is never guessed.
    """
    if charge.entity is None:
        return f"{{unnamed: {charge.party}}}"
    is_named = any(one.is_name and one.id == charge.entity for one in clause.reading.mentions)
    return charge.entity if is_named else "..."


def _advice(clause: Clause, charge: Charge) -> str:
    who = accused(clause, charge)
    if clause.resolved.is_summary:
        return f"Add `accuses: {{who: {who}}}` to the statement that it rests on, or say it without the word."
    return f"Add `accuses: {{who: {who}}}`, with what is known of their reply in `asked` and `reply`."


RULE = Rule("unmarked-accusation", Severity.ERROR, _find)
