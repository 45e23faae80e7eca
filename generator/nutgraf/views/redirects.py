"""What was published under another id: small pages that lead on, and anchors that stay where links point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.markdown import plain_text
from nutgraf.views import address
from nutgraf.views.page import Link, PageContext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from nutgraf.views.context import ViewContext


@dataclass(frozen=True, slots=True)
class Moved:
    """What stands on another page now.

    Attributes:
        anchor: its former one, on the page where it stood.
        link: to where it stands.
    """

    anchor: str
    link: Link


@dataclass(frozen=True, slots=True)
class RedirectView:
    """A page that leads on.

    Attributes:
        address: of the page that is no more, as in `PageView`.
        lang: of the site.
        link: to the page that took its place, relative to `address`.
        canonical: the same with the site's own address in front, where that is known.
        anchors: where what stood on it went, if it is not on that page; addresses by anchor, relative to `address`.
    """

    address: str
    lang: str
    link: Link
    canonical: str | None
    anchors: Mapping[str, str]


def moved_away(page: PageContext, story: str) -> tuple[Moved, ...]:
    """Return what stood on the page of a story once and stands on that of another now."""
    return tuple(Moved(anchor, _link(page, key)) for anchor, key in page.graph.redirects.left(story).items())


def redirect_pages(context: ViewContext) -> Iterator[RedirectView]:
    """Yield a page for each address that was published and is no more, but leads somewhere."""
    graph = context.graph
    for folder, at in _ADDRESS_OF.items():
        for former, name in graph.redirects.records[folder].items():
            yield _redirect(context, at(former), at(name), former if folder == "stories" else None)
    # A story may be gone whose statements are not.
    gone = {key.partition("/")[0]: to for key, to in reversed([*graph.redirects.anchors.items()])}
    for story, to in gone.items():
        if story not in graph.stories and story not in graph.redirects.records["stories"]:
            yield _redirect(context, address.story(story), address.story(to.partition("/")[0]), story)


def _redirect(context: ViewContext, former: str, now: str, story: str | None) -> RedirectView:
    page = PageContext.at(former, context)
    moves = {} if story is None else context.graph.redirects.left(story)
    base = context.settings.site_url
    return RedirectView(
        address=former,
        lang=context.settings.locale,
        link=Link(_title(page, now), page.href(now)),
        canonical=f"{base.rstrip('/')}/{now}" if base else None,
        anchors={anchor: page.href(address.statement(key)) for anchor, key in moves.items()},
    )


def _link(page: PageContext, key: str) -> Link:
    story = key.partition("/")[0]
    return Link(plain_text(page.graph.stories[story].title), page.href(address.statement(key)))


def _title(page: PageContext, now: str) -> str:
    folder, _, name = now.rstrip("/").partition("/")
    titles: Mapping[str, Callable[[str], Link]] = {
        "stories": page.story_link,
        "entities": page.entity_link,
        "sources": page.source_link,
        "glossary": page.term_link,
    }
    return titles[folder](name).text


_ADDRESS_OF: Final[Mapping[str, Callable[[str], str]]] = {
    "stories": address.story,
    "entities": address.entity,
    "sources": address.source,
    "glossary": address.term,
}
