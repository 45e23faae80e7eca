"""Changes for people at a terminal and for programs, and the sentence that sums them up."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.diagnostics import Diagnostic, Span
from nutgraf.diff import Change, Comparison, Kind, Reach
from nutgraf.report import changes, changes_json, changes_text
from tests.report.changing import change, made, nothing, real


def test_the_text_report() -> None:
    assert changes_text.render(real()) == dedent("""\
        error[certainty-raised]: `left` is given as found; it was claimed, and no new evidence is cited
         --> content/stories/s.yml:10:92
          | - Ada Adams [says] that she left Works.
          | + Ada Adams [found] that she left Works.
          = reach: 5 pages
          = help: Cite the new evidence under `source`, or put the certainty back. Or say in the story `s` why it is \
right, with a new entry under `revisions`:
                - date: 2023-05-01
                  kind: correction
                  statements: left
                  was: "Ada Adams says that she left Works."
                  note: What changed and why, as a sentence for readers.

        error[id-removed]: `gone` is gone, and its address leads nowhere
         --> content/stories/s.yml:11:14
          | - According to Daily Post, Works makes lamps.
          = reach: 4 pages
          = help: Is it `s/also` now? Then write `formerly: gone` there. What is published stays: take a statement \
back with `retracted: {on: ..., reason: ...}`, or write `formerly: [the old id]` where it goes on under another id. Or \
say in the story `s` why it is right, with a new entry under `revisions`:
                - date: 2023-05-01
                  kind: retraction
                  removed: gone
                  was: "According to Daily Post, Works makes lamps."
                  note: What changed and why, as a sentence for readers.

        warning[figure-changed]: The figure `paid` is $15,000; it was $10,000
         --> content/stories/s.yml:4:29
          | - In January 2023, according to Daily Post, Works paid $[10,000] to Ben Bell.
          | + In January 2023, according to Daily Post, Works paid $[15,000] to Ben Bell.
          = figure: $10,000 → $15,000: +5,000 (+50 %)
          = reach: 6 pages

        note[statement-added]: `also` is new
         --> content/stories/s.yml:12:14
          | + According to Daily Post, Works makes chairs.
          = reach: 4 pages

        Readers will see 2 changed statements, 1 new and 1 fewer on 8 pages, one more certain than before, one with \
