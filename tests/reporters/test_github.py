"""Annotations: what GitHub's runner makes of them, and that no content becomes a command."""

from __future__ import annotations

import re
from textwrap import dedent

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.diagnostics import Diagnostic, RelatedPlace, Severity, Span
from nutgraf.diff import ChangeKind
from nutgraf.reporters import github
from tests.reporters.changing import change, made, nothing, real

COMMAND = re.compile(r"::(?P<command>\w+) (?P<properties>[^:\n]*)::(?P<message>[^\n]*)\n")


def parsed(report: str) -> list[tuple[str, dict[str, str], str]]:
    """Read commands as the runner does: ActionCommand.TryParseV2 of actions/runner."""
    return [
        (
            found["command"],
            {
                name: unescaped(value)
                for name, _, value in (one.partition("=") for one in found["properties"].split(","))
            },
            unescaped(found["message"]),
        )
        for found in COMMAND.finditer(report)
    ]


def unescaped(text: str) -> str:
    for escape, sign in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        text = text.replace(escape, sign)
    return text


def test_complaints() -> None:
    complaints = [
        Diagnostic("vague", "Date is vague", Span("stories/x.yml", 8, 15, 8, 19), Severity.WARNING),
        Diagnostic(
            "duplicate-id",
            "Id `bid` is used twice: 100 %",
            Span("stories/x.yml", 17, 13, 19, 1),
            help="Choose another.\nOr none.",
            related=(RelatedPlace(Span("stories/x.yml", 5, 13, 5, 16), "first defined here"),),
        ),
    ]
    assert github.render(complaints) == dedent("""\
        ::error file=content/stories/x.yml,line=17,endLine=19,title=duplicate-id::Id `bid` is used twice: 100 %25%0A\
Choose another.%0AOr none.%0Afirst defined here: content/stories/x.yml:5
        ::warning file=content/stories/x.yml,line=8,endLine=8,col=15,endColumn=19,title=vague::Date is vague
        1 error and 1 warning.
        """)
    assert github.render([]) == "No mistakes.\n"


def test_changes() -> None:
    report = github.render_changes(real(), root="docs/facts")
    commands = parsed(report)
    assert [(command, properties["title"]) for command, properties, _ in commands] == [
        ("error", "figure-replaced"),
        ("error", "certainty-raised"),
        ("error", "id-removed"),
        ("notice", "statement-added"),
    ]
    assert commands[1][1] == {
        "file": "docs/facts/stories/s.yml",
        "line": "10",
        "endLine": "10",
        "col": "92",
        "endColumn": "97",
        "title": "certainty-raised",
    }
    before = "Before: Ada Adams said on 9 April 2023 that she left Works."
    assert f"{before}\nAfter: Ada Adams found on 9 April 2023 that she left Works." in commands[1][2]
    assert report.endswith("3 errors and 1 note.\n3 changes must be acknowledged.\n")


def test_an_acknowledged_error_is_a_notice() -> None:
    [(command, properties, message)] = parsed(
        github.render_changes(made(change(ChangeKind.SOURCE_REMOVED, note="Why")))
    )
    assert (command, properties["title"]) == ("notice", "source-removed, acknowledged")
    assert "Acknowledged: Why" in message


def test_the_gravest_come_first_and_the_limit_is_told() -> None:
    complaints = [
        Diagnostic("w", "W", Span("a.yml", line), Severity.WARNING if line % 2 else Severity.ERROR)
        for line in range(1, 31)
    ]
    report = github.render(complaints)
    assert [command for command, _, _ in parsed(report)] == ["error"] * 15 + ["warning"] * 15
    assert report.endswith("15 errors and 15 warnings; GitHub shows the first 10 of each.\n")


def test_nothing() -> None:
    assert github.render_changes(nothing()) == "No changes for readers.\nNo changes.\n"


@given(st.text(), st.text(max_size=20))
def test_content_never_begins_a_command_or_a_property(text: str, name: str) -> None:
    complaint = Diagnostic(name, text, Span(f"stories/{name}.yml"), help=text, related=(RelatedPlace(Span("a"), text),))
    for report, count in ((github.render([complaint]), 1), (github.render_changes(made(change(text=text))), 1)):
        assert len(parsed(report)) == count
        lines = report.splitlines()
        assert sum(line.startswith("::") for line in lines) == count
        # Nor a command of the old form, `##[error]`.
        assert not any(line.startswith("##[") for line in lines)
        assert set(parsed(report)[0][1]) <= {"file", "line", "endLine", "col", "endColumn", "title"}
