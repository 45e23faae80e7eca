"""The map of who is linked to whom: everything on it is on the list, nothing covers anything, every run is the same."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from nutgraf.views.charts.relation_map import RelationMap, Tie, relation_map
from nutgraf.views.charts.svg import STYLES
from tests.making import ROOT
from tests.views import rendering

FEW = settings(max_examples=50)
PEOPLE = [f"p{number}" for number in range(14)]
TIES = st.lists(
    st.builds(Tie, st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.sampled_from(STYLES), st.just("word")),
    max_size=30,
)
NAMES = st.fixed_dictionaries(
    {
        name: st.one_of(
            st.sampled_from(
                [
                    "Musk",
                    "세월호 청해진해운",
                    "Future of Life Institute",
                    "الجزيرة",
                    "A" * 60,
                    "Ada\u0301 de la Cruz y Ortega",
                ]
            ),
            st.text(min_size=1, max_size=40).filter(str.strip),
        )
        for name in PEOPLE
    }
)


def _boxes(made: RelationMap) -> list[tuple[float, float, float, float]]:
    return [(one.x, one.y, one.width, one.height) for one in made.boxes]


def _labels(made: RelationMap) -> list[tuple[float, float, float, float]]:
    return [(one.x, one.y, one.label.width, one.label.height) for one in made.lines]


def _rows(made: RelationMap) -> list[int]:
    found: list[int] = []
    for line in made.lines:
        for run in " ".join(line.label.lines).split(","):
            first, _, last = run.strip().partition("–")
            found += range(int(first), int(last or first) + 1)
    return sorted(found)


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return abs(one[0] - other[0]) < (one[2] + other[2]) / 2 and abs(one[1] - other[1]) < (one[3] + other[3]) / 2


@FEW
@given(TIES, NAMES)
def test_nothing_covers_anything_and_all_stays_inside(ties: list[Tie], names: dict[str, str]) -> None:
    made = relation_map(ties, names)
    if made is None:
        return
    areas = [*_boxes(made), *_labels(made)]
    assert not [pair for pair in itertools.combinations(areas, 2) if _overlap(*pair)]
    for x, y, width, height in areas:
        assert x - width / 2 >= -0.01
        assert x + width / 2 <= float(made.width) + 0.01
        assert y - height / 2 >= -0.01
        assert y + height / 2 <= float(made.height) + 0.01


@FEW
@given(TIES)
def test_a_line_is_never_drawn_surer_than_its_least_sure_row(ties: list[Tie]) -> None:
    made = relation_map(ties, {name: name for name in PEOPLE})
    if made is None:
        return
    shown = _rows(made)
    assert len(shown) == len(set(shown))
    for line in made.lines:
        rows = _rows(RelationMap("", "", "", (), (line,), (), ()))
        assert line.style == min((ties[row - 1].style for row in rows), key=STYLES.index)
        assert len({frozenset((ties[row - 1].start, ties[row - 1].end)) for row in rows}) == 1


def _chain(*pairs: str) -> list[Tie]:
    return [Tie(start, end, "reported", "reported") for start, end in (pair.split() for pair in pairs)]


def test_all_rows_are_on_the_map_where_there_is_room() -> None:
    names = {name: name for name in "abcd"}
    made = relation_map(_chain("a b", "b c", "c a", "c d", "d c", "a b"), names)
    assert made is not None
    assert _rows(made) == [1, 2, 3, 4, 5, 6]
    assert sorted(", ".join(line.label.lines) for line in made.lines) == ["1, 6", "2", "3", "4–5"]
    assert made.notes == ("The numbers are those of the table above.",)


def test_nobody_is_linked_to_themselves_on_the_map() -> None:
    made = relation_map(_chain("a a", "a b", "b c"), {name: name for name in "abc"})
    assert made is not None
    assert _rows(made) == [2, 3]


def test_two_make_no_map() -> None:
    assert relation_map(_chain("a b", "b a", "a b"), {"a": "a", "b": "b"}) is None
    assert relation_map([], {}) is None


def test_those_with_fewest_links_make_room_and_the_caption_says_so() -> None:
    crowd = [f"c{number}" for number in range(80)]
    made = relation_map(
        _chain(*(f"hub {one}" for one in crowd), "c3 c4"), {one: f"Somebody {one}" for one in ["hub", *crowd]}
    )
    assert made is not None
    assert {"Somebody hub", "Somebody c3", "Somebody c4"} <= {" ".join(box.lines) for box in made.boxes}
    assert f"Only the {len(made.boxes)} with most links of 81 have room here." in made.notes


def test_parts_that_are_not_linked_stand_beside_each_other() -> None:
    made = relation_map(_chain("a b", "c d", "e f"), {name: name for name in "abcdef"})
    assert made is not None
    assert len({box.y for box in made.boxes}) == 2
    assert len({round(box.x) for box in made.boxes}) == 3


def test_it_is_the_same_in_every_run() -> None:
    code = (
        "from tests.views import rendering\n"
        "page = rendering.page('stories/twitter-ai-openai/', rendering.folder('content'))\n"
        "print(page[page.index('<figure class=\"picture map\">'):].split('</figure>')[0])"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'generator'}"},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(made) == 1
    assert b"Elon Musk" in made.pop()


def test_the_rows_of_the_list_are_those_of_the_map() -> None:
    page = rendering.page("stories/twitter-ai-openai/", rendering.folder("content"))
    rows = re.search(r'<table class="relations"[^>]*>.*?<tbody>(.*?)</tbody>', page, re.DOTALL)
    picture = re.search(r'<figure class="picture map">(.*?)</figure>', page, re.DOTALL)
    assert rows
    assert picture
    assert rows.end() < picture.start()
    numbers = re.findall(r'<text class="row"[^>]*>([^<]*)</text>', picture[1])
    assert max(int(one) for line in numbers for one in re.findall(r"\d+", line)) == rows[1].count("<tr>")


def test_names_are_text() -> None:
    files = {
        "entities/ada.yml": b"name: <b>Ada</b> & Co",
        "stories/s.yml": b"""
title: Story
based_on: post-1
sections:
  - statements:
      - {id: a, text: Ben Bell left Works, relation: [[ada, left, works], [ben, left, ada], [ben, met, works]]}
""",
    }
    page = rendering.page("stories/s/", rendering.with_base(files))
    assert "&lt;b&gt;Ada&lt;/b&gt; &amp; Co</text>" in page


def test_lines_that_pass_a_layer_are_not_taken_for_names_of_another_part() -> None:
    pairs = [("p2", "p5"), ("p1", "p3"), ("p6", "p3"), ("p6", "p8"), ("p8", "p1")]
    made = relation_map([Tie(start, end, STYLES[0], "word") for start, end in pairs], {name: name for name in PEOPLE})
    assert made is not None
    assert _rows(made) == [1, 2, 3, 4, 5]
