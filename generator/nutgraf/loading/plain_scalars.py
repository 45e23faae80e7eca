"""What YAML does without a word to a text without quotes: cut it off at a ` #`, or take the line below into it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nutgraf.loading.nodes import Scalar

_IDENTIFIER = re.compile(r"[a-z0-9.~]\S*")
"""What an id, a number, a date, a keyword or an address looks like: behind it, a comment cuts off no prose."""
_COMMENT = re.compile(r"(?P<gap>[ \t]+)(?P<hashes>#+)(?P<rest>.?)")
_GLUED_COMMENT_LINE = re.compile(r" +(?P<hash>#)[^\s#!]")
_GLUED_COMMENT = re.compile(r"\s+(?P<hash>#)[^\s#]")
_MEANT_AS_YAML = re.compile(r"\s*(?:- |[a-z_]+:[a-z0-9])(?!.*://)")


class PlainText:
    """Looks for such places in the lines of one file; lines and columns count from 0."""

    def __init__(self, lines: Sequence[str]) -> None:
        """Take the file's lines, and find those with comments, which are few."""
        self._lines = lines
        with_comment = [number for number, line in enumerate(lines) if " #" in line or "\t#" in line]
        self._glued = {
            number: match.start("hash")
            for number in with_comment
            if (match := _GLUED_COMMENT_LINE.match(lines[number]))
        }
        self._suspects = {*with_comment, *(number - 1 for number in self._glued)}

    def may_be_cut(self, line: int) -> bool:
        """Tell whether a text that ends on `line` needs a look: nearly none does."""
        return line in self._suspects

    def cut(self, text: Scalar, indent: int) -> tuple[int, int] | None:
        """Return line and column of the comment that cuts a text off.

        Args:
            text: a scalar without quotes.
            indent: where the collection begins that holds it: a line of the text must be indented further.
        """
        last = text.end_line - 1
        if match := _COMMENT.match(self._line(last), text.end_column - 1):
            return None if _set_off(text.text, match) else (last, match.start("hashes"))
        # A line that begins with `#1` looks like the text's next line and is a comment.
        column = self._glued.get(last + 1, 0)
        return (last + 1, column) if column > indent and " " in text.text else None

    def cut_at_start(self, line: int, column: int) -> tuple[int, int] | None:
        """Return line and column of the `#` that a text would begin with: `text: #1 in the world`."""
        match = _GLUED_COMMENT.match(self._line(line), column)
        return (line, match.start("hash")) if match else None

    def swallowed(self, text: Scalar) -> Iterator[int]:
        """Yield the lines of a text, from the second on, that were meant as a list item or a field."""
        for number in range(text.line, text.end_line):
            if _MEANT_AS_YAML.match(self._line(number)):
                yield number

    def _line(self, number: int) -> str:
        """Return a line. What stands at the end of a file may be placed behind the last one."""
        return self._lines[number] if number < len(self._lines) else ""


def _set_off(text: str, comment: re.Match[str]) -> bool:
    """Tell whether what stands behind a plain `text` is meant as a comment.

    Behind prose it needs two spaces before its `#` and one behind, as yamllint's rule `comments` wants it by default;
    behind an id, a number or a keyword one space will do.
    """
    return not comment["rest"].strip() and (len(comment["gap"]) > 1 or bool(_IDENTIFIER.fullmatch(text)))
