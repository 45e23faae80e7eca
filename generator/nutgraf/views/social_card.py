"""The picture that shows when a page is shared: what stands on it, and where it lies.

It holds the heading of a story, its first statement as the compiled sentence, and the state of knowledge: nothing that
the page does not say, and nothing surer. What has no room is left out whole, for a sentence that is cut may lose its
hedge. How it is drawn is the business of `nutgraf.social_cards.draw`.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.views.story import StoryView

if TYPE_CHECKING:
    from nutgraf.views.page import PageView

FOLDER: Final = "assets/cards/"
WIDTH: Final = 1200
HEIGHT: Final = 630
"""In pixels: what the networks show whole, https://ogp.me and their own guides."""
VERSION: Final = 3
"""Of the drawing: another one is another picture, which needs another address."""
_SITE: Final = "site"


@dataclass(frozen=True, slots=True)
class CardView:
    """What stands on a card. All is plain text.

    Attributes:
        name: of its file, without an ending.
        site: the name of the site.
        headings: the question and the title; the first that has room is shown.
        sentence: the first statement, compiled; empty where there is none.
        as_of: the day whose knowledge it is: "As of 12 April 2023"; empty where none is given.
        levels: how many statements are how sure, the surest first: class and word of the certainty, and the count.
    """

    name: str
    site: str
    headings: tuple[str, ...]
    sentence: str = ""
    as_of: str = ""
    levels: tuple[tuple[str, str, int], ...] = ()

    @property
    def path(self) -> str:
        """Where its picture lies. Networks keep a picture by its address, so what it shows is part of that."""
        told = json.dumps([VERSION, asdict(self)], sort_keys=True).encode()
        # No id of a story has two hyphens in a row.
        return f"{FOLDER}{self.name}--{hashlib.sha256(told).hexdigest()[:10]}.png"

    @property
    def alt(self) -> str:
        """What it says, for who does not see it: with the attribution, as on the page."""
        return " ".join(filter(None, (self.sentence or self.headings[0], self.as_of and f"{self.as_of}.")))


def card(view: PageView, site: str) -> CardView:
    """Return the card of a page: a story has its own, all other pages share one.

    Args:
        view: the page.
        site: the name of the site.
    """
    if not isinstance(view, StoryView):
        return site_card(site)
    strip = view.strip
    return CardView(
        name=view.address.rstrip("/").rpartition("/")[2],
        site=site,
        headings=tuple(dict.fromkeys((view.question, view.title))),
        sentence=view.description if view.key_points or view.sections else "",
        as_of=f"As of {strip.as_of.label}" if strip.as_of else "",
        levels=tuple((level.shape, level.word, level.count) for level in strip.levels),
    )


def site_card(site: str) -> CardView:
    """Return the card of all pages that have none of their own."""
    return CardView(name=_SITE, site="", headings=(site,))
