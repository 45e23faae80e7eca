"""Dates that are no more precise than their source: a small grammar of our own, in the spirit of EDTF (ISO 8601-2).

```
date     = point | interval | range | before | after
point    = year ["-" month ["-" day ["T" hour ":" minute zone]]] ["~"] ["?"]
interval = point "/" point      it lasted from the first to the second
range    = point ".." point     one moment between the two, nobody says which
before   = ".." point           in or before it
after    = point ".."           in or after it
zone     = "Z" | ("+" | "-") hour ":" minute
```

`~` reads "about" and `?` reads "uncertain"; with both, `~` comes first. Years run from 0001 to 9999, in the Gregorian
calendar throughout. There is one way to write a value, so the text is the value: dates are equal if their texts are.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from pydantic_core import PydanticCustomError, core_schema

from nutgraf.model import date_hints
from nutgraf.model.record import yaml_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue

_POINT: Final = (
    # Not \d, which takes the digits of every script.
    r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2}))?)?)?~?\??"
)
_DATE: Final = rf"(?:\.\.{_POINT}|{_POINT}(?:\.\.(?:{_POINT})?|/{_POINT})?)"
_MOMENT: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9]{2}:[0-9]{2}))?"
_FORM: Final = re.compile(_DATE)
_PARTS: Final = re.compile(
    r"(?P<year>.{4})(?:-(?P<month>..)(?:-(?P<day>..)(?:T(?P<hour>..):(?P<minute>..)(?P<zone>Z|.{6}))?)?)?"
    r"(?P<approximate>~)?(?P<uncertain>\?)?"
)
_DESCRIPTION: Final = (
    "A date, no more precise than its source: `2018`, `2023-03`, `2023-04-11`, `2021-03-23T07:40+02:00` (to the "
    "minute, with its zone), each with `~` (about) or `?` (uncertain) behind it; `2018/2019` (it lasted from one to "
    "the other), `2023-03..2023-04` (one day in that range), `..2018` (in or before), `2018..` (in or after)."
)
_EXAMPLES: Final = (
    "2018",
    "2023-03~",
    "2023-04-11",
    "2021-03-23T07:40+02:00",
    "2018/2019",
    "2023-03..2023-04",
    "..2018",
)

_LAST_YEAR: Final = 9999
_MONTHS: Final = 12
_HOURS: Final = 24
_HOUR: Final = 60
_DAY: Final = _HOURS * _HOUR
# The calendar repeats itself after 400 years, which are 146,097 days.
_CYCLE_YEARS: Final = 400
_CYCLE_DAYS: Final = 146_097
# Civil time is nowhere further from UTC than this, in minutes: Baker Island in the west, Kiribati in the east.
_WESTMOST: Final = -12 * _HOUR
_EASTMOST: Final = 14 * _HOUR

_FIRST_MOMENT: Final = dt.datetime.min.replace(tzinfo=dt.UTC)
_LAST_MOMENT: Final = dt.datetime.max.replace(tzinfo=dt.UTC)

SortKey = tuple[int, int, int, str]
"""What `FuzzyDate.sort_key` is made of; callers compare it and do not look inside."""


class DateError(ValueError):
    """A text that is not a date.

    Attributes:
        headline: one line that states what is wrong, without a final full stop.
        help: what to write instead, a sentence or two.
    """

    def __init__(self, headline: str, advice: str) -> None:
        """Take the headline, and the advice as a clause that begins in lower case and has no final full stop."""
        super().__init__(headline, advice)
        self.headline = headline
        self.help = f"{advice[:1].upper()}{advice[1:]}."
        self._advice = advice

    def __str__(self) -> str:
        """Return both on one line."""
        return f"{self.headline}: {self._advice}"


class Shape(StrEnum):
    """What the one or two points of a date say together. The members stand in the order in which equal dates sort."""

    BEFORE = "before"
    """`..2018`: in or before the end."""
    POINT = "point"
    """`2018`: start and end are the same point."""
    INTERVAL = "interval"
    """`2018/2019`: it lasted from the start to the end."""
    RANGE = "range"
    """`2018..2019`: one moment between start and end."""
    AFTER = "after"
    """`2018..`: in or after the start."""


class Precision(StrEnum):
    """The smallest unit that a point names."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day in a zone.

    Attributes:
        hour: 0 to 23.
        minute: 0 to 59.
        offset: minutes that the zone is ahead of UTC, -720 to 840; 0 for `Z`.
    """

    hour: int
    minute: int
    offset: int


@dataclass(frozen=True, slots=True)
class Point:
    """A year, a month, a day or a minute, as the source gives it.

    Attributes:
        year: 1 to 9999.
        month: 1 to 12, absent in a year.
        day: 1 to 31, absent in a year and a month.
        time: absent in all but a minute.
        approximate: it is marked `~`: about then.
        uncertain: it is marked `?`: the date itself is in doubt.
    """

    year: int
    month: int | None = None
    day: int | None = None
    time: ClockTime | None = None
    approximate: bool = False
    uncertain: bool = False

    @property
    def precision(self) -> Precision:
        """The smallest unit that is given."""
        if self.month is None:
            return Precision.YEAR
        if self.day is None:
            return Precision.MONTH
        return Precision.DAY if self.time is None else Precision.MINUTE

    @property
    def first_day(self) -> dt.date:
        """The first day that the stated unit covers, in its own zone. Marks do not move it."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> dt.date:
        """The last day that the stated unit covers, in its own zone. Marks do not move it."""
        month = self.month or _MONTHS
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def contains(self, other: Point) -> bool:
        """Tell whether `other` is surely part of this unit: a day of a month, a minute of a day in its own zone."""
        if self.approximate or self.uncertain:
            return False
        parts = ((self.year, other.year), (self.month, other.month), (self.day, other.day), (self.time, other.time))
        return all(mine in {None, theirs} for mine, theirs in parts)

    @property
    def moment(self) -> dt.datetime | None:
        """The minute, aware of its own zone; None in what is less precise."""
        if self.time is None:
            return None
        zone = dt.timezone(dt.timedelta(minutes=self.time.offset))
        clock = dt.time(self.time.hour, self.time.minute, tzinfo=zone)
        return dt.datetime.combine(self.first_day, clock)


