"""Changes for people at a terminal and for programs, and the sentence that sums them up."""

from __future__ import annotations

import json
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.diagnostics import Diagnostic, Span
from nutgraf.diff import Change, ChangeKind, Comparison, Impact
from nutgraf.reporters import change_summary, changes_json, changes_text
from tests.reporters.changing import change, made, nothing, real


def test_the_text_report() -> None:
    assert changes_text.render(real()) == dedent("""\
        error[figure-replaced]: The figure `paid` changed from $10,000 to $15,000
         --> content/stories/s.yml:4:29
          | - In January 2023, according to Daily Post, Works paid $[10,000] to Ben Bell.
          | + In January 2023, according to Daily Post, Works paid $[15,000] to Ben Bell.
          = figure: $10,000 → $15,000: +5,000 (+50 %)
          = reach: 11 pages
          = help: Cite a source for the new figure in `source`, or restore the figure. Or explain the change to \
readers in the story `s`, with a new entry under `revisions`:
                - date: 2023-05-01
                  kind: correction
                  statements: paid
                  was: "In January 2023, according to Daily Post, Works paid $10,000 to Ben Bell."
                  note: What changed and why, as a sentence for readers.

        error[certainty-raised]: `left` was raised from `claimed` to `found` without new evidence
         --> content/stories/s.yml:10:92
          | - Ada Adams [said] on 9 April 2023 that she left Works.
          | + Ada Adams [found] on 9 April 2023 that she left Works.
          = reach: 9 pages
          = help: Cite the new evidence in `source`, or restore the certainty. Or explain the change to readers in \
the story `s`, with a new entry under `revisions`:
                - date: 2023-05-01
                  kind: correction
                  statements: left
                  was: "Ada Adams said on 9 April 2023 that she left Works."
                  note: What changed and why, as a sentence for readers.

        error[id-removed]: `gone` was removed; its URL is broken
         --> content/stories/s.yml:11:14
          | - According to Daily Post, Works makes lamps.
          = reach: 6 pages
          = help: If it is now `s/also`, add `formerly: gone` there. Published statements must stay: retract it with \
`retracted: {on: ..., reason: ...}`, or add `formerly: [the old ID]` to its replacement. Or explain the change to \
readers in the story `s`, with a new entry under `revisions`:
                - date: 2023-05-01
                  kind: retraction
                  removed: gone
                  was: "According to Daily Post, Works makes lamps."
                  note: What changed and why, as a sentence for readers.

        note[statement-added]: New statement `also`
         --> content/stories/s.yml:12:14
          | + According to Daily Post, Works makes chairs.
          = reach: 6 pages

        Readers will see 2 changed statements, 1 new and 1 fewer on 11 pages, one more certain, one with a different \
figure.
        3 errors and 1 note
        3 changes must be acknowledged.
        """)


def test_nothing_to_report() -> None:
    assert changes_text.render(nothing()) == "No changes for readers.\n"
    summary = json.loads(changes_json.render(nothing()))["summary"]
    assert summary["ok"]
    assert summary["sentence"] == "No changes for readers."


def test_colours_mark_the_words() -> None:
    coloured = changes_text.render(real(), color=True)
    assert "[said]" not in coloured
    assert "\x1b[9;31msaid\x1b[0m" in coloured
    assert "\x1b[1;32mfound\x1b[0m" in coloured


def test_what_was_not_read_is_told() -> None:
    mistake = Diagnostic("x", "X", Span("a.yml"))
    told = changes_text.render(Comparison((), (mistake,), (mistake, mistake)))
    assert "Incomplete comparison: the new content has 2 errors and the old content has 1 error." in told


def test_a_sentence_is_shown_once() -> None:
    told = changes_text.render(made(change(ChangeKind.SOURCE_REMOVED), change(ChangeKind.SOURCE_ADDED)))
    assert told.count("It [was]") == 1


@given(st.text())
def test_nothing_reaches_a_terminal(text: str) -> None:
    told = changes_text.render(made(change(text=text)))
    assert all(line.isprintable() for line in told.split("\n"))
    shown = changes_json.render(made(change(text=text)))
    assert shown.isascii()
    assert json.loads(shown)["changes"][0]["before"] == f"It was {text}."


# ---- the sentence ----


