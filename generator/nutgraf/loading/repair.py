"""Getting past a syntax error: a draft of the file in which each mistake is mended just enough to read on.

Nothing that a draft holds is ever published, for the mistake is reported and stops that. A mended draft is read only to
find the next mistake, and to keep the rest of the file from looking as if it were not there.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from nutgraf.diagnostics import Diagnostic, RelatedPlace, Replacement, Span
from nutgraf.invisible_characters import CONTROL
from nutgraf.loading.nodes import FieldNode, Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STAND_IN = 0x10F000
"""Where the stand-ins of ASCII characters begin, in a private use plane: printable for YAML, and no indicator to it."""
_BACK = {_STAND_IN + code: code for code in range(128)}
_SIGNS = r":(?=\s|$)|(?<=[ \t])#"
"""What means something to YAML inside plain prose."""
_INDENT = re.compile(f"^(?: *{CONTROL.pattern})+")
_DASHES = re.compile(r" *(?:- +)*")


class Draft:
    """The lines of one file, while they are mended. Lines and columns count from 0.

    A mend keeps each character in its column, or remembers how far it was moved.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        """Start with the lines as they are."""
        self._original = tuple(lines)
        self.lines = list(self._original)
        self.mended = False
        self.lossy = False
        self.touched: set[int] = set()
        self.holes: set[int] = set()
        self._shifts: dict[int, int] = {}
        self._inserted: dict[int, list[int]] = {}

    @property
    def text(self) -> str:
        """Return what is to be parsed."""
        return "\n".join(self.lines)

    # Mending --------------------------------------------------------------------------------------------------------

    def put(self, line: int, column: int, char: str) -> None:
        """Put another character in the place of one."""
        text = self.lines[line]
        self._set(line, text[:column] + char + text[column + 1 :])

    def append(self, line: int, sign: str) -> None:
        """Write a sign at the end of a line."""
        self._set(line, self.lines[line] + sign)

    def insert(self, line: int, column: int, sign: str) -> None:
        """Write a sign between two others."""
        text = self.lines[line]
        self._inserted.setdefault(line, []).append(column + self._shifts.get(line, 0))
        self._set(line, text[:column] + sign + text[column:])

    def take_literally(self, line: int, start: int, end: int | None = None, *, signs: str = "") -> None:
        """Make plain prose of a stretch of a line: its first sign, inner colons, comments and `signs` mean nothing."""
        text = self.lines[line]
        head, prose, tail = text[:start], text[start:end], text[len(text) if end is None else end :]
        if prose[:1].isascii() and not prose[:1].isalnum():
            prose = _stand_in(prose[:1]) + prose[1:]
        pattern = f"{_SIGNS}|[{re.escape(signs)}]" if signs else _SIGNS
        self._set(line, head + re.sub(pattern, lambda match: _stand_in(match.group()), prose) + tail)

    def move(self, line: int, width: int) -> None:
        """Move a line `width` columns to the left, with all below that is indented as far; to the right, if below 0."""
        for number in self._below(line, indentation(self.lines[line]) - 1):
            text = self.lines[number]
            if text.strip():
                self._shifts[number] = self._shifts.get(number, 0) + width
                self.lines[number] = text[width:] if width > 0 else " " * -width + text
        self.touched.add(line)
        self.mended = True

    def spaces_for_tabs(self) -> None:
        """Put spaces in the place of the tabs at the start of lines.

        Where all lines use tabs, one space each keeps the levels. Where only some do, a line is taken to belong to the
        one above it.
        """
        mixed = any(text.startswith(" ") and text.strip() for text in self.lines)
        above = 0
        self.mended = True
        for number, text in enumerate(self.lines):
            space = leading_space(text)
            body = text[len(space) :]
            if "\t" in space:
                indent = above if mixed else len(space)
                self._shifts[number] = len(space) - indent
                self.lines[number] = " " * indent + body
            if body and not body.startswith("#"):
                above = field_column(self.lines[number])

    def drop_control_characters(self) -> None:
        """Put a space in the place of each character that YAML refuses, and nothing where it would indent a line."""
        for number, text in enumerate(self.lines):
            if not CONTROL.search(text):
                continue
            body = _INDENT.sub(lambda match: CONTROL.sub("", match.group()), text)
            self._shifts[number] = len(text) - len(body)
            self.mended = True
            self.lines[number] = CONTROL.sub(" ", body)

    def blank(self, line: int, *, whole: bool = False) -> bool:
        """Blank out a field: its line, but for the dashes of its list item, and what is indented under it.

        Args:
            line: where the field begins.
            whole: take the dashes, too, with all of their item.

        Returns:
            Whether there was anything left to blank out.
        """
        line = min(line, len(self.lines) - 1)
        text = self.lines[line]
        start = field_column(text)
        whole = whole or not text[start:].strip(" -")
        keep = "" if whole else text[:start].rstrip()
        changed = False
        items = not keep and text.rstrip().endswith(":")
        for number in self._below(line, indentation(text) if whole else start, items=items):
            kept = keep if number == line else ""
            changed |= self.lines[number].strip() != kept.strip()
            self._set(number, kept)
            self.holes.add(number)
        self.lossy = True
        return changed

    def blank_around(self, line: int) -> bool:
        """Blank out the smallest thing around a line that has something left; tell whether there was one."""
        start = min(line, len(self.lines) - 1)
        while True:
            if self.blank(start) or self.blank(start, whole=True):
                return True
            above = [n for n in range(start) if self.lines[n].strip()]
            if not above:
                return False
            start = above[-1]

    def _below(self, line: int, depth: int, *, items: bool = False) -> Iterator[int]:
        """Yield `line` and the lines below that are indented further than `depth`, with the empty ones between them.

        With `items`, list items at that very depth belong to it, too: YAML lets a field's list begin in its column.
        """
        yield line
        for number in range(line + 1, len(self.lines)):
            text = self.lines[number]
            indent = indentation(text)
            if text.strip() and indent <= depth and not (items and indent == depth and text.startswith("- ", depth)):
                return
            yield number

    def _set(self, line: int, text: str) -> None:
        self.lines[line] = text
        self.touched.add(line)
        self.mended = True

    # Back to the file -----------------------------------------------------------------------------------------------

    def restore(self, root: Node | None) -> None:
        """Give the nodes of a tree that was read from this draft the texts and places of the file."""
        if root and self.mended:
            for node in _walk(root):
                self._restore(node)

    def restored(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a complaint about this draft as one about the file."""
        if not self.mended:
            return diagnostic
        return replace(
            diagnostic,
            headline=diagnostic.headline.translate(_BACK),
            help=diagnostic.help.translate(_BACK),
            span=self._place(diagnostic.span),
            related=tuple(RelatedPlace(self._place(related.span), related.message) for related in diagnostic.related),
            fix=tuple(Replacement(self._place(one.span), one.text.translate(_BACK)) for one in diagnostic.fix),
        )

    def _restore(self, node: Node) -> None:
        node.column = self._column(node.line, node.column)
        node.end_column = self._column(node.end_line, node.end_column)
        if isinstance(node, Scalar):
            node.text = node.text.translate(_BACK)
        elif isinstance(node, Mapping):
            node.entries = {name.translate(_BACK): entry for name, entry in node.entries.items()}

    def _place(self, place: Span) -> Span:
        return replace(
            place,
            column=self._column(place.line, place.column),
            end_column=self._column(place.end_line, place.end_column),
        )

    def _column(self, line: int, column: int) -> int:
        """Return the file's column of one in the draft; both count from 1, as does `line`."""
        moved = column + self._shifts.get(line - 1, 0)
        before = sum(inserted < moved - 1 for inserted in self._inserted.get(line - 1, ()))
        return min(moved - before, len(self._original[line - 1]) + 1)


def indentation(line: str) -> int:
    """Return the number of spaces that a line begins with."""
    return len(line) - len(line.lstrip(" "))


def field_column(line: str) -> int:
    """Return where the field on a line begins, behind its indentation and the dashes of list items."""
    match = _DASHES.match(line)
    return match.end() if match else 0


def leading_space(line: str) -> str:
    """Return the spaces and tabs that a line begins with."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def _stand_in(char: str) -> str:
    return chr(_STAND_IN + ord(char)) if char.isascii() else char


def _walk(root: Node) -> Iterator[Node]:
    """Yield all nodes, keys included, without recursion."""
    stack: list[Node | FieldNode] = [root]
    while stack:
        node = stack.pop()
        if isinstance(node, FieldNode):
            yield node.key
            node = node.value
        yield node
        if isinstance(node, Sequence):
            stack.extend(node.items)
        elif isinstance(node, Mapping):
            stack.extend(node.entries.values())
