"""Figures: written once, rendered the same everywhere."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Self

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from nutgraf.model.dates import FuzzyDate
from nutgraf.model.record import EntityId, Flag, Number, Prose, Record


class QuantityKind(StrEnum):
    """What a figure measures. Money of different kinds is never added up."""

    COUNT = "count"
    """How many."""
    MEASURE = "measure"
    """A length, a weight, an angle: anything with a unit."""
    DURATION = "duration"
    """How long."""
    MULTIPLE = "multiple"
    """How many times something else."""
    PRICE = "price"
    """What one has to be paid for something."""
    DONATION = "donation"
    """Money given."""
    PLEDGE = "pledge"
    """Money promised, not paid."""
    PAYMENT = "payment"
    """Money paid for something."""
    INVESTMENT = "investment"
    """Money paid for a share."""
    VALUATION = "valuation"
    """What somebody holds a private company to be worth."""
    MARKET_CAP = "market-cap"
    """What the market holds a company with traded shares to be worth."""
    REVENUE = "revenue"
    """What a company takes in."""
    CLAIM = "claim"
    """Money demanded."""
    OFFER = "offer"
    """Money offered."""
    SETTLEMENT = "settlement"
    """Money agreed on to end a dispute."""
    ESTIMATE = "estimate"
    """An estimate of costs or damage."""
    LOSS = "loss"
    """Money lost."""


MONEY = frozenset(QuantityKind) - {
    QuantityKind.COUNT,
    QuantityKind.MEASURE,
    QuantityKind.DURATION,
    QuantityKind.MULTIPLE,
}
"""The kinds that are money, in the currency that `unit` names by its ISO 4217 code."""


class Amount(Record):
    """A number with its bounds and unit."""

    amount: Number | None = None
    """The number itself. Example: `amount: 10000`."""
    at_least: Number | None = None
    """A lower bound: "at least six months". Example: `at_least: 6`."""
    at_most: Number | None = None
    """An upper bound. Example: `at_most: 987`."""
    min: Number | None = None
    """The lower end of a range, together with `max`. Example: `{min: 9, max: 12}`."""
    max: Number | None = None
    """The upper end of a range, together with `min`. Example: `{min: 9, max: 12}`."""
    approximate: Flag = False
    """Whether the source gives it as about right; it is then never shown as exact. Example: `approximate: yes`."""
    unit: Prose | None = None
    """The unit in the singular, a currency by its ISO 4217 code. Example: `unit: GPU`, `unit: USD`, `unit: tonne`."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = [
            self.amount is not None,
            self.at_least is not None or self.at_most is not None,
            self.min is not None or self.max is not None,
        ]
        if sum(forms) != 1:
            raise PydanticCustomError(
                "amount_form",
                "a quantity has either `amount`, or `at_least` and `at_most`, or `min` and `max`",
            )
        if (self.min is None) != (self.max is None):
            raise PydanticCustomError("amount_form", "`min` and `max` go together")
        low, high = self.bounds
        if low is not None and high is not None and low > high:
            raise PydanticCustomError("amount_form", "the lower bound is above the upper one")
        return self

    @property
    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """The lowest and the highest value, None where there is no bound."""
        if self.amount is not None:
            return self.amount, self.amount
        if self.min is not None:
            return self.min, self.max
        return self.at_least, self.at_most


class Also(Amount):
    """The same quantity in a second unit."""

    converted: Flag = False
    """Whether we converted it, which is shown; otherwise the source gives both units. Example: `converted: yes`."""


class Quantity(Amount):
    """A figure of the story, used in texts as `{name}`."""

    kind: QuantityKind = QuantityKind.COUNT
    """What it measures: a pledge never reads as a payment. Example: `kind: donation`."""
    plural: Prose | None = None
    """The unit in the plural, where English rules do not give it. Example: `plural: people`."""
    per: Prose | None = None
    """What it is counted by. Example: `per: day`."""
    part_of: Prose | None = None
    """The quantity that this one is a part of, by name. Example: `part_of: cargo`."""
    as_of: FuzzyDate | None = None
    """When it was true, where that matters. Example: `as_of: 2019-03`."""
    also: Also | None = None
    """The source's own second unit, or a conversion of ours. Example: `also: {amount: 400, unit: metre}`."""
    payer: EntityId | None = None
    """Who pays, for money. Example: `payer: microsoft`."""
    payee: EntityId | None = None
    """Who is paid, for money. Example: `payee: openai`."""

    @property
    def is_money(self) -> bool:
        """Tell whether it is an amount of money."""
        return self.kind in MONEY
