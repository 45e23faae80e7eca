"""SARIF logs: against what the standard knows, and literally in what matters to GitHub."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf.diagnostics import Diagnostic, RelatedPlace, Replacement, Severity, Span
from nutgraf.diff import Change, ChangeKind
from nutgraf.reporters import sarif
from tests.reporters.changing import change, made, nothing, real

if TYPE_CHECKING:
    from collections.abc import Callable

FIX = (Replacement(Span("stories/x.yml", 7, 13, 7, 16), "bid-2"),)
COMPLAINTS = [
    Diagnostic("vague", "Date is vague", Span("stories/größe x.yml", 8, 15, 8, 19), Severity.WARNING),
    Diagnostic(
        "duplicate-id",
        "Id `bid` is used twice",
        Span("stories/x.yml", 7, 13, 9, 1),
        help="Choose another.",
        related=(RelatedPlace(Span("stories/x.yml", 5, 13, 5, 16), "first defined here"),),
        fix=FIX,
    ),
]
LOGS = {
    "complaints": lambda: sarif.render(COMPLAINTS, version="1.2.3"),
    "no complaints": lambda: sarif.render([]),
    "changes": lambda: sarif.render_changes(real()),
    "no changes": lambda: sarif.render_changes(nothing()),
    "acknowledged": lambda: sarif.render_changes(made(change(ChangeKind.SOURCE_REMOVED, note="Why"))),
}


# What the schema of the standard, sarif-schema-2.1.0.json, says of the objects that we write: the keys that it knows,
# those that it requires with a "!". It forbids all others (`additionalProperties: false`).
SHAPES: dict[str, str] = {
    "log": "version! runs! $schema inlineExternalProperties properties",
    "run": (
        "tool! results automationDetails columnKind properties invocations artifacts originalUriBaseIds language "
        "defaultEncoding newlineSequences taxonomies"
    ),
    "tool": "driver! extensions properties",
    "driver": "name! version semanticVersion informationUri organization rules fullName properties",
    "rules": "id! name shortDescription fullDescription defaultConfiguration helpUri help properties messageStrings",
    "defaultConfiguration": "enabled level rank parameters properties",
    "automationDetails": "description id guid correlationGuid properties",
    "results": (
        "message! ruleId ruleIndex rule kind level locations relatedLocations partialFingerprints fingerprints "
        "suppressions fixes baselineState rank properties guid"
    ),
    "message": "text markdown id arguments properties",
    "locations": "id physicalLocation logicalLocations message annotations relationships properties",
    "relatedLocations": "id physicalLocation logicalLocations message annotations relationships properties",
    "physicalLocation": "address artifactLocation region contextRegion properties",
    "artifactLocation": "uri uriBaseId index description properties",
    "region": (
        "startLine startColumn endLine endColumn charOffset charLength byteOffset byteLength snippet message "
        "sourceLanguage properties"
    ),
    "fixes": "artifactChanges! description properties",
    "artifactChanges": "artifactLocation! replacements! properties",
    "replacements": "deletedRegion! insertedContent properties",
    "deletedRegion": "startLine startColumn endLine endColumn",
    "insertedContent": "text binary rendered properties",
    "suppressions": "kind! guid status justification location properties",
}
FREE = {"properties", "partialFingerprints"}
LEVELS = {"none", "note", "warning", "error"}


@pytest.mark.parametrize("log", LOGS.values(), ids=LOGS.keys())
def test_it_fits_the_standard(log: Callable[[], str]) -> None:
    walk("log", json.loads(log()))


def walk(name: str, value: object) -> None:
    """Check an object and all objects in it."""
    if isinstance(value, list):
        for one in value:
            walk(name.removesuffix("s") if name == "runs" else name, one)
    elif isinstance(value, dict) and name not in FREE:
        keys = SHAPES[name].split()
        assert value.keys() <= {key.rstrip("!") for key in keys}, name
        assert {key[:-1] for key in keys if key.endswith("!")} <= value.keys(), name
        for key, one in value.items():
            walk(key, one)
    elif name == "level":
        assert value in LEVELS
    elif name in {"startLine", "startColumn", "endLine", "endColumn"}:
        assert isinstance(value, int)
        assert value >= 1


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
    (rewritten,) = twice["fixes"][0]["artifactChanges"]
    assert rewritten["artifactLocation"]["uri"] == "content/stories/x.yml"
    assert rewritten["replacements"] == [
        {
            "deletedRegion": {"startLine": 7, "startColumn": 13, "endLine": 7, "endColumn": 16},
            "insertedContent": {"text": "bid-2"},
        }
    ]


def test_changes() -> None:
    found = run(sarif.render_changes(real()))
    rules = {rule["id"]: rule["defaultConfiguration"]["level"] for rule in found["tool"]["driver"]["rules"]}
    assert rules == {
        "certainty-raised": "error",
        "figure-replaced": "error",
        "id-removed": "error",
        "statement-added": "note",
    }
    assert all(found["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"] for one in found["results"])
    assert [one["level"] for one in found["results"]] == ["error", "error", "error", "note"]
    assert found["properties"]["sentence"].startswith("Readers will see")


def test_an_acknowledgement_is_a_suppression() -> None:
    known, open_ = run(
        sarif.render_changes(made(change(ChangeKind.SOURCE_REMOVED, note="Why"), change(ChangeKind.SOURCE_REMOVED)))
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
