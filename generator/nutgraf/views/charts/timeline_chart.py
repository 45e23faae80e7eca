"""The timeline as a picture: events on a true scale of time, drawn at build time.

The list beside it is the source of truth; a mark bears the number that its event has there. Where a mark stands, and
how far it reaches, says when; how its line is drawn says how sure. Marks that would cover each other stand in lanes,
and where the lanes are full, neighbours in the list share one mark: "6–8". All lengths are in units of the viewBox.
"""

from __future__ import annotations

import datetime as dt
import itertools
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from nutgraf.model import FuzzyDate
from nutgraf.model.dates import Shape
from nutgraf.views import interface_text
from nutgraf.views.charts.svg import STYLES, Sample, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nutgraf.views.charts.time_spans import TimeSpan
    from nutgraf.wording import Wording

WIDTH: Final = 640.0
HEIGHT_OF_MARK: Final = 20.0
CHARACTER: Final = 7.4
"""No digit or letter of the labels, 12 units high in a sans-serif, is wider on average."""
_LANES: Final = 5
_LANE: Final = 25.0
_EDGE: Final = 26.0
"""Room left and right of the scale, for marks that are wider than their dates."""
_GAP: Final = 2.0
_INSIDE: Final = 5.0
"""Between the end of a mark and its number."""
_AXIS: Final = 8.0
"""From the lowest lane to the axis."""
_FOOT: Final = 26.0
"""From the axis to the lower edge: a tick and its label."""
_DAY: Final = 86_400.0
_TICKS_APART: Final = 14.0
_FEWEST: Final = 2
"""One event makes no picture."""
_LAST_YEAR: Final = 9999
_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Dated:
    """An event in the list.

    Attributes:
        when: its date.
        style: one of `STYLES`.
        word: what that means, in words.
        reach: how far its mark reaches, as in `nutgraf.views.charts.time_spans`; if absent, as far as its date.
    """

    when: FuzzyDate
    style: str
    word: str
    reach: TimeSpan | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """A mark of the picture.

    Attributes:
        label: the number of its event in the list, or the first and the last of several.
        first, last: those numbers.
        style: how sure, a class in the style sheet; of several events, that of the least sure.
        outline: SVG path data.
        stem: SVG path data of the line to the axis; empty where the mark is as wide as its date.
        x, y: the middle of the label.
        left, right, lane: how far it reaches, and how many lanes it stands above the axis.
    """

    label: str
    first: int
    last: int
    style: str
    outline: str
    stem: str
    x: str
    y: str
    left: float
    right: float
    lane: int


@dataclass(frozen=True, slots=True)
class Tick:
    """A year, a month or a day on the axis.

    Attributes:
        label: "2018".
        x: where its line stands.
        text_x: the middle of its label, which stays inside the picture.
    """

    label: str
    x: str
    text_x: str


