"""Letters as pictures, from files of fonts: each is measured and drawn once in a size, and set behind the one before.

A text is set only with a font that has all its characters, from left to right: where there is none, there is no font
for it, and no box stands for a letter. Letters are not moved towards each other: Pillow does so only with libraries
that not every machine has.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image, ImageDraw, ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Typeface:
    """A typeface, in one weight, from one or several files: the first that has all characters of a text is taken."""

    files: tuple[Path, ...]

    def font(self, text: str, size: int) -> Font | None:
        """Return a font that can set a text, in pixels of `size`; None where there is none."""
        wanted = set(text)
        if any(_is_beyond(one) for one in wanted):
            return None
        file = next((file for file in self.files if all(_has(file, one) for one in wanted)), None)
        if file is None:
            return None
        return _font(file, size)


class LetterImage(NamedTuple):
    """A letter, drawn.

    Attributes:
        ink: how much ink each pixel takes, of 255.
        left, top: where it lies, from where the letter begins and from the upper edge of the line.
    """

    ink: Image.Image
    left: int
    top: int


class Font:
    """A font in one size, in pixels: there is one of each file and size."""

    def __init__(self, file: Path, size: int) -> None:
        """Take a file and a size; `Typeface.font` makes them."""
        self.file = file
        self.size = size

    @cached_property
    def pillow(self) -> ImageFont.FreeTypeFont:
        """The font as Pillow has it."""
        # The basic layout is the same everywhere; the other one depends on libraries of the machine.
        return ImageFont.truetype(self.file, self.size, layout_engine=ImageFont.Layout.BASIC)

    def width(self, text: str) -> float:
        """Return how wide a text is, in pixels."""
        return sum(self._widths[one] for one in text)

    def places(self, text: str) -> Iterator[tuple[str, float]]:
        """Yield the characters of a text, each with how far from the beginning it stands, in pixels."""
        at = 0.0
        for one in text:
            yield one, at
            at += self._widths[one]

    def letter(self, one: str) -> LetterImage | None:
        """Return a character as it is drawn; None where it is blank."""
        if one.isspace():
            return None
        left, top, right, bottom = (round(edge) for edge in self.pillow.getbbox(one))
        if left >= right or top >= bottom:
            return None
        ink = Image.new("L", (right - left, bottom - top), 0)
        ImageDraw.Draw(ink).text((-left, -top), one, font=self.pillow, fill=255)
        return LetterImage(ink, left, top)

    @cached_property
    def _widths(self) -> _Widths:
        return _Widths(self.pillow)


class _Widths(dict[str, float]):
    """How wide characters are, in pixels: each is measured when it is first asked for."""

    def __init__(self, font: ImageFont.FreeTypeFont) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, one: str) -> float:
        self[one] = found = self._font.getlength(one)
        return found


@cache
def _font(file: Path, size: int) -> Font:
    return Font(file, size)


@cache
def _has(file: Path, one: str) -> bool:
    """Tell whether a font has a character: it draws another shape than for one that no font has."""
    return one.isspace() or _shape(file, one) != _missing_glyph(file)


def _shape(file: Path, one: str) -> bytes:
    return bytes(_font(file, 32).pillow.getmask(one))


@cache
def _missing_glyph(file: Path) -> bytes:
    """Return what a font draws for a character for private use, which our fonts have no shape for."""
    return _shape(file, "\U0010fffd")


@cache
def _is_beyond(one: str) -> bool:
    """Tell whether a character needs more than to be put behind the one before: another direction, or to be joined."""
    return unicodedata.bidirectional(one) in {"R", "AL", "AN"} or unicodedata.category(one) == "Mc"
