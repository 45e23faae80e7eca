"""What holds for every statement: it cannot lose its attribution, whatever its data and whatever stands before it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.markdown import sentence_text
from nutgraf.model import (
    Anonymous,
    Certainty,
    EntityId,
    FuzzyDate,
    Manner,
    NotStated,
    Quantity,
    Speaker,
    Statement,
    Unnamed,
    Verb,
)
from nutgraf.wording import SegmentKind, compile_unknown, compose
from nutgraf.wording import compile as compile_statement
from tests.making import english, graph

if TYPE_CHECKING:
    from nutgraf.graph import Resolved
    from nutgraf.wording import Unit

BASE = graph(
    """
    {id: a, text: Works closed}
    {id: copied, text: Works closed, source: [wire-unread, copy]}
    {id: two, text: Works closed, source: [post-1, wire-1]}
    {id: posted, text: Works closed, source: blog}
    {id: filed, text: Works closed, source: finding}
    {id: b, text: Ben Bell left Works}
    """
)

ASSERTERS = st.one_of(
    st.sampled_from([EntityId(one) for one in ("ada", "ben", "works", "post", "wire", "board")]),
    st.just(Unnamed.UNNAMED),
    st.builds(
        Anonymous, anonymous=st.sampled_from(["officials", "people near Works"]), count=st.sampled_from([None, 2, 7])
    ),
    st.builds(
        Speaker,
        who=st.sampled_from([EntityId("ada"), "a spokesman", "Pia Pohl and colleagues"]),
        via=st.sampled_from([None, EntityId("ben")]),
        **{"for": st.sampled_from([None, EntityId("works")])},
        at=st.just(None),
    ),
)
TEXTS = st.one_of(
    st.sampled_from(
        [
            "Ada Adams left Works",
            "Ben Bell met Ada Adams's friend",
            "the plant closed, and nobody said so",
            "*Works* shut",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60).filter(str.strip),
)


@st.composite
def statements(draw: st.DrawFn) -> Resolved:
    """Draw a statement with any attribution."""
    base = BASE.statements[draw(st.sampled_from(["s/a", "s/copied", "s/two", "s/posted", "s/filed"]))]
    statement = Statement.model_construct(
        **{
            **base.statement.__dict__,
            "text": draw(TEXTS),
            "when": draw(st.sampled_from([None, FuzzyDate.parse("2018-03"), FuzzyDate.parse("2019")])),
        }
    )
    return replace(
        base,
        statement=statement,
        by=tuple(draw(st.lists(ASSERTERS, min_size=1, max_size=3, unique_by=repr))),
        certainty=draw(st.sampled_from([one for one in Certainty if one is not Certainty.ESTABLISHED])),
        verb=draw(st.sampled_from([None, Verb.ASK, Verb.FIND, Verb.ESTIMATE])),
        manner=draw(st.sampled_from([None, Manner.IN_COURT])),
        said=draw(st.sampled_from([None, NotStated.UNKNOWN, FuzzyDate.parse("2020-01-02")])),
        denies=draw(st.sampled_from([None, None, None, "s/b"])),
    )


UNNAMED = re.compile(r"without naming|names no source|not named|speculation|mention")


def attributed(unit: Unit, resolved: Resolved) -> None:
    """Assert that the unit's own sentence says who asserts it, outside of its clause."""
    main = unit.main
    outside = "".join(one.text for one in main.segments if one.kind is not SegmentKind.CLAUSE)
    assert main.attribution.strip(), main.source
    if Unnamed.UNNAMED in resolved.by and len(resolved.by) == 1:
        assert UNNAMED.search(outside), outside
        return
    for by in resolved.by:
        assert any(name.casefold() in outside.casefold() for name in names(by)), (by, outside)


def names(by: object) -> list[str]:
    """Return the ways in which an asserter may be called."""
    if isinstance(by, Anonymous):
        return [by.anonymous]
    if isinstance(by, Unnamed):
        return ["not named"]
    if isinstance(by, Speaker):
        return ["Adams", " she ", "she "] if by.who == "ada" else [str(by.who)]
    return {
        "ada": ["Adams", "she "],
        "ben": ["Bell", "he "],
        "works": ["Works"],
        "post": ["Daily Post"],
        "wire": ["Wire"],
        "board": ["Safety Board"],
    }[str(by)]


