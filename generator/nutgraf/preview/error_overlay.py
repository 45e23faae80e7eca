"""Complaints as the browser shows them: the same drawing as in the terminal, as data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from nutgraf.diagnostics import RelatedPlace
from nutgraf.loading.source import source_lines
from nutgraf.reporters import in_order, shown_path
from nutgraf.reporters.control_characters import escaped
from nutgraf.reporters.snippet import Underline, draw

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.text import Text

    from nutgraf.diagnostics import Diagnostic
    from nutgraf.preview.editor_links import Editor
    from nutgraf.preview.problems import Problems

MOST: Final = 50
"""How many complaints are shown at once, errors first. The terminal has them all."""
WIDTH: Final = 100
"""Characters to which quoted lines are cut."""


def panel(problems: Problems, editor: Editor) -> dict[str, Any]:
    """Return what the panel says, ready for JSON. All of it is text, and nothing of it is HTML.

    Args:
        problems: what is wrong.
        editor: makes the links that open files.
    """
    ordered = sorted(in_order(problems.diagnostics), key=lambda one: not one.is_error)
    return {
        "errors": problems.errors,
        "warnings": problems.warnings,
        "left": max(len(ordered) - MOST, 0),
        "items": [_item(one, problems, editor) for one in ordered[:MOST]],
    }


def _item(one: Diagnostic, problems: Problems, editor: Editor) -> dict[str, Any]:
    return {
        "severity": str(one.severity),
        "rule": escaped(one.rule),
        "headline": escaped(one.headline),
        "help": [escaped(line) for line in one.help.strip().splitlines()],
        "places": [*_places(one, problems, editor)],
    }


def _places(one: Diagnostic, problems: Problems, editor: Editor) -> Iterator[dict[str, Any]]:
    """Yield the places of a complaint by file, its own first, each with the lines that it is about."""
    by_path: dict[str, list[tuple[RelatedPlace, str, str]]] = {
        one.span.path: [(RelatedPlace(one.span, ""), "^", one.severity)]
    }
    for other in one.related:
        by_path.setdefault(other.span.path, []).append((other, "-", "related"))
    for path, places in by_path.items():
        lines = source_lines(problems.files[path]) if path in problems.files else ()
        marks = [
            Underline.of(place.span, lines, symbol, style, place.message) for place, symbol, style in places if lines
        ]
        # A message stands under its line; where no line can be shown, it needs a place of its own.
        for place, _, _ in places[:1] if marks else places:
            yield _place(place, problems.folder, editor) | {"rows": [*_rows(lines, marks)] if marks else []}


def _place(place: RelatedPlace, folder: Path, editor: Editor) -> dict[str, Any]:
    span = place.span
    root = Path(os.path.relpath(folder)).as_posix()
    file = Path(os.path.normpath(folder / span.path))
    return {
        "path": escaped(shown_path(span, root)),
        "line": span.line,
        "column": span.column,
        "href": editor.link(file, span.line, span.column) if _exists(file) else None,
        "message": escaped(place.message),
    }


def _exists(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):
        return False


def _rows(lines: Sequence[str], marks: Sequence[Underline]) -> Iterator[dict[str, Any]]:
    for number, row in draw(lines, marks, WIDTH):
        yield {"number": number, "parts": [*_parts(row)]}


def _parts(row: Text) -> Iterator[list[str]]:
    """Yield stretches of a row, each with how it looks: "error", "warning", "related", "reverse" or nothing."""
    plain = row.plain.rstrip()
    styles = [""] * len(plain)
    for span in row.spans:
        for at in range(span.start, min(span.end, len(plain))):
            styles[at] = str(span.style)
    start = 0
    for at in range(1, len(plain) + 1):
        if at == len(plain) or styles[at] != styles[start]:
            yield [plain[start:at], styles[start]]
            start = at
