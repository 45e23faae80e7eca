"""Dates and quantities in words."""

from __future__ import annotations

import pytest

from nutgraf.model import FuzzyDate, Quantity
from tests.making import english


@pytest.mark.parametrize(
    ("date", "phrase", "label"),
    [
        ("2018", "in 2018", "2018"),
        ("2023-03", "in March 2023", "March 2023"),
        ("2023-04-11", "on 11 April 2023", "11 April 2023"),
        ("2018~", "around 2018", "about 2018"),
        ("2018?", "possibly in 2018", "2018 (date uncertain)"),
        ("2023-04-11~?", "possibly around 11 April 2023", "about 11 April 2023 (date uncertain)"),
        ("2018/2019", "from 2018 to 2019", "2018 to 2019"),
        ("2023-03/2023-04", "from March to April 2023", "March to April 2023"),
        ("2023-03..2023-04", "between March and April 2023", "between March and April 2023"),
        ("2023-03-02..2023-03-05", "between 2 and 5 March 2023", "between 2 and 5 March 2023"),
        ("2023-03-30..2023-04-02", "between 30 March and 2 April 2023", "between 30 March and 2 April 2023"),
        ("2022-12..2023-01", "between December 2022 and January 2023", "between December 2022 and January 2023"),
        ("..2018", "in or before 2018", "2018 or earlier"),
        ("..2018-02-20", "on or before 20 February 2018", "20 February 2018 or earlier"),
        ("2018..", "in or after 2018", "2018 or later"),
        ("2021-03-23T07:40+02:00", "at 07:40 (UTC+2) on 23 March 2021", "07:40 (UTC+2) on 23 March 2021"),
        ("2021-03-23T07:40Z", "at 07:40 (UTC) on 23 March 2021", "07:40 (UTC) on 23 March 2021"),
        ("2021-03-23T07:40-03:30", "at 07:40 (UTC−3:30) on 23 March 2021", "07:40 (UTC−3:30) on 23 March 2021"),
    ],
)
def test_dates(date: str, phrase: str, label: str) -> None:
    read = FuzzyDate.parse(date)
    assert (english().date_phrase(read), english().date(read)) == (phrase, label)


@pytest.mark.parametrize(
    ("quantity", "phrase"),
    [
        ("amount: 10000, approximate: yes, unit: GPU", "about 10,000 GPUs"),
        ("amount: 1000000000, approximate: yes, unit: USD, kind: pledge", "about $1 billion"),
        ("amount: 1500000, unit: EUR, kind: payment", "€1.5 million"),
        ("amount: 250000, unit: GBP, kind: payment", "£250,000"),
        ("amount: 3, unit: CHF, kind: price", "CHF 3"),
        ("amount: 1234567, unit: USD, kind: price", "$1,234,567"),
        ("amount: 0.5, unit: USD, kind: price", "$0.5"),
        ("at_least: 6, unit: month, kind: duration", "at least six months"),
        ("at_most: 987, unit: tonne, kind: measure", "at most 987 tonnes"),
        ("at_least: 2, at_most: 4, unit: day, kind: duration", "at least two days and at most four days"),
        ("min: 9, max: 12, unit: tonne, kind: measure", "9 to 12 tonnes"),
        ("min: 1000000, max: 2000000, unit: USD, kind: offer", "$1 million to $2 million"),
        ("amount: 1, unit: month, kind: duration", "one month"),
        ("amount: 1, unit: tonne, kind: measure", "1 tonne"),
        ("amount: 30, unit: °, kind: measure", "30°"),
        ("amount: 12.5, unit: '%', kind: measure", "12.5%"),
        ("amount: 18, unit: km, kind: measure", "18 km"),
        ("amount: 400, unit: foot, kind: measure", "400 feet"),
        ("amount: 12, unit: box of shells", "12 boxes of shells"),
        ("amount: 304, unit: person", "304 people"),
        ("amount: 100, kind: multiple", "100 times"),
        ("amount: 2, unit: tonne, kind: measure, per: day", "2 tonnes per day"),
        ("amount: 400, unit: metre, kind: measure, also: {amount: 1300, unit: foot, approximate: yes}",
         "400 metres (about 1,300 feet)"),
        ("amount: 100, unit: km, kind: measure, also: {amount: 62, unit: mile, approximate: yes, converted: yes}",
         "100 km (about 62 miles, by our conversion)"),
        ("amount: 18, unit: nautical mile, kind: measure, per: hour, also: {amount: 33, unit: km}",
         "18 nautical miles per hour (33 km per hour)"),
        ("amount: -5, unit: °C, kind: measure", "−5°C"),
        ("amount: 10000", "10,000"),
    ],
)  # fmt: skip
def test_quantities(quantity: str, phrase: str) -> None:
    from nutgraf.loading.nodes import plain  # noqa: PLC0415 - only to read the row
    from nutgraf.loading.yaml import parse  # noqa: PLC0415

    parsed = parse("row", f"{{{quantity}}}".encode())
    assert parsed.root is not None
    assert english().quantity(Quantity.model_validate(plain(parsed.root))) == phrase
