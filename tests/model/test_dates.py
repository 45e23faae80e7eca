"""Dates: the tables of `dates.md`, and what holds for all texts and all dates."""

from __future__ import annotations

import copy
import datetime as dt
import itertools
import pickle
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from nutgraf.model.dates import ClockTime, DateError, FuzzyDate, Point, Precision, Shape

_VALID, _INVALID = (
    [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in table.splitlines()
        if line.startswith("| ")
    ][1:]
    for table in Path(__file__).with_name("dates.md").read_text(encoding="utf-8").split("\n## ")[1:]
)


def date(text: str) -> FuzzyDate:
    return FuzzyDate.parse(text)


def shown(moment: dt.datetime | None) -> str:
    if moment is None:
        return "-"
    assert moment.tzinfo is dt.UTC
    return moment.strftime("%Y-%m-%dT%H:%M").rjust(16, "0")


@pytest.mark.parametrize(("text", "shape", "earliest", "latest", "exact"), _VALID)
def test_a_date_has_bounds(text: str, shape: str, earliest: str, latest: str, exact: str) -> None:
    read = date(text.strip("`"))
    assert str(read) == read.text == text.strip("`")
    assert read.shape == shape
    assert (shown(read.earliest), shown(read.latest)) == (earliest, latest)
    assert read.is_exact_day is (exact == "yes")


@pytest.mark.parametrize(("text", "message"), _INVALID)
def test_what_is_no_date_is_told_what_to_write(text: str, message: str) -> None:
    with pytest.raises(DateError) as caught:
        date(text)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "text", ["", " ", "\n", " 2018", "2018\n", "2018\u202e", "\N{ZERO WIDTH SPACE}2018", "\0", "2018\0"]
)
def test_space_and_unseen_characters_are_refused(text: str) -> None:
    with pytest.raises(DateError) as caught:
        date(text)
    assert str(caught.value).isprintable()


def test_a_long_text_is_quoted_in_part() -> None:
    with pytest.raises(DateError) as caught:
        date("2018" * 1_000_000)
    assert caught.value.headline == f"`{'2018' * 10}…` is not a date"


def test_an_error_has_headline_and_help() -> None:
    with pytest.raises(DateError) as caught:
        date("11.4.2023")
    assert caught.value.headline == "`11.4.2023` is not a date"
    assert caught.value.help == "Write `2023-04-11`, year first."
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018", Point(2018), Point(2018)),
        ("2018-02~", Point(2018, 2, approximate=True), Point(2018, 2, approximate=True)),
        ("2018~?/2019-02-03", Point(2018, approximate=True, uncertain=True), Point(2019, 2, 3)),
        ("2018?..2019", Point(2018, uncertain=True), Point(2019)),
        ("..2019", None, Point(2019)),
        ("2018..", Point(2018), None),
        ("2021-03-23T07:40-03:30..", Point(2021, 3, 23, ClockTime(7, 40, -210)), None),
        ("2021-03-23T07:40Z..", Point(2021, 3, 23, ClockTime(7, 40, 0)), None),
    ],
)
def test_a_date_has_points(text: str, start: Point | None, end: Point | None) -> None:
    assert (date(text).start, date(text).end) == (start, end)


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2024", Precision.YEAR, dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2024-02?", Precision.MONTH, dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2024-02-11~", Precision.DAY, dt.date(2024, 2, 11), dt.date(2024, 2, 11)),
        ("2024-02-11T23:00-05:00", Precision.MINUTE, dt.date(2024, 2, 11), dt.date(2024, 2, 11)),
    ],
)
def test_a_point_knows_its_days(text: str, precision: Precision, first: dt.date, last: dt.date) -> None:
    point = date(text).start
    assert point is not None
    assert (point.precision, point.first_day, point.last_day) == (precision, first, last)


