"""What to tell an editor whose text is not a date: what they most likely meant, in the grammar of `dates`.

Each function of `POINTS` and `PERIODS` reads one foreign habit (day first, names of months, quarters) and yields texts
of the grammar. What it yields is offered only if it is a date indeed, so advice never leads to the next error. Where a
text has two readings (4/11/2023), both are offered: guessing is how wrong dates get into the record.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

Problem = Callable[[str], str | None]
"""Tells what is wrong with a text of the grammar: nothing (None), that it is none (empty), or what it has no day of."""
Reader = Callable[[str], Iterator[str]]

LONGEST: Final = 60
"""More characters than any date has. A longer text is not looked at."""

MONTH_NAMES: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_FORMS: Final = "write `2018`, `2023-03` or `2023-04-11`, no more precise than the source"
_MOST_QUOTED: Final = 40
_NOON: Final = 12
_MONTHS: Final = 12

_MONTH_NUMBERS: Final = {name[:3].lower(): number for number, name in enumerate(MONTH_NAMES, start=1)}
_MONTH: Final = r"(?P<month>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>[0-9]{4})"
_WORDED: Final = tuple(
    re.compile(form)
    for form in (
        rf"(?:(?:{_DAY} ?(?:of )?)?{_MONTH},? ?)?{_YEAR}",  # 11 April 2023, April 2023
        rf"{_MONTH} ?{_DAY},? ?{_YEAR}",  # April 11, 2023
        rf"{_YEAR},? ?{_MONTH}(?: ?{_DAY})?",  # 2023 April 11
        rf"{_DAY}-{_MONTH}-{_YEAR}",  # 11-Apr-2023
    )
)

_ABOUT: Final = re.compile(
    r"^(?:~|ca?\.? |circa |about |around |approx(?:\.|imately)? |roughly |some time in )|(?:~| ca\.?)$"
)
_DOUBT: Final = re.compile(r"^(?:perhaps |possibly |probably |maybe )|(?: ?\(?\?\)?)$")
_BOTH: Final = re.compile(r"%$|\?~$")
_VAGUE: Final = re.compile(
    r"(?:in |at )?(?:the )?(?:early|mid|middle|late|beginning|start|end|spring|summer|autumn|fall|winter)[ -]+"
    r"(?:in |of )?(?P<rest>.+)"
)
_RELATIVE: Final = re.compile(r"now|today|yesterday|tomorrow|(?:this|last|next) .+|.+ ago|recently")
_NOTHING: Final = re.compile(r"|unknown|none|null|n/?a|n\.?d\.?|undated|tb[adc]|-+|\?+|~")
_NO_YEAR: Final = re.compile(r"-[0-9]{3,}|[0-9]+ ?b\.?c\.?(?:e\.?)?|[0-9]{5,}")
_SHORT_YEAR: Final = re.compile(r"[0-9]{1,2}([-./])[0-9]{1,2}\1[0-9]{2}")
_EXCLUSIVE: Final = re.compile(r"(?P<side>before|earlier than|prior to|after|later than) (?P<date>.+)")
_CLOCK: Final = re.compile(
    r"(?P<date>.+?)[t,]? ?(?<![0-9])(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::[0-9]{2}(?:[.,][0-9]+)?)? ?(?P<half>[ap]m)? ?"
    r"(?P<zone>z|(?:utc|gmt)?(?P<sign>[+-])(?P<ahead>[0-9]{1,2}):?(?P<odd>[0-9]{2})?|utc|gmt|[a-z/_ ]+)?"
)
_WORDED_OPEN: Final = (
    (re.compile(r"^(?:by|no later than|in or before|on or before|\.\.\.+) ?(.+)$"), "..{}"),
    (re.compile(r"^(?:no earlier than|in or after|on or after) (.+)$"), "{}.."),
    (re.compile(r"^(.+?) ?\.\.\.+$"), "{}.."),
)
"""What happened at some point before or after a date."""
_WORDED_LASTING: Final = (
    (re.compile(r"^(?:until|till|up to|\.\./|/) ?(.+)$"), "..{}"),
    (re.compile(r"^since (.+)$"), "{}.."),
    (re.compile(r"^(.+?) ?(?:onwards?|/\.\.|/|-)$"), "{}.."),
)
"""What may have lasted until a date or from it on, which the grammar can't say without the other end."""
_JOINT: Final = re.compile(r" ?(?:\.\.+|/|-+) ?| (?:to|until|till|through|or|and) ")

