"""Changes for programs: bots that comment, dashboards, whatever reads the output of another tool.

The shape, version 1. New keys may come without a new version; none will go or change its meaning. There may be new
kinds of changes, too.

```
{
  "version": 1,
  "summary": {
    "sentence": "Readers will see 1 changed statement on 3 pages, one more certain.",
    "ok": false,                      no error is left without an acknowledgement
    "whole": true,                    all content of both sides could be read and was compared
    "errors": 1, "acknowledged": 0,   of the errors, those that are acknowledged
    "warnings": 0, "notes": 0,
    "statements": {"changed": 1, "added": 0, "removed": 0},
    "pages": 3
  },
  "changes": [                        the gravest first, then by path and line
    {
      "kind": "certainty-raised",
      "severity": "error",            or "warning", "note"
      "acknowledged": null,           or the note of the entry that acknowledges it
      "subject": "story/statement",   or a record, `entities/x`, or a part of one, `stories/x#{gpus}`
      "headline": "...",
      "place": {                      in the new files; null where nothing is left there
        "path": "content/stories/x.yml",  from the project's folder, with forward slashes
        "line": 12, "column": 9, "endLine": 12, "endColumn": 24   as in the output of `nutgraf check`
      },
      "oldPlace": null,               the same in the old files; null for what is new
      "before": "...", "after": "...",  how it reads, as plain text; empty where it was not or is not there
      "words": [{"turn": "same", "text": "..."}],   the sentence in pieces: "same", "gone", "new"; may be empty
      "figure": {                     or null
        "name": "gpus",               empty for a figure that is typed in a text
        "before": "...", "after": "...", "delta": "+5,000 (+50 %)",
        "disagrees": {"what": "story/statement", "text": "...", "place": {...}}   or null
      },
      "reach": {
        "statements": ["story/statement"],  those that show what was changed
        "reworded": ["story/statement"],    those whose sentence reads otherwise
        "pages": ["stories/x/"]             those that differ and looked up what changed, relative to the
                                            site's root, which is ""
      },
      "help": "..."                   may be empty
    }
  ],
  "mistakes": {"old": [], "new": []}  errors in the content, each a place with "rule" and "headline"
}
```
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from nutgraf.diff import ChangeSeverity
from nutgraf.reporters import change_summary

if TYPE_CHECKING:
    from nutgraf.diff import Change, Comparison, Disagreement, FigureChange

VERSION: Final = 1
"""Of the shape above."""


def render(comparison: Comparison, *, root: str = "content") -> str:
    """Return changes as JSON.

    Args:
        comparison: what was found.
        root: the content folder, as paths should begin with it.

    Returns:
        One object over several lines, with a line break at the end. It is ASCII, so that no character of the content
        can reach a terminal as a control sequence.
    """
    report = {
        "version": VERSION,
        "summary": _summary(comparison),
        "changes": [_change(one, root) for one in comparison.changes],
        "mistakes": {
            "old": change_summary.mistakes(comparison.old_mistakes, root),
            "new": change_summary.mistakes(comparison.new_mistakes, root),
        },
    }
    return json.dumps(report, indent=2, ensure_ascii=True) + "\n"


def _summary(comparison: Comparison) -> dict[str, object]:
    found = change_summary.tally(comparison.changes)
    counts = {level: sum(one.severity is level for one in comparison.changes) for level in ChangeSeverity}
    return {
        "sentence": change_summary.opening(comparison),
        "ok": comparison.ok,
        "whole": comparison.is_whole,
        "errors": counts[ChangeSeverity.ERROR],
        "acknowledged": sum(one.acknowledged is not None for one in comparison.changes),
        "warnings": counts[ChangeSeverity.WARNING],
        "notes": counts[ChangeSeverity.NOTE],
        "statements": {"changed": len(found.changed), "added": len(found.added), "removed": len(found.gone)},
        "pages": len(found.pages),
    }


def _change(one: Change, root: str) -> dict[str, object]:
    return {
        "kind": one.kind.value,
        "severity": one.severity.value,
        "acknowledged": one.acknowledged,
        "subject": one.subject,
        "headline": one.headline,
        "place": change_summary.place(one.span, root) if one.span else None,
        "oldPlace": change_summary.place(one.old_span, root) if one.old_span else None,
        "before": one.before,
        "after": one.after,
        "words": [{"turn": piece.turn.value, "text": piece.text} for piece in one.words],
        "figure": _figure(one.figure, root) if one.figure else None,
        "reach": {
            "statements": list(one.reach.statements),
            "reworded": list(one.reach.reworded),
            "pages": list(one.reach.pages),
        },
        "help": one.help,
    }


def _figure(one: FigureChange, root: str) -> dict[str, object]:
    return {
        "name": one.name,
        "before": one.before,
        "after": one.after,
        "delta": one.delta,
        "disagrees": _disagreement(one.disagrees, root) if one.disagrees else None,
    }


def _disagreement(one: Disagreement, root: str) -> dict[str, object]:
    return {"what": one.what, "text": one.text, "place": change_summary.place(one.span, root)}