def test_a_minute_is_a_moment_in_its_zone() -> None:
    point = date("2021-03-23T07:40+02:00").start
    assert point is not None
    assert point.moment is not None
    assert point.moment.isoformat() == "2021-03-23T07:40:00+02:00"
    assert Point(2021, 3, 23).moment is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2018", "2019"),
        ("2018", "2019-01"),
        ("2018-12-31", "2019"),
        ("2018-02", "2018-03"),
        ("2023-04-11", "2023-04-12"),
        ("2018/2019", "2020"),
        ("2018..2019", "2020..2021"),
        ("..2018", "2019"),
        ("..2018", "2019.."),
        ("2018", "2019.."),
        ("2018?/2019", "2020"),
        ("2018", "2019/2020?"),
        ("2018~", "2020"),
        ("2018", "2020~"),
        ("2018~", "2021~"),
        ("2018-01~", "2018-03"),
        ("2018-12~", "2019-02"),
        ("2018-12-30~", "2019-01-01"),
        ("2021-03-23T07:40+02:00", "2021-03-23T07:41+02:00"),
        ("2021-03-23T07:40+02:00", "2021-03-23T07:40Z"),
        ("2021-03-23T07:40+02:00~", "2021-03-23T08:41+02:00"),
        # New Year has come to all of the Earth, and is nowhere near.
        ("2018", "2019-01-01T12:00Z"),
        ("2018-12-31T09:59Z", "2019"),
        ("9998", "9999-12-31T23:59Z"),
    ],
)
def test_surely_before(first: str, second: str) -> None:
    assert date(first).surely_before(date(second))
    assert not date(first).may_overlap(date(second))
    assert not date(second).surely_before(date(first))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("2018", "2018"),
        ("2018", "2018-12-31"),
        ("2018-01", "2018"),
        ("2018/2019", "2019"),
        ("2018..2020", "2019"),
        ("2018..", "2019"),
        ("2018", "..2019"),
        ("2018..", "..2019"),
        # Somebody's "about 2018" is 2019, somebody's uncertain one is any year.
        ("2018~", "2019"),
        ("2018", "2019~"),
        ("2018~", "2020~"),
        ("2018?", "2023"),
        ("2018", "2023?"),
        ("2018/2019?", "2030"),
        ("2018", "2030?.."),
        ("2018-12~", "2019-01"),
        ("2018-12-31~", "2019-01-01"),
        ("2021-03-23T07:40+02:00~", "2021-03-23T08:40+02:00"),
        ("9999~", "9999-12-31T23:59Z"),
        # The last hours of a day in Hawaii, the first ones in Kiribati.
        ("2018", "2019-01-01T11:59Z"),
        ("2018-12-31T10:00Z", "2019"),
        ("2018-12-31", "2019-01-01T08:00+09:00"),
        # An interval that ends in Kiribati before its first day has begun in London.
        ("2021-04-12~/2021-04-12T02:00+14:00", "2021-04-11T13:00Z"),
    ],
)
def test_not_surely_before(first: str, second: str) -> None:
    assert not date(first).surely_before(date(second))
    assert not date(second).surely_before(date(first))
    assert date(first).may_overlap(date(second))
    assert date(second).may_overlap(date(first))


def test_dates_sort_by_their_start() -> None:
    ordered = [
        "..2018",
        "2018",
        "2018?",
        "2018~",
        "2018-01",
        "2018-01-01",
        "2018/2019",
        "2018-01/2018-02",
        "2018..2019",
        "2018..",
        "2018-01-01T00:01Z",
        "2018-01-31T23:59Z",
        "2018-02",
        "..2019",
    ]
    assert sorted(set(ordered), key=lambda text: date(text).sort_key) == ordered


class Record(BaseModel):
    """Any record with a date."""

    when: FuzzyDate


def test_pydantic_reads_text_and_writes_it() -> None:
    record = Record.model_validate({"when": "2018~"})
    assert record.when == date("2018~")
    assert record.model_dump_json() == '{"when":"2018~"}'


