"""The report for programs: its shape is a promise, so it is compared literally."""

from __future__ import annotations

import json
from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.diagnostics import Diagnostic, RelatedPlace, Replacement, Severity, Span
from nutgraf.reporters import json as report


def test_shape() -> None:
    complaints = [
        Diagnostic("vague", "Date is vague", Span("stories/x.yml", 8, 15, 8, 19), Severity.WARNING),
        Diagnostic(
            "duplicate-id",
            "Id `bid` is used twice",
            Span("stories/x.yml", 7, 13, 9, 1),
            help="Choose another.",
            fix=(Replacement(Span("stories/x.yml", 7, 13, 7, 16), "bid-2"),),
            related=(RelatedPlace(Span("stories/x.yml", 5, 13, 5, 16), "first defined here"),),
        ),
    ]
    assert report.render(complaints) == dedent("""\
        {
          "version": 1,
          "summary": {
            "errors": 1,
            "warnings": 1,
            "files": 1
          },
          "diagnostics": [
            {
              "path": "content/stories/x.yml",
              "line": 7,
              "column": 13,
              "endLine": 9,
              "endColumn": 1,
              "rule": "duplicate-id",
              "severity": "error",
              "headline": "Id `bid` is used twice",
              "help": "Choose another.",
              "fix": [
                {
                  "path": "content/stories/x.yml",
                  "line": 7,
                  "column": 13,
                  "endLine": 7,
                  "endColumn": 16,
                  "text": "bid-2"
                }
              ],
              "related": [
                {
                  "path": "content/stories/x.yml",
                  "line": 5,
                  "column": 13,
                  "endLine": 5,
                  "endColumn": 16,
                  "message": "first defined here"
                }
              ]
            },
            {
              "path": "content/stories/x.yml",
              "line": 8,
              "column": 15,
              "endLine": 8,
              "endColumn": 19,
              "rule": "vague",
              "severity": "warning",
              "headline": "Date is vague",
              "help": "",
              "fix": [],
              "related": []
            }
          ]
        }
        """)


def test_nothing_to_report() -> None:
    assert json.loads(report.render([])) == {
        "version": 1,
        "summary": {"errors": 0, "warnings": 0, "files": 0},
        "diagnostics": [],
    }


def test_paths_begin_where_the_reader_stands() -> None:
    paths = [(root, path) for root in ("", "docs/content") for path in ("a.yml", "../mkdocs.yml")]
    shown = [json.loads(report.render([Diagnostic("x", "X", Span(path))], root=root)) for root, path in paths]
    assert [one["diagnostics"][0]["path"] for one in shown] == [
        *("a.yml", "../mkdocs.yml"),
        *("docs/content/a.yml", "docs/mkdocs.yml"),
    ]


@given(st.text(), st.text())
def test_any_text_comes_through_and_none_reaches_a_terminal(headline: str, advice: str) -> None:
    given = Diagnostic("x", headline, Span("a.yml"), help=advice)
    shown = report.render([given])
    assert shown.isascii()
    assert all(line.isprintable() for line in shown.split("\n"))
    [one] = json.loads(shown)["diagnostics"]
    assert (one["headline"], one["help"]) == (given.headline, given.help)
