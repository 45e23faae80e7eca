"""Letters: set one by one, they stand where Pillow sets them, and look the same."""

from __future__ import annotations

import pytest
from PIL import Image, ImageChops, ImageDraw

from nutgraf.social_cards.glyphs import Font, Typeface
from nutgraf.template_dirs import bundled_templates

REGULAR = bundled_templates() / "card" / "regular.ttf"


def _set(font: Font, text: str) -> Image.Image:
    """Return a line as it is set letter by letter."""
    line = Image.new("L", (800, 100), 0)
    for one, at in font.places(text):
        letter = font.letter(one)
        if letter is not None:
            whole = Image.new("L", line.size, 0)
            whole.paste(letter.ink, (20 + round(at) + letter.left, letter.top))
            line = ImageChops.screen(line, whole)
    return line


def _drawn(font: Font, text: str) -> Image.Image:
    """Return a line as Pillow draws it at once."""
    line = Image.new("L", (800, 100), 0)
    ImageDraw.Draw(line).text((20, 0), text, font=font.pillow, fill=255)
    return line


@pytest.mark.parametrize("size", [24, 30, 64])
@pytest.mark.parametrize("text", ["“Judge”, says Jäger", "Łódź e\u0301, j\u0308 (5°)", "To  Київ – Tor", "Ǻ f/j №"])
def test_a_line_is_the_same_as_if_it_were_drawn_at_once(text: str, size: int) -> None:
    font = Typeface((REGULAR,)).font(text, size)
    assert font is not None
    assert font.width(text) == font.pillow.getlength(text)
    difference = ImageChops.difference(_set(font, text), _drawn(font, text))
    # Where an accent meets its letter, levels are rounded.
    assert max(difference.tobytes()) <= 1


@pytest.mark.parametrize("one", [" ", "\t", "\n", "\u00a0", "\u2009"])
def test_what_is_blank_is_drawn_blank(one: str) -> None:
    font = Typeface((REGULAR,)).font(one, 24)
    assert font is not None
    assert font.letter(one) is None
