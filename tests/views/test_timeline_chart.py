"""The picture of the timeline: whatever the dates are, it is true and can be read."""

from __future__ import annotations

import itertools

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nutgraf.model import FuzzyDate
from nutgraf.views.charts.svg import STYLES
from nutgraf.views.charts.timeline_chart import CHARACTER, HEIGHT_OF_MARK, WIDTH, Dated, TimelineChart, picture
from tests.making import english

FEW = settings(max_examples=40)
YEARS = st.integers(1, 9999)
POINTS = st.one_of(
    YEARS.map("{:04}".format),
    st.tuples(YEARS, st.integers(1, 12)).map(lambda at: f"{at[0]:04}-{at[1]:02}"),
    st.dates().map(lambda day: day.isoformat()),
    st.datetimes().map(lambda at: f"{at:%Y-%m-%dT%H:%M}Z".zfill(17)),
)
NEAR = st.dates(FuzzyDate.parse("2014-04").start.first_day, FuzzyDate.parse("2014-05").start.last_day).map(  # type: ignore[union-attr]
    lambda day: day.isoformat()
)


def _date(text: str) -> FuzzyDate | None:
    try:
        return FuzzyDate.parse(text)
    except ValueError:
        return None


def _dates(points: st.SearchStrategy[str]) -> st.SearchStrategy[FuzzyDate]:
    marked = st.tuples(points, st.sampled_from(("", "~", "?", "~?"))).map("".join)
    pairs = st.tuples(marked, st.sampled_from(("/", "..")), marked).map("".join)
    texts = st.one_of(marked, pairs, marked.map("..{}".format), marked.map("{}..".format))
    return texts.map(_date).filter(lambda date: date is not None)  # type: ignore[return-value]


DATES = st.lists(st.one_of(_dates(POINTS), _dates(NEAR)), min_size=2, max_size=40) | st.lists(
    _dates(NEAR), min_size=2, max_size=60
)


def _drawn(dates: list[FuzzyDate]) -> TimelineChart:
    ordered = sorted(dates, key=lambda date: date.sort_key)
    styles = itertools.cycle(STYLES)
    shown = picture([Dated(date, next(styles), "word") for date in ordered], english())
    assert shown is not None
    return shown


@FEW
@given(DATES)
def test_every_event_is_there_once_in_the_order_of_the_list(dates: list[FuzzyDate]) -> None:
    numbers = [number for mark in _drawn(dates).marks for number in range(mark.first, mark.last + 1)]
    assert numbers == list(range(1, len(dates) + 1))


@FEW
@given(DATES)
def test_no_mark_covers_another_and_labels_are_inside_their_marks(dates: list[FuzzyDate]) -> None:
    marks = _drawn(dates).marks
    for one, other in itertools.combinations(marks, 2):
        assert one.lane != other.lane or one.right < other.left or other.right < one.left, (one, other)
    for mark in marks:
        assert mark.right - mark.left >= max(HEIGHT_OF_MARK, len(mark.label) * CHARACTER) - 0.001


@FEW
@given(DATES)
def test_labels_of_the_axis_do_not_meet_and_stay_inside(dates: list[FuzzyDate]) -> None:
    ends = [
        (float(tick.text_x) - len(tick.label) * CHARACTER / 2, float(tick.text_x) + len(tick.label) * CHARACTER / 2)
        for tick in _drawn(dates).ticks
    ]
    assert all(one[1] < other[0] for one, other in itertools.pairwise(ends))
    assert all(left >= -0.1 and right <= WIDTH + 0.1 for left, right in ends)


@FEW
@given(DATES)
def test_scale_is_true(dates: list[FuzzyDate]) -> None:
    """One straight line takes every moment to its place, and each mark covers all of its dates."""
    ordered = sorted(dates, key=lambda date: date.sort_key)
    moments = [moment for date in ordered for moment in (date.earliest, date.latest) if moment]
    first, last = min(moments), max(moments)
    assume(first < last)
    for mark in _drawn(dates).marks:
        for date in ordered[mark.first - 1 : mark.last]:
            for moment in (date.earliest or first, date.latest or last):
                share = (moment - first) / (last - first)
                day = 86_400 / max((last - first).total_seconds(), 86_400) * WIDTH  # the scale begins at midnight
                x = 26 + share * (WIDTH - 52)
                assert mark.left - day - 1 <= x <= mark.right + day + 1


@FEW
@given(DATES)
def test_what_is_surely_later_stands_further_right(dates: list[FuzzyDate]) -> None:
    ordered = sorted(dates, key=lambda date: date.sort_key)
    alone = [mark for mark in _drawn(dates).marks if mark.first == mark.last]
    for one, other in itertools.combinations(alone, 2):
        earlier, later = ordered[one.first - 1], ordered[other.first - 1]
        if earlier.latest and later.earliest and earlier.latest < later.earliest:
            assert float(one.x) <= float(other.x)


@FEW
@given(DATES)
def test_a_mark_of_several_is_drawn_as_the_least_sure(dates: list[FuzzyDate]) -> None:
    for mark in _drawn(dates).marks:
        styles = [(number - 1) % len(STYLES) for number in range(mark.first, mark.last + 1)]
        assert STYLES.index(mark.style) == min(styles)


def _events(*dates: str) -> list[Dated]:
    return [Dated(FuzzyDate.parse(date), "reported", "reported") for date in dates]


def test_one_event_has_no_picture() -> None:
    assert picture(_events("2018"), english()) is None


def test_years_are_ticks() -> None:
    shown = picture(_events("2015-12", "2018", "2019-03-11", "2023-03-22?"), english())
    assert shown is not None
    assert [tick.label for tick in shown.ticks] == ["2016", "2017", "2018", "2019", "2020", "2021", "2022", "2023"]
    assert [mark.label for mark in shown.marks] == ["1", "2", "3", "4?"]
    assert shown.alt == "4 events from 2015 to 2023 on a scale of time. The list below has all of them."


def test_crowded_events_share_a_mark() -> None:
    shown = picture(_events("1994", *(["2014-04-16"] * 9), "2025"), english())
    assert shown is not None
    assert [mark.label for mark in shown.marks if mark.first != mark.last] == ["2–6"]
    assert "A mark for several events is drawn like the least sure of them." in shown.notes


def test_ends_are_round_square_or_open() -> None:
    shown = picture(_events("..2013", "2014/2016", "2017..2019", "2020.."), english())
    assert shown is not None
    before, lasted, within, after = (mark.outline for mark in shown.marks)
    assert (before.endswith("Z"), before.count("A")) == (False, 1)
    assert (lasted.endswith("Z"), lasted.count("A")) == (True, 0)
    assert (within.endswith("Z"), within.count("A")) == (True, 2)
    assert (after.endswith("Z"), after.count("A")) == (False, 1)
