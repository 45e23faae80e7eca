"""A cause that nobody vouches for.

## What it does
Reports words of cause ("because", "led to", "caused", "due to", "forced ... to", "as a result of", "thanks to") in the
text of an established statement, which is printed without attribution, and in titles, questions and unknowns, unless a
statement that they rest on (`rests_on`) states a cause. Questions that ask for the cause are fine, and so is a cause
that the clause itself puts into somebody's mouth ("the court ruled that ..."). Quotations and names are passed over.

## Why
A record shows that one thing followed the other. That the one brought about the other is somebody's conclusion, and
readers are to see whose.
(Reuters Handbook of Journalism, on attributing causes; The Associated Press Stylebook, on correlation and causation.)

## Wrong
    - id: subsidiary
      text: OpenAI created OpenAI LP because of a shortfall of money
      source: openai-lp-2019
      certainty: established

## Right
    - id: subsidiary
      text: OpenAI created OpenAI LP because of a shortfall of money
      source: semafor-2023

## When to allow it
When the cause is the record's own act: a licence that lapsed because the fee was not paid, in the register that says
so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.authored_prose import typed
from nutgraf.checks.text.cause_cues import Causes
from nutgraf.checks.text.tokens import clauses, read
from nutgraf.diagnostics import Severity
from nutgraf.model import Certainty

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph, Resolved


def _find(graph: Graph, policy: Policy) -> Iterator[Finding]:
    causes = Causes(policy.words("causes"))
    for clause in clauses(graph):
        one = clause.resolved
        if one.certainty is not Certainty.ESTABLISHED:
            continue
        for hit in causes.find(clause.reading):
            bases = (graph.statements[key] for key in one.rests_on)
            if causes.is_told(clause.reading.tokens, hit) or _is_stated(graph, bases, causes):
                continue
            path, loc = clause.place
            yield Finding(
                path,
                loc,
                f"“{clause.reading.text[hit.start : hit.end]}” states a cause as established in `{one.id}`",
                "State the cause in a statement of its own, with who says so; here, say what happened.",
                start=hit.start,
                end=hit.end,
            )
    for prose in typed(graph):
        if prose.entity is not None or prose.asks:
            continue
        for hit in causes.find(prose.reading, typed=True):
            if causes.is_asked(prose.reading.tokens, hit) or _is_stated(graph, prose.bases, causes):
                continue
            yield Finding(
                prose.path,
                prose.loc,
                f"“{prose.text[hit.start : hit.end]}” states a cause in the {prose.what}",
                "Say what happened without the cause, or name in `rests_on` the statement of the cause.",
                start=hit.start,
                end=hit.end,
            )


def _is_stated(graph: Graph, bases: Iterable[Resolved], causes: Causes) -> bool:
    """Tell whether one of some statements may state a cause."""
    return any(causes.may_be_in(read(one.statement.text, graph, one.story)) for one in bases)


RULE = Rule("unstated-cause", Severity.ERROR, _find)
