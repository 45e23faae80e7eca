"""Cards as pictures: PNG, drawn with Pillow, from fonts that ship with the templates. Nothing is asked of the network.

A text that no font can set is left out; see `nutgraf.social_cards.glyphs`. A site in another script brings its own
`card/regular.ttf` and `card/bold.ttf` among its templates.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple

from PIL import Image, ImageColor, ImageDraw

from nutgraf.social_cards import png
from nutgraf.social_cards.fingerprint import BOLD, REGULAR, font_fingerprint, fonts_of, note
from nutgraf.social_cards.glyphs import Font, Typeface
from nutgraf.views.social_card import HEIGHT, WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from nutgraf.views.social_card import CardView

_MARGIN: Final = 72
_INNER: Final = WIDTH - 2 * _MARGIN
_PAPER: Final = "#fffdf9"
_INK: Final = "#1b1a17"
_SOFT: Final = "#5f5b52"
_MARK: Final = "#8a4b08"
_ACCENT: Final = "#0a5f66"
_PALE: Final = "#c6d8d6"
"""The colours of the light scheme in nutgraf.css."""


def _ramp(before: str, colour: str, steps: int) -> list[str]:
    """Return the shades behind one colour up to another, that itself last."""
    ends = [*zip(ImageColor.getrgb(before), ImageColor.getrgb(colour), strict=True)]
    mixed = ([round(a + (b - a) * step / steps) for a, b in ends] for step in range(1, steps + 1))
    return ["#" + "".join(f"{part:02x}" for part in shade) for shade in mixed]


_FLAT: Final = (_PAPER, _ACCENT, _PALE)
_GREYS: Final = [*_ramp(_PAPER, _SOFT, 5), *_ramp(_SOFT, _INK, 2)]
"""The edges of letters: what is soft is one of the shades of ink."""
_BROWNS: Final = _ramp(_PAPER, _MARK, 6)
_PALETTE: Final = [*_FLAT, *_GREYS, *_BROWNS]
"""All colours of a card: 16, so that a pixel is half a byte."""
_SHADES: Final = {_INK: _GREYS, _SOFT: _GREYS[:5], _MARK: _BROWNS}
"""The shades that the edge of a letter has, from paper to ink."""
_HEADING_SIZES: Final = (64, 56, 48, 42)
_SENTENCE_SIZES: Final = (38, 34, 30)
_PACKED: Final = 3
"""How hard zlib tries."""
_HEADING_LINES: Final = 3
_SENTENCE_LINES: Final = 4
_SMALL: Final = 24
_LEADING: Final = 1.3
_BAR: Final = 20
_AIR: Final = 24
_TOP: Final = 62
_BASE: Final = HEIGHT - 52 - _SMALL
"""The upper edge of the last line."""
_BAR_TOP: Final = _BASE - _SMALL - 18 - _BAR - 14


@dataclass(frozen=True)
class CardPainter:
    """Draws cards.

    Attributes:
        regular, bold: the typefaces.
    """

    regular: Typeface
    bold: Typeface

    @classmethod
    def of(cls, templates: Iterable[Path]) -> CardPainter:
        """Take the fonts of some folders of templates; those found in an earlier one come first."""
        folders = tuple(templates)
        return cls(*(Typeface(fonts_of(folders, name)) for name in (REGULAR, BOLD)))

    @cached_property
    def made_with(self) -> str:
        """What cards are drawn with; see `font_fingerprint`."""
        return font_fingerprint((*self.regular.files, *self.bold.files))

    def draw(self, view: CardView) -> bytes:
        """Return a card as a PNG of 1,200 by 630 pixels. The same card is the same bytes with the same Pillow."""
        image = Image.new("P", (WIDTH, HEIGHT), _PALETTE.index(_PAPER))
        canvas = ImageDraw.Draw(image)
        canvas.rectangle((0, 0, WIDTH, 10), fill=_PALETTE.index(_ACCENT))
        for line in self.lines(view):
            _write(image, line)
        if view.levels:
            _bar(canvas, view.levels)
        return _png(image, self.made_with)

    def lines(self, view: CardView) -> tuple[Placed, ...]:
        """Return all texts of a card that have room and a font, each with its place."""
        foot = (_BAR_TOP if view.levels else _BASE) - _AIR
        return (*self._small(view), *self._main(view, foot))

    def _main(self, view: CardView, foot: float) -> list[Placed]:
        """Return the heading and the sentence: as large as they may be together, or the heading alone."""
        alone: list[Placed] = []
        for heading in view.headings:
            for size in _HEADING_SIZES:
                above = self._block(self.bold, heading, size, _HEADING_LINES, (_TOP, foot))
                alone = alone or above
                for smaller in _SENTENCE_SIZES if above else ():
                    room = (above[-1].bottom + _AIR, foot)
                    if below := self._block(self.regular, view.sentence, smaller, _SENTENCE_LINES, room):
                        return [*above, *below]
        return alone

    def _small(self, view: CardView) -> Iterator[Placed]:
        base, half = _BASE, _INNER / 2 - _AIR
        yield from self._one(self.bold, view.site, (_MARGIN, base), _MARK, half)
        yield from self._one(self.regular, view.as_of, (WIDTH - _MARGIN, base), _SOFT, half, to_the_left=True)
        words = "   ".join(f"{count} {word}" for _, word, count in view.levels)
        yield from self._one(self.regular, words, (_MARGIN, base - _SMALL - 18), _SOFT, _INNER)

    def _one(  # noqa: PLR0913
        self, face: Typeface, text: str, at: tuple[float, float], colour: str, room: float, *, to_the_left: bool = False
    ) -> Iterator[Placed]:
        font = face.font(text, _SMALL)
        if not text or font is None or font.width(text) > room:
            return
        x = at[0] - font.width(text) if to_the_left else at[0]
        yield Placed(text, font, x, at[1], colour)

    def _block(self, face: Typeface, text: str, size: int, most: int, room: tuple[float, float]) -> list[Placed]:
        """Return a text in lines; none where it has no room between two heights, or no font."""
        font = face.font(text, size)
        if font is None or not text.strip():
            return []
        words = _TextRun.of(font, text)
        step = size * _LEADING
        count = len(words.lines(_INNER))
        if count > most or room[0] + count * step > room[1]:
            return []
        lines = words.even(_INNER)
        if any(font.width(line) > _INNER for line in lines):
            return []
        return [Placed(line, font, _MARGIN, room[0] + place * step, _INK) for place, line in enumerate(lines)]


def _png(image: Image.Image, made_with: str) -> bytes:
    """Return a picture of the palette's numbers as a PNG."""
    # Pillow would look for the best filter of each line, which takes longest, and helps no picture of few colours. It
    # does not where a pixel is a byte; so two pixels are one, in a picture of half the width.
    pairs = Image.frombytes("P", (WIDTH // 2, HEIGHT), image.tobytes("raw", "P;4"))
    return png.written(
        (
            (b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 4, 3, 0, 0, 0)),
            note(made_with),
            (b"PLTE", bytes(part for colour in _PALETTE for part in ImageColor.getrgb(colour))),
            (b"IDAT", pairs.tobytes("zip", "P", False, _PACKED, -1, b"")),  # noqa: FBT003 - Pillow takes no names
            (b"IEND", b""),
        )
    )


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of text on a card; `x` and `y` are the upper left corner of it."""

    text: str
    font: Font
    x: float
    y: float
    colour: str

    @property
    def bottom(self) -> float:
        """The y of its lower edge, with what hangs below the line."""
        return self.y + self.font.size * _LEADING

    @property
    def right(self) -> float:
        """The x of its end."""
        return self.x + self.font.width(self.text)


def _write(image: Image.Image, line: Placed) -> None:
    """Write a line on a picture of the palette's numbers: the edges of letters are shades between paper and ink."""
    for one, right in line.font.places(line.text):
        stamp = _stamp(line.font, one, line.colour)
        if stamp is not None:
            image.paste(stamp.shades, (round(line.x + right) + stamp.left, round(line.y) + stamp.top), stamp.seen)


class _Stamp(NamedTuple):
    """A letter in a colour: its pixels, as numbers in the palette; which of them are seen; and where it lies."""

    shades: Image.Image
    seen: Image.Image
    left: int
    top: int


@cache
def _stamp(font: Font, one: str, colour: str) -> _Stamp | None:
    letter = font.letter(one)
    if letter is None:
        return None
    ink, (numbers, seen) = letter.ink.tobytes(), _inked(colour)
    return _Stamp(
        Image.frombytes("P", letter.ink.size, ink.translate(numbers)),
        Image.frombytes("L", letter.ink.size, ink.translate(seen)),
        letter.left,
        letter.top,
    )


@cache
def _inked(colour: str) -> tuple[bytes, bytes]:
    """Return, for each of 256 strengths of ink, the number of its shade in the palette, and whether it is seen."""
    shades = _SHADES[colour]
    dark = [round(ink * len(shades) / 255) for ink in range(256)]
    before = _PALETTE.index(shades[0]) - 1
    return bytes(before + shade for shade in dark), bytes(255 * (shade > 0) for shade in dark)


class _TextRun(NamedTuple):
    """A text whose words are measured: a line is about as wide as its words and the spaces between them."""

    words: Sequence[str]
    widths: Sequence[float]
    space: float

    @classmethod
    def of(cls, font: Font, text: str) -> _TextRun:
        words = text.split()
        return cls(words, [font.width(word) for word in words], font.width(" "))

    def lines(self, width: float) -> list[int]:
        """Return how many words stand in each line where none may be wider, but for a word that is."""
        found: list[int] = []
        at = inf
        for own in self.widths:
            at += self.space + own
            if at <= width:
                found[-1] += 1
            else:
                found.append(1)
                at = own
        return found

    def even(self, most: int) -> list[str]:
        """Return the text in as few lines as may be, as even as may be: no word is left alone on the last one."""
        fewest = len(self.lines(most))
        # They cannot be narrower than if all were full.
        narrow, wide = int(sum(self.widths) / fewest), most
        while narrow < wide:
            middle = (narrow + wide) // 2
            if len(self.lines(middle)) <= fewest:
                wide = middle
            else:
                narrow = middle + 1
        words = iter(self.words)
        return [" ".join(islice(words, count)) for count in self.lines(wide)]


def _bar(canvas: ImageDraw.ImageDraw, levels: Sequence[tuple[str, str, int]]) -> None:
    """Draw how many statements are how sure: each level with a pattern of its own, as on the page."""
    total = sum(count for *_, count in levels)
    top = _BAR_TOP
    left = float(_MARGIN)
    for shape, _, count in levels:
        right = left + _INNER * count / total
        _stretch(canvas, shape, (round(left), top, max(round(right) - 3, round(left) + 3), top + _BAR))
        left = right


_STRIPES: Final = {"reported": (9, 6), "claimed": (4, 8), "inferred": (2, 10), "speculated": (1, 12)}
"""How wide the stripes of a level are, and the gaps between them, in pixels. What is not here is solid."""


def _stretch(canvas: ImageDraw.ImageDraw, shape: str, area: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = area
    if shape not in _STRIPES:
        canvas.rectangle(area, fill=_PALETTE.index(_ACCENT))
        return
    canvas.rectangle(area, fill=_PALETTE.index(_PALE))
    wide, gap = _STRIPES[shape]
    for x in range(left, right + 1, wide + gap):
        canvas.rectangle((x, top, min(x + wide - 1, right), bottom), fill=_PALETTE.index(_ACCENT))
