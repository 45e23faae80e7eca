"""Phrases that several complaints about YAML share."""

from __future__ import annotations

QUOTE_ALL = "A text that begins with `{sign}` needs quotes."
_LONGEST = 60


def in_quotes(text: str) -> str:
    """Return `text` as a quoted YAML scalar that can be copied; a long one is cut in the middle."""
    text = text.strip()
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST // 2].rstrip()} ... {text[-_LONGEST // 3 :].lstrip()}"
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'
