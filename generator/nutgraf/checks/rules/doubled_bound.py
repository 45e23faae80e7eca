"""A limit that is typed beside a figure which has one.

## What it does
Reports words such as "less than", "at least", "about" or "up to" in front of a figure that brings such words itself,
because its quantity has `at_most`, `at_least` or `approximate`.

## Why
Both are printed: "less than at most 1 percent", "about about 10,000 GPUs".

## Wrong
    quantities:
      share: {at_most: 1, unit: percent}
    sections:
      - statements:
          - id: owns
            text: Elon Musk owns less than {share} of OpenAI
            source: business-insider-2023

## Right
    quantities:
      share: {at_most: 1, unit: percent}
    sections:
      - statements:
          - id: owns
            text: Elon Musk owns {share} of OpenAI
            source: business-insider-2023

## When to allow it
Never: say it once, in the text or in the quantity.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.tokens import clauses
from nutgraf.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph
    from nutgraf.model import Quantity

_LIMIT: Final = re.compile(
    r"\b(?P<words>(?:less|fewer|more|no more|no less|no fewer|lower|higher|greater) than|at least|at most|at the most"
    r"|up to|over|under|above|below|about|around|roughly|approximately|nearly|almost|some|an estimated)"
    r" \{(?P<name>[A-Za-z0-9_-]+)\}",
    re.IGNORECASE,
)
_PLACES: Final = frozenset({"over", "under", "above", "below", "around", "some"})
"""Words that may be something else than a limit: "over {days}" is a time, "around {towers}" a place."""


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for clause in clauses(graph):
        if not clause.resolved.statement.slots:
            continue
        for found in _LIMIT.finditer(clause.reading.text):
            quantity = graph.quantity(clause.resolved, found["name"])
            fields = _fields(quantity) if quantity is not None else ()
            if fields and not (found["words"].lower() in _PLACES and "`approximate`" not in fields):
                yield Finding(
                    *clause.place,
                    f"“{found['words']}” stands before `{{{found['name']}}}`, which has {' and '.join(fields)}",
                    "Remove the words, or the field of the quantity.",
                    start=found.start("words"),
                    end=found.end("words"),
                )


def _fields(quantity: Quantity) -> tuple[str, ...]:
    """Return the fields of a quantity that print words of their own."""
    given = {
        "`approximate`": quantity.approximate,
        "`at_least`": quantity.at_least is not None,
        "`at_most`": quantity.at_most is not None,
    }
    return tuple(name for name, has_it in given.items() if has_it)


RULE = Rule("doubled-bound", Severity.WARNING, _find)
