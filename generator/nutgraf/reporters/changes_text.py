"""Changes for people at a terminal: what it is, where, how it reads before and after, and what to do.

```
error[certainty-raised]: `bid` is given as found; it was claimed, and no new evidence is cited
 --> content/stories/x.yml:12:20
  | - Sam Altman [says] that Elon Musk left
  | + Sam Altman [found] that Elon Musk left
  = on 3 pages
  = help: Cite the new evidence under `source`, or put the certainty back.

Readers will see 1 changed statement on 3 pages, one more certain.
1 error
1 change must be acknowledged.
```

On a terminal with colours, the words that differ are coloured; elsewhere they stand in square brackets.
"""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.text import Text

from nutgraf.diff import ChangeSeverity, Turn
from nutgraf.reporters import change_summary, shown_path
from nutgraf.reporters.control_characters import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nutgraf.diff import Change, Comparison, FigureChange

_STYLES: Final = {
    ChangeSeverity.ERROR: "bold red",
    ChangeSeverity.WARNING: "bold yellow",
    ChangeSeverity.NOTE: "bold cyan",
}
_ACKNOWLEDGED: Final = "bold green"
_FRAME: Final = "bold blue"
_LABEL: Final = "bold cyan"
_GONE: Final = "red strike"
_NEW: Final = "bold green"


def write(comparison: Comparison, console: Console, *, root: str = "content") -> None:
    """Print changes with a summary. It is `render` for a console.

    Args:
        comparison: what was found.
        console: where to. It is coloured if it is a terminal and NO_COLOR is not set (https://no-color.org).
        root: the content folder, as paths should begin with it.
    """
    color = console.is_terminal and not console.is_dumb_terminal and not console.no_color
    for row in _rows(comparison, root, color=color):
        shown = row.plain.encode(console.encoding, "backslashreplace").decode(console.encoding)
        # A terminal that cannot show a character should not keep an editor from the rest.
        console.print(row if color and shown == row.plain else Text(shown), soft_wrap=True)


def render(comparison: Comparison, *, root: str = "content", color: bool = False) -> str:
    """Return changes, the gravest first, with a summary at the end.

    Args:
        comparison: what was found.
        root: the content folder, as paths should begin with it.
        color: whether to use ANSI escape sequences. None but these ever come through: see `visible`.

    Returns:
        Text with a line break at the end.
    """
    rows = _rows(comparison, root, color=color)
    if not color:
        return "".join(f"{row.plain}\n" for row in rows)
    paper = StringIO()
    console = Console(file=paper, force_terminal=True, color_system="standard", no_color=False, legacy_windows=False)
    for row in rows:
        console.print(row, soft_wrap=True)
    return paper.getvalue()


def _rows(comparison: Comparison, root: str, *, color: bool) -> Iterator[Text]:
    shown: set[tuple[str, str, str]] = set()
    for one in comparison.changes:
        for row in _change(one, root, shown, color=color):
            row.rstrip()
            yield row
        yield Text()
    if told := change_summary.unread(comparison):
        yield Text.assemble(("warning", _STYLES[ChangeSeverity.WARNING]), f": {told}")
        yield Text()
    yield Text(change_summary.opening(comparison), "bold")
    if comparison.changes:
        yield Text(change_summary.summary(comparison))
    if told := change_summary.acknowledgement_line(comparison):
        yield Text(told)


def _change(one: Change, root: str, shown: set[tuple[str, str, str]], *, color: bool) -> Iterator[Text]:
    known = one.acknowledged is not None
    label = f"{one.severity}, acknowledged" if known else str(one.severity)
    style = _ACKNOWLEDGED if known else _STYLES[one.severity]
    yield Text.assemble((f"{label}[{one.kind}]", style), (f": {escaped(one.headline)}", "bold"))
    where = one.place
    was = " (before)" if one.span is None else ""
    yield Text.assemble((" --> ", _FRAME), escaped(f"{shown_path(where, root)}:{where.line}:{where.column}"), was)
    # Several things may have changed about one sentence: it is shown once.
    sentence = one.subject, one.before, one.after
    if one.before != one.after and sentence not in shown:
        shown.add(sentence)
        yield from _sentences(one, color=color)
    if one.figure:
        yield from _figure(one.figure, root)
    if reach := _reach(one):
        yield _labelled("reach", reach)
    if one.acknowledged is not None:
        yield _labelled("acknowledged", one.acknowledged)
    if one.help:
        yield from _help(one.help)


def _sentences(one: Change, *, color: bool) -> Iterator[Text]:
    for sign, text, turn, style in (("-", one.before, Turn.GONE, _GONE), ("+", one.after, Turn.NEW, _NEW)):
        if not text:
            continue
        row = Text.assemble(("  | ", _FRAME), (f"{sign} ", style))
        for piece in one.words:
            if piece.turn is Turn.SAME:
                row.append(escaped(piece.text))
            elif piece.turn is turn and color:
                row.append(escaped(piece.text), style)
            elif piece.turn is turn:
                row.append(_bracketed(escaped(piece.text)) if one.before and one.after else escaped(piece.text))
        yield row


def _bracketed(text: str) -> str:
    """Return text with brackets around what is not white space."""
    bare = text.strip()
    return text.replace(bare, f"[{bare}]", 1) if bare else text


def _figure(one: FigureChange, root: str) -> Iterator[Text]:
    if one.delta:
        yield _labelled("figure", f"{one.before} → {one.after}: {one.delta}")
    if one.disagrees:
        where = one.disagrees.span
        path = f"{shown_path(where, root)}:{where.line}:{where.column}"
        yield _labelled("disagrees now", f"`{one.disagrees.what}`, {one.disagrees.text} ({path})")


def _reach(one: Change) -> str:
    pages = change_summary.counted(len(one.reach.pages), "page") if one.reach.pages else ""
    if len(one.reach.statements) <= 1:
        return pages
    reworded = f", {len(one.reach.reworded):,} reworded" if one.reach.reworded else ""
    statements = f"{change_summary.counted(len(one.reach.statements), 'statement')}{reworded}"
    return f"{statements}, on {pages}" if pages else statements


def _labelled(label: str, text: str) -> Text:
    return Text.assemble(("  = ", _FRAME), (label, _LABEL), f": {escaped(text)}")


def _help(text: str) -> Iterator[Text]:
    first, *others = text.split("\n")
    yield _labelled("help", first)
    for line in others:
        yield Text(f"      {escaped(line)}")