_SAYINGS: Final = (
    (_NOTHING, "remove the field if no source gives a date"),
    (_RELATIVE, "write the actual date, such as `2023-04-11`"),
    (_NO_YEAR, "years run from `0001` to `9999`"),
    (_SHORT_YEAR, "write the year first, with four digits, as in `2023-04-11`"),
)
_EITHER: Final = (
    "write `{first}/{last}` if it lasted throughout, `{first}..{last}` if it happened at some point between"
)
_OPEN: Final = (
    "write `{date}` if it happened at some point {side}; if it lasted, write both ends, or `{point}` with the source's "
    "wording in `when_text`"
)
# What a pair of dates may begin with, and what it then means.
_PAIRS: Final = (("between ", _EITHER), ("from ", "write `{first}/{last}`"), ("", _EITHER))


def explain(text: str, problem: Problem) -> tuple[str, str]:
    """Return headline and advice for a text that is not of the form of a date.

    Args:
        text: what the editor wrote, however long and hostile.
        problem: tells what keeps a text from being a date.

    Returns:
        The headline quotes the start of the text, in printable characters; the advice is a clause in lower case.
    """
    headline = f"`{quoted(text)}` is not a date" if text.strip() else "empty text is not a date"
    if len(text) > LONGEST:
        return headline, _FORMS
    return headline, next(_advice(_tidy(text), problem), _FORMS)


def quoted(text: str) -> str:
    """Return the start of `text` on one line, safe to show."""
    start = text if len(text) <= _MOST_QUOTED else f"{text[:_MOST_QUOTED]}…"
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in start)


def _tidy(text: str) -> str:
    """Return `text` in lower case with plain digits, hyphens and single spaces: what the readers below expect."""
    plain = "".join(_plain(char) for char in unicodedata.normalize("NFKC", text))
    return re.sub(r"\s+", " ", plain).strip().lower()


def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char == "\N{MINUS SIGN}":
        return "-"
    return "" if category == "Cf" else char


def _advice(text: str, problem: Problem) -> Iterator[str]:
    """Yield what may help, the best first."""
    dates = _dates(text, problem)
    if single := [date for date in dates if ".." not in date]:
        yield _write(single, text)
    yield from (_write_period(date, text) for date in dates if ".." in date)
    yield from (advice for form, advice in _SAYINGS if form.fullmatch(text))
    yield from _clock_advice(text, problem)
    yield from _worded_advice(text, problem)
    yield from _pair_advice(text, problem)
    yield from (fault for reading in _readings(text) if (fault := problem(reading)))


def _write(dates: list[str], text: str) -> str:
    """Return the advice to write one of `dates` instead of `text`."""
    turned = re.match(r"[0-9]{4}", text) is None and re.fullmatch(r"[0-9]{4}-[^.]*", dates[0])
    order = ", year first" if turned else ""
    first, *others = (f"`{date}`" for date in dates)
    return f"write {first}{order}" + "".join(f" (or {other}, if that is meant)" for other in others)


def _write_period(date: str, text: str) -> str:
    """Return the advice for a text that means the range or open date `date`, or something that lasted."""
    first, _, last = date.partition("..")
    if first and last:
        return _EITHER.format(first=first, last=last)
    if any(form.fullmatch(text) for form, _ in _WORDED_OPEN):
        return f"write `{date}`"
    return _OPEN.format(date=date, side="from then on" if first else "up to then", point=first or last)


def _dates(text: str, problem: Problem) -> list[str]:
    """Return the dates that a tidy text may mean; none twice."""
    return [reading for reading in _readings(text) if problem(reading) is None]


def _readings(text: str) -> dict[str, None]:
    """Return all that the readers make of a tidy text, in their order, whether there is such a date or not."""
    bare, mark = _marks(text)
    points = (f"{reading}{mark}" for read in POINTS for reading in read(bare))
    periods = (period for read in PERIODS for period in read(bare))
    return dict.fromkeys((*points, *periods))


def _marks(text: str) -> tuple[str, str]:
    """Split a tidy text into a date without marks, and the marks that it should have behind."""
    if _BOTH.search(text):
        return _BOTH.sub("", text), "~?"
    doubtless = _DOUBT.sub("", text)
    bare = _ABOUT.sub("", doubtless).strip()
    return bare, ("~" if bare != doubtless else "") + ("?" if doubtless != text else "")