@dataclass(frozen=True, slots=True)
class FuzzyDate:
    """A date of the grammar above. `parse` makes one; nothing else should.

    A date without a clock time has no zone either: it is a day of somebody's calendar. Comparison therefore asks for
    *every reading*: each zone on Earth in which the days without a zone may be meant, the same one for both sides. So
    2018 surely comes before 2019, but the evening of 10 April in New York not surely before "11 April".

    Attributes:
        text: the date as written, which is its one form. Equality and hash look at it alone.
        shape: how start and end are to be read.
        start: absent in `Shape.BEFORE`; the same as `end` in `Shape.POINT`.
        end: absent in `Shape.AFTER`.
    """

    text: str
    shape: Shape = field(compare=False, repr=False)
    start: Point | None = field(compare=False, repr=False)
    end: Point | None = field(compare=False, repr=False)

    @classmethod
    def parse(cls, text: str) -> FuzzyDate:
        """Read a date.

        Args:
            text: any text at all.

        Raises:
            DateError: a `ValueError` that tells an editor what is wrong and what to write instead.
        """
        if not _is_formed(text):
            raise DateError(*date_hints.explain(text, _problem))
        first, mark, last = text.partition("/" if "/" in text else "..")
        start = _read(first) if first else None
        end = _read(last) if last else None
        if not mark:
            return cls(text, Shape.POINT, start, start)
        if end is None:
            return cls(text, Shape.AFTER, start, None)
        if start is None:
            return cls(text, Shape.BEFORE, None, end)
        _refuse_disorder(text, (start, first), (end, last))
        return cls(text, Shape.INTERVAL if mark == "/" else Shape.RANGE, start, end)

    def __str__(self) -> str:
        """Return the text as written."""
        return self.text

    @property
    def earliest(self) -> dt.datetime | None:
        """The first moment of the stated unit, in UTC; None if it is open.

        Days without a zone are taken as days in UTC, and marks move nothing: this is for showing and for drawing.
        What is certain, `surely_before` tells. Nothing is earlier than `datetime.min`.
        """
        return None if self.start is None else _moment(self._anchor(0))

    @property
    def latest(self) -> dt.datetime | None:
        """The last moment (inclusive, to the microsecond) of the stated unit, in UTC; None if it is open.

        It reads dates as `earliest` does. Nothing is later than `datetime.max`.
        """
        if self.end is None:
            return None
        return _moment(max(self._anchor(0), _minutes(self.end)[1]), dt.timedelta(seconds=59, microseconds=999_999))

    @property
    def is_exact_day(self) -> bool:
        """Tell whether it is one known day of the calendar: a day or a minute without a mark."""
        point = self.start
        return (
            self.shape is Shape.POINT
            and point is not None
            and point.day is not None
            and not (point.approximate or point.uncertain)
        )

    @property
    def sort_key(self) -> SortKey:
        """A key that orders all dates, and never against what is sure: if `a.surely_before(b)`, its key is lower.

        Dates sort by the moment at which their first point begins (`..2018` has only the one). Where two begin alike,
        they sort by shape, and then the vaguer comes first, as a heading would: `..2018`, `2018`, `2018-01`,
        `2018-01-01`, `2018/2019`, `2018..2019`, `2018..`.
        """
        point = self.end or self.start
        last = 0 if point is None else _minutes(point)[1]
        return self._anchor(0), _ORDER[self.shape], -last, self.text

    def surely_before(self, other: FuzzyDate) -> bool:
        """Tell whether all of this date comes before all of the other, on every reading of both."""
        # All bounds are linear in the zone, so what holds at both ends of the Earth holds in between.
        return all(self._last(zone) < other._first(zone) for zone in (_WESTMOST, _EASTMOST))

    def may_overlap(self, other: FuzzyDate) -> bool:
        """Tell whether there is a reading on which the two dates have a moment in common."""
        return not (self.surely_before(other) or other.surely_before(self))

    def _anchor(self, zone: int) -> int:
        """Return the minute at which the date begins as stated; `zone` (minutes) is where bare days are read."""
        point = self.start or self.end
        return 0 if point is None else _minutes(point, zone)[0]

    def _first(self, zone: int) -> float:
        """Return the first minute that the date may reach, on the reading of bare days in `zone`."""
        if self.start is None or self.start.uncertain:
            # An uncertain date is one that may be wrong altogether: nothing can surely come before or after it.
            return -math.inf
        return _minutes(self.start, zone, widened=self.start.approximate)[0]

    def _last(self, zone: int) -> float:
        """Return the last minute that the date may reach, on the reading of bare days in `zone`."""
        if self.end is None or self.end.uncertain:
            return math.inf
        # The start of a mixed interval ("12 April" to a minute of the 12th in Kiribati) may lie behind its end on
        # readings far away; without this, order by surely_before would not be transitive.
        return max(self._anchor(zone), _minutes(self.end, zone, widened=self.end.approximate)[1])

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Validate text with `parse`, nothing else; the error's context holds `help`."""
        return core_schema.no_info_plain_validator_function(_validate, serialization=core_schema.to_string_ser_schema())

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the text, for editors and for the reference of fields."""
        return {"type": "string", "description": _DESCRIPTION, "pattern": f"^{_DATE}$", "examples": list(_EXAMPLES)}


@dataclass(frozen=True, slots=True)
class Moment(FuzzyDate):
    """A time at which something ends: a minute with its zone, or a day, which ends at midnight UTC."""

    @property
    def moment(self) -> dt.datetime:
        """The last moment of the day, or the very time, aware of its zone."""
        assert self.start is not None  # noqa: S101 - it is a point
        day_end = dt.datetime.combine(self.start.first_day, dt.time(23, 59, 59), dt.UTC)
        return self.start.moment or day_end

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Validate as a date, and refuse all that is vaguer than a day."""
        return core_schema.no_info_plain_validator_function(
            _validate_moment, serialization=core_schema.to_string_ser_schema()
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe the text, for editors and for the reference of fields."""
        return {
            "type": "string",
            "description": "A time with its zone, or a day: `2024-05-03T09:00+02:00`, `2024-05-03`.",
            "pattern": f"^{_MOMENT}$",
            "examples": ["2024-05-03T09:00+02:00", "2024-05-03"],
        }


_ORDER: Final = {shape: position for position, shape in enumerate(Shape)}


def _validate(value: object) -> FuzzyDate:
    if not isinstance(value, str):
        message = "expected a date, found a {found}"
        context = {"found": yaml_kind(value), "help": "Write text such as `2023-04-11`."}
        raise PydanticCustomError("date_type", message, context)
    try:
        return FuzzyDate.parse(value)
    except DateError as error:
        # The headline comes last, for pydantic fills in one after the other: `{help}` in it must stay what it is.
        fault = {"help": error.help, "headline": error.headline}
        raise PydanticCustomError("date", "{headline}", fault) from error


def _validate_moment(value: object) -> Moment:
    date = _validate(value)
    if not date.is_exact_day:
        fault = {"value": date.text, "help": "Write `2024-05-03T09:00+02:00`, or a day: `2024-05-03`."}
        raise PydanticCustomError("moment", "`{value}` must be a time with its zone, or a day", fault)
    return Moment(date.text, date.shape, date.start, date.end)


def _is_formed(text: str) -> bool:
    # Nothing that fits is longer, and so no hostile text costs time.
    return len(text) <= date_hints.LONGEST and _FORM.fullmatch(text) is not None


def _problem(text: str) -> str | None:
    """Return what is wrong with a date: nothing (None), its form (empty), or the headline of the error."""
    if not _is_formed(text):  # parse would go on to ask for advice, and advice asks here
        return ""
    try:
        FuzzyDate.parse(text)
    except DateError as error:
        return error.headline
    return None


def _read(text: str) -> Point:
    """Return the point that `text`, of the right form already, stands for.

    Raises:
        DateError: there is no such day or time.
    """
    parts = _PARTS.fullmatch(text)
    if parts is None:
        message = f"`_FORM` let `{text}` through"
        raise AssertionError(message)
    for headline, advice in _impossible(text, parts):
        raise DateError(headline, advice)
    return Point(
        year=int(parts["year"]),
        month=int(parts["month"]) if parts["month"] else None,
        day=int(parts["day"]) if parts["day"] else None,
        time=ClockTime(int(parts["hour"]), int(parts["minute"]), _offset(parts["zone"])) if parts["hour"] else None,
        approximate=parts["approximate"] is not None,
        uncertain=parts["uncertain"] is not None,
    )


def _impossible(text: str, parts: re.Match[str]) -> Iterator[tuple[str, str]]:
    """Yield headline and advice for each number of a point that is out of its bounds, in reading order."""
    year, month, day = (int(parts[name] or 1) for name in ("year", "month", "day"))
    if year == 0:
        yield f"`{text}` has no year 0000", "years run from `0001` to `9999`"
    elif not 1 <= month <= _MONTHS:
        yield f"`{text}` has no month {parts['month']}", _month_advice(year, month, parts["day"])
    elif not 1 <= day <= calendar.monthrange(year, month)[1]:
        days = calendar.monthrange(year, month)[1]
        yield f"`{text}` has no day {parts['day']}", f"{date_hints.MONTH_NAMES[month - 1]} {year} has {days} days"
    if parts["hour"]:
        yield from _impossible_clock(text, parts)


def _month_advice(year: int, month: int, day: str | None) -> str:
    if day is None and month == (year + 1) % 100 and year < _LAST_YEAR:
        return f"write `{year:04}/{year + 1:04}` for the two years"
    if day and 1 <= int(day) <= _MONTHS and 1 <= month <= calendar.monthrange(year, int(day))[1]:
        return f"write `{year:04}-{day}-{month:02}`, the month before the day"
    return "months run from `01` to `12`"


def _impossible_clock(text: str, parts: re.Match[str]) -> Iterator[tuple[str, str]]:
    hour, minute, zone = int(parts["hour"]), int(parts["minute"]), parts["zone"]
    if hour >= _HOURS:
        midnight = " of the next day" if (hour, minute) == (_HOURS, 0) else ""
        yield f"`{text}` has no hour {parts['hour']}", f"hours run from `00` to `23`, and midnight is `00:00`{midnight}"
    if minute >= _HOUR:
        yield f"`{text}` has no minute {parts['minute']}", "minutes run from `00` to `59`"
    if zone == "-00:00":
        # RFC 3339 lets -00:00 mean "in UTC, and nobody knows where"; ISO 8601 forbids it.
        yield f"`{text}` has no zone -00:00", "write `Z` for UTC"
    elif zone != "Z" and int(zone[-2:]) >= _HOUR:
        yield f"`{text}` has no zone {zone}", "an hour has 60 minutes"
    elif not _WESTMOST <= _offset(zone) <= _EASTMOST:
        yield f"`{text}` has no zone {zone}", "offsets from UTC run from `-12:00` to `+14:00`"


def _offset(zone: str) -> int:
    """Return the minutes that a zone written as `Z` or `+02:00` is ahead of UTC."""
    if zone == "Z":
        return 0
    minutes = int(zone[1:3]) * _HOUR + int(zone[4:6])
    return -minutes if zone.startswith("-") else minutes


def _refuse_disorder(text: str, start: tuple[Point, str], end: tuple[Point, str]) -> None:
    (first, first_text), (last, last_text) = start, end
    if first_text == last_text:
        raise DateError(f"`{text}` begins and ends with the same date", f"write `{first_text}`")
    # Beside a clock time, a bare day is a day of the same place.
    zone = next((point.time.offset for point in (first, last) if point.time is not None), 0)
    if _minutes(first, zone)[0] > _minutes(last, zone)[1]:
        mark = text[len(first_text) : -len(last_text)]
        advice = f"write `{last_text}{mark}{first_text}`, the earlier date first"
        raise DateError(f"`{text}` ends before it begins", advice)
    if first.moment is not None and first.moment == last.moment:
        raise DateError(f"`{text}`: start and end are the same moment", f"write `{first_text}`")
    for (outer, outer_text), (inner, what) in ((start, (last, "end")), (end, (first, "start"))):
        if outer.contains(inner):
            headline = f"`{text}`: the {what} is part of `{outer_text}`"
            raise DateError(headline, f"write `{outer_text}`, or make both dates equally precise")


def _minutes(point: Point, zone: int = 0, *, widened: bool = False) -> tuple[int, int]:
    """Return the first and the last minute of a point, both inclusive, counted from the start of the year 1 in UTC.

    Args:
        point: of any precision.
        zone: minutes that bare dates are ahead of UTC; a clock time has its own.
        widened: add what an approximate date may be off. "About 2018" has no hard bounds; that it is not further away
            than the unit that the source thought fit to name is what a careful reader takes from it: 2017 to 2019, one
            month on either side of a month, one day of a day. "About 07:40" names no such unit, since clock times are
            rounded to five minutes or a half hour: it gets an hour.
    """
    slack = 1 if widened else 0
    if point.day is None:
        unit = 1 if point.month else _MONTHS
        month = point.year * _MONTHS + (point.month or 1) - 1
        return _month_start(month - slack * unit) - zone, _month_start(month + (1 + slack) * unit) - 1 - zone
    midnight = (point.first_day.toordinal() - 1) * _DAY
    if point.time is None:
        return midnight - slack * _DAY - zone, midnight + (1 + slack) * _DAY - 1 - zone
    minute = midnight + point.time.hour * _HOUR + point.time.minute - point.time.offset
    return minute - slack * _HOUR, minute + slack * _HOUR


def _month_start(month: int) -> int:
    """Return the minute at which a month begins, counted in months since the year 0; years 0 and 10000 are fine."""
    year, month_of_year = divmod(month, _MONTHS)
    cycle, year_of_cycle = divmod(year, _CYCLE_YEARS)
    days = dt.date(year_of_cycle + _CYCLE_YEARS, month_of_year + 1, 1).toordinal() - 1
    return (days + (cycle - 1) * _CYCLE_DAYS) * _DAY


def _moment(minute: int, rest: dt.timedelta = dt.timedelta()) -> dt.datetime:
    """Return the moment `rest` after a minute counted as in `_minutes`, cut to what a datetime can hold."""
    if minute < 0:
        return _FIRST_MOMENT
    try:
        return _FIRST_MOMENT + dt.timedelta(minutes=minute) + rest
    except OverflowError:
        return _LAST_MOMENT
