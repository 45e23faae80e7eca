"""Source lines with marks under the places that a complaint is about, drawn as rustc and ruff draw them.

```
 9 | /   - id: bid
10 | |     text: Elon Musk proposed that he run OpenAI
   | |_______________________________________________- first defined here
...
20 |     - id: bid
   |           ^^^
```
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rich.text import Text

from nutgraf.reporters.control_characters import GlyphRow, escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutgraf.diagnostics import Span

Row = tuple[str, Text]
"""What stands in the gutter (a line number, dots or nothing), and what stands behind it."""

NARROWEST: Final = 20
"""Cells that a source line gets even where the terminal has fewer."""

ESCAPE_STYLE: Final = "reverse"
_MARGIN: Final = 2
# A stretch of more lines is shown by its first two and its last.
_MOST_LINES: Final = 4
# Characters that a cell may stand for, at the most: a letter with all of its marks, and then some.
_CHARACTERS_A_CELL: Final = 10
_CONTEXT: Final = 4


@dataclass(frozen=True, slots=True)
class Underline:
    """A stretch of a file to be underlined. Lines and characters are counted from 0 here; ends are exclusive.

    Attributes:
        line: where it begins.
        start: the first character.
        end_line: where it ends; the same line or a later one.
        end: the character behind the last one.
        symbol: what underlines it, one cell wide.
        style: how rich shows the symbol and the label.
        label: what stands behind the underline; may be empty.
    """

    line: int
    start: int
    end_line: int
    end: int
    symbol: str
    style: str
    label: str = ""

    @classmethod
    def of(cls, span: Span, lines: Sequence[str], symbol: str, style: str, label: str = "") -> Underline:
        """Return the mark for a span, moved to where the file has text: a span may be older than its file."""
        line = min(max(span.line, 1), len(lines)) - 1
        start = min(max(span.column - 1, 0), len(lines[line])) if span.line <= len(lines) else len(lines[line])
        end_line = min(max(span.end_line - 1, line), len(lines) - 1)
        end = min(max(span.end_column - 1, 0), len(lines[end_line])) if span.end_line <= len(lines) else len(lines[-1])
        # A YAML block ends where the next one begins, lines later: it is shown without the space between.
        while end_line > line and not lines[end_line][:end].strip():
            end_line -= 1
            end = len(lines[end_line].rstrip())
        if end_line == line:
            end = max(end, start + 1)
        return cls(line, start, end_line, max(end, 1), symbol, style, label)

    @property
    def is_long(self) -> bool:
        """Tell whether it goes over several lines."""
        return self.end_line > self.line


def draw(lines: Sequence[str], marks: Sequence[Underline], width: int) -> Iterator[Row]:
    """Yield the rows of a snippet.

    Args:
        lines: the whole file.
        marks: of that file, one at least; the first is the one to be seen whatever must be cut.
        width: cells that a row behind the gutter may take. Labels may go beyond.
    """
    return _SnippetPainter(lines, marks, width).rows()


class _SnippetPainter:
    """A snippet being drawn from top to bottom. Long marks run down the margin, each in a column of its own."""

    def __init__(self, lines: Sequence[str], marks: Sequence[Underline], width: int) -> None:
        self._lines = lines
        self._marks = marks
        self._columns = _columns(marks)
        self._margin = _MARGIN * (1 + max(self._columns.values(), default=-1))
        self._width = max(width - self._margin, NARROWEST)
        self._open: dict[int, str] = {}
        """The columns that are drawn at this height, and their styles."""

    def rows(self) -> Iterator[Row]:
        """Yield all rows."""
        numbers = _numbers(self._marks)
        for number, following in zip(numbers, (*numbers[1:], numbers[-1] + 1), strict=True):
            yield from self._line(number)
            if following > number + 1:
                yield "...", self._edge()

    def _line(self, number: int) -> Iterator[Row]:
        """Yield a source line and its underlines."""
        text = self._lines[number]
        here = [mark for mark in self._marks if number in {mark.line, mark.end_line}]
        view = _View(text, [_ends(mark, number) for mark in here], self._width)
        opening = [mark for mark in here if mark.is_long and mark.line == number]
        # The dash of a YAML list item is as good as an indent: most long marks are items.
        flush = [mark for mark in opening if not text[: mark.start].strip(" -")]
        yield str(number + 1), self._edge(flush).append_text(view.text())
        self._open |= {self._columns[mark]: mark.style for mark in flush}
        for row in self._short(view, [mark for mark in here if not mark.is_long]):
            yield "", row
        for mark in opening:
            if mark not in flush:
                yield "", self._corner(" ", view.cells(mark.start, mark.start + 1)[0], mark)
                self._open[self._columns[mark]] = mark.style
        for mark in here:
            if mark.is_long and mark.end_line == number:
                yield "", _labelled(self._corner("|", view.cells(mark.end - 1, mark.end)[1] - 1, mark), mark)
                self._open.pop(self._columns[mark], None)  # two equal marks share a column

    def _edge(self, opening: Sequence[Underline] = ()) -> Text:
        """Return the margin: a bar for each column that is open, a slash for each that opens here."""
        cells = [(" ", "")] * self._margin
        for column, style in self._open.items():
            cells[column * _MARGIN] = ("|", style)
        for mark in opening:
            cells[self._columns[mark] * _MARGIN] = ("/", mark.style)
        return Text.assemble(*cells)

    def _short(self, view: _View, marks: Sequence[Underline]) -> Iterator[Text]:
        """Yield the underlines within a line, as many on a row as there is room for."""
        row: Text | None = None
        for mark in sorted(marks, key=lambda mark: mark.start):
            first, last = (self._margin + cell for cell in view.cells(mark.start, mark.end))
            if row is not None and row.cell_len >= first:
                yield row
                row = None
            row = self._edge() if row is None else row
            row.append(" " * (first - row.cell_len))
            row.append(mark.symbol * (last - first), mark.style)
            _labelled(row, mark)
        if row is not None:
            yield row

    def _corner(self, start: str, cell: int, mark: Underline) -> Text:
        """Return the row that leads from the margin to the first or the last character of a long mark."""
        column = self._columns[mark] * _MARGIN
        row = self._edge()[:column]
        row.append(start, mark.style)
        row.append("_" * (self._margin - column - 1 + cell) + mark.symbol, mark.style)
        return row


def _labelled(row: Text, mark: Underline) -> Text:
    return row.append(f" {escaped(mark.label)}", mark.style) if mark.label else row


def _ends(mark: Underline, number: int) -> tuple[int, int]:
    """Return the characters of line `number` that a mark is drawn under."""
    if not mark.is_long:
        return mark.start, mark.end
    return (mark.start, mark.start + 1) if number == mark.line else (mark.end - 1, mark.end)


def _numbers(marks: Sequence[Underline]) -> list[int]:
    """Return the lines to show, in order."""
    numbers: set[int] = set()
    for mark in marks:
        if mark.end_line - mark.line < _MOST_LINES:
            numbers.update(range(mark.line, mark.end_line + 1))
        else:
            numbers.update((mark.line, mark.line + 1, mark.end_line))
    # Dots take as much room as a single line that they leave out.
    numbers.update(number + 1 for number in tuple(numbers) if number + 2 in numbers)
    return sorted(numbers)


def _columns(marks: Sequence[Underline]) -> dict[Underline, int]:
    """Give each long mark a column of the margin that it has for itself, from the left."""
    columns: dict[Underline, int] = {}
    for mark in sorted((mark for mark in marks if mark.is_long), key=lambda mark: (mark.line, -mark.end_line)):
        taken = {column for other, column in columns.items() if other.end_line >= mark.line}
        columns.setdefault(mark, next(column for column in range(len(marks)) if column not in taken))
    return columns


class _View:
    """A source line as far as it can be shown, with all that is marked in it in sight if possible."""

    def __init__(self, text: str, spans: Sequence[tuple[int, int]], width: int) -> None:
        budget = width * _CHARACTERS_A_CELL
        # Measuring takes time: of a line of megabytes, only what may come into sight is looked at.
        self._skipped = max(0, spans[0][0] - budget) if spans else 0
        until = min(self._skipped + 3 * budget, len(text))
        self._before, self._behind = self._skipped > 0, until < len(text)
        self._line = GlyphRow(text[self._skipped : until])
        self._width = width
        cells = [self._line.cells(start - self._skipped, end - self._skipped) for start, end in spans]
        self._start = self._window(cells)

    def _window(self, cells: Sequence[tuple[int, int]]) -> int:
        """Return the first cell to show."""
        total = max(self._line.width, *(end for _, end in cells), 0)
        if not cells or (total <= self._width and not self._before):
            return 0
        first, last = cells[0]
        for start, end in cells[1:]:
            if max(last, end) - min(first, start) <= self._width - 2:
                first, last = min(first, start), max(last, end)
        if last < self._width and not self._before:
            return 0
        free = self._width - 2 - (last - first)
        return max(0, min(first - 1 - (free // 2 if free > 0 else _CONTEXT), total - self._width))

    def text(self) -> Text:
        """Return the line."""
        shown = Text()
        for glyph in self._line.crop(self._start, self._width, before=self._before, behind=self._behind):
            shown.append(glyph.text, ESCAPE_STYLE if glyph.is_escape else "")
        return shown

    def cells(self, start: int, end: int) -> tuple[int, int]:
        """Return where characters of the line are in the window: the first cell, and the one behind the last."""
        first, last = (cell - self._start for cell in self._line.cells(start - self._skipped, end - self._skipped))
        first = min(max(first, 0), self._width - 1)
        return first, max(min(last, self._width), first + 1)
