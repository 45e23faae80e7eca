"""Cards: what stands on them is what the page says, has room, and needs no character that the font lacks."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor

from nutgraf.social_cards.draw import CardPainter
from nutgraf.template_dirs import bundled_templates
from nutgraf.views import Settings, ViewContext, view
from nutgraf.views.head_metadata import metadata
from nutgraf.views.social_card import HEIGHT, WIDTH, CardView, card
from tests.views import rendering

if TYPE_CHECKING:
    from pathlib import Path

CARDS = CardPainter.of([bundled_templates()])
SITES = ("content", "tests/sites/sewol/content", "tests/sites/hostile/content")
QUESTION = "What is reported?"


def _story(site: str) -> list[CardView]:
    made = rendering.folder(site)
    return [card(view(f"stories/{name}/", made), "Site & Co") for name in made.graph.stories]


def _told(shown: CardView) -> list[str]:
    return [line.text for line in CARDS.lines(shown)]


@pytest.mark.parametrize("site", SITES)
def test_a_card_is_a_small_picture_and_the_same_every_time(site: str) -> None:
    for shown in _story(site):
        drawn = CARDS.draw(shown)
        assert drawn == CARDS.draw(shown)
        assert len(drawn) < 60_000
        with Image.open(BytesIO(drawn)) as picture:
            assert (picture.format, picture.size) == ("PNG", (WIDTH, HEIGHT))
            assert len(picture.getcolors() or ()) > 2


def test_it_has_few_colours_and_letters_have_soft_edges() -> None:
    shown = CardView("x", "Site", (QUESTION,), "Post reports it.", "As of today", (("reported", "reported", 3),))
    with Image.open(BytesIO(CARDS.draw(shown))) as picture:
        assert picture.info["Software"] == CARDS.made_with
        assert len(picture.getcolors() or ()) == 16
        whole = picture.convert("RGB")
    assert whole.getpixel((600, 5)) == ImageColor.getrgb("#0a5f66")
    assert whole.getpixel((600, 40)) == ImageColor.getrgb("#fffdf9")
    heading, foot, right = (whole.crop(area) for area in ((0, 60, 600, 140), (0, 560, 600, 610), (600, 560, 1200, 610)))
    for part, darkest in ((heading, "#1b1a17"), (foot, "#8a4b08"), (right, "#5f5b52")):
        pixels = iter(part.tobytes())
        shades = set(zip(pixels, pixels, pixels, strict=True))
        assert min(shades) == ImageColor.getrgb(darkest)
        assert len(shades) in {6, 7, 8}  # with paper


def test_it_shows_the_first_statement_with_its_attribution_and_never_a_part_of_it() -> None:
    (shown,) = _story("content")
    told = " ".join(_told(shown))
    assert shown.sentence == (
        "Two people familiar with the company told Business Insider that Elon Musk bought about 10,000 GPUs for an AI "
        "project at Twitter."
    )
    assert shown.sentence in told
    assert "5 established   35 reported" in told
    assert "As of 12 April 2023" in told


@settings(max_examples=40)
@given(st.text(max_size=400), st.text(max_size=900), st.integers(0, 60))
def test_whatever_is_told_stays_inside_and_covers_nothing(heading: str, sentence: str, words: int) -> None:
    levels = (("established", "established", 3), ("reported", "reported", 30))
    shown = CardView("x", "Site", (heading,), f"{sentence}{' According to somebody' * words}", "As of today", levels)
    lines = sorted(CARDS.lines(shown), key=lambda line: line.y)
    for line in lines:
        assert line.x >= 0
        assert line.right <= WIDTH
        assert line.bottom <= HEIGHT
    body = [line for line in lines if line.font.size > 24]
    for one, other in pairwise(body):
        assert one.bottom <= other.y + 0.01
    told = " ".join(line.text for line in body)
    assert " ".join(shown.sentence.split()) in told or not {*shown.sentence.split()} & {*told.split()} - {
        *heading.split()
    }


@pytest.mark.parametrize("text", ["세월호가 가라앉았다", "من قال ذلك؟", "मुख्य", "\U0001f600 says so", "\ue000"])
def test_what_the_font_does_not_have_is_left_out_whole(text: str) -> None:
    shown = CardView("x", "Site", (text, QUESTION), f"{text}, according to Post.")
    told = " ".join(_told(shown))
    assert told.startswith("Site")
    assert QUESTION in told
    assert "according" not in told


@pytest.mark.parametrize("text", ["Ελλάδα και Θεσσαλία", "Москва и Київ", "Łódź, Đà Nẵng, Çeşme", "“–—…” €£₴ № −5°"])
def test_what_the_font_has_is_drawn(text: str) -> None:
    assert text in " ".join(_told(CardView("x", "Site", (text,))))


def test_another_card_has_another_address() -> None:
    one, other = (CardView("x", "Site", (QUESTION,), sentence) for sentence in ("A.", "B."))
    assert one.path != other.path
    assert one.path == CardView("x", "Site", (QUESTION,), "A.").path
    assert one.path.startswith("assets/cards/x--")


def test_a_site_without_an_address_names_no_picture() -> None:
    made = rendering.folder("content")
    story = view("stories/twitter-ai-openai/", made)
    assert metadata(story, made).image is None
    known = ViewContext(
        made.graph, made.mentions, made.finder, made.wording, Settings("Site", "https://example.org/news/")
    )
    image = metadata(view("stories/twitter-ai-openai/", known), known).image
    assert image is not None
    assert image.url.startswith("https://example.org/news/assets/cards/twitter-ai-openai--")
    assert image.alt.startswith("Two people familiar with the company told Business Insider that")
    shared = metadata(view("entities/openai/", known), known).image
    assert shared is not None
    assert "/site--" in shared.url


def test_the_fonts_of_a_site_come_first(tmp_path: Path) -> None:
    (tmp_path / "card").mkdir()
    bold = (bundled_templates() / "card" / "bold.ttf").read_bytes()
    (tmp_path / "card" / "regular.ttf").write_bytes(bold)
    own = CardPainter.of([tmp_path, bundled_templates()])
    shown = CardView("x", "Site", (QUESTION,), "Post reports it.")
    assert own.draw(shown) != CARDS.draw(shown)
