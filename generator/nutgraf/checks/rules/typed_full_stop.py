"""A mark that ends a sentence at the end of a clause.

## What it does
Reports a full stop, comma, colon or semicolon at the end of `text` or `after_previous`. The point of an abbreviation
("at 3 p.m.", "Example Inc.") is fine.

## Why
The clause becomes part of a sentence: the site adds who says so, and the full stop. A typed one would be in the middle:
"The clock stopped., according to the Exampleton Gazette."

## Wrong
    - id: purchase
      text: Elon Musk bought a data centre.
      source: business-insider-2023

## Right
    - id: purchase
      text: Elon Musk bought a data centre
      source: business-insider-2023

## When to allow it
When an abbreviation that this rule doesn't know ends the clause.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.tokens import TextPart, clauses
from nutgraf.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph

_MARK: Final = re.compile(r"(?<![.…])[.,;:]\s*$")
_ABBREVIATION: Final = re.compile(
    r"(?:\b[A-Za-z]|\.[A-Za-z]{1,2}|\b(?:Inc|Ltd|Co|Corp|Bros|Cie|Jr|Sr|St|Dr|Mr|Mrs|Ms|Prof|Gen|Gov|Sen|Rep|No|Nos|vs|al"
    r"|etc|approx|est|dept|Ave|Blvd|Rd|Mt|Ft|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|Ph\.D|S\.A|plc|oz|lb|ft|in))\.$"
)


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for clause in clauses(graph):
        text = clause.reading.text
        mark = _MARK.search(text)
        if mark is None or _ABBREVIATION.search(text) or clause.reading.tokens[-1].part is not TextPart.MARK:
            continue
        sign = mark[0].strip()
        headline = f"The clause of `{clause.resolved.id}` ends with `{sign}`"
        yield Finding(
            *clause.place,
            headline,
            "Remove it; the site adds who says so, and the full stop.",
            start=mark.start(),
            end=mark.start() + 1,
            fix=(mark.start(), mark.start() + 1, "") if sign in {".", ";"} else None,
        )


RULE = Rule("typed-full-stop", Severity.ERROR, _find)
