"""Bars of money: long in proportion, and only what was paid or was to be."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.model import Certainty, Quantity, QuantityKind
from nutgraf.views.charts.money_bars import scales

AMOUNTS = st.lists(st.integers(1, 10**13), min_size=2, max_size=12)


def _sum(
    amount: int | None = None, kind: QuantityKind = QuantityKind.PAYMENT, unit: str = "USD", **more: str
) -> Quantity:
    bounds = {} if amount is None else {"amount": str(amount)}
    return Quantity.model_validate({**bounds, "unit": unit, "kind": str(kind), **more})


@settings(max_examples=60)
@given(AMOUNTS)
def test_length_is_the_amount(amounts: list[int]) -> None:
    (scale,) = scales(_sum(one) for one in amounts)
    for one in amounts:
        bar = scale.bar(_sum(one), Certainty.REPORTED)
        assert bar is not None
        true = one / max(amounts) * 100
        assert float(bar.width) == pytest.approx(max(true, 1), abs=0.05)
        assert true >= 1 or scale.least == Decimal(max(amounts)) / 100, "what is drawn too long is said to be"


@pytest.mark.parametrize(
    "kind", [QuantityKind.VALUATION, QuantityKind.MARKET_CAP, QuantityKind.ESTIMATE, QuantityKind.PRICE]
)
def test_worth_is_not_on_the_scale(kind: QuantityKind) -> None:
    (scale,) = scales([_sum(10), _sum(20), _sum(1000, kind)])
    assert scale.full == Decimal(20)
    assert scale.bar(_sum(1000, kind), Certainty.ESTABLISHED) is None


def test_currencies_are_kept_apart() -> None:
    found = scales([_sum(10), _sum(5), _sum(1000, unit="KRW"), _sum(900, unit="KRW"), _sum(3, unit="EUR")])
    assert [(one.unit, one.full) for one in found] == [("USD", Decimal(10)), ("KRW", Decimal(1000))]
    assert found[0].bar(_sum(900, unit="KRW"), Certainty.CLAIMED) is None


@pytest.mark.parametrize(
    ("quantity", "certainty", "classes"),
    [
        (_sum(10), Certainty.ESTABLISHED, "established"),
        (_sum(10), Certainty.REPORTED, "said"),
        (_sum(10, QuantityKind.PLEDGE), Certainty.ESTABLISHED, "unpaid"),
        (_sum(at_least="10"), Certainty.CLAIMED, "said open"),
    ],
)
def test_line_says_what_it_is(quantity: Quantity, certainty: Certainty, classes: str) -> None:
    (scale,) = scales([_sum(10), _sum(20)])
    bar = scale.bar(quantity, certainty)
    assert bar is not None
    assert (bar.width, bar.classes) == ("50", classes)


def test_range_shows_both_ends() -> None:
    (scale,) = scales([_sum(100), _sum(min="20", max="30")])
    bar = scale.bar(_sum(min="20", max="30"), Certainty.REPORTED)
    most = scale.bar(_sum(at_most="30"), Certainty.REPORTED)
    assert bar is not None
    assert most is not None
    assert (bar.width, bar.more, most.width, most.more) == ("20", "10", "0", "30")


def test_so_much_a_day_has_no_bar() -> None:
    assert not scales([_sum(10), _sum(20, per="day")])