another figure.
        2 errors, 1 warning and 1 note
        2 changes need an acknowledgement.
        """)


def test_nothing_to_report() -> None:
    assert changes_text.render(nothing()) == "Readers will see no change.\n"
    summary = json.loads(changes_json.render(nothing()))["summary"]
    assert summary["ok"]
    assert summary["sentence"] == "Readers will see no change."


def test_colours_mark_the_words() -> None:
    coloured = changes_text.render(real(), color=True)
    assert "[says]" not in coloured
    assert "\x1b[9;31msays\x1b[0m" in coloured
    assert "\x1b[1;32mfound\x1b[0m" in coloured


def test_what_was_not_read_is_told() -> None:
    mistake = Diagnostic("x", "X", Span("a.yml"))
    told = changes_text.render(Comparison((), (mistake,), (mistake, mistake)))
    assert "Not all could be compared: the new content has 2 errors and the old content has 1 error." in told


def test_a_sentence_is_shown_once() -> None:
    told = changes_text.render(made(change(Kind.SOURCE_REMOVED), change(Kind.SOURCE_ADDED)))
    assert told.count("It [was]") == 1


@given(st.text())
def test_nothing_reaches_a_terminal(text: str) -> None:
    told = changes_text.render(made(change(text=text)))
    assert all(line.isprintable() for line in told.split("\n"))
    shown = changes_json.render(made(change(text=text)))
    assert shown.isascii()
    assert json.loads(shown)["changes"][0]["before"] == f"It was {text}."


# ---- the sentence ----


def one(kind: Kind, key: str = "s/a", *, pages: int = 1, reworded: bool = True, old: bool = True) -> Change:
    span = Span("stories/s.yml")
    reach = Reach((key,), (key,) if reworded else (), tuple(f"{place}/" for place in range(pages)))
    return Change(kind, key, "H", span=span, old_span=span if old else None, reach=reach)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ((), "Readers will see no change."),
        ((one(Kind.WORDING_CHANGED),), "Readers will see 1 changed statement on 1 page."),
        (
            (
                one(Kind.CERTAINTY_RAISED, "s/a", pages=2),
                one(Kind.WORDING_CHANGED, "s/b"),
                one(Kind.WORDING_CHANGED, "s/c"),
            ),
            "Readers will see 3 changed statements on 2 pages, one more certain than before.",
        ),
        (
            (one(Kind.STATEMENT_ADDED, old=False), one(Kind.STATEMENT_ADDED, "s/b", old=False)),
            "Readers will see 2 new statements on 1 page.",
        ),
        ((one(Kind.ID_REMOVED),), "Readers will see 1 statement fewer on 1 page."),
        (
            (one(Kind.ACCUSATION_ADDED, old=False), one(Kind.ACCUSATION_ADDED, "s/b")),
            "Readers will see 1 changed statement and 1 new on 1 page, two that accuse somebody.",
        ),
        (
            (Change(Kind.STORY_CHANGED, "stories/s", "H", span=Span("a.yml"), reach=Reach(pages=("stories/s/", ""))),),
            "Readers will see 1 change beside the statements on 2 pages.",
        ),
        # One statement with several changes is one statement.
        (
            (one(Kind.SOURCE_REMOVED), one(Kind.ATTRIBUTION_REMOVED), one(Kind.FIGURE_CHANGED), one(Kind.DATE_CHANGED)),
            (
                "Readers will see 1 changed statement on 1 page, one attributed otherwise, one with a source less, "
                "one with another figure."
            ),
        ),
        (
            (one(Kind.RULE_SUPPRESSED, pages=0),),
            "Readers will see no change. One editorial rule is switched off.",
        ),
        (
            tuple(one(Kind.WORDING_CHANGED, f"s/{number}") for number in range(1200)),
            "Readers will see 1,200 changed statements on 1 page.",
        ),
    ],
)
def test_the_opening_sentence(found: tuple[Change, ...], sentence: str) -> None:
    assert changes.opening(made(*found)) == sentence


def test_the_verdict() -> None:
    grave = change(Kind.SOURCE_REMOVED)
    known = change(Kind.SOURCE_REMOVED, note="So be it.")
    assert changes.verdict(made(grave, known)) == "1 change needs an acknowledgement."
    assert changes.verdict(made(known)) == "1 grave change is acknowledged."
    assert not changes.verdict(made(change()))
    assert not made(grave).ok
    assert made(known).ok
    assert changes.summary(made(grave, known, change())) == "2 errors (1 acknowledged) and 1 note"


# ---- for programs ----


def test_the_shape_of_the_json() -> None:
    report = json.loads(changes_json.render(real(), root="docs/facts"))
    assert report["version"] == changes_json.VERSION == 1
    assert report["summary"] == {
        "sentence": changes.opening(real()),
        "ok": False,
        "whole": True,
        "errors": 2,
        "acknowledged": 0,
        "warnings": 1,
        "notes": 1,
        "statements": {"changed": 2, "added": 1, "removed": 1},
        "pages": 8,
    }
    first, gone, figure, new = report["changes"]
    assert list(first) == [
        *("kind", "severity", "acknowledged", "subject", "headline", "place", "oldPlace", "before", "after", "words"),
        *("figure", "reach", "help"),
    ]
    place = {"path": "docs/facts/stories/s.yml", "line": 10, "column": 92, "endLine": 10, "endColumn": 97}
    assert first["place"] == place
    assert [piece for piece in first["words"] if piece["turn"] != "same"] == [
        {"turn": "gone", "text": "says"},
        {"turn": "new", "text": "found"},
    ]
    assert (gone["subject"], gone["after"]) == ("s/gone", "")
    assert figure["figure"] == {
        "name": "paid",
        "before": "$10,000",
        "after": "$15,000",
        "delta": "+5,000 (+50 %)",
        "disagrees": None,
    }
    assert new["oldPlace"] is None
    assert report["mistakes"] == {"old": [], "new": []}
