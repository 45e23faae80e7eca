"""Dates and quantities in words."""

from __future__ import annotations

import pytest
from babel.numbers import get_currency_precision, list_currencies

from nutgraf.model import FuzzyDate, Quantity
from nutgraf.wording import dates
from nutgraf.wording.quantities import _DECIMALS
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
        ("2023-03..2023-04", "in March or April 2023", "March or April 2023"),
        ("2023-03..2023-05", "between March and May 2023", "between March and May 2023"),
        ("2022..2023", "in 2022 or 2023", "2022 or 2023"),
        ("2024-05-07..2024-05-08", "on 7 or 8 May 2024", "7 or 8 May 2024"),
        ("2024-04-30..2024-05-01", "on 30 April or 1 May 2024", "30 April or 1 May 2024"),
        ("2023-12-31..2024-01-01", "on 31 December 2023 or 1 January 2024", "31 December 2023 or 1 January 2024"),
        ("2024-02-28..2024-03-01", "between 28 February and 1 March 2024", "between 28 February and 1 March 2024"),
        ("2024-05-07/2024-05-08", "from 7 to 8 May 2024", "7 to 8 May 2024"),
        ("2022~..2023", "between about 2022 and 2023", "between about 2022 and 2023"),
        ("0044~", "around AD 44", "about AD 44"),
        ("0001", "in AD 1", "AD 1"),
        ("0044-03", "in March AD 44", "March AD 44"),
        ("0044-03-15", "on 15 March AD 44", "15 March AD 44"),
        ("0044/0046", "from AD 44 to AD 46", "AD 44 to AD 46"),
        ("0099..0100", "in AD 99 or 100", "AD 99 or 100"),
        ("0476", "in 476", "476"),
        ("2023-03-02..2023-03-05", "between 2 and 5 March 2023", "between 2 and 5 March 2023"),
        ("2023-03-30..2023-04-02", "between 30 March and 2 April 2023", "between 30 March and 2 April 2023"),
        ("2022-12..2023-01", "in December 2022 or January 2023", "December 2022 or January 2023"),
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
        ("amount: 0.5, unit: USD, kind: price", "$0.50"),
        ("amount: 4.5, unit: USD, kind: price", "$4.50"),
        ("amount: 4.50, unit: USD, kind: price", "$4.50"),
        ("amount: 4.00, unit: USD, kind: price", "$4"),
        ("min: 4.5, max: 4.75, unit: USD, kind: price", "$4.50 to $4.75"),
        ("min: 4, max: 4.5, unit: USD, kind: price", "$4 to $4.50"),
        ("amount: 19.9, unit: EUR, kind: price", "€19.90"),
        ("amount: 0.9, unit: GBP, kind: price", "£0.90"),
        ("amount: 1.5, unit: KWD, kind: price", "KWD 1.500"),
        ("amount: 1.5, unit: JPY, kind: price", "¥1.5"),
        ("amount: 3.459, unit: USD, kind: price, per: gallon", "$3.459 per gallon"),
        ("amount: 1234.5, unit: USD, kind: price", "$1,234.50"),
        ("amount: 1250000.5, unit: USD, kind: price", "$1,250,000.50"),
        ("amount: 1250000, unit: USD, kind: price", "$1.25 million"),
        ("amount: 9, unit: EUR, kind: price, also: {amount: 9.7, unit: USD, approximate: yes}", "€9 (about $9.70)"),
        ("amount: -4.5, unit: USD, kind: price", "−$4.50"),
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
        ("amount: 3, unit: degree Celsius, kind: measure", "3 degrees Celsius"),
        ("amount: 3, unit: metre per second, kind: measure", "3 metres per second"),
        ("amount: 3, unit: kilometre an hour, kind: measure", "3 kilometres an hour"),
        ("amount: 3, unit: pound per square inch, kind: measure", "3 pounds per square inch"),
        ("amount: 3, unit: US dollar a barrel, kind: measure", "3 US dollars a barrel"),
        ("amount: 3, unit: barrel of oil equivalent, kind: measure", "3 barrels of oil equivalent"),
        ("amount: 3, unit: million tonnes of oil equivalent, kind: measure", "3 million tonnes of oil equivalent"),
        ("amount: 3, unit: kg of rice, kind: measure", "3 kg of rice"),
        ("amount: 3, unit: tonne CO2, kind: measure", "3 tonnes CO2"),
        ("amount: 3, unit: m³, kind: measure", "3 m³"),
        ("amount: 3, unit: km2, kind: measure", "3 km2"),
        ("amount: 3, unit: kg/m³, kind: measure", "3 kg/m³"),
        ("amount: 3, unit: µm, kind: measure", "3 µm"),
        ("amount: 3, unit: Mbit/s, kind: measure", "3 Mbit/s"),
        ("amount: 3, unit: sq ft, kind: measure", "3 sq ft"),
        ("amount: 3, unit: gigahertz, kind: measure", "3 gigahertz"),
        ("amount: 3, unit: percent, kind: measure", "3 percent"),
        ("amount: 3, unit: percentage point, kind: measure", "3 percentage points"),
        ("amount: 3, unit: cubic foot, kind: measure", "3 cubic feet"),
        ("amount: 3, unit: hectare, kind: measure", "3 hectares"),
        ("amount: 3, unit: man-hour, kind: measure", "3 man-hours"),
        ("amount: 1, unit: degree Celsius, kind: measure", "1 degree Celsius"),
        ("amount: 3, unit: sheep", "three sheep"),
        ("amount: 3, unit: attorney general", "three attorneys general"),
        ("amount: 3, unit: major general", "three major generals"),
        ("amount: 3, unit: person over 65", "three people over 65"),
        ("amount: 3, unit: passer-by", "three passers-by"),
        ("amount: 3, unit: member of parliament", "three members of parliament"),
        ("amount: 3, unit: bus", "three buses"),
        ("amount: 3, unit: chocolate bar", "three chocolate bars"),
        ("amount: 3, unit: people", "three people"),
        ("amount: 3, unit: F-16", "three F-16s"),
        ("amount: 3, unit: TV", "three TVs"),
        ("amount: 3, unit: kg", "3 kg"),
        ("amount: 3, unit: '%'", "3%"),
        ("amount: 3, unit: °C", "3°C"),
        ("amount: 3, unit: m³", "3 m³"),
        ("amount: 1, kind: multiple", "once"),
        ("at_least: 1, kind: multiple", "at least once"),
        ("amount: 1.5, kind: multiple", "1.5 times"),
        ("min: 1, max: 3, kind: multiple", "1 to 3 times"),
        ("amount: 10000", "10,000"),
    ],
)  # fmt: skip
def test_quantities(quantity: str, phrase: str) -> None:
    from nutgraf.loading.nodes import plain  # noqa: PLC0415 - only to read the row
    from nutgraf.loading.yaml import parse  # noqa: PLC0415

    parsed = parse("row", f"{{{quantity}}}".encode())
    assert parsed.root is not None
    assert english().quantity(Quantity.model_validate(plain(parsed.root))) == phrase


