"""The registry of page kinds: whatever differs from kind to kind when pages are listed, rendered, linked and found.

A new kind needs a view, a template `pages/<name>.html` and an entry in `KINDS`. The build, the preview, the shell, the
site map, the search and the links between pages follow from that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nutgraf.views import (
    address,
    changes,
    checks_page,
    entities,
    entity,
    glossary,
    home,
    how_to_read,
    json_ld,
    search_entries,
    source,
    sources,
    story,
    term,
    timeline,
)
from nutgraf.views.page import PageContext

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from nutgraf.graph import Graph
    from nutgraf.views.context import ViewContext
    from nutgraf.views.page import PageView
    from nutgraf.views.search_entries import SearchEntry


def _no_date(graph: Graph, name: str) -> datetime.date | None:  # noqa: ARG001
    return None


@dataclass(frozen=True, slots=True)
class PageKind:
    """A kind of page.

    Attributes:
        name: "story". Its template is `pages/story.html`, and its shell has this name, too.
        folder: what its addresses begin with: "stories/"; empty for the home page.
        ids: of the records that have such a page; one that is empty for a single page.
        view: makes the view of the page of a record.
        modified: when the facts of a page were last changed; None where the content does not say.
        json_ld: the nodes of its JSON-LD; None for kinds without.
        search_entries: what the search finds on it.
        is_single: whether there is one page of this kind, at the address `folder`.
    """

    name: str
    folder: str
    ids: Callable[[Graph], Iterable[str]]
    view: Callable[[ViewContext, str], PageView]
    modified: Callable[[Graph, str], datetime.date | None] = _no_date
    json_ld: Callable[[PageContext, str, PageView], list[json_ld.Node]] | None = None
    search_entries: Callable[[PageContext, str, PageView], Iterable[SearchEntry]] = search_entries.of_page
    is_single: bool = False

    def address(self, name: str) -> str:
        """Return the address of the page of a record, relative to the site's root."""
        return f"{self.folder}{name}/" if name else self.folder


def _single(
    name: str,
    where: str,
    view: Callable[[ViewContext], PageView],
    modified: Callable[[Graph], datetime.date | None] = lambda _graph: None,
) -> PageKind:
    """Return the kind of a page of which there is one."""
    return PageKind(
        name,
        where,
        lambda _graph: ("",),
        lambda context, _id: view(context),
        lambda graph, _id: modified(graph),
        is_single=True,
    )


KINDS: Final = (
    _single("home", address.HOME, home.view, home.modified),
    _single("entities", address.ENTITIES, entities.view),
    _single("glossary", address.GLOSSARY, glossary.view),
    _single("sources", address.SOURCES, sources.view),
    _single("timeline", address.TIMELINE, timeline.view),
    _single("changes", address.CHANGES, changes.view, changes.modified),
    _single("reading", address.READING, how_to_read.view),
    _single("checking", address.CHECKING, checks_page.view),
    PageKind(
        "story",
        address.STORIES,
        lambda graph: graph.stories,
        story.view,
        story.modified,
        json_ld.story,
        search_entries.of_story,
    ),
    PageKind(
        "entity",
        address.ENTITIES,
        lambda graph: graph.entities,
        entity.view,
        json_ld=json_ld.entity,
        search_entries=search_entries.of_entity,
    ),
    PageKind(
        "source", address.SOURCES, lambda graph: graph.sources, source.view, search_entries=search_entries.of_source
    ),
    PageKind("term", address.GLOSSARY, lambda graph: graph.terms, term.view, search_entries=search_entries.of_term),
    PageKind("timeline", address.TIMELINE, timeline.single, timeline.view),
)
"""Every kind of page, in the order in which pages are listed."""

_BY_PLACE: Final[Mapping[tuple[str, bool], PageKind]] = {(kind.folder, kind.is_single): kind for kind in KINDS}


def addresses(graph: Graph) -> tuple[str, ...]:
    """Return the addresses of all pages that show the content of a graph."""
    return tuple(kind.address(name) for kind in KINDS for name in kind.ids(graph))


def kind_at(where: str) -> tuple[PageKind, str]:
    """Return the kind of the page at an address, and the id of its record; empty for the only page of a kind.

    Raises:
        LookupError: there can be no page.
    """
    if (where, True) in _BY_PLACE:
        return _BY_PLACE[where, True], ""
    folder, _, name = where.rstrip("/").partition("/")
    if not name or f"{folder}/{name}/" != where or (f"{folder}/", False) not in _BY_PLACE:
        raise LookupError(where)
    return _BY_PLACE[f"{folder}/", False], name


def view(where: str, context: ViewContext) -> PageView:
    """Return the view of the page at an address.

    Raises:
        LookupError: there is no such page.
    """
    kind, name = kind_at(where)
    return kind.view(context, name)


def modified(where: str, context: ViewContext) -> datetime.date | None:
    """Return when the facts of the page at an address were last changed, as its view says, without making the view."""
    kind, name = kind_at(where)
    return kind.modified(context.graph, name)


def json_ld_of(view: PageView, context: ViewContext) -> str | None:
    """Return the JSON-LD of a page, safe inside a `script` element; None where it has none."""
    kind, name = kind_at(view.address)
    if kind.json_ld is None:
        return None
    page = PageContext.at(view.address, context, name if view.kind == "story" else None)
    return json_ld.script({"@context": "https://schema.org", "@graph": kind.json_ld(page, name, view)})


def search_entries_of(view: PageView, context: ViewContext) -> Iterator[SearchEntry]:
    """Yield what the search finds on a page: the page itself first."""
    kind, name = kind_at(view.address)
    yield from kind.search_entries(PageContext.at(view.address, context), name, view)
