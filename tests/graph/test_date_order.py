"""The order of vague dates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.graph.date_order import Order, in_order
from nutgraf.model import FuzzyDate


def events(text: str) -> tuple[Order, ...]:
    """Read `key date > later, later`, one event a line; the date may be `-`."""
    found = []
    for line in text.strip().splitlines():
        left, _, later = line.partition(">")
        key, date = left.split()
        before = tuple(one.strip() for one in later.split(",") if one.strip())
        found.append(Order(key, None if date == "-" else FuzzyDate.parse(date), before))
    return tuple(found)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("b 2019\na 2018", "a b", id="years"),
        pytest.param("b 2018-02-20\na 2018", "a b", id="the vaguer comes first"),
        pytest.param("b 2018\na ..2017", "a b", id="open start"),
        pytest.param("a 2018\nb 2018", "a b", id="equal dates keep reading order"),
        pytest.param("b 2018\na 2018 > b", "a b", id="before decides between equal dates"),
        pytest.param("b 2018-02\na 2018 > b", "a b", id="before within a year"),
        pytest.param("b 2018\na 2018-06 > b", "a b", id="before moves the vaguer one behind"),
        pytest.param("c 2018\na 2018 > x\nx - > c", "a c", id="an undated event passes the order on"),
        pytest.param("b 2023-04-11\na 2023-04-11T07:40+02:00", "b a", id="a day and a minute in it"),
    ],
)
def test_order(text: str, keys: str) -> None:
    ordered = in_order(events(text))
    assert " ".join(ordered.keys) == keys
    assert not ordered.contradictions


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        pytest.param("a 2019 > b\nb 2018", [("a", "b")], id="the dates say otherwise"),
        pytest.param("a 2018 > b\nb 2018 > a", [("b", "a")], id="two before each other"),
        pytest.param("a 2019 > x\nx - > b\nb 2018", [("a", "b")], id="through an undated one"),
        pytest.param("a 2018 > a", [("a", "a")], id="before itself"),
    ],
)
def test_contradictions(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(in_order(events(text)).contradictions) == pairs


DATES = st.sampled_from(
    [
        "2016",
        "2017",
        "2017-03",
        "2017-03-05",
        "..2017",
        "2017..",
        "2016/2018",
        "2017-02..2017-04",
        "2017~",
        "2018?",
        "2018",
    ]
)


@given(st.lists(st.tuples(DATES, st.sets(st.integers(0, 7), max_size=2)), max_size=8))
def test_what_is_sure_is_kept(drawn: list[tuple[str, set[int]]]) -> None:
    some = tuple(
        Order(str(n), FuzzyDate.parse(date), tuple(str(other) for other in sorted(later) if other < len(drawn)))
        for n, (date, later) in enumerate(drawn)
    )
    ordered = in_order(some)
    assert sorted(ordered.keys) == sorted(one.key for one in some)
    if ordered.contradictions:
        return
    place = {key: n for n, key in enumerate(ordered.keys)}
    for one in some:
        assert all(place[one.key] < place[other] for other in one.before if other != one.key)
        for other in some:
            if one.when and other.when and one.when.surely_before(other.when):
                assert place[one.key] < place[other.key]