def one(kind: ChangeKind, key: str = "s/a", *, pages: int = 1, reworded: bool = True, old: bool = True) -> Change:
    span = Span("stories/s.yml")
    reach = Impact((key,), (key,) if reworded else (), tuple(f"{place}/" for place in range(pages)))
    return Change(kind, key, "H", span=span, old_span=span if old else None, reach=reach)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ((), "No changes for readers."),
        ((one(ChangeKind.WORDING_CHANGED),), "Readers will see 1 changed statement on 1 page."),
        (
            (
                one(ChangeKind.CERTAINTY_RAISED, "s/a", pages=2),
                one(ChangeKind.WORDING_CHANGED, "s/b"),
                one(ChangeKind.WORDING_CHANGED, "s/c"),
            ),
            "Readers will see 3 changed statements on 2 pages, one more certain.",
        ),
        (
            (one(ChangeKind.STATEMENT_ADDED, old=False), one(ChangeKind.STATEMENT_ADDED, "s/b", old=False)),
            "Readers will see 2 new statements on 1 page.",
        ),
        ((one(ChangeKind.ID_REMOVED),), "Readers will see 1 statement fewer on 1 page."),
        (
            (one(ChangeKind.ACCUSATION_ADDED, old=False), one(ChangeKind.ACCUSATION_ADDED, "s/b")),
            "Readers will see 1 changed statement and 1 new on 1 page, two accusing someone.",
        ),
        (
            (
                Change(
                    ChangeKind.STORY_CHANGED,
                    "stories/s",
                    "H",
                    span=Span("a.yml"),
                    reach=Impact(pages=("stories/s/", "")),
                ),
            ),
            "Readers will see 1 change other than to statements on 2 pages.",
        ),
        # One statement with several changes is one statement.
        (
            (
                one(ChangeKind.SOURCE_REMOVED),
                one(ChangeKind.ATTRIBUTION_REMOVED),
                one(ChangeKind.FIGURE_CHANGED),
                one(ChangeKind.DATE_CHANGED),
            ),
            (
                "Readers will see 1 changed statement on 1 page, one attributed differently, one with fewer sources, "
                "one with a different figure."
            ),
        ),
        (
            (one(ChangeKind.RULE_SUPPRESSED, pages=0),),
            "No changes for readers. One editorial rule is suppressed.",
        ),
        (
            tuple(one(ChangeKind.WORDING_CHANGED, f"s/{number}") for number in range(1200)),
            "Readers will see 1,200 changed statements on 1 page.",
        ),
    ],
)
def test_the_opening_sentence(found: tuple[Change, ...], sentence: str) -> None:
    assert change_summary.opening(made(*found)) == sentence


def test_the_verdict() -> None:
    grave = change(ChangeKind.SOURCE_REMOVED)
    known = change(ChangeKind.SOURCE_REMOVED, note="So be it.")
    assert change_summary.acknowledgement_line(made(grave, known)) == "1 change must be acknowledged."
    assert change_summary.acknowledgement_line(made(known)) == "1 breaking change is acknowledged."
    assert not change_summary.acknowledgement_line(made(change()))
    assert not made(grave).ok
    assert made(known).ok
    assert change_summary.summary(made(grave, known, change())) == "2 errors (1 acknowledged) and 1 note"


# ---- for programs ----


def test_the_shape_of_the_json() -> None:
    report = json.loads(changes_json.render(real(), root="docs/facts"))
    assert report["version"] == changes_json.VERSION == 1
    assert report["summary"] == {
        "sentence": change_summary.opening(real()),
        "ok": False,
        "whole": True,
        "errors": 3,
        "acknowledged": 0,
        "warnings": 0,
        "notes": 1,
        "statements": {"changed": 2, "added": 1, "removed": 1},
        "pages": 11,
    }
    figure, first, gone, new = report["changes"]
    assert list(first) == [
        *("kind", "severity", "acknowledged", "subject", "headline", "place", "oldPlace", "before", "after", "words"),
        *("figure", "reach", "help"),
    ]
    place = {"path": "docs/facts/stories/s.yml", "line": 10, "column": 92, "endLine": 10, "endColumn": 97}
    assert first["place"] == place
    assert [piece for piece in first["words"] if piece["turn"] != "same"] == [
        {"turn": "gone", "text": "said"},
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
