"""Changes of a few characters at known places: all else in a file stays as it is, byte for byte."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.loading.nodes import Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nutgraf.loading.nodes import Scalar


@dataclass(frozen=True, order=True, slots=True)
class TextEdit:
    """A stretch of one line, and what takes its place.

    Attributes:
        line: counted from 1.
        column, end_column: from 1, in characters; the end is the column behind the last one.
        text: the new text; it may hold line breaks.
    """

    line: int
    column: int
    end_column: int
    text: str


def applied(data: bytes, edits: Iterable[TextEdit]) -> bytes:
    """Return a file with some edits made.

    Args:
        data: the file, UTF-8.
        edits: in any order. One that is there twice counts once.

    Raises:
        ValueError: two edits overlap, or one lies outside of the file.
    """
    text = data.decode()
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", text.removeprefix(mark))
    before: TextEdit | None = None
    for edit in sorted(set(edits), reverse=True):
        if edit.line > len(lines) or edit.end_column - 1 > len(lines[edit.line - 1]):
            message = f"{edit} lies outside of the file"
            raise ValueError(message)
        if before is not None and before.line == edit.line and before.column < edit.end_column:
            message = f"{edit} overlaps {before}"
            raise ValueError(message)
        line = lines[edit.line - 1]
        lines[edit.line - 1] = line[: edit.column - 1] + edit.text + line[edit.end_column - 1 :]
        before = edit
    return (mark + "".join(lines)).encode()


def within(scalar: Scalar, lines: Sequence[str], pattern: re.Pattern[str], text: str) -> Iterator[TextEdit]:
    """Yield the edits that put a text in the place of what a pattern finds, within what was typed for one scalar.

    Args:
        scalar: where to look.
        lines: of the file.
        pattern: what to find; its group `id` is replaced.
        text: what to write there.
    """
    for number in range(scalar.line, scalar.end_line + 1):
        line = lines[number - 1]
        whole = scalar.style is Style.BLOCK
        start = scalar.column - 1 if number == scalar.line and not whole else 0
        end = scalar.end_column - 1 if number == scalar.end_line and not whole else len(line)
        for found in pattern.finditer(line, start, end):
            yield TextEdit(number, found.start("id") + 1, found.end("id") + 1, text)
