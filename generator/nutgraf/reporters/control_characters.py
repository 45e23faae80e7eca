r"""Text of unknown origin, made safe for a terminal, and measured in its cells.

Content is written by many hands. An escape sequence in it could repaint the terminal of whoever checks it, and a bidi
control could show the reader another line than the one that is read (CVE-2021-42574, "Trojan Source"). So what is not
printable by Unicode's account (`str.isprintable`: controls, format characters, surrogates, separators other than the
space), and what is a blank without being a space, is shown as the escape that Python would write, `\x1b`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from rich.cells import cell_len

from nutgraf.invisible_characters import is_suspicious

TAB: Final = "    "
"""What a tab is shown as, wherever it stands."""

ELLIPSIS: Final = "…"
"""What stands for the cut part of a line; one cell wide."""

# More marks on one letter than any script has. The rest is escaped: else a line without width could have any length.
_MOST_MARKS: Final = 8


def escaped(text: str) -> str:
    """Return `text` on one line, with all that is not printable as an escape."""
    if text.isprintable() and not is_suspicious(text):
        return text
    return "".join(char if _is_visible(char) else _escape(char) for char in text)


def _is_visible(char: str) -> bool:
    """Tell whether a character is seen by itself or changes the one before: a variation selector does."""
    return char.isprintable() and (not is_suspicious(char) or unicodedata.category(char) == "Mn")


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")


@dataclass(frozen=True, slots=True)
class Glyph:
    """What is shown in one place and cannot be cut: a letter with its marks, an escape, a tab.

    Attributes:
        text: what to write.
        length: how many characters of the source it stands for.
        width: how many cells it takes, at least one.
        is_escape: whether it stands for what cannot be shown.
    """

    text: str
    length: int
    width: int
    is_escape: bool = False


class GlyphRow:
    """A line of a source as a row of glyphs."""

    __slots__ = ("_cells", "_glyphs", "_owners", "width")

    def __init__(self, text: str) -> None:
        """Measure `text`, which takes time in proportion to its length: hand over no more than can be shown."""
        self._glyphs = _glyphs(text)
        self._cells = [0, *accumulate(glyph.width for glyph in self._glyphs)]
        self._owners = [index for index, glyph in enumerate(self._glyphs) for _ in range(glyph.length)]
        self.width = self._cells[-1]
        """Cells of the whole line."""

    def cells(self, start: int, end: int) -> tuple[int, int]:
        """Return the first cell of the characters from `start` to `end` (exclusive), and the one just behind them.

        Characters are counted from 0. What is empty, and what lies behind the end of the line, takes one cell.
        """
        if start >= len(self._owners):
            return self.width, self.width + 1
        last = max(min(end, len(self._owners)) - 1, start)
        return self._cells[self._owners[start]], self._cells[self._owners[last] + 1]

    def crop(self, start: int, width: int, *, before: bool = False, behind: bool = False) -> list[Glyph]:
        """Return what to show of the line in a window.

        Args:
            start: the first cell of the window.
            width: the cells of the window, at least two.
            before: whether the line goes on to the left of what is known of it.
            behind: the same to the right.

        Returns:
            Glyphs that fill the window up to the line's end, with an ellipsis for each side that is cut.
        """
        end = start + width
        first = start + 1 if before or start > 0 else start
        last = end - 1 if behind or end < self.width else end
        shown = [Glyph(ELLIPSIS, 0, 1)] if first > start else []
        for cell, glyph in zip(self._cells, self._glyphs, strict=False):
            if first <= cell and cell + glyph.width <= last:
                shown.append(glyph)
            elif cell < last and cell + glyph.width > first:
                # Half of a wide character, or a part of an escape: blank, so that all else stays in its column.
                shown.append(Glyph(" " * (min(cell + glyph.width, last) - max(cell, first)), 0, glyph.width))
        if last < end:
            shown.append(Glyph(ELLIPSIS, 0, 1))
        return shown


def _glyphs(text: str) -> list[Glyph]:
    if text.isascii() and text.isprintable():
        return [Glyph(char, 1, 1) for char in text]
    glyphs: list[Glyph] = []
    for char in text:
        if char == "\t":
            glyphs.append(Glyph(TAB, 1, len(TAB)))
        elif not _is_visible(char):
            glyphs.append(_escaped_glyph(char))
        elif width := cell_len(char):
            glyphs.append(Glyph(char, 1, width))
        elif glyphs and _takes_marks(glyphs[-1]):
            marked = glyphs[-1].text + char
            # Measured as a whole: a variation selector makes some characters wide.
            glyphs[-1] = Glyph(marked, len(marked), cell_len(marked))
        else:
            glyphs.append(_escaped_glyph(char))
    return glyphs


def _takes_marks(glyph: Glyph) -> bool:
    return not glyph.is_escape and glyph.text != TAB and glyph.length <= _MOST_MARKS


def _escaped_glyph(char: str) -> Glyph:
    escape = _escape(char)
    return Glyph(escape, 1, len(escape), is_escape=True)
