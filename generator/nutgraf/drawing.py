"""Cards as pictures: PNG, drawn with Pillow, from fonts that ship with the templates. Nothing is asked of the network.

A text is drawn only with a font that has all its characters, from left to right: where there is none, it is left out,
and no box stands for a letter. A site in another script brings its own `card/regular.ttf` and `card/bold.ttf` among its
templates.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from io import BytesIO
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageColor, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from nutgraf.drawn import BOLD, KEY, REGULAR, drawn_with, fonts_of
from nutgraf.pages.card import HEIGHT, WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from nutgraf.pages.card import CardView

_MARGIN: Final = 72
_INNER: Final = WIDTH - 2 * _MARGIN
_PAPER: Final = "#fffdf9"
_INK: Final = "#1b1a17"
_SOFT: Final = "#5f5b52"
_MARK: Final = "#8a4b08"
_ACCENT: Final = "#0a5f66"
_PALE: Final = "#c6d8d6"
"""The colours of the light scheme in nutgraf.css."""
_SHADES: Final = 15
"""How many shades the edge of a letter has, between paper and ink."""


def _ramp(colour: str) -> Iterator[str]:
    """Yield the shades from paper to a colour, that itself last."""
    paper, ink = ImageColor.getrgb(_PAPER), ImageColor.getrgb(colour)
    for step in range(1, _SHADES + 1):
        mixed = (round(one + (other - one) * step / _SHADES) for one, other in zip(paper, ink, strict=True))
        yield "#" + "".join(f"{part:02x}" for part in mixed)


_PALETTE: Final = [_PAPER, _ACCENT, _PALE, *(shade for ink in (_INK, _SOFT, _MARK) for shade in _ramp(ink))]
"""All colours of a card. So few that they need not be searched for in the finished picture, which takes longest."""
_HEADING_SIZES: Final = (64, 56, 48, 42)
_SENTENCE_SIZES: Final = (38, 34, 30)
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
class Face:
    """A typeface, in one weight, from one or several files: the first that has all characters of a text is taken."""

    files: tuple[Path, ...]

    def font(self, text: str, size: int) -> ImageFont.FreeTypeFont | None:
        """Return a font that can draw a text, in pixels of `size`; None where there is none."""
        if any(_is_beyond(one) for one in text):
            return None
        file = next((file for file in self.files if all(_has(file, one) for one in text)), None)
        if file is None:
            return None
        return _font(file, size)


@cache
def _font(file: Path, size: int) -> ImageFont.FreeTypeFont:
    # The basic layout is the same everywhere; the other one depends on libraries of the machine.
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(file: Path, one: str) -> bool:
    """Tell whether a font has a character: it draws another shape than for one that no font has."""
    font = _font(file, 32)
    return one.isspace() or bytes(font.getmask(one)) != bytes(font.getmask(_NOBODYS))


_NOBODYS: Final = "\U0010fffd"
"""A character for private use, which our fonts have no shape for."""


def _is_beyond(one: str) -> bool:
    """Tell whether a character needs more than to be put behind the one before: another direction, or to be joined."""
    return unicodedata.bidirectional(one) in {"R", "AL", "AN"} or unicodedata.category(one) == "Mc"


@dataclass(frozen=True)
class Cards:
    """Draws cards.

    Attributes:
        regular, bold: the typefaces.
    """

    regular: Face
    bold: Face

    @classmethod
    def of(cls, templates: Iterable[Path]) -> Cards:
        """Take the fonts of some folders of templates; those found in an earlier one come first."""
        folders = tuple(templates)
        return cls(*(Face(fonts_of(folders, name)) for name in (REGULAR, BOLD)))

    @cached_property
    def made_with(self) -> str:
        """What cards are drawn with; see `drawn_with`."""
        return drawn_with((*self.regular.files, *self.bold.files))

    def draw(self, view: CardView) -> bytes:
        """Return a card as a PNG of 1,200 by 630 pixels. The same card is the same bytes with the same Pillow."""
        image = Image.new("P", (WIDTH, HEIGHT), _PALETTE.index(_PAPER))
        image.putpalette([part for colour in _PALETTE for part in ImageColor.getrgb(colour)])
        canvas = ImageDraw.Draw(image)
        canvas.rectangle((0, 0, WIDTH, 10), fill=_PALETTE.index(_ACCENT))
        for line in self.lines(view):
            _write(image, line)
        if view.levels:
            _bar(canvas, view.levels)
        found = BytesIO()
        told = PngInfo()
        told.add_text(KEY, self.made_with)
        image.save(found, "PNG", compress_level=6, pnginfo=told)
        return found.getvalue()

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
        self, face: Face, text: str, at: tuple[float, float], colour: str, room: float, *, to_the_left: bool = False
    ) -> Iterator[Placed]:
        font = face.font(text, _SMALL)
        if not text or font is None or font.getlength(text) > room:
            return
        x = at[0] - font.getlength(text) if to_the_left else at[0]
        yield Placed(text, font, x, at[1], colour)

    def _block(self, face: Face, text: str, size: int, most: int, room: tuple[float, float]) -> list[Placed]:
        """Return a text in lines; none where it has no room between two heights, or no font."""
        font = face.font(text, size)
        if font is None or not text.strip():
            return []
        wrapped = _wrapped(font, text)
        step = size * _LEADING
        if len(wrapped) > most or room[0] + len(wrapped) * step > room[1] or _widest(font, wrapped) > _INNER:
            return []
        return [Placed(line, font, _MARGIN, room[0] + place * step, _INK) for place, line in enumerate(wrapped)]


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of text on a card; `x` and `y` are the upper left corner of it."""

    text: str
    font: ImageFont.FreeTypeFont
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
        return self.x + self.font.getlength(self.text)


