"""What stands in the head of a page, for search engines, for who shares a link, and for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.model import StoryStatus
from nutgraf.views.json_ld import absolute
from nutgraf.views.kinds import json_ld_of
from nutgraf.views.page import PageContext
from nutgraf.views.social_card import HEIGHT, WIDTH, card

if TYPE_CHECKING:
    from nutgraf.views.context import ViewContext
    from nutgraf.views.page import PageView


@dataclass(frozen=True, slots=True)
class CardImage:
    """The card of a page.

    Attributes:
        url: its address on the web.
        width, height: in pixels.
        alt: what it says.
    """

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself in its head. All is plain text, to be escaped where it is placed.

    Attributes:
        title: as on a card: Open Graph's `og:title` (https://ogp.me).
        description: compiled, with its attribution.
        type: "article" for a story, else "website".
        url: its address on the web; None where the site has none.
        modified: when its facts were last changed, as an ISO 8601 date; None where the content does not say.
        robots: what search engines must not do, as in `<meta name="robots">`; None where they may do all.
        image: its card; None where the site has no address, for networks take no relative one.
        linked: JSON-LD, safe inside a `script` element; None where there is none.
    """

    title: str
    description: str
    type: str
    url: str | None
    modified: str | None
    robots: str | None
    image: CardImage | None
    linked: str | None


def metadata(view: PageView, context: ViewContext) -> Metadata:
    """Return what the head of a page says."""
    page = PageContext.at(view.address, context)
    return Metadata(
        title=view.title,
        # A story in which nothing is said yet has no more than its title.
        description=view.description or view.title,
        type="article" if view.kind == "story" else "website",
        url=absolute(page, view.address),
        modified=view.modified.isoformat() if view.modified else None,
        robots="noindex" if _is_draft(view, context) else None,
        image=_image(page, view),
        linked=json_ld_of(view, context),
    )


def _image(page: PageContext, view: PageView) -> CardImage | None:
    shown = card(view, page.context.settings.site_name)
    url = absolute(page, shown.path)
    return CardImage(url, WIDTH, HEIGHT, shown.alt) if url else None


def _is_draft(view: PageView, context: ViewContext) -> bool:
    if view.kind != "story":
        return False
    name = view.address.rstrip("/").rpartition("/")[2]
    return context.graph.stories[name].status is StoryStatus.DRAFT
