"""What is new, for feed readers: Atom (RFC 4287) and JSON Feed 1.1 (https://jsonfeed.org/version/1.1).

An entry is a story, or a change of one. Its dates are those of the content, so that two builds give the same feed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from markupsafe import Markup, escape

from nutgraf.markdown import plain_text
from nutgraf.model import StoryStatus
from nutgraf.views import address, interface_text
from nutgraf.views.json_ld import absolute
from nutgraf.views.memoize import memoized
from nutgraf.views.page import PageContext

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from nutgraf.model import Revision
    from nutgraf.views.context import ViewContext

ATOM: Final = "feed.xml"
JSON: Final = "feed.json"
_LONGEST: Final = 50
"""How many entries a feed has at the most; the page of all changes has them all."""
_NOT_IN_XML: Final = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""XML 1.0, production 2, "Char". Escapes of YAML can name others, and HTML and JSON take them."""
_NEVER: Final = "1970-01-01"
"""The date of a feed without entries: Atom wants one."""


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A story or a change.

    Attributes:
        id: permanent and unique, a URI.
        title: plain text; it asserts nothing that the content does not.
        url: of the page.
        day: when it was new.
        body: HTML, each sentence compiled or marked as what was said before.
    """

    id: str
    title: str
    url: str
    day: datetime.date
    body: Markup


def atom(context: ViewContext) -> str | None:
    """Return the feed as Atom; None where the site has no address, which the ids of its entries are made of."""
    settings = context.settings
    if settings.site_url is None:
        return None
    page = _page(context)
    found = entries(context)
    feed = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": settings.locale})
    _add(feed, "id", _home(page))
    _add(feed, "title", _title(context))
    _add(feed, "updated", _moment(found[0].day.isoformat() if found else _NEVER))
    ET.SubElement(feed, "link", {"href": _home(page)})
    ET.SubElement(feed, "link", {"rel": "self", "type": "application/atom+xml", "href": f"{_home(page)}{ATOM}"})
    _add(ET.SubElement(feed, "author"), "name", settings.site_name)
    for one in found:
        entry = ET.SubElement(feed, "entry")
        _add(entry, "id", one.id)
        _add(entry, "title", one.title)
        _add(entry, "updated", _moment(one.day.isoformat()))
        ET.SubElement(entry, "link", {"href": one.url})
        _add(entry, "content", str(one.body)).set("type", "html")
    ET.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def json_feed(context: ViewContext) -> str | None:
    """Return the feed as JSON Feed; None where the site has no address."""
    settings = context.settings
    if settings.site_url is None:
        return None
    page = _page(context)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(context),
        "home_page_url": _home(page),
        "feed_url": f"{_home(page)}{JSON}",
        "language": settings.locale,
        "items": [
            {
                "id": one.id,
                "url": one.url,
                "title": one.title,
                "content_html": str(one.body),
                "date_modified": _moment(one.day.isoformat()),
            }
            for one in entries(context)
        ],
    }
    return f"{json.dumps(feed, ensure_ascii=False, indent=1)}\n"


def entries(context: ViewContext) -> tuple[FeedEntry, ...]:
    """Return what is new, the newest first; of one day, changes of a story before the story."""
    published = [name for name, one in sorted(context.graph.stories.items()) if one.status is not StoryStatus.DRAFT]
    found = [entry for name in published for entry in _of_story(context, name)]
    # The sort is stable: what is of one day keeps its order.
    return tuple(sorted(found, key=lambda one: one.day, reverse=True)[:_LONGEST])


@memoized
def _of_story(context: ViewContext, name: str) -> tuple[FeedEntry, ...]:
    page, story = _page(context), context.graph.stories[name]
    numbers: Counter[str] = Counter()
    changes: list[FeedEntry] = []
    for revision in story.revisions:
        what = f"{revision.date}/{revision.kind}"
        numbers[what] += 1
        changes.append(_change(page, name, revision, f"{what}/{numbers[what]}"))
    changes.reverse()
    if story.as_of:
        url = _url(page, address.story(name))
        points = [one.key for one in page.graph.key_points(name) or page.graph.in_story(name)[:1]]
        # Without its date: a story that is looked at again is no new one.
        changes.append(FeedEntry(url, plain_text(story.title), url, story.as_of, _listed(page, points)))
    return tuple(changes)


def _change(page: PageContext, name: str, revision: Revision, what: str) -> FeedEntry:
    parts = [Markup("<p>{}</p>").format(plain_text(revision.note))] if revision.note else []
    keys = page.known(name, revision.statements)
    if keys:
        parts.append(Markup("<p>As it is now:</p>{}").format(_listed(page, keys)))
    if revision.was:
        parts.append(Markup("<p>What stood there before: <del>{}</del></p>").format(plain_text(revision.was)))
    title = plain_text(page.graph.stories[name].title)
    return FeedEntry(
        id=_tag(page, name, what),
        title=f"{interface_text.REVISION_KINDS[revision.kind]}: {title}",
        url=_url(page, f"{address.story(name)}#section-changes"),
        day=revision.date,
        body=Markup("").join(parts) or escape(title),
    )


def _listed(page: PageContext, keys: Iterable[str]) -> Markup:
    """Return statements as a list, each a link to its permanent address."""
    item = Markup('<li><a href="{}">{}</a></li>')
    return Markup("<ul>{}</ul>").format(
        Markup("").join(item.format(_url(page, address.statement(key)), page.text(key)) for key in keys)
    )


def _tag(page: PageContext, name: str, what: str) -> str:
    """Return the permanent name of a change (RFC 4151); it says the same wherever the page moves on the host."""
    site = urlsplit(_home(page))
    day, _, which = what.partition("/")
    return f"tag:{site.hostname},{day}:{site.path}{address.story(name)}{which}"


def _page(context: ViewContext) -> PageContext:
    return PageContext.at(address.HOME, context)


def _home(page: PageContext) -> str:
    return _url(page, address.HOME)


def _url(page: PageContext, target: str) -> str:
    found = absolute(page, target)
    if found is None:
        message = "a site without an address has no feed"
        raise ValueError(message)
    return found


def _title(context: ViewContext) -> str:
    return f"{context.settings.site_name}: what changed"


def _moment(day: str) -> str:
    """Return a day as RFC 3339 has it: a change is dated to the day, and begins with it in UTC."""
    return f"{day}T00:00:00Z"


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = _NOT_IN_XML.sub("", text)
    return child