@dataclass(frozen=True, slots=True)
class TimelineChart:
    """Events on a scale of time.

    Attributes:
        alt: what it shows, for who does not see it.
        width, height: of the viewBox.
        axis: the y of the axis.
        foot: the y of the labels on the axis.
        ticks: on the axis.
        marks: all events, in the order of the list.
        legend: the ways in which lines are drawn here, the surest first.
        notes: sentences on how to read it.
    """

    alt: str
    width: str
    height: str
    axis: str
    foot: str
    ticks: tuple[Tick, ...]
    marks: tuple[Numbered, ...]
    legend: tuple[Sample, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _TimeScale:
    """A true scale of time, from one second since the start of the year 1 to another."""

    start: float
    end: float

    def x(self, second: float) -> float:
        return _EDGE + (second - self.start) / (self.end - self.start) * (WIDTH - 2 * _EDGE)

    @property
    def days_a_unit(self) -> float:
        return (self.end - self.start) / _DAY / (WIDTH - 2 * _EDGE)


@dataclass(frozen=True, slots=True)
class _Item:
    """One event or several that share a mark: the numbers and how far the dates reach on the scale."""

    first: int
    last: int
    left: float
    right: float
    style: str
    lasted: bool
    open_left: bool
    open_right: bool
    label: str

    @property
    def drawn(self) -> tuple[float, float]:
        """From where to where the mark is drawn: as its dates reach, but with room for the label."""
        short = max(HEIGHT_OF_MARK, len(self.label) * CHARACTER + 2 * _INSIDE) - (self.right - self.left)
        widened = max(short, 0) / 2
        return self.left - widened, self.right + widened


def picture(events: Sequence[Dated], wording: Wording) -> TimelineChart | None:
    """Return the picture of a list of events.

    Args:
        events: as they stand in the list.
        wording: the language, for what stands on the axis.

    Returns:
        None for fewer than two events: one alone has no place on a scale.
    """
    if len(events) < _FEWEST:
        return None
    scale = _scale([one.when for one in events])
    lanes = _in_lanes([_item(scale, number, one) for number, one in enumerate(events, 1)])
    height_of_lanes = (max(lane for _, lane in lanes) + 1) * _LANE
    axis = height_of_lanes + _AXIS
    seen = {one.style: one.word for one in events}
    return TimelineChart(
        alt=_alt(scale, len(events)),
        width=number(WIDTH),
        height=number(axis + _FOOT),
        axis=number(axis),
        foot=number(axis + _FOOT - 6),
        ticks=_ticks(scale, wording),
        marks=tuple(_mark(item, lane, axis) for item, lane in lanes),
        legend=tuple(Sample(style, seen[style]) for style in reversed(STYLES) if style in seen),
        notes=tuple(_notes([one.when for one in events], [item for item, _ in lanes], scale)),
    )


def _scale(dates: Iterable[FuzzyDate]) -> _TimeScale:
    seconds = [_second(moment) for date in dates for moment in (date.earliest, date.latest) if moment is not None]
    # Whole days, so that events of one minute have a scale, too.
    start = math.floor(min(seconds) / _DAY) * _DAY
    return _TimeScale(start, max(math.ceil(max(seconds) / _DAY) * _DAY, start + _DAY))


def _second(moment: dt.datetime) -> float:
    return (moment.replace(tzinfo=None) - dt.datetime.min).total_seconds()  # noqa: DTZ901 (it is in UTC, and so is min)


def _item(scale: _TimeScale, number: int, event: Dated) -> _Item:
    date = event.when
    earliest, latest = event.reach or (date.earliest, date.latest)
    return _Item(
        first=number,
        last=number,
        left=0.0 if earliest is None else scale.x(_second(earliest)),
        right=WIDTH if latest is None else scale.x(_second(latest)),
        style=event.style,
        lasted=date.shape is Shape.INTERVAL,
        open_left=earliest is None,
        open_right=latest is None,
        label=f"{'~' if _is_approximate(date) else ''}{number}{'?' if _is_uncertain(date) else ''}",
    )


def _is_approximate(date: FuzzyDate) -> bool:
    return any(point.approximate for point in (date.start, date.end) if point)


def _is_uncertain(date: FuzzyDate) -> bool:
    return any(point.uncertain for point in (date.start, date.end) if point)


def _in_lanes(items: list[_Item]) -> list[tuple[_Item, int]]:
    """Return each mark with its lane, as low as there is room; where there is none, join neighbours and try again."""
    while True:
        placed: list[tuple[_Item, int]] = []
        full = next((item for item in items if not _place(placed, item)), None)
        if full is None:
            return placed
        items = _joined(items, [item for item in items if _meet(item, full)])


def _place(placed: list[tuple[_Item, int]], item: _Item) -> bool:
    taken = {lane for other, lane in placed if _meet(item, other)}
    lane = next((lane for lane in range(_LANES) if lane not in taken), None)
    if lane is None:
        return False
    placed.append((item, lane))
    return True


def _meet(one: _Item, other: _Item) -> bool:
    (left, right), (other_left, other_right) = one.drawn, other.drawn
    return left < other_right + _GAP and other_left < right + _GAP


def _joined(items: list[_Item], crowd: Sequence[_Item]) -> list[_Item]:
    """Join the two neighbours in the list, at least one of them in the crowd, that together reach least far."""
    pairs = (at for at in range(len(items) - 1) if items[at] in crowd or items[at + 1] in crowd)
    at = min(pairs, key=lambda at: _reach(items[at], items[at + 1]))
    return [*items[:at], _union(items[at], items[at + 1]), *items[at + 2 :]]


def _reach(one: _Item, other: _Item) -> float:
    return max(one.right, other.right) - min(one.left, other.left)


def _union(one: _Item, other: _Item) -> _Item:
    return replace(
        one,
        last=other.last,
        left=min(one.left, other.left),
        right=max(one.right, other.right),
        style=min(one.style, other.style, key=STYLES.index),
        lasted=False,
        open_left=one.open_left or other.open_left,
        open_right=one.open_right or other.open_right,
        label=f"{one.first}–{other.last}",
    )


def _mark(item: _Item, lane: int, axis: float) -> Numbered:
    left, right = item.drawn
    top = axis - _AXIS - (lane + 1) * _LANE + _LANE - HEIGHT_OF_MARK
    bottom = top + HEIGHT_OF_MARK
    middle = (left + right) / 2
    is_short = item.right - item.left < HEIGHT_OF_MARK
    return Numbered(
        label=item.label,
        first=item.first,
        last=item.last,
        style=item.style,
        outline=_outline(item, top),
        stem=f"M{number((item.left + item.right) / 2)} {number(bottom)}V{number(axis)}" if is_short else "",
        x=number(middle),
        y=number(top + HEIGHT_OF_MARK / 2),
        left=left,
        right=right,
        lane=lane,
    )


def _outline(item: _Item, top: float) -> str:
    """Return round ends for a date somewhere inside, square ones for what lasted, none where it is open."""
    left, right = item.drawn
    bottom = number(top + HEIGHT_OF_MARK)
    radius = 0.0 if item.lasted else HEIGHT_OF_MARK / 2
    start, end = number(left + radius), number(right - radius)
    up, round_off = number(top), number(radius)
    half_right = f"V{bottom}" if item.lasted else f"A{round_off} {round_off} 0 0 1 {end} {bottom}"
    half_left = "Z" if item.lasted else f"A{round_off} {round_off} 0 0 1 {start} {up}Z"
    if item.open_left and item.open_right:
        return f"M{number(left)} {up}H{number(right)}M{number(left)} {bottom}H{number(right)}"
    if item.open_left:
        return f"M{number(left)} {up}H{end}{half_right}H{number(left)}"
    if item.open_right:
        return f"M{number(right)} {bottom}H{start}{half_left.removesuffix('Z')}H{number(right)}"
    return f"M{start} {up}H{end}{half_right}H{start}{half_left}"


def _ticks(scale: _TimeScale, wording: Wording) -> tuple[Tick, ...]:
    """Return the finest even steps whose labels have room."""
    for dates in _steps(scale):
        ticks = [_tick(scale, date, wording) for date in dates]
        if all(one[2] + _TICKS_APART <= other[1] for one, other in itertools.pairwise(ticks)):
            return tuple(tick for tick, _, _ in ticks)
    return ()


_BY_DAY: Final = (1, 2, 5, 10)
_BY_MONTH: Final = (1, 3, 6)
_BY_YEAR: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
_MOST_TICKS: Final = 40
"""No more than that have room, so that finer steps need not be tried."""


def _steps(scale: _TimeScale) -> Iterator[list[FuzzyDate]]:
    first, last = round(scale.start / _DAY) + 1, round(scale.end / _DAY)  # ordinals; the last day is inside
    days = last - first + 1
    start, end = dt.date.fromordinal(first), dt.date.fromordinal(min(last, dt.date.max.toordinal()))
    for step in _BY_DAY:
        if days / step <= _MOST_TICKS:
            found = (dt.date.fromordinal(day) for day in range(first, end.toordinal() + 1, step))
            yield [FuzzyDate.parse(day.isoformat()) for day in found]
    months = range(start.year * _MONTHS + start.month - (start.day == 1), end.year * _MONTHS + end.month)
    for step in _BY_MONTH:
        if len(months) / step <= _MOST_TICKS:
            found_months = (divmod(month, _MONTHS) for month in months if month % step == 0)
            yield [FuzzyDate.parse(f"{year:04}-{month + 1:02}") for year, month in found_months]
    years = range(start.year + (start.timetuple().tm_yday > 1), min(end.year, _LAST_YEAR) + 1)
    for step in (step for step in _BY_YEAR if len(years) / step <= _MOST_TICKS):
        yield [FuzzyDate.parse(f"{year:04}") for year in years if year % step == 0]


def _tick(scale: _TimeScale, date: FuzzyDate, wording: Wording) -> tuple[Tick, float, float]:
    """Return a tick, with the left and the right end of its label."""
    x = scale.x(_second(date.earliest)) if date.earliest else 0.0
    label = wording.date(date)
    half = len(label) * CHARACTER / 2
    middle = min(max(x, half), WIDTH - half)
    return Tick(label, number(x), number(middle)), middle - half, middle + half


def _alt(scale: _TimeScale, events: int) -> str:
    first = dt.date.fromordinal(round(scale.start / _DAY) + 1).year
    last = dt.date.fromordinal(round(scale.end / _DAY)).year
    span = f"in {first}" if first == last else f"from {first} to {last}"
    return f"{interface_text.count(events, 'event')} {span} on a scale of time. The list below has all of them."


_MONTH: Final = 30.44
_YEAR: Final = 365.25
_SOME_MONTHS: Final = 2 * _MONTH
_SOME_YEARS: Final = 2 * _YEAR


def _notes(dates: Sequence[FuzzyDate], items: Sequence[_Item], scale: _TimeScale) -> Iterator[str]:
    yield "The numbers are those of the list."
    wide = [one for one in items if one.drawn == (one.left, one.right)]
    if any(not one.lasted for one in wide):
        yield "A wide mark means: at some time in that span."
    if any(one.lasted for one in items):
        yield "Square ends mean: all through that span."
    if any(one.open_left or one.open_right for one in items):
        yield "An open end means that nobody gives a limit."
    if any(_is_approximate(date) for date in dates):
        yield "A ~ means: about then."
    if any(_is_uncertain(date) for date in dates):
        yield "A ? means that the date is uncertain."
    if any(one.first != one.last for one in items):
        yield "A mark for several events is drawn like the least sure of them."
    widened = [one.drawn[1] - one.drawn[0] for one in items if one not in wide]
    if widened:
        width = _duration(max(widened) * scale.days_a_unit)
        yield f"Marks of short dates are drawn up to {width} wide, so that their numbers can be read."


def _duration(days: float) -> str:
    """Return a length of time in words, rounded up."""
    if days > _SOME_YEARS:
        return interface_text.count(math.ceil(days / _YEAR), "year")
    if days > _SOME_MONTHS:
        return interface_text.count(math.ceil(days / _MONTH), "month")
    return interface_text.count(math.ceil(days), "day")
