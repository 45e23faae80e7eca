"""Money that does not say of which country, or what for.

## What it does
Reports a quantity of money whose `unit` is missing or no currency code of ISO 4217, in `also`, too; a currency on a
quantity whose `kind` is none of money; a conversion (`converted: yes`) into the currency that it comes from; and "the
equivalent of {sum}" in a text that does not give the sum that was converted.

## Why
"Dollars" are American, Canadian or Australian, and a converted sum is right for one day. The original is what the
source says; the site writes the conversion beside it and marks it as one.
(The Associated Press Stylebook, entry on currency conversions; Reuters Handbook of Journalism, entry on currencies.)

## Wrong
    - id: grant
      text: the council gave the museum {grant}
      source: council-minutes
      quantities:
        grant: {amount: 5000, unit: dollar, kind: donation}

## Right
    - id: grant
      text: the council gave the museum {grant}
      source: council-minutes
      quantities:
        grant: {amount: 5000, unit: CAD, kind: donation}

## When to allow it
When a source gives money without its currency and nobody can tell it; say so in the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from babel.numbers import list_currencies

from nutgraf.checks.rule import Finding, Rule, at
from nutgraf.checks.text.tokens import clauses
from nutgraf.diagnostics import Severity
from nutgraf.loading.content import record_path
from nutgraf.model import QuantityKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from nutgraf.checks.policy import Policy
    from nutgraf.checks.text.tokens import Clause
    from nutgraf.graph import Graph
    from nutgraf.model import Amount, Quantity
    from nutgraf.model.record import Loc

_CODES: Final[Mapping[str, str]] = {
    "$": "USD",
    "dollar": "USD",
    "us dollar": "USD",
    "us$": "USD",
    "€": "EUR",
    "euro": "EUR",
    "£": "GBP",
    "pound": "GBP",
    "pound sterling": "GBP",
    "yen": "JPY",
    "¥": "JPY",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rouble": "RUB",
    "ruble": "RUB",
    "rupee": "INR",
    "₹": "INR",
    "won": "KRW",
    "₩": "KRW",
    "swiss franc": "CHF",
}
"""Codes of what editors write for a currency. Several are the likeliest of some: a dollar may be another one."""
_MONEY_WORDS: Final = _CODES.keys() - {"pound", "won", "yen"}  # these are other things as well
_AMBIGUOUS: Final = frozenset({"$", "dollar", "pound", "rupee", "¥"})
_ISO_4217: Final = frozenset(list_currencies()) - {"XXX", "XTS"}
"""Codes of currencies, without those for no currency and for tests."""
_EQUIVALENT: Final = re.compile(r"\bequivalent (?:of|to) (?=\{)")


def _find(graph: Graph, _policy: Policy) -> Iterator[Finding]:
    for name, story in graph.stories.items():
        path = record_path("stories", name)
        for each, quantity in story.quantities.items():
            yield from _in(graph, path, ("quantities", each), each, quantity)
    for one in graph.statements.values():
        for each, quantity in one.statement.quantities.items():
            path, loc = at(one, "quantities", each)
            yield from _in(graph, path, loc, each, quantity)
    for clause in clauses(graph):
        yield from _converted(graph, clause)


def _in(graph: Graph, path: str, loc: Loc, name: str, quantity: Quantity) -> Iterator[Finding]:
    if not quantity.is_money:
        yield from _without_kind(path, loc, name, quantity)
        return
    yield from _without_currency(graph, path, loc, name, quantity)
    also = quantity.also
    if also is None:
        return
    yield from _without_currency(graph, path, (*loc, "also"), name, also)
    if also.converted and also.unit == quantity.unit:
        advice = (
            "Write the sum of the source, in its currency, in the quantity itself, and the converted one in `also`."
        )
        yield Finding(path, (*loc, "also", "unit"), f"`{name}` is converted from {also.unit} into {also.unit}", advice)


def _without_currency(graph: Graph, path: str, loc: Loc, name: str, amount: Amount) -> Iterator[Finding]:
    if amount.unit is None:
        # What was written and could not be read has been reported.
        if graph.positions.text(path, (*loc, "unit")) is None:
            advice = "Add `unit` with the code of ISO 4217: `unit: USD`, `unit: EUR`."
            yield Finding(path, loc, f"The sum `{name}` has no currency", advice, key=True)
    elif amount.unit not in _ISO_4217:
        headline = f"The sum `{name}` is in “{amount.unit}”, which is no currency code"
        yield Finding(path, (*loc, "unit"), headline, _advice(amount.unit))


def _advice(unit: str) -> str:
    word = unit.casefold().strip()
    code = _CODES.get(word) or _CODES.get(word.removesuffix("s"))
    if code is None and unit.upper() in _ISO_4217:
        code = unit.upper()
    if code is None:
        return "Use an ISO 4217 code: `USD`, `EUR`, `GBP`."
    if word.removesuffix("s") in _AMBIGUOUS:
        return f"Use an ISO 4217 code: `{code}`, or the code of the right country."
    return f"Write `{code}`."


def _without_kind(path: str, loc: Loc, name: str, quantity: Quantity) -> Iterator[Finding]:
    if quantity.unit is None or quantity.kind is QuantityKind.MULTIPLE:
        return
    word = quantity.unit.casefold()
    if quantity.unit in _ISO_4217 or word in _MONEY_WORDS or word.removesuffix("s") in _MONEY_WORDS:
        yield Finding(
            path,
            (*loc, "unit"),
            f"`{name}` is in {quantity.unit}, and its kind, `{quantity.kind}`, is none of money",
            "Say what money it is: `kind: payment`, `pledge`, `donation`, `price`, `revenue`, ...",
        )


def _converted(graph: Graph, clause: Clause) -> Iterator[Finding]:
    text = clause.reading.text
    named = [graph.quantity(clause.resolved, name) for name in clause.resolved.statement.slots]
    if len({one.unit for one in named if one is not None and one.is_money}) > 1:
        return  # The original stands beside it.
    for found in _EQUIVALENT.finditer(text):
        name = text[found.end() + 1 : text.index("}", found.end())]
        quantity = graph.quantity(clause.resolved, name)
        if quantity is None or not quantity.is_money or quantity.also is not None:
            continue
        path, loc = clause.place
        advice = (
            f"Give `{name}` in the currency of the source, and the converted sum in its `also`, with `converted: yes`."
        )
        headline = f"`{clause.resolved.id}` gives a converted sum without the original"
        yield Finding(path, loc, headline, advice, start=found.start(), end=found.end() + len(name) + 2)


RULE = Rule("unclear-money", Severity.ERROR, _find)
