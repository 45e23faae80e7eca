"""A date in front of a clause.

## What it does
Reports a clause that begins with a date and its preposition: "in May 2023", "on 11 April", "since 2018". A date that
the clause is about ("May 2023 was the wettest month") and sums "in 2018 dollars" are fine.

## Why
The site writes the date from `when`, in front of the sentence, and needs it for the timeline. A typed one stands behind
who says so, and may stand there twice.

## Wrong
    - id: purchase
      text: In March 2023 Elon Musk bought a data centre
      source: business-insider-2023

## Right
    - id: purchase
      text: Elon Musk bought a data centre
      source: business-insider-2023
      when: 2023-03

## When to allow it
When the date isn't that of the event: a plan in which something happens in 2030.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from nutgraf.checks.rule import Finding, Rule
from nutgraf.checks.text.tokens import clauses
from nutgraf.diagnostics import Severity
from nutgraf.model.date_hints import MONTH_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.checks.policy import Policy
    from nutgraf.graph import Graph

_MONTH: Final = f"(?P<month>{'|'.join(MONTH_NAMES)})"
_WEEKDAY: Final = "(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
_DATE: Final = re.compile(
    rf"(?:in|on|by|since|around|during|before|after|until|from) (?:the )?(?:early |late |mid-?|the end of )?{_WEEKDAY}"
    rf"(?:(?P<day>[0-9]{{1,2}}) )?(?:{_MONTH}(?: (?P<day2>[0-9]{{1,2}})(?![0-9]))?,? ?)?(?P<year>[0-9]{{4}})?(?![\w-])",
    re.IGNORECASE,
)
_MONEY: Final = re.compile(r"\s*(?:terms|prices|dollars|pounds|euros|money)\b")


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for clause in clauses(graph):
        text = clause.reading.text
        date = _DATE.match(text)
        if date is None or not (date["month"] or date["year"]) or _MONEY.match(text, date.end()):
            continue
        # "May" may be the verb, or a name; an upper-case letter shows the month.
        if date["month"] and not date["month"][0].isupper():
            continue
        words = date[0].rstrip(" ,")
        headline = f"“{words}” in `{clause.resolved.id}` is a date in front of the clause"
        yield Finding(*clause.place, headline, _advice(date), start=0, end=len(words))


def _advice(date: re.Match[str]) -> str:
    if re.match(r"(?:in|on) (?:[0-9]|[A-Z][a-z]+)", date[0], re.IGNORECASE) is None or re.search(
        "early|late|mid", date[0]
    ):
        return "Remove it, put the date in `when`, and the words in `when_text`."
    month = f"-{[one.lower() for one in MONTH_NAMES].index(date['month'].lower()) + 1:02}" if date["month"] else ""
    day = date["day"] or date["day2"]
    if not date["year"] or (day and not month):
        return "Remove it, and put the date in `when`."
    return f"Remove it, and add `when: {date['year']}{month}{f'-{int(day):02}' if day else ''}`."


RULE = Rule("typed-date", Severity.WARNING, _find)