@given(statements())
def test_standing_alone(resolved: Resolved) -> None:
    unit = compile_statement(resolved, BASE, english())
    attributed(unit, resolved)
    assert unit == compile_statement(resolved, BASE, english())


@given(st.lists(statements(), min_size=1, max_size=6))
def test_in_running_text(drawn: list[Resolved]) -> None:
    keyed = [replace(one, key=f"s/x{n}") for n, one in enumerate(drawn)]
    units = compose(keyed, BASE, english())
    assert [key for unit in units for key in unit.keys] == [one.key for one in keyed]
    by_key = {one.key: one for one in keyed}
    for unit in units:
        for key in unit.keys:
            attributed(unit, by_key[key])
    assert units == compose(keyed, BASE, english())


@given(st.lists(statements(), min_size=2, max_size=6))
def test_the_same_frame_never_stands_twice_running(drawn: list[Resolved]) -> None:
    simple = [
        replace(one, key=f"s/x{n}", by=(EntityId("post"),), verb=None, denies=None, certainty=Certainty.REPORTED)
        for n, one in enumerate(drawn)
        # A second clause leaves no choice of frames: "that" must stand before both.
        if ", and" not in one.statement.text
    ]
    units = compose(simple, BASE, english())
    shapes = ["".join(one.text for one in unit.main.segments if one.kind is SegmentKind.FRAME) for unit in units]
    dated = [any(one.kind is SegmentKind.DATE for one in unit.main.segments) for unit in units]
    for (first, was_dated), (second, is_dated) in pairwise(zip(shapes, dated, strict=True)):
        assert first != second or was_dated != is_dated, shapes


HEDGES = re.compile(r"reportedly|allegedly|apparently|is said to", re.IGNORECASE)


@given(statements())
def test_the_compiler_adds_no_second_hedge(resolved: Resolved) -> None:
    sentence = compile_statement(resolved, BASE, english()).main
    outside = "".join(one.text for one in sentence.segments if one.kind is not SegmentKind.CLAUSE)
    assert not HEDGES.search(outside)


@given(statements())
def test_the_clause_is_not_changed_but_for_names(resolved: Resolved) -> None:
    plain = replace(
        resolved, statement=resolved.statement.model_copy(update={"text": "zebra crossings *are* striped"}), denies=None
    )
    sentence = compile_statement(plain, BASE, english()).main
    assert "zebra crossings are striped" in sentence_text(sentence).replace("Zebra", "zebra")


AMOUNTS = st.decimals(min_value=0, max_value=10**13, places=2, allow_nan=False)


@given(
    AMOUNTS,
    st.sampled_from(["USD", "EUR", "GPU", "tonne", "%", None]),
    st.sampled_from(["count", "measure", "duration", "multiple", "pledge", "payment"]),
    st.sampled_from(["amount", "at_least", "at_most"]),
)
def test_an_approximate_figure_is_never_exact(amount: object, unit: str | None, kind: str, form: str) -> None:
    fields = {form: f"{amount:f}".rstrip("0").rstrip(".") or "0", "unit": unit, "kind": kind}
    rough = english().quantity(Quantity.model_validate({**fields, "approximate": "yes"}))
    exact = english().quantity(Quantity.model_validate(fields))
    assert "about " in rough
    assert rough.replace("about ", "", 1) == exact


@pytest.mark.parametrize("text", ["who bought it", "whether *it* runs", "what <b>that</b> is"])
def test_what_is_unknown_says_so_first(text: str) -> None:
    found = graph("{id: a, text: Works closed}", f"unknowns: [{{id: q, text: '{text}'}}]")
    sentence = compile_unknown(found.stories["s"].unknowns[0], "s", found, english())
    assert sentence.segments[0].kind is SegmentKind.FRAME
