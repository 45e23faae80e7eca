"""Complaints for programs: editors, bots and whatever reads the output of another tool.

The shape, version 1. New keys may come without a new version; none will go or change its meaning.

```
{
  "version": 1,
  "summary": {"errors": 1, "warnings": 0, "files": 1},
  "diagnostics": [                    by path, line, column and rule
    {
      "path": "content/stories/x.yml",  from the project's folder, with forward slashes
      "line": 12, "column": 9,          of the first character; both count from 1, columns in Unicode code points
      "endLine": 12, "endColumn": 24,   of the place just behind the last character
      "rule": "unknown-source",
      "severity": "error",              or "warning"
      "headline": "...",
      "help": "...",                    may be empty
      "fix": [                          may be empty; what `nutgraf check --fix` writes
        {"path": "...", "line": 12, "column": 9, "endLine": 12, "endColumn": 24, "text": "business-insider"}
      ],
      "related": [                      may be empty
        {"path": "...", "line": 3, "column": 1, "endLine": 3, "endColumn": 9, "message": "first defined here"}
      ]
    }
  ]
}
```
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from nutgraf.reporters import in_order, shown_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nutgraf.diagnostics import Diagnostic, Span

VERSION: Final = 1
"""Of the shape above."""


def render(diagnostics: Iterable[Diagnostic], *, root: str = "content") -> str:
    """Return complaints as JSON.

    Args:
        diagnostics: in any order.
        root: the content folder, as paths should begin with it.

    Returns:
        One object over several lines, with a line break at the end. It is ASCII, so that no character of the content
        can reach a terminal as a control sequence.
    """
    ordered = in_order(diagnostics)
    errors = sum(one.is_error for one in ordered)
    report = {
        "version": VERSION,
        "summary": {
            "errors": errors,
            "warnings": len(ordered) - errors,
            "files": len({one.span.path for one in ordered}),
        },
        "diagnostics": [_diagnostic(one, root) for one in ordered],
    }
    return json.dumps(report, indent=2, ensure_ascii=True) + "\n"


def _diagnostic(one: Diagnostic, root: str) -> dict[str, object]:
    return {
        **_place(one.span, root),
        "rule": one.rule,
        "severity": one.severity.value,
        "headline": one.headline,
        "help": one.help,
        "fix": [{**_place(change.span, root), "text": change.text} for change in one.fix],
        "related": [{**_place(other.span, root), "message": other.message} for other in one.related],
    }


def _place(span: Span, root: str) -> dict[str, object]:
    return {
        "path": shown_path(span, root),
        "line": span.line,
        "column": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
