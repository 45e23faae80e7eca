"""Advice on quotes, which most complaints about YAML end in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutgraf.loading.nodes import Mapping, Scalar, Style, find

if TYPE_CHECKING:
    from nutgraf.loading.nodes import Node

QUOTE = "Put the whole text in quotes."
CUT_OFF = "Text is cut off here: a `#` behind a space begins a comment"
_LONGEST = 60


def quote_as(text: str) -> str:
    """Return the advice to quote `text`, with the text in the right quotes where it is short enough to show."""
    text = text.strip()
    if len(text) > _LONGEST or "`" in text:
        kind = "single" if '"' in text or "\\" in text else "double"
        return f"Put the whole text in {kind} quotes."
    return f"Put the whole text in quotes: `{quoted(text)}`."


def quoted(text: str) -> str:
    """Return `text` as a quoted YAML scalar: in double quotes if nothing in it would need an escape there."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def needs_quotes(sign: str) -> str:
    """Return the reminder that a text that begins with `sign` needs quotes."""
    return f"A text that begins with `{sign}` needs quotes."


def is_bare(root: Node, loc: tuple[str | int, ...], *, at_start: bool) -> bool:
    """Tell whether a text has to be quoted before it may contain a brace.

    Args:
        root: the record.
        loc: where the text is.
        at_start: whether the brace begins it; elsewhere it means something inside brackets only.
    """
    text, owner = find(root, loc), find(root, loc[:-1])
    if not isinstance(text, Scalar) or text.style is not Style.PLAIN or not isinstance(owner, Mapping):
        return False
    first = next(iter(owner.entries.values())).key
    # A mapping in block style begins with its first field, one in flow style with its brace.
    return at_start or (owner.line, owner.column) != (first.line, first.column)