@pytest.mark.parametrize(
    ("value", "found"), [(2018, "text"), ([], "list"), ({}, "mapping"), (dt.date(2018, 1, 1), "text")]
)
def test_pydantic_reads_nothing_but_text(value: object, found: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Record.model_validate({"when": value})
    [error] = caught.value.errors()
    assert (error["type"], error["msg"]) == ("date_type", f"expected a date, found a {found}")


@pytest.mark.parametrize("text", ["4/11/2023", "{help}", "\ud800"])
def test_pydantic_hands_on_headline_and_help(text: str) -> None:
    with pytest.raises(DateError) as plain:
        date(text)
    with pytest.raises(ValidationError) as caught:
        Record.model_validate({"when": text})
    [error] = caught.value.errors()
    assert (error["type"], error["msg"], error["ctx"]["help"]) == ("date", plain.value.headline, plain.value.help)


def test_json_schema_describes_the_text() -> None:
    schema = Record.model_json_schema()["properties"]["when"]
    assert schema["type"] == "string"
    assert schema["description"].startswith("A date, no more precise than its source: `2018`")
    assert all(re.fullmatch(schema["pattern"], text) and date(text) for text in schema["examples"])
    assert all(re.fullmatch(schema["pattern"], row[0].strip("`")) for row in _VALID)


def test_dates_can_be_copied() -> None:
    read = date("2018/2019?")
    assert pickle.loads(pickle.dumps(read)) == copy.deepcopy(read) == read  # noqa: S301
    assert {read, date("2018/2019?"), date("2018/2019")} == {read, date("2018/2019")}
    assert repr(read) == "FuzzyDate(text='2018/2019?')"


# What holds for all


def _offset(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


_days = st.one_of(
    # Near each other, so that two dates often touch; and anywhere.
    st.dates(dt.date(2018, 12, 28), dt.date(2019, 1, 4)),
    st.dates(dt.date(2017, 1, 1), dt.date(2020, 12, 31)),
    st.dates(),
)
_zones = st.one_of(
    st.just("Z"),
    st.sampled_from([-720, -719, -210, 1, 60, 120, 839, 840]).map(_offset),
    st.integers(-720, 840).filter(bool).map(_offset),
)
_marks = st.sampled_from(["", "", "", "~", "?", "~?"])


@st.composite
def points(draw: st.DrawFn) -> str:
    day = draw(_days).isoformat()
    unit = draw(st.sampled_from([day[:4], day[:7], day, ""]))
    time = draw(st.times()).strftime("T%H:%M")
    return (unit or f"{day}{time}{draw(_zones)}") + draw(_marks)


def _error(text: str) -> DateError | None:
    try:
        date(text)
    except DateError as error:
        return error
    return None


_texts = st.one_of(
    points(),
    points().map("..{}".format),
    points().map("{}..".format),
    st.builds("{}{}{}".format, points(), st.sampled_from(["/", ".."]), points()).filter(
        lambda text: _error(text) is None
    ),
)
dates = _texts.map(date)


@given(_texts)
def test_what_is_of_the_grammar_is_read_and_written_back(text: str) -> None:
    assert date(text).text == str(date(text)) == text


_NEARLY = st.one_of(
    st.text(),
    # The form of a date with any digits: months 00 to 99, hours 00 to 99.
    st.from_regex(Record.model_json_schema()["properties"]["when"]["pattern"], fullmatch=True),
    st.text(alphabet="0123456789-/.~?%T:+Z ", max_size=30),
    st.text(alphabet="01289-/.~?XQWsT:+Z\uff12\u0663 aprilmyfobetwn\u202e\ud800", max_size=70),
    st.from_regex(
        r"\A(from |between |by |before |early |c\. )?\d{1,4}[-./ ]\w{1,5}([-./, ]\d{1,4})?( (to|and|-) .{1,12})?\Z"
    ),
)


@given(_NEARLY)
@example("00010100")
@example("0-1 0000 ad")
@example("9999-w53")
@example("00th century")
def test_any_text_is_a_date_or_gets_advice(text: str) -> None:
    error = _error(text)
    if error is None:
        assert date(text).text == text
        return
    assert str(error).isprintable()
    assert 0 < len(error.headline) < 200
    assert error.help.endswith(".")


@given(_NEARLY)
def test_advice_leads_to_dates(text: str) -> None:
    error = _error(text)
    offered = re.findall(r"[Ww]rite `([^`]*)`|or `([^`]*)`, if that is meant", error.help) if error else []
    assert all(_error(one or other) is None for one, other in offered)


@given(dates)
def test_bounds_are_in_order(read: FuzzyDate) -> None:
    assert (read.earliest is None, read.latest is None) == (read.shape is Shape.BEFORE, read.shape is Shape.AFTER)
    if read.earliest and read.latest:
        assert read.earliest <= read.latest


@given(dates, dates)
def test_two_dates_overlap_or_one_comes_first(one: FuzzyDate, other: FuzzyDate) -> None:
    assert [one.surely_before(other), other.surely_before(one), one.may_overlap(other)].count(True) == 1
    assert one.may_overlap(other) == other.may_overlap(one)
    assert one.may_overlap(one)


@given(st.lists(dates, min_size=2, max_size=8, unique=True))
def test_the_sort_key_holds_to_what_is_sure(several: list[FuzzyDate]) -> None:
    """One order for all, and whatever is surely before another stands before it: so surely_before has no circles."""
    ordered = sorted(several, key=lambda one: one.sort_key)
    assert len({one.sort_key for one in several}) == len(several)
    assert not any(later.surely_before(earlier) for earlier, later in itertools.combinations(ordered, 2))


@given(st.lists(dates, min_size=3, max_size=8, unique=True))
def test_surely_before_is_transitive(several: list[FuzzyDate]) -> None:
    for one, two, three in itertools.permutations(several, 3):
        if one.surely_before(two) and two.surely_before(three):
            assert one.surely_before(three)


@given(st.data(), points(), points(), st.integers(-720, 840))
def test_surely_before_holds_on_every_reading(data: st.DataObject, first: str, second: str, zone: int) -> None:
    """Pick a moment that each of two points may mean, all days without a zone in one zone: the order is never wrong."""
    one, other = (data.draw(_moments(text, zone)) for text in (first, second))
    assert not date(first).surely_before(date(second)) or one < other
    assert one != other or date(first).may_overlap(date(second))


@st.composite
def _moments(draw: st.DrawFn, text: str, zone: int) -> int:
    """A minute that the point may mean if bare days are in `zone`: told from its text, by counting days."""
    unit = text.rstrip("~?")
    first = dt.date(int(unit[:4]), int(unit[5:7] or 1), int(unit[8:10] or 1)).toordinal()
    length = {4: 366, 7: 31}.get(len(unit), 1)
    if len(unit) in {4, 7}:
        begins = [day for day in range(first + 1, first + length) if _starts_with(day, unit)]
        length = 1 + len(begins)
    if "T" in unit:
        clock = dt.datetime.fromisoformat(unit)
        offset = clock.utcoffset() or dt.timedelta()
        minute = first * 1440 + clock.hour * 60 + clock.minute - offset // dt.timedelta(minutes=1)
        low, high, slack = minute, minute, 60
    else:
        low, high = first * 1440 - zone, (first + length) * 1440 - 1 - zone
        slack = {4: 365, 7: 28}.get(len(unit), 1) * 1440
    if "?" in text:
        return draw(st.integers(low - 10**7, high + 10**7))
    slack = slack if "~" in text else 0
    return draw(st.one_of(st.integers(low - slack, high + slack), st.sampled_from([low - slack, high + slack])))


def _starts_with(day: int, unit: str) -> bool:
    try:
        return dt.date.fromordinal(day).isoformat().startswith(unit)
    except ValueError:  # the year 10000
        return False
