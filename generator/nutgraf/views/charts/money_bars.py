"""Bars for amounts of money, on one honest scale for each currency.

A bar begins at nothing, and its length is the amount. What somebody holds a thing to be worth never moved, and stays
off the scale. Lengths are in percent of the scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from nutgraf.model import Certainty, QuantityKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutgraf.model import Quantity

_UNPAID: Final = frozenset({QuantityKind.PLEDGE, QuantityKind.OFFER, QuantityKind.CLAIM})
_OFF_SCALE: Final = frozenset(
    {QuantityKind.VALUATION, QuantityKind.MARKET_CAP, QuantityKind.ESTIMATE, QuantityKind.PRICE}
)
"""What never moved, and what one has to pay for one of a thing."""
_LEAST: Final = Decimal(1)
"""A bar of less than that many percent would not be seen."""
_FULL: Final = Decimal(100)
_FEWEST: Final = 2
"""One bar alone compares nothing with nothing."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a table.

    Attributes:
        width: how far it reaches at least, in percent of the scale.
        more: how much further it may reach, where the amount is a range.
        classes: for the style sheet: `unpaid`, else `established` or `said`; `open` where there is no upper bound.
    """

    width: str
    more: str
    classes: str


@dataclass(frozen=True, slots=True)
class MoneyScale:
    """The scale of one currency.

    Attributes:
        full: the amount that takes the whole width.
        unit: the currency.
        least: what is less is drawn as long as that; None where nothing is.
    """

    full: Decimal
    unit: str
    least: Decimal | None

    def bar(self, quantity: Quantity, certainty: Certainty) -> Bar | None:
        """Return the bar of an amount; None if it does not belong on this scale."""
        if quantity.unit != self.unit or not is_on_scale(quantity):
            return None
        low, high = quantity.bounds
        reach = low or Decimal(0)
        more = (high if high is not None else reach) - reach
        drawn = max(reach / self.full * _FULL, _LEAST) if reach else Decimal(0)
        return Bar(
            width=_percent(drawn),
            more=_percent(more / self.full * _FULL),
            classes=f"{_style(quantity, certainty)} open" if high is None else _style(quantity, certainty),
        )


def scales(quantities: Iterable[Quantity]) -> tuple[MoneyScale, ...]:
    """Return a scale for each currency of which there are at least two amounts that can be drawn."""
    found: dict[str, list[Quantity]] = {}
    for one in quantities:
        if one.unit is not None and is_on_scale(one):
            found.setdefault(one.unit, []).append(one)
    return tuple(_scale(unit, amounts) for unit, amounts in found.items() if len(amounts) >= _FEWEST)


def is_on_scale(quantity: Quantity) -> bool:
    """Tell whether an amount is a sum that was paid, or was to be; what is so much a day, say, is none."""
    return quantity.kind not in _OFF_SCALE and quantity.per is None and _most(quantity) > 0


def is_kept_off(kind: QuantityKind) -> bool:
    """Tell whether amounts of a kind are never drawn."""
    return kind in _OFF_SCALE


def _scale(unit: str, amounts: Iterable[Quantity]) -> MoneyScale:
    known = [*amounts]
    full = max(_most(one) for one in known)
    least = full * _LEAST / _FULL
    is_short = any(0 < (one.bounds[0] or 0) < least for one in known)
    return MoneyScale(full, unit, least if is_short else None)


def _most(quantity: Quantity) -> Decimal:
    return max((bound for bound in quantity.bounds if bound is not None), default=Decimal(0))


def _style(quantity: Quantity, certainty: Certainty) -> str:
    if quantity.kind in _UNPAID:
        return "unpaid"
    return "established" if certainty is Certainty.ESTABLISHED else "said"


def _percent(share: Decimal) -> str:
    return f"{round(float(share), 1):g}"
