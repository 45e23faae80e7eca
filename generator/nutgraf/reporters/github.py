"""Complaints and changes as annotations of GitHub Actions: lines that a workflow prints, shown by GitHub in place.

The form is that of "Workflow commands for GitHub Actions", "Setting an error message" (docs.github.com), and the
escapes are those of the runner (`toCommandProperties` and `issueCommand` of actions/toolkit, packages/core):

```
::error file=content/stories/x.yml,line=12,col=9,endLine=12,endColumn=24,title=unknown-source::There is no source `x`
```

GitHub shows ten errors, ten warnings and ten notices a step, and the rest in the log alone; so the gravest come first,
and a line without content of anybody sums up.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from nutgraf.diagnostics import Severity
from nutgraf.diff import ChangeSeverity
from nutgraf.reporters import change_summary, in_order, shown_path
from nutgraf.reporters.control_characters import escaped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nutgraf.diagnostics import Diagnostic, Span
    from nutgraf.diff import Change, Comparison


class Command(StrEnum):
    """The commands that annotate, the gravest first."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class _Annotation:
    command: Command
    span: Span
    title: str
    lines: tuple[str, ...]


def render(diagnostics: Iterable[Diagnostic], *, root: str = "content") -> str:
    """Return complaints as annotations, errors first.

    Args:
        diagnostics: in any order.
        root: the content folder, relative to the repository's.

    Returns:
        Lines with a line break at the end of each; the last one sums up.
    """
    ordered = sorted(in_order(diagnostics), key=lambda one: one.severity is not Severity.ERROR)
    found = [_of_diagnostic(one, root) for one in ordered]
    errors = sum(one.command is Command.ERROR for one in found)
    told = [
        change_summary.counted(number, noun)
        for number, noun in ((errors, "error"), (len(found) - errors, "warning"))
        if number
    ]
    return _written(found, f"{' and '.join(told) or 'No mistakes'}{_limit(found)}.", root)


def render_changes(comparison: Comparison, *, root: str = "content") -> str:
    """Return changes as annotations, the gravest first.

    Args:
        comparison: what was found.
        root: the content folder, relative to the repository's.

    Returns:
        Lines with a line break at the end of each; the last ones sum up.
    """
    found = [_of_change(one, root) for one in comparison.changes]
    told = [change_summary.opening(comparison), f"{change_summary.summary(comparison)}{_limit(found)}.".capitalize()]
    told += filter(None, (change_summary.acknowledgement_line(comparison), change_summary.unread(comparison)))
    return _written(found, "\n".join(told), root)


_SHOWN = 10
"""Annotations of one command that GitHub shows a step."""


def _limit(found: list[_Annotation]) -> str:
    most = max((sum(one.command is command for one in found) for command in Command), default=0)
    return f"; GitHub shows the first {_SHOWN} of each" if most > _SHOWN else ""


def _of_diagnostic(one: Diagnostic, root: str) -> _Annotation:
    related = (f"{other.message}: {shown_path(other.span, root)}:{other.span.line}" for other in one.related)
    command = Command.ERROR if one.is_error else Command.WARNING
    return _Annotation(command, one.span, one.rule, (one.headline, *one.help.split("\n"), *related))


def _of_change(one: Change, root: str) -> _Annotation:
    command = {
        ChangeSeverity.ERROR: Command.ERROR,
        ChangeSeverity.WARNING: Command.WARNING,
        ChangeSeverity.NOTE: Command.NOTICE,
    }
    return _Annotation(
        Command.NOTICE if one.acknowledged is not None else command[one.severity],
        one.place,
        f"{one.kind}, acknowledged" if one.acknowledged is not None else str(one.kind),
        tuple(_lines(one, root)),
    )


def _lines(one: Change, root: str) -> Iterator[str]:
    yield one.headline
    if one.before != one.after:
        yield from (f"{label}: {text}" for label, text in (("Before", one.before), ("After", one.after)) if text)
    if one.figure and one.figure.delta:
        yield f"Difference: {one.figure.delta}"
    if one.figure and one.figure.disagrees:
        where = one.figure.disagrees
        yield f"It now disagrees with `{where.what}`, {where.text}: {shown_path(where.span, root)}:{where.span.line}"
    if one.acknowledged is not None:
        yield f"Acknowledged: {one.acknowledged}"
    yield from one.help.split("\n")


def _written(found: Iterable[_Annotation], told: str, root: str) -> str:
    return "".join(f"{line}\n" for line in (*(_command(one, root) for one in found), told))


def _command(one: _Annotation, root: str) -> str:
    span = one.span
    properties = {"file": shown_path(span, root), "line": str(span.line), "endLine": str(span.end_line)}
    # Columns are only for what stands on one line.
    if span.line == span.end_line:
        properties |= {"col": str(span.column), "endColumn": str(max(span.end_column, span.column))}
    properties["title"] = one.title
    told = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    message = "\n".join(escaped(line) for line in one.lines if line.strip())
    return f"::{one.command} {told}::{_data(message)}"


def _data(text: str) -> str:
    """Return the text of a command: what ends a line is escaped, so that content never begins a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(escaped(text)).replace(":", "%3A").replace(",", "%2C")
