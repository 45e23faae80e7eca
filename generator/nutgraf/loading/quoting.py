"""Advice on quotes, which most complaints about YAML end in."""

from __future__ import annotations

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
