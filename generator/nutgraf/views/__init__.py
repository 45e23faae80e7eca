"""What stands on each page: one view for each kind of page, frozen, with all strings finished.

A page is known by its address, relative to the site's root: `stories/x/`, empty for the home page. It is made of the
library and that address alone, so that pages can be made in any order, in parallel, or one on request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.views import (
    address,
    changes,
    checks_page,
    entities,
    entity,
    feed,
    glossary,
    glossary_json,
    home,
    how_to_read,
    source,
    sources,
    story,
    term,
    timeline,
)
from nutgraf.views.context import Settings, ViewContext

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping

    from nutgraf.graph import Graph
    from nutgraf.views.page import PageView

__all__ = [
    "DATA",
    "SINGLE",
    "Settings",
    "ViewContext",
    "addresses",
    "addresses_in",
    "data",
    "modified",
    "text",
    "view",
]

_SINGLE: Final[Mapping[str, Callable[[ViewContext], PageView]]] = {
    address.HOME: home.view,
    address.ENTITIES: entities.view,
    address.GLOSSARY: glossary.view,
    address.SOURCES: sources.view,
    address.TIMELINE: timeline.view,
    address.CHANGES: changes.view,
    address.READING: how_to_read.view,
    address.CHECKING: checks_page.view,
}
SINGLE: Final = tuple(_SINGLE)
"""The addresses of the pages of which there is one."""

_RECORDS: Final[Mapping[str, Callable[[ViewContext, str], PageView]]] = {
    "stories/": story.view,
    address.ENTITIES: entity.view,
    address.SOURCES: source.view,
    address.GLOSSARY: term.view,
    address.TIMELINE: timeline.view,
}
"""The pages of which there is one for each record of a folder, or for some."""

_MODIFIED: Final[Mapping[str, Callable[[Graph], datetime.date | None]]] = {
    address.HOME: home.modified,
    address.CHANGES: changes.modified,
}
"""When the facts were last changed, of those pages of which there is one that say so."""

_DATA: Final[Mapping[str, Callable[[ViewContext], str | None]]] = {
    glossary_json.JSON: glossary_json.glossary_json,
    feed.ATOM: feed.atom,
    feed.JSON: feed.json_feed,
}
"""Files for other programs, by path relative to the site's root; None for what the site cannot have."""
DATA: Final = tuple(_DATA)
"""The paths of these files, of which a site may lack some."""


def addresses(library: ViewContext) -> tuple[str, ...]:
    """Return the addresses of all pages."""
    return addresses_in(library.graph)


def addresses_in(graph: Graph) -> tuple[str, ...]:
    """Return the addresses of all pages that show the content of a graph."""
    return (
        *_SINGLE,
        *(address.story(name) for name in graph.stories),
        *(address.entity(name) for name in graph.entities),
        *(address.source(name) for name in graph.sources),
        *(address.term(name) for name in graph.terms),
        *(address.timeline(name) for name in timeline.single(graph)),
    )


def data(library: ViewContext) -> dict[str, str]:
    """Return the text of each file that is for other programs, by its path relative to the site's root."""
    return {path: told for path in _DATA if (told := text(path, library)) is not None}


def text(path: str, library: ViewContext) -> str | None:
    """Return the text of one of the files in `DATA`; None where the site cannot have it.

    Raises:
        LookupError: `path` is no such file's.
    """
    return _DATA[path](library)


def modified(where: str, library: ViewContext) -> datetime.date | None:
    """Return when the facts of the page at the address `where` were last changed, as its view says, without a view."""
    if where in _MODIFIED:
        return _MODIFIED[where](library.graph)
    folder, _, name = where.rstrip("/").partition("/")
    return story.modified(library.graph, name) if folder == "stories" else None


def view(where: str, library: ViewContext) -> PageView:
    """Return what stands on the page at the address `where`.

    Raises:
        LookupError: there is no such page.
    """
    if where in _SINGLE:
        return _SINGLE[where](library)
    folder, _, name = where.rstrip("/").partition("/")
    if f"{folder}/{name}/" != where or f"{folder}/" not in _RECORDS:
        raise LookupError(where)
    return _RECORDS[f"{folder}/"](library, name)
