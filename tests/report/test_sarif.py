"""SARIF logs: against the standard's models where they are installed, and literally in what matters to GitHub."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.diagnostics import Diagnostic, Related, Severity, Span
from nutgraf.diff import Change, Kind
from nutgraf.report import sarif
from tests.report.changing import change, made, nothing, real

if TYPE_CHECKING:
    from collections.abc import Callable

COMPLAINTS = [
    Diagnostic("vague", "Date is vague", Span("stories/größe x.yml", 8, 15, 8, 19), Severity.WARNING),
    Diagnostic(
        "duplicate-id",
        "Id `bid` is used twice",
        Span("stories/x.yml", 7, 13, 9, 1),
        help="Choose another.",
        related=(Related(Span("stories/x.yml", 5, 13, 5, 16), "first defined here"),),
    ),
]
LOGS = {
    "complaints": lambda: sarif.render(COMPLAINTS, version="1.2.3"),
    "no complaints": lambda: sarif.render([]),
    "changes": lambda: sarif.render_changes(real()),
    "no changes": lambda: sarif.render_changes(nothing()),
    "acknowledged": lambda: sarif.render_changes(made(change(Kind.SOURCE_REMOVED, note="Why"))),
}


@pytest.mark.parametrize("log", LOGS.values(), ids=LOGS.keys())
def test_it_fits_the_standard(log: Callable[[], str]) -> None:
    """The models were generated from the schema of the standard, and refuse what it does not know."""
    models: Any = pytest.importorskip("pydantic_sarif.model")
    models.StaticAnalysisResultsFormatSarifVersion210JsonSchema.model_validate_json(log())


def run(log: str) -> dict[str, Any]:
    report = json.loads(log)
    assert (report["version"], len(report["runs"])) == ("2.1.0", 1)
    found: dict[str, Any] = report["runs"][0]
    return found


def test_complaints() -> None:
    found = run(sarif.render(COMPLAINTS, version="1.2.3"))
    assert found["tool"]["driver"] == {
        "name": "nutgraf",
        "rules": [{"id": "duplicate-id", "name": "DuplicateId"}, {"id": "vague", "name": "Vague"}],
        "version": "1.2.3",
    }
    assert found["columnKind"] == "unicodeCodePoints"
    vague, twice = found["results"]
    assert (vague["ruleId"], vague["ruleIndex"], vague["level"]) == ("vague", 1, "warning")
    assert vague["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "content/stories/gr%C3%B6%C3%9Fe%20x.yml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 8, "startColumn": 15, "endLine": 8, "endColumn": 19},
            }
        }
    ]
    assert (twice["ruleId"], twice["ruleIndex"], twice["level"]) == ("duplicate-id", 0, "error")
    assert twice["message"]["text"] == "Id `bid` is used twice\nChoose another."
    assert twice["relatedLocations"][0]["message"]["text"] == "first defined here"


def test_changes() -> None:
    found = run(sarif.render_changes(real()))
    rules = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in found["tool"]["driver"]["rules"]}
    assert rules == {
        "certainty-raised": "error",
        "figure-changed": "warning",
        "id-removed": "error",
        "statement-added": "note",
    }
    assert all(found["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"] for one in found["results"])
    assert [one["level"] for one in found["results"]] == ["error", "error", "warning", "note"]
    assert found["properties"]["sentence"].startswith("Readers will see")


def test_an_acknowledgement_is_a_suppression() -> None:
    known, open_ = run(
        sarif.render_changes(made(change(Kind.SOURCE_REMOVED, note="Why"), change(Kind.SOURCE_REMOVED)))
    )["results"]
    assert known["suppressions"] == [{"kind": "inSource", "status": "accepted", "justification": "Why"}]
    assert "suppressions" not in open_


def test_fingerprints_outlive_moved_lines_and_tell_equals_apart() -> None:
    def fingerprints(*changes: Change) -> list[str]:
        return [
            one["partialFingerprints"]["nutgraf/v1"] for one in run(sarif.render_changes(made(*changes)))["results"]
        ]

    assert fingerprints(change(line=3)) == fingerprints(change(line=30))
    assert len(set(fingerprints(change(), change()))) == 2
    assert fingerprints(change(text="X")) != fingerprints(change(text="Y"))


@given(st.text())
def test_any_text_comes_through(text: str) -> None:
    for log in (
        sarif.render([Diagnostic("x", text, Span(f"stories/{text}.yml"), help=text)]),
        sarif.render_changes(made(change(text=text, note=text))),
    ):
        assert log.isascii()
        assert json.loads(log)["version"] == "2.1.0"
