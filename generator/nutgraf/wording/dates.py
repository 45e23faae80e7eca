"""Dates in words, never more precise than they are."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from babel.dates import format_date as _format_date
from babel.dates import format_time, get_day_names, get_month_names

from nutgraf.model.dates import FuzzyDate, Point, Precision, Shape
from nutgraf.wording.patterns import Pattern, fill

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutgraf.wording.language import ByPrecision, Language


# Most dates of a site stand on many of its pages, and Babel reads the pattern anew each time.
format_date = lru_cache(maxsize=8192)(_format_date)


def day(language: Language, date: datetime.date) -> str:
    """Return a day in words: "11 April 2023"."""
    return format_date(date, language.dates.day, locale=language.babel)


def phrase(language: Language, date: FuzzyDate) -> str:
    """Return a date with its preposition, as it stands in a sentence: "in or before 2018"."""
    words = language.dates
    if date.shape is Shape.POINT:
        return _point(language, date.start, words.in_)
    if date.shape is Shape.BEFORE:
        return _point(language, date.end, words.before)
    if date.shape is Shape.AFTER:
        return _point(language, date.start, words.after)
    if neighbours := _neighbours(language, date):
        pattern: Pattern = getattr(words.in_, date.start.precision.value) if date.start else words.range
        return fill(pattern, date=neighbours)
    return _span(language, date, words.interval if date.shape is Shape.INTERVAL else words.range)


def told(language: Language, words: str, date: FuzzyDate) -> str:
    """Return a source's own words for a date, with the date unless they say the year: "on Friday, 25 October 2024"."""
    points = (point for point in (date.start, date.end) if point is not None)
    if any(re.search(rf"\b0*{point.year}\b", words) for point in points):
        return words
    weekdays = get_day_names(locale=language.babel).values()
    if date.is_exact_day and date.start is not None and _is_day(words, date.start, weekdays, language):
        return phrase(language, date)
    if date.is_exact_day and date.start is not None and any(day in words for day in weekdays):
        return fill(language.dates.told_weekday, words=words, date=_bare(language, date.start))
    return fill(language.dates.told, words=words, date=label(language, date))


def _is_day(words: str, day: Point, weekdays: Iterable[str], language: Language) -> bool:
    """Tell whether words give a day and its month, and nothing else: "on July 22", "on Saturday, the 22nd of July"."""
    months = [get_month_names(width, locale=language.babel)[day.month or 0] for width in ("wide", "abbreviated")]
    found = {one.strip(".").casefold() for one in re.findall(r"[^\W_]+", words)}
    found = {re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", one) for one in found} - {one.casefold() for one in weekdays}
    named = found & {one.strip(".").casefold() for one in months}
    return bool(named) and found - named - {"on", "the", "of"} == {str(day.day)}


def label(language: Language, date: FuzzyDate) -> str:
    """Return a date without a preposition, as it stands in a list: "2018 or earlier"."""
    words = language.dates
    if date.shape is Shape.POINT:
        return _labelled(language, date.start)
    if date.shape is Shape.BEFORE:
        return fill(words.label_before, date=_labelled(language, date.end))
    if date.shape is Shape.AFTER:
        return fill(words.label_after, date=_labelled(language, date.start))
    if date.shape is Shape.INTERVAL:
        return _span(language, date, words.label_interval)
    return _neighbours(language, date) or _span(language, date, words.range)


def _point(language: Language, point: Point | None, patterns: ByPrecision) -> str:
    if point is None:
        return ""
    bare = _bare(language, point)
    pattern: Pattern = getattr(patterns, point.precision.value)
    # "Around" takes the place of the preposition; before and after keep theirs, for they say more.
    if point.approximate and patterns is language.dates.in_:
        pattern = language.dates.around
    words = fill(pattern, date=bare)
    return fill(language.dates.possibly, date=words) if point.uncertain else words


def _labelled(language: Language, point: Point | None) -> str:
    if point is None:
        return ""
    words = _bare(language, point)
    if point.approximate:
        words = fill(language.dates.label_around, date=words)
    return fill(language.dates.label_possibly, date=words) if point.uncertain else words


def _bare(language: Language, point: Point) -> str:
    words, locale = language.dates, language.babel
    if point.precision is Precision.YEAR:
        return format_date(point.first_day, _with_era(language, words.year, point), locale=locale)
    if point.precision is Precision.MONTH:
        return format_date(point.first_day, _with_era(language, words.month, point), locale=locale)
    the_day = format_date(point.first_day, _with_era(language, words.day, point), locale=locale)
    moment = point.moment
    if moment is None:
        return the_day
    clock = format_time(moment.time(), words.clock, locale=locale)
    return fill(words.minute, clock=clock, zone=_zone(language, moment), day=the_day)


_FIRST_PLAIN_YEAR: Final = 100


def _with_era(language: Language, pattern: str, point: Point) -> str:
    """Return a pattern of Unicode CLDR with the era beside an early year: a bare "44" isn't understood as one."""
    return pattern if point.year >= _FIRST_PLAIN_YEAR else pattern.replace("y", language.dates.early_year)


def _zone(language: Language, moment: datetime.datetime) -> str:
    minutes = int((moment.utcoffset() or datetime.timedelta()).total_seconds()) // 60
    if not minutes:
        return language.dates.utc
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes > 0 else "−"
    return f"{language.dates.utc}{sign}{hours}" + (f":{rest:02}" if rest else "")


def _span(language: Language, date: FuzzyDate, pattern: Pattern) -> str:
    start, end = date.start, date.end
    if start is None or end is None:
        return ""
    return fill(pattern, start=_shared(language, start, end), end=_labelled(language, end))


def _neighbours(language: Language, date: FuzzyDate) -> str:
    """Return a range of two neighbours without a preposition, "7 or 8 May 2024"; empty for any other date."""
    start, end = date.start, date.end
    if date.shape is not Shape.RANGE or start is None or end is None or not _is_followed_by(start, end):
        return ""
    return _span(language, date, language.dates.either)


def _is_followed_by(start: Point, end: Point) -> bool:
    marked = start.approximate or start.uncertain or end.approximate or end.uncertain
    if marked or start.precision is not end.precision or start.precision is Precision.MINUTE:
        return False
    return end.first_day - start.last_day == datetime.timedelta(days=1)


def _shared(language: Language, start: Point, end: Point) -> str:
    """Return the start of a span without what it shares with the end: "March" of "March and April 2023"."""
    words, locale = language.dates, language.babel
    plain = not (start.approximate or start.uncertain or end.approximate or end.uncertain)
    if not plain or start.precision is not end.precision or start.year != end.year:
        return _labelled(language, start)
    if start.precision is Precision.MONTH:
        return format_date(start.first_day, words.month_alone, locale=locale)
    if start.precision is Precision.DAY:
        pattern = words.day_alone if start.month == end.month else words.day_and_month
        return format_date(start.first_day, pattern, locale=locale)
    return _labelled(language, start)
