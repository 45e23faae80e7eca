"""Complaints for people at a terminal: where it is, the line itself, what is wrong under it, and what to do.

```
error[unknown-source]: Statement `hires-named` cites unknown source `busines-insider`
  --> content/stories/twitter-ai-openai.yml:12:17
   |
12 |         source: busines-insider
   |                 ^^^^^^^^^^^^^^^
   |
   = help: Did you mean `business-insider`?

1 error in 1 file
```
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text

from nutgraf.diagnostics import RelatedPlace, Severity
from nutgraf.loading.source import source_lines
from nutgraf.reporters import in_order, shown_path
from nutgraf.reporters.control_characters import escaped
from nutgraf.reporters.snippet import Underline, draw

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from nutgraf.diagnostics import Diagnostic

WIDTH: Final = 120
"""Cells of a line where there is no terminal to ask."""

_STYLES: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow"}
_FRAME: Final = "bold blue"
_HELP: Final = "bold cyan"
_LINE_END: Final = re.compile(r"\r\n|\r|\n")

Lines = tuple[str, ...]


def write(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, bytes | str],
    console: Console,
    *,
    root: str = "content",
) -> None:
    """Print complaints with a summary; nothing if there are none. It is `render` for a console.

    Args:
        diagnostics: in any order.
        sources: the files that the spans speak of, by path; from where one is missing, no line is quoted.
        console: where to. It is coloured if it is a terminal and NO_COLOR is not set (https://no-color.org).
        root: the content folder, as paths should begin with it.
    """
    color = console.is_terminal and not console.is_dumb_terminal and not console.no_color
    width = console.width if console.is_terminal else WIDTH
    for row in _rows(diagnostics, sources, root, width):
        shown = row.plain.encode(console.encoding, "backslashreplace").decode(console.encoding)
        # A terminal that cannot show a character should not keep an editor from the rest.
        console.print(row if color and shown == row.plain else Text(shown), soft_wrap=True)


def render(
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, bytes | str],
    *,
    root: str = "content",
    color: bool = False,
    width: int = WIDTH,
) -> str:
    """Return complaints, sorted by path, line, column and rule, with a summary at the end.

    Args:
        diagnostics: in any order.
        sources: the files that the spans speak of, by path; from where one is missing, no line is quoted.
        root: the content folder, as paths should begin with it.
        color: whether to use ANSI escape sequences. None but these ever come through: see `visible`.
        width: cells to which quoted lines are cut. Headlines, labels and help are never cut: a terminal wraps them.

    Returns:
        Text with a line break at the end; empty if there are no complaints.
    """
    rows = _rows(diagnostics, sources, root, width)
    if not color:
        return "".join(f"{row.plain}\n" for row in rows)
    paper = StringIO()
    console = Console(file=paper, force_terminal=True, color_system="standard", no_color=False, legacy_windows=False)
    for row in rows:
        console.print(row, soft_wrap=True)
    return paper.getvalue()


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """Return how many complaints there are, in how many files: `3 errors and 1 warning in 2 files`."""
    return _summary(list(diagnostics)).plain


class _Files:
    """The lines of sources, each file divided once."""

    def __init__(self, sources: Mapping[str, bytes | str]) -> None:
        self._sources = sources
        self._lines: dict[str, Lines] = {}

    def lines(self, path: str) -> Lines:
        """Return the lines of a file, one at least; none if it is not at hand."""
        if path not in self._lines:
            self._lines[path] = _divide(self._sources[path]) if path in self._sources else ()
        return self._lines[path]


def _divide(source: bytes | str) -> Lines:
    if isinstance(source, bytes):
        return source_lines(source)
    return tuple(_LINE_END.split(source.removeprefix("\ufeff")))


def _rows(
    diagnostics: Iterable[Diagnostic], sources: Mapping[str, bytes | str], root: str, width: int
) -> Iterator[Text]:
    """Yield the lines of a report, without space at their ends."""
    ordered = in_order(diagnostics)
    files = _Files(sources)
    for one in ordered:
        for row in _diagnostic(one, files, root, width):
            row.rstrip()
            yield row
        yield Text()
    if ordered:
        yield _summary(ordered)


@dataclass(frozen=True, slots=True)
class _Block:
    """All places of a complaint in one file; `lines` and `marks` are empty if the file is not at hand."""

    places: tuple[RelatedPlace, ...]
    lines: Lines
    marks: tuple[Underline, ...]


def _diagnostic(one: Diagnostic, files: _Files, root: str, width: int) -> Iterator[Text]:
    style = _STYLES[one.severity]
    yield Text.assemble((f"{one.severity}[{escaped(one.rule)}]", style), (f": {escaped(one.headline)}", "bold"))
    blocks = list(_blocks(one, files))
    gutter = max((len(str(mark.end_line + 1)) for block in blocks for mark in block.marks), default=1)
    arrow, framed = "-->", False
    for block in blocks:
        if framed:
            yield _framed("", gutter)
        framed = bool(block.marks)
        for place in block.places[:1] if framed else block.places:
            yield _place(arrow, place, root, gutter, told=not framed)
            arrow = ":::"
        if framed:
            yield _framed("", gutter)
        for number, row in draw(block.lines, block.marks, width - gutter - len(" | ")) if framed else ():
            yield _framed(number, gutter, row)
    if one.help and framed:
        yield _framed("", gutter)
    yield from _help(one.help, gutter)


def _blocks(one: Diagnostic, files: _Files) -> Iterator[_Block]:
    """Yield the places of a complaint by file, its own first."""
    by_path: dict[str, list[tuple[RelatedPlace, str, str]]] = {
        one.span.path: [(RelatedPlace(one.span, ""), "^", _STYLES[one.severity])]
    }
    for other in one.related:
        by_path.setdefault(other.span.path, []).append((other, "-", _FRAME))
    for path, places in by_path.items():
        lines = files.lines(path)
        marks = (
            Underline.of(place.span, lines, symbol, style, place.message) for place, symbol, style in places if lines
        )
        yield _Block(tuple(place for place, _, _ in places), lines, tuple(marks))


def _place(arrow: str, place: RelatedPlace, root: str, gutter: int, *, told: bool) -> Text:
    """Return the line that terminals and editors turn into a link; with the message, if no quoted line will show it."""
    address = f"{shown_path(place.span, root)}:{place.span.line}:{place.span.column}"
    message = f": {place.message}" if told and place.message else ""
    return Text.assemble((f"{'':{gutter}}{arrow} ", _FRAME), escaped(f"{address}{message}"))


def _framed(number: str, gutter: int, row: Text | None = None) -> Text:
    # Dots stand at the left edge in place of the bar: there is no line that they belong to.
    frame = f"{number:<{gutter + 2}} " if number == "..." else f"{number:>{gutter}} | "
    return Text.assemble((frame, _FRAME), row or "")


def _help(text: str, gutter: int) -> Iterator[Text]:
    if not text.strip():
        return
    first, *others = text.strip().split("\n")
    yield Text.assemble((f"{'':{gutter}} = ", _FRAME), ("help", _HELP), f": {escaped(first)}")
    for line in others:
        yield Text(f"{'':{gutter}}         {escaped(line)}")


def _summary(diagnostics: Sequence[Diagnostic]) -> Text:
    counts = {level: sum(one.severity is level for one in diagnostics) for level in Severity}
    parts = [(_counted(count, level), _STYLES[level]) for level, count in counts.items() if count]
    files = len({one.span.path for one in diagnostics})
    if not parts:
        return Text("no errors and no warnings")
    told = Text(" and ").join(Text(text, style) for text, style in parts)
    return told.append(f" in {_counted(files, 'file')}")


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