_SEEN: Final = [255 if _SHADES * level >= 255 else 0 for level in range(256)]  # noqa: PLR2004 - of 8 bits
"""What of a letter is at least one shade darker than the paper."""


def _write(image: Image.Image, line: Placed) -> None:
    """Write a line on a picture of few colours: its edges are shades between those of the paper and the line."""
    _, _, right, bottom = (round(one) for one in line.font.getbbox(line.text))
    ink = Image.new("L", (right + 1, bottom + 1), 0)
    ImageDraw.Draw(ink).text((line.x % 1, line.y % 1), line.text, font=line.font, fill=255)
    first = _PALETTE.index(line.colour) - _SHADES + 1
    shades = ink.point([max(first - 1 + _SHADES * level // 255, 0) for level in range(256)])
    image.paste(shades, (int(line.x), int(line.y)), ink.point(_SEEN))


def _widest(font: ImageFont.FreeTypeFont, lines: Sequence[str]) -> float:
    return max(font.getlength(line) for line in lines)


def _wrapped(font: ImageFont.FreeTypeFont, text: str) -> list[str]:
    """Return a text in lines that are not wider than the card, and as even as may be."""
    # Words are measured once: a line is about as wide as its words and the spaces between them.
    words = [(word, font.getlength(word)) for word in text.split()]
    space = font.getlength(" ")
    fewest = len(_greedy(words, space, _INNER))
    narrow, wide = 1, _INNER
    # The narrowest width that needs no more lines: no word is left alone on the last one.
    while narrow < wide:
        middle = (narrow + wide) // 2
        if len(_greedy(words, space, middle)) <= fewest:
            wide = middle
        else:
            narrow = middle + 1
    return _greedy(words, space, wide)


def _greedy(words: Iterable[tuple[str, float]], space: float, width: int) -> list[str]:
    found: list[str] = []
    at = 0.0
    for word, own in words:
        if found and at + space + own <= width:
            found[-1] += f" {word}"
            at += space + own
        else:
            found.append(word)
            at = own
    return found


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
