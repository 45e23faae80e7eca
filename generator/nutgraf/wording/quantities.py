"""Quantities in words: once, and the same everywhere."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from babel.numbers import format_decimal, get_currency_symbol, is_currency

from nutgraf.glossary.plurals import counted, is_symbol
from nutgraf.model import Amount, Quantity, QuantityKind
from nutgraf.wording.language import Plural
from nutgraf.wording.patterns import fill

if TYPE_CHECKING:
    from nutgraf.wording.language import Language

_MILLION: Final = 1_000_000
_MOST_DECIMALS: Final = 3
_COUNTED: Final = frozenset({QuantityKind.COUNT, QuantityKind.DURATION})


def phrase(language: Language, quantity: Quantity) -> str:
    """Return a quantity as it stands in a sentence: "about 10,000 GPUs", "at least six months", "$1 billion"."""
    words = language.quantities
    text = _bounded(language, quantity, quantity)
    also = _bounded(language, quantity.also, quantity) if quantity.also else ""
    if quantity.per:
        text = fill(words.per, amount=text, per=quantity.per)
        also = also and fill(words.per, amount=also, per=quantity.per)
    if not quantity.also:
        return text
    return fill(words.converted if quantity.also.converted else words.also, amount=text, also=also)


def _bounded(language: Language, amount: Amount, quantity: Quantity) -> str:
    words = language.quantities
    low, high = amount.bounds
    if amount.amount is not None:
        text = _amount(language, amount.amount, amount, quantity)
        return fill(words.approximate, amount=text) if amount.approximate else text
    if amount.min is not None and low is not None and high is not None:
        text = _range(language, low, high, amount, quantity)
        return fill(words.approximate, amount=text) if amount.approximate else text
    ends = [None if end is None else _amount(language, end, amount, quantity) for end in (low, high)]
    if amount.approximate:
        ends = [None if end is None else fill(words.approximate, amount=end) for end in ends]
    if ends[0] is not None and ends[1] is not None:
        return fill(words.between, low=ends[0], high=ends[1])
    return fill(words.at_least, amount=ends[0]) if ends[0] is not None else fill(words.at_most, amount=ends[1] or "")


def _range(language: Language, low: Decimal, high: Decimal, amount: Amount, quantity: Quantity) -> str:
    if quantity.is_money:
        ends = (_amount(language, low, amount, quantity), _amount(language, high, amount, quantity))
        return fill(language.quantities.range, low=ends[0], high=ends[1])
    # "9 to 12 tonnes", not "nine tonnes to 12 tonnes".
    numbers = fill(language.quantities.range, low=_number(language, low), high=_number(language, high))
    return _with_unit(language, numbers, high, amount, quantity)


def _amount(language: Language, value: Decimal, amount: Amount, quantity: Quantity) -> str:
    if quantity.is_money and amount.unit and is_currency(amount.unit) and amount.unit not in _NO_CURRENCY:
        symbol = get_currency_symbol(amount.unit, locale=language.babel)
        # A code instead of a symbol needs a space: CHF 1 million.
        gap = " " if symbol[-1].isalpha() else ""
        sign = "−" if value < 0 else ""
        return sign + fill(
            language.quantities.money, symbol=symbol + gap, number=_sum(language, abs(value), amount.unit)
        )
    words = language.quantities.words
    in_words = (
        quantity.kind in _COUNTED
        and amount.unit
        and not _is_symbol(language, amount.unit)
        and value == value.to_integral_value()
        and 0 <= value < len(words)
    )
    number = words[int(value)] if in_words else _number(language, value)
    if quantity.kind is QuantityKind.MULTIPLE and not amount.unit and value == 1:
        return language.quantities.once
    return _with_unit(language, number, value, amount, quantity)


def _with_unit(language: Language, number: str, value: Decimal, amount: Amount, quantity: Quantity) -> str:
    words = language.quantities
    if quantity.kind is QuantityKind.MULTIPLE and not amount.unit:
        return fill(words.multiple, number=number)
    if not amount.unit:
        return number
    if amount.unit in words.close:
        return number + amount.unit
    return f"{number} {_unit(language, value, amount, quantity)}"


def _unit(language: Language, value: Decimal, amount: Amount, quantity: Quantity) -> str:
    unit = amount.unit or ""
    words = language.quantities
    if value == 1:
        return unit
    if amount is quantity and quantity.plural:
        return quantity.plural
    head, of, rest = unit.partition(" of ")  # litres of water
    if head in words.plurals:
        return words.plurals[head] + of + rest
    return counted(unit, words.unchanging) if words.plural is Plural.ENGLISH else unit


def _is_symbol(language: Language, unit: str) -> bool:
    """Tell whether a unit is a symbol, which has figures before it: 3 kg, 3%."""
    return unit in language.quantities.close or is_symbol(unit, language.quantities.unchanging)


_NO_CURRENCY: Final = frozenset({"XXX", "XTS"})
"""The codes of ISO 4217 for no currency, and for tests."""
_DECIMALS: Final = {
    code: decimals
    for decimals, codes in {
        0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
        3: "BHD IQD JOD KWD LYD OMR TND",
        4: "CLF UYW",
    }.items()
    for code in codes.split()
}
"""The minor units of currencies that don't have two decimals (ISO 4217, list one). Unicode CLDR, and so Babel, leaves
out the cents of some currencies that are rarely paid in cents."""


def _sum(language: Language, value: Decimal, currency: str) -> str:
    """Return a sum of money without its symbol; cents are complete: 4.50, but 1.5 million."""
    number = _number(language, value)
    if value == value.to_integral_value() or not number[-1].isdecimal():
        return number
    decimals = max(_DECIMALS.get(currency, 2), -int(value.normalize().as_tuple().exponent))
    return format_decimal(value.quantize(Decimal(1).scaleb(-decimals)), f"#,##0.{'0' * decimals}", language.babel)


def _number(language: Language, value: Decimal) -> str:
    """Return a number the way newspapers write it: from a million on with the word, and always to the last digit."""
    if abs(value) >= _MILLION:
        for word, size in sorted(language.quantities.large, key=lambda entry: -entry[1]):
            scaled = value / size
            if abs(scaled) >= 1 and scaled == round(scaled, _MOST_DECIMALS):
                return f"{_decimal(language, scaled)} {word}"
    return _decimal(language, value)


def _decimal(language: Language, value: Decimal) -> str:
    text = format_decimal(value, locale=language.babel, decimal_quantization=False)
    return re.sub(r"^-", "−", text)