def _same(text: str) -> Iterator[str]:
    """Read what needed nothing but tidying."""
    yield text.upper()


def _year_first(text: str) -> Iterator[str]:
    """Read 2023-4-11, 2023/04/11, 2023.4, 2023 04 11 and 20230411."""
    if parts := re.fullmatch(r"([0-9]{4})([-./ ])([0-9]{1,2})(?:\2([0-9]{1,2}))?", text):
        year, _, month, day = parts.groups()
        yield _numbers(year, month, day)
    if re.fullmatch(r"[0-9]{8}", text):
        yield _numbers(text[:4], text[4:6], text[6:])


def _year_last(text: str) -> Iterator[str]:
    """Read 11.4.2023, 4/11/2023 (April or November) and 04/2023."""
    if parts := re.fullmatch(r"([0-9]{1,2})([-./ ] ?)([0-9]{1,2})\2([0-9]{4})", text):
        one, separator, two, year = parts.groups()
        if separator.startswith("/"):
            yield _numbers(year, one, two)
        yield _numbers(year, two, one)
        # Where dates have points, the day comes first; with hyphens it mostly does.
        if separator.startswith("-") or int(two) > _MONTHS:
            yield _numbers(year, one, two)
    if parts := re.fullmatch(r"([0-9]{1,2})[-./ ]([0-9]{4})", text):
        yield _numbers(parts[2], parts[1])


def _month_in_words(text: str) -> Iterator[str]:
    """Read 11 April 2023, April 11th, 2023, Apr 2023 and the like, and what stands before a month in a sentence."""
    bare = re.sub(r"^(?:in|on|the|on the|in the month of) ", "", text)
    for form in _WORDED:
        if parts := form.fullmatch(bare):
            month = parts["month"] and str(_MONTH_NUMBERS[parts["month"][:3]])
            yield _numbers(parts["year"], month, parts["day"] if "day" in form.groupindex else None)


def _short_year(text: str) -> Iterator[str]:
    """Read 476 and AD 476; two digits are left alone, for 23 is 2023 as often as not."""
    if parts := re.fullmatch(r"(?:ad )?([0-9]{3})(?: ?ad| ?ce)?", text):
        yield parts[1].zfill(4)
    if parts := re.fullmatch(r"ad ([0-9]{4})|([0-9]{4}) ?(?:ad|ce)", text):
        yield parts[1] or parts[2]


def _moment_in_zone(text: str) -> Iterator[str]:
    """Read a clock time with its zone: 23.3.2021 7:40 UTC+2, 2021-03-23 07:40:12Z."""
    parts = _CLOCK.fullmatch(text)
    zone = parts and _zone(parts)
    if parts and zone:
        for read in (_same, _year_first, _year_last, _month_in_words):
            yield from (f"{day}T{_clock(parts)}{zone}" for day in read(parts["date"].strip(" ,")))


def _decade_or_century(text: str) -> Iterator[str]:
    """Read the 2010s, 201X and the 19th century."""
    if parts := re.fullmatch(r"(?:in )?(?:the )?([0-9]{3})(?:0'?s|[xu*?])", text):
        yield f"{parts[1]}0..{parts[1]}9"
    if parts := re.fullmatch(r"(?:in )?(?:the )?([0-9]{1,2})(?:st|nd|rd|th)[ -]century", text):
        yield f"{(int(parts[1]) - 1) * 100 + 1:04}..{int(parts[1]) * 100:04}"


def _part_of_year(text: str) -> Iterator[str]:
    """Read quarters, halves and ISO weeks: Q1 2023, 2023-H2, 2023-W15; and 2023-04-XX, of which no day is known."""
    if parts := re.fullmatch(r"(?:([qh])([1-4])[ /-]?([0-9]{4})|([0-9]{4})[ /-]?([qh])([1-4]))", text):
        kind, number, year = (parts[1], parts[2], parts[3]) if parts[1] else (parts[5], parts[6], parts[4])
        months = 3 if kind == "q" else 6
        last = int(number) * months
        yield f"{year}-{last - months + 1:02}..{year}-{last:02}"
    if parts := re.fullmatch(r"([0-9]{4})-?w([0-9]{2})", text):
        yield from _week(int(parts[1]), int(parts[2]))
    if parts := re.fullmatch(r"([0-9]{4})(-[0-9]{2})?(?:-(?:xx|uu|\?\?|00))+", text):
        yield f"{parts[1]}{parts[2] or ''}"