def test_currencies_have_the_decimals_that_cldr_gives_them_if_it_gives_any() -> None:
    given = {code: get_currency_precision(code) for code in list_currencies("en")}
    ours = {code: _DECIMALS.get(code, 2) for code, decimals in given.items() if decimals > 0}
    assert ours == {code: decimals for code, decimals in given.items() if decimals > 0}


@pytest.mark.parametrize(
    ("words", "date", "told"),
    [
        ("on Friday", "2024-10-25", "on Friday, 25 October 2024"),
        ("late on Friday evening", "2024-10-25", "late on Friday evening, 25 October 2024"),
        ("on Friday", "2024-10-25T20:00Z", "on Friday, 20:00 (UTC) on 25 October 2024"),
        ("over the weekend", "2024-10-26..2024-10-27", "over the weekend (26 or 27 October 2024)"),
        ("on Friday", "2024-10", "on Friday (October 2024)"),
        ("at dawn", "2014-04-16", "at dawn (16 April 2014)"),
        ("in early March", "2023-03", "in early March (March 2023)"),
        ("in early March 2023", "2023-03", "in early March 2023"),
        ("on the night of 31 December 2023", "2023-12-31/2024-01-01", "on the night of 31 December 2023"),
        ("since April 2024", "2024-04", "since April 2024"),
    ],
)
def test_words_of_a_source_never_lose_the_date(words: str, date: str, told: str) -> None:
    assert dates.told(english().language, words, FuzzyDate.parse(date)) == told
