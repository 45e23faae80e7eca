"""What stands on each page: one view for each kind of page, frozen, with all strings finished.

A page is known by its address, relative to the site's root: `stories/x/`, empty for the home page. It is made of the
library and that address alone, so that pages can be made in any order, in parallel, or one on request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from nutgraf.pages import (
    address,
    changes,
    checking,
    entities,
    entity,
    feed,
    glossary,
    home,
    reading,
    source,
    sources,
    story,
    term,
    timeline,
    vocabulary,
)
from nutgraf.pages.library import Library, Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nutgraf.pages.page import PageView

__all__ = ["SINGLE", "Library", "Settings", "addresses", "data", "view"]

_SINGLE: Final[Mapping[str, Callable[[Library], PageView]]] = {
    address.HOME: home.view,
    address.ENTITIES: entities.view,
    address.GLOSSARY: glossary.view,
    address.SOURCES: sources.view,
    address.TIMELINE: timeline.view,
    address.CHANGES: changes.view,
    address.READING: reading.view,
    address.CHECKING: checking.view,
}
SINGLE: Final = tuple(_SINGLE)
"""The addresses of the pages of which there is one."""

_RECORDS: Final[Mapping[str, Callable[[Library, str], PageView]]] = {
    "stories/": story.view,
    address.ENTITIES: entity.view,
    address.SOURCES: source.view,
    address.GLOSSARY: term.view,
    address.TIMELINE: timeline.view,
}
"""The pages of which there is one for each record of a folder, or for some."""


_DATA: Final[Mapping[str, Callable[[Library], str | None]]] = {
    vocabulary.JSON: vocabulary.glossary_json,
    feed.ATOM: feed.atom,
    feed.JSON: feed.json_feed,
}
"""Files for other programs, by path relative to the site's root; None for what the site cannot have."""


def addresses(library: Library) -> tuple[str, ...]:
    """Return the addresses of all pages."""
    graph = library.graph
    return (
        *_SINGLE,
        *(address.story(name) for name in graph.stories),
        *(address.entity(name) for name in graph.entities),
        *(address.source(name) for name in graph.sources),
        *(address.term(name) for name in graph.terms),
        *(address.timeline(name) for name in timeline.single(graph)),
    )


def data(library: Library) -> dict[str, str]:
    """Return the text of each file that is for other programs, by its path relative to the site's root."""
    return {path: text for path, text_of in _DATA.items() if (text := text_of(library)) is not None}


def view(where: str, library: Library) -> PageView:
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