def _week(year: int, week: int) -> Iterator[str]:
    try:
        monday = dt.date.fromisocalendar(year, week, 1)
        yield f"{monday}..{monday + dt.timedelta(days=6)}"
    except (ValueError, OverflowError):
        return


def _open(text: str) -> Iterator[str]:
    """Read what has one end: until 2018, since 2018, and EDTF's `../2018` and `2018/`."""
    for form, target in (*_WORDED_OPEN, *_WORDED_LASTING):
        if parts := form.fullmatch(text):
            bare, mark = _marks(parts[1])
            yield from (target.format(f"{reading}{mark}") for read in POINTS for reading in read(bare))


POINTS: Final[tuple[Reader, ...]] = (_same, _year_first, _year_last, _month_in_words, _short_year, _moment_in_zone)
"""Readers of one point; a mark may be put behind what they yield."""
PERIODS: Final[tuple[Reader, ...]] = (_decade_or_century, _part_of_year, _open)
"""Readers of what stands for a range, or is open."""


def _numbers(year: str, month: str | None = None, day: str | None = None) -> str:
    return "-".join((year, *(number.zfill(2) for number in (month, day) if number)))


def _clock(parts: re.Match[str]) -> str:
    hour = int(parts["hour"])
    if parts["half"]:
        hour = hour % _NOON + (_NOON if parts["half"] == "pm" else 0)
    return f"{hour:02}:{parts['minute']}"


def _zone(parts: re.Match[str]) -> str:
    """Return the zone of a clock time in the grammar's form, or nothing where it has none or only a name."""
    if parts["sign"]:
        return f"{parts['sign']}{parts['ahead'].zfill(2)}:{parts['odd'] or '00'}"
    return "Z" if parts["zone"] in {"z", "utc", "gmt"} else ""


def _clock_advice(text: str, problem: Problem) -> Iterator[str]:
    """Yield what to do about a clock time without a zone; none is ever made up for an editor."""
    parts = _CLOCK.fullmatch(text)
    if parts is None:
        return
    for day in _dates(parts["date"].strip(" ,"), problem):
        local = f"{day}T{_clock(parts)}"
        if problem(f"{local}Z") is None:
            yield f"add the zone: `{local}Z` in UTC, else with its offset, as in `{local}+02:00`"


def _worded_advice(text: str, problem: Problem) -> Iterator[str]:
    """Yield what to do with early 2018, spring 2018, before 2018: a date in words that the grammar lacks."""
    if vague := _VAGUE.fullmatch(text):
        yield from (
            f"write `{date}`, and put the source's wording in `when_text`" for date in _dates(vague["rest"], problem)
        )
    if exclusive := _EXCLUSIVE.fullmatch(text):
        earlier = exclusive["side"] not in {"after", "later than"}
        for date in _dates(exclusive["date"], problem):
            yield f"`..{date}` is in or before it" if earlier else f"`{date}..` is in or after it"


def _pair_advice(text: str, problem: Problem) -> Iterator[str]:
    """Yield how to write a text with two dates: an interval, a range, or both where the text leaves it open."""
    for start, forms in _PAIRS:
        for joint in _JOINT.finditer(text) if text.startswith(start) else ():
            first, last = text[len(start) : joint.start()], text[joint.end() :]
            pairs = [(a, b) for a in _first_dates(first, last, problem) for b in _last_dates(first, last, problem)]
            pairs = [(a, b) for a, b in pairs if problem(f"{a}..{b}") is None]
            if len(pairs) > 1:
                yield "write both dates year first, as in `2023-04-11`"
            yield from (forms.format(first=a, last=b) for a, b in pairs)


def _first_dates(first: str, last: str, problem: Problem) -> list[str]:
    """Return what the first of two dates may be; it may lack what the last one says too: *11* to 12 April 2023."""
    words = last.split(" ")
    shared = (" ".join(words[-count:]) for count in (1, 2) if count < len(words))
    return _dates(first, problem) or [date for rest in shared for date in _dates(f"{first} {rest}", problem)]


def _last_dates(first: str, last: str, problem: Problem) -> list[str]:
    """Return what the last of two dates may be; it may lack what the first one says too: 2023-04-11 to *12*."""
    return _dates(last, problem) or _dates(f"{first[: -len(last)]}{last}", problem)
